import { App } from 'aws-cdk-lib';
import { type BaselineConfig, defineBaseline } from '../../../lib/config/config';
import { loadFeatureFlags } from '../../../lib/config/load-feature-flags';
import { uninstallCommand } from '../../../lib/posture/commands/uninstall';
import { addStandaloneBaseline } from '../../../lib/stacks/standalone';
import { templatesOf } from '../../../lib/stacks/templates';
import { SMALLEST } from '../../smallest';

let deployed: object;

jest.mock<object>('../../../lib/stacks/templates', () => jest.requireActual('./templates-once'));
jest.mock('../../../lib/posture/collect/deployed-templates', () => ({
  readDeployedTemplates: () => Promise.resolve(deployed),
}));

const REGION = 'eu-central-1';
const CONFIG = defineBaseline(SMALLEST);
const printed = jest.spyOn(process.stdout, 'write').mockReturnValue(true);

beforeEach(() => {
  printed.mockClear();
});

afterAll(() => {
  printed.mockRestore();
});

/** What the plan says about the stacks of a configuration, if the account has these of them. */
async function planned(was: BaselineConfig, now = CONFIG, only = /./): Promise<string> {
  return plannedFor(
    templatesOf(was).filter(({ stackName }) => only.test(stackName)),
    now,
  );
}

/** The same for stacks that may be those of the day-zero script, whose resources have these names. */
async function plannedFor(
  stacks: readonly { readonly stackName: string; readonly template: unknown }[],
  now = CONFIG,
  physicalIds = new Map<string, string>(),
): Promise<string> {
  deployed = {
    templates: Object.fromEntries(stacks.map(({ stackName, template }) => [stackName, template])),
    physicalIds,
    place: { region: REGION, account: '123456789012' },
  };
  const options = { config: '', color: false, quiet: true, region: REGION, deployed: true };
  expect(await uninstallCommand(options, now)).toBe(0);
  return printed.mock.calls.join('');
}

/** The command that deletes a stack, as the plan shows it. */
const deleting = (stackName: string, region = REGION) => {
  const stack = `--stack-name AccountBaseline-${stackName} --region ${region}`;
  return `    $ aws cloudformation update-termination-protection --no-enable-termination-protection ${stack} && aws cloudformation delete-stack ${stack}\n`;
};

const HOW = `How
  Delete the stacks with these commands, as root or an administrator. They need no deployment, which could change or create something first:
`;

test('only what is deployed is counted and deleted, so that nothing else is created first', async () => {
  const text = await planned(CONFIG, CONFIG, /-(?:Access|Audit)$/);
  expect(text).toMatch(/^Nothing was removed\. This is what removing 2 stacks would do\.\n/);
  expect(text).toContain(`${HOW}${deleting('Audit')}${deleting('Access')}\n`);
  expect(text).not.toContain('npx cdk destroy');
  expect(text).toContain('Not in this plan: what an earlier change or removal left');
});

test('one stack is not several', async () => {
  expect(await planned(CONFIG, CONFIG, /-Audit$/)).toContain('what removing 1 stack would do.');
});

test('stacks that the configuration no longer has are deleted, too, each in its Region', async () => {
  const was = defineBaseline({ ...SMALLEST, detectors: { guardDuty: true } });
  const notifications = { ...SMALLEST.notifications, rootNotice: false } as const;
  const text = await planned(was, defineBaseline({ ...SMALLEST, notifications }));
  expect(text).toContain(`${HOW}${deleting('Detectors')}${deleting('RootNotice', 'us-east-1')}`);
});

test('stacks of an organization have an order of their own, unless the configuration no longer has them', async () => {
  const was = defineBaseline({ ...SMALLEST, organization: { id: 'o-a1b2c3d4e5', rootId: 'r-a1b2' } });
  const steps = 'Remove the stacks of the organization first';
  const text = await planned(was, was);
  expect(text).toContain(steps);
  expect(text).not.toContain('--stack-name AccountBaseline-Services');
  expect(text).toContain(deleting('Audit'));
  printed.mockClear();
  const later = await planned(was);
  expect(later).toContain(steps);
  expect(later).toContain(deleting('Services'));
});

test('stacks of the day-zero script are deleted with commands, and only places that are taken are counted', async () => {
  const app = new App({ context: loadFeatureFlags() });
  const names = addStandaloneBaseline(app).map(({ stackName }) => stackName);
  const assembly = app.synth();
  const stacks = names
    .filter((name) => /-(?:Access|RootNotice)$/.test(name))
    .map((stackName) => ({ stackName, template: assembly.getStackByName(stackName).template as unknown }));
  const physicalIds = new Map([
    ['AccountBaseline-Access/AdminAccessAdministrator1User', 'alice'],
    ['AccountBaseline-Access/AdminAccessAdministrator1Password', 'arn:aws:secretsmanager:1'],
  ]);
  const text = await plannedFor(stacks, CONFIG, physicalIds);
  expect(text).toContain(`${HOW}${deleting('RootNotice', 'us-east-1')}${deleting('Access')}`);
  expect(text).toContain(`Deleted
  first-time password

`);
  expect(text).toContain('Kept: Users\n  alice\n');
});

test('commands for what stays name the Region of the stacks, because the shell may be in another one', async () => {
  const stacks = templatesOf(CONFIG).filter(({ stackName }) => stackName.endsWith('-Audit'));
  const physicalIds = new Map([
    ['AccountBaseline-Audit/AuditTrailBucket', 'logs-1234'],
    ['AccountBaseline-Audit/AuditTrailLogGroup', 'trail'],
  ]);
  const text = await plannedFor(stacks, CONFIG, physicalIds);
  expect(text).toContain(`$ aws s3api delete-bucket --bucket logs-1234 --region ${REGION}\n`);
  expect(text).toContain(`$ aws logs delete-log-group --log-group-name trail --region ${REGION}\n`);
});
