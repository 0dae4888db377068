import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormation, waitUntilChangeSetCreateComplete } from '@aws-sdk/client-cloudformation';
import { GuardDuty } from '@aws-sdk/client-guardduty';
import { IAM } from '@aws-sdk/client-iam';
import { SecurityHub } from '@aws-sdk/client-securityhub';
import { loadConfig } from '../../lib/config/load-config';
import type { BaselineOptions } from '../../lib/config/config';
import { adopt } from '../../lib/posture/commands/adopt';
import type { Options } from '../../lib/posture/commands/options';
import { preflightCommand } from '../../lib/posture/commands/preflight';
import { runCdk } from '../../emulator/cdk';
import { EMULATOR_HOME, type Emulator, REPOSITORY, startEmulator } from '../../emulator/emulator';
import { notPassed } from './verified';

jest.setTimeout(300_000);

const OPTIONS: Partial<BaselineOptions> = {
  administrators: ['alice', 'bob'],
  notifications: { emails: ['security@example.com'] },
  detectors: { guardDuty: true, securityHub: true },
  terminationProtection: false,
};
/** The deployments of test/e2e/baseline.test.ts validate. */
const APP = 'node bin/app.mjs --no-validation';

let emulator: Emulator;
let folder: string;
let config: string;
let detector: string;
let hub: string;
/** What `adopt` wrote, by name of the file. */
let imports: string;
const printed: string[] = [];
const environment = { ...process.env };
const directory = process.cwd();

const cdk = (...args: string[]) => runCdk(emulator, args, { config, app: APP });

beforeAll(async () => {
  emulator = await startEmulator();
  Object.assign(process.env, emulator.env);
  folder = mkdtempSync(join(EMULATOR_HOME, 'import-'));
  config = join(folder, 'baseline.config.ts');
  writeFileSync(
    config,
    `import { defineBaseline } from '${join(REPOSITORY, 'lib/config/config')}';
export default defineBaseline(${JSON.stringify(OPTIONS)});
`,
  );
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  jest.spyOn(console, 'error').mockImplementation();
  const { DetectorId = '' } = await new GuardDuty(emulator.clientConfig).createDetector({ Enable: true });
  detector = DetectorId;
  const securityHub = new SecurityHub(emulator.clientConfig);
  await securityHub.enableSecurityHub({});
  hub = (await securityHub.describeHub({})).HubArn ?? '';
  const iam = new IAM(emulator.clientConfig);
  // An import changes nothing of what it imports.
  await iam.createGroup({ GroupName: 'Administrators' });
  await iam.attachGroupPolicy({
    GroupName: 'Administrators',
    PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
  });
  await iam.createUser({ UserName: 'alice' });
  await iam.createLoginProfile({ UserName: 'alice', Password: 'Correct-horse-battery-1' });
});

afterAll(async () => {
  process.chdir(directory);
  jest.restoreAllMocks();
  process.env = environment;
  rmSync(folder, { recursive: true, force: true });
  await emulator.stop();
});

/** Creates a change set of the type IMPORT, and says how it ends. */
async function importing(template: object, identifier: Record<string, string>): Promise<string> {
  const client = new CloudFormation(emulator.clientConfig);
  const change = { StackName: 'Tried', ChangeSetName: 'tried' };
  try {
    await client.createChangeSet({
      ...change,
      ChangeSetType: 'IMPORT',
      TemplateBody: JSON.stringify({ Resources: template }),
      ResourcesToImport: [
        {
          ResourceType: 'AWS::GuardDuty::Detector',
          LogicalResourceId: 'Detector',
          ResourceIdentifier: identifier,
        },
      ],
    });
    await waitUntilChangeSetCreateComplete({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, change);
    return 'ready';
  } catch (error) {
    const { StatusReason } = await client
      .describeChangeSet(change)
      .catch(() => ({ StatusReason: undefined }));
    return StatusReason ?? (error instanceof Error ? error.message : String(error));
  } finally {
    await client.deleteStack({ StackName: 'Tried' });
  }
}

const DETECTOR = {
  Type: 'AWS::GuardDuty::Detector',
  Properties: { Enable: true },
  DeletionPolicy: 'Retain',
};

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html
test.each<[what: string, template: () => object, identifier: () => Record<string, string>, outcome: RegExp]>([
  [
    'what exists, is retained, and refers to nothing new',
    () => ({ Detector: DETECTOR }),
    () => ({ Id: detector }),
    /^ready$/,
  ],
  ['what does not exist', () => ({ Detector: DETECTOR }), () => ({ Id: 'd0' }), /Id d0 was not found/],
  [
    'what has another identifier',
    () => ({ Detector: DETECTOR }),
    () => ({ DetectorId: detector }),
    /identifier/i,
  ],
  [
    'what the stack would delete',
    () => ({ Detector: { ...DETECTOR, DeletionPolicy: undefined } }),
    () => ({ Id: detector }),
    /DeletionPolicy/,
  ],
  [
    'something that is new, too',
    () => ({ Detector: DETECTOR, Topic: { Type: 'AWS::SNS::Topic' } }),
    () => ({ Id: detector }),
    /Resources \[Topic\] is missing from ResourceToImport list/,
  ],
  [
    'what refers to something that is not in the template',
    () => ({ Detector: { ...DETECTOR, Properties: { Enable: { 'Fn::Sub': '${Missing}' } } } }),
    () => ({ Id: detector }),
    /Unresolved resource dependencies \[Missing\]/,
  ],
])('an import of %s', async (_, template, identifier, outcome) => {
  expect(await importing(template(), identifier())).toMatch(outcome);
});

/** Each test goes on with the account that the one before has left. */
describe('an account with a detector, a hub, a group, and a user', () => {
  test('is asked about, and adopt writes what cdk import takes', async () => {
    process.chdir(folder);
    const asked: string[] = [];
    const ask = (question: string) => {
      asked.push(question);
      const [, number = ''] = /(\d)\. Import/.exec(question) ?? [];
      return Promise.resolve(question.includes('Write ') ? 'y' : number);
    };
    expect(await adopt({ config, color: false, region: emulator.region }, loadConfig(config), ask)).toBe(0);
    process.chdir(directory);
    imports = join(folder, 'AccountBaseline-Detectors.import.json');
    expect(JSON.parse(readFileSync(imports, 'utf8'))).toEqual({
      GuardDuty: { Id: detector },
      SecurityHub: { ARN: hub },
    });
    const next = printed.join('').split('Next\n')[1];
    expect(next?.trim().split('\n')).toEqual([
      '$ npx cdk import AccountBaseline-Detectors --resource-mapping AccountBaseline-Detectors.import.json --force',
      '  $ npx cdk deploy --all --import-existing-resources',
      '  $ npx aws-account-baseline verify',
    ]);
  });

  test('has both imported by the CDK CLI, which changes neither', async () => {
    const { code, output } = await cdk(
      'import',
      'AccountBaseline-Detectors',
      '--resource-mapping',
      imports,
      '--force',
    );
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('IMPORT_COMPLETE') });
    expect((await new GuardDuty(emulator.clientConfig).listDetectors({})).DetectorIds).toEqual([detector]);
    const { StackResources = [] } = await new CloudFormation(emulator.clientConfig).describeStackResources({
      StackName: 'AccountBaseline-Detectors',
    });
    expect(StackResources.map(({ PhysicalResourceId }) => PhysicalResourceId).sort()).toEqual(
      [detector, hub].sort(),
    );
  });

  test('is found ready for a deployment that imports the group and the user, and only for that', async () => {
    const plan = (options: Partial<Options>) =>
      preflightCommand({ config, color: false, region: emulator.region, ...options }, loadConfig(config));
    expect(await plan({})).toBe(1);
    printed.length = 0;
    expect(await plan({ importExistingResources: true })).toBe(0);
    expect(printed.join('')).toMatch(/adopt +User alice +The deployment imports it into the stack\./);
  });

  test('is deployed around them, and verified; alice keeps the password', async () => {
    const iam = new IAM(emulator.clientConfig);
    const before = await iam.getLoginProfile({ UserName: 'alice' });
    const { code, output } = await cdk(
      'deploy',
      '--all',
      '--import-existing-resources',
      '--require-approval',
      'never',
    );
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringContaining('AccountBaseline-Access.SignInUrl'),
    });
    expect(await iam.getLoginProfile({ UserName: 'alice' })).toMatchObject({
      LoginProfile: { CreateDate: before.LoginProfile?.CreateDate },
    });
    expect((await new GuardDuty(emulator.clientConfig).listDetectors({})).DetectorIds).toEqual([detector]);
    expect(await notPassed(emulator, OPTIONS)).toEqual([
      'fail root-mfa: Root has no MFA device: the password alone gives full access.',
    ]);
  });

  test('has nothing left to decide', async () => {
    jest.resetModules();
    printed.length = 0;
    await adopt({ config, color: false, region: emulator.region, yes: true }, loadConfig(config));
    expect(printed.join('')).toContain('Nothing to decide.');
  });
});
