import { AccessAnalyzer } from '@aws-sdk/client-accessanalyzer';
import { CloudFormation, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { GuardDuty } from '@aws-sdk/client-guardduty';
import { Organizations } from '@aws-sdk/client-organizations';
import { SecurityHub } from '@aws-sdk/client-securityhub';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { createOrganization } from '../../emulator/organization';
import { EmulatedSuite } from '../../emulator/suite';
import type { BaselineOptions } from '../../lib/config/config';
import { suiteStacks } from './baseline-suite';

// The tests share one organization and follow it through its life: their order matters.
jest.setTimeout(120_000);

const REGIONS = ['eu-central-1', 'us-east-1'];
const ELSEWHERE = 'us-west-2';
const [SERVICES = '', DETECTORS = ''] = ['Services', 'OrganizationDetectors'].map(
  (kind) => `AccountBaseline-${kind}`,
);

let emulator: Emulator;
let suite: EmulatedSuite;
let organizations: Organizations;
let options: NonNullable<BaselineOptions['organization']>;
let security: string;
let sandbox: string;
let workload: string;
/** Detectors that accounts had before, by account. */
const before: Record<string, string> = {};

const clientIn = (account: string, region: string) => ({
  ...emulator.clientConfig,
  region,
  credentials: { accessKeyId: account, secretAccessKey: 'test' },
});

const stacks = (more: Partial<NonNullable<BaselineOptions['organization']>> = {}) =>
  suiteStacks({ organization: { ...options, ...more } }).filter(({ name }) =>
    [SERVICES, DETECTORS].includes(name),
  );

/** ID of the detector of GuardDuty in an account. */
const detectorIn = async (account: string, region: string): Promise<string | undefined> => {
  const { DetectorIds = [] } = await new GuardDuty(clientIn(account, region)).listDetectors({});
  return DetectorIds[0];
};

/** Where an account has GuardDuty and Security Hub. */
const detectorsOf = async (account: string) => {
  const found = await Promise.all(
    [...REGIONS, ELSEWHERE].map(async (region) => {
      const client = new SecurityHub(clientIn(account, region));
      const hub = await client.describeSecurityHubV2({}).catch(() => undefined);
      return [
        ...((await detectorIn(account, region)) === undefined ? [] : [`GuardDuty ${region}`]),
        ...(hub ? [`Security Hub ${region}`] : []),
      ];
    }),
  );
  return found.flat();
};
const EVERYWHERE = REGIONS.flatMap((region) => [`GuardDuty ${region}`, `Security Hub ${region}`]);

const analyzersOf = async (account: string) => {
  const found = await Promise.all(
    [...REGIONS, ELSEWHERE].map(async (region) => {
      const { analyzers = [] } = await new AccessAnalyzer(clientIn(account, region)).listAnalyzers({
        type: 'ORGANIZATION',
      });
      return analyzers.map(({ name }) => `${name} ${region}`);
    }),
  );
  return found.flat();
};

/** Administrators: as Organizations knows them, of GuardDuty by Region, of Security Hub. */
const administrators = async () => {
  const of = async (ServicePrincipal: string) => {
    const { DelegatedAdministrators = [] } = await organizations.listDelegatedAdministrators({
      ServicePrincipal,
    });
    return DelegatedAdministrators.map(({ Id }) => Id);
  };
  const guardDuty = await Promise.all(
    REGIONS.map(async (region) => {
      const client = new GuardDuty({ ...emulator.clientConfig, region });
      const { AdminAccounts = [] } = await client.listOrganizationAdminAccounts({});
      return AdminAccounts.map(({ AdminAccountId }) => AdminAccountId);
    }),
  );
  const { AdminAccounts = [] } = await new SecurityHub(emulator.clientConfig).listOrganizationAdminAccounts({
    Feature: 'SecurityHubV2',
  });
  return {
    guardDuty: [await of('guardduty.amazonaws.com'), ...guardDuty],
    securityHub: [await of('securityhub.amazonaws.com'), AdminAccounts.map(({ AccountId }) => AccountId)],
    accessAnalyzer: await of('access-analyzer.amazonaws.com'),
  };
};

/** Policy types and trusted access that detectors need. */
const enabled = async () => {
  const { Roots: [root] = [] } = await organizations.listRoots({});
  const { EnabledServicePrincipals = [] } = await organizations.listAWSServiceAccessForOrganization({});
  return [
    ...(root?.PolicyTypes ?? []).flatMap(({ Type = '', Status }) => (Status === 'ENABLED' ? [Type] : [])),
    ...EnabledServicePrincipals.map(({ ServicePrincipal = '' }) => ServicePrincipal),
  ].filter((name) => /GUARD|HUB|guardduty|securityhub|access-analyzer/.test(name));
};

/** A detector that an account has on its own, by CloudFormation. */
const createDetector = async (account: string, region: string): Promise<void> => {
  const client = new CloudFormation(clientIn(account, region));
  await client.createStack({
    StackName: 'own',
    TemplateBody: JSON.stringify({
      Resources: { Detector: { Type: 'AWS::GuardDuty::Detector', Properties: { Enable: true } } },
    }),
  });
  await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 1 }, { StackName: 'own' });
  before[account] = (await detectorIn(account, region)) ?? 'none';
};

beforeAll(async () => {
  emulator = await startEmulator();
  suite = new EmulatedSuite(emulator);
  organizations = new Organizations(emulator.clientConfig);
  const { id, rootId, members } = await createOrganization(emulator, 3);
  [security = '', sandbox = '', workload = ''] = members;
  options = {
    id,
    rootId,
    delegatedAdministrator: { account: security, services: ['iam'] },
    detectors: { guardDuty: true, securityHub: true, accessAnalyzer: true, regions: REGIONS },
  };
  await createDetector(emulator.accountId, 'us-east-1');
  await createDetector(workload, 'eu-central-1');
});

afterAll(() => emulator.stop());

test('another administrator stops the deployment with its ID, and stays', async () => {
  const guardDuty = new GuardDuty({ ...emulator.clientConfig, region: 'eu-central-1' });
  await organizations.enableAWSServiceAccess({ ServicePrincipal: 'guardduty.amazonaws.com' });
  await guardDuty.enableOrganizationAdminAccount({ AdminAccountId: sandbox });
  const [services] = stacks();
  if (!services) throw new Error('no stack');
  await suite.deploy([services]);
  expect(Object.values(await suite.failures())).toContainEqual(
    expect.stringContaining(`${sandbox} administers guardduty.amazonaws.com for the organization, and only`),
  );
  await suite.destroy([services.name]);
  expect((await administrators()).guardDuty).toEqual([[sandbox], [sandbox], []]);
  expect(await enabled()).toEqual(['guardduty.amazonaws.com']);
  // What the message says: its administrator is removed.
  await guardDuty.disableOrganizationAdminAccount({ AdminAccountId: sandbox });
  await organizations.deregisterDelegatedAdministrator({
    AccountId: sandbox,
    ServicePrincipal: 'guardduty.amazonaws.com',
  });
  await organizations.disableAWSServiceAccess({ ServicePrincipal: 'guardduty.amazonaws.com' });
});

test('an analyzer that the administrator has already fails the deployment, which names it', async () => {
  const client = new AccessAnalyzer(clientIn(security, 'us-east-1'));
  const [services, detectors] = stacks();
  if (!services || !detectors) throw new Error('no stack');
  expect(await suite.deploy([services])).toEqual({ [SERVICES]: 'CREATE_COMPLETE' });
  await client.createAnalyzer({ analyzerName: 'theirs', type: 'ORGANIZATION' });
  await suite.deploy([detectors]);
  expect(Object.values(await suite.failures())).toContainEqual(
    expect.stringContaining('Maximum number of ORGANIZATION analyzers was reached'),
  );
  await suite.destroy([DETECTORS]);
  expect(await analyzersOf(security)).toEqual(['theirs us-east-1']);
  await client.deleteAnalyzer({ analyzerName: 'theirs' });
});

test('detectors are enabled in every account, in the Regions and nowhere else', async () => {
  expect([await suite.deploy(stacks()), await suite.failures()]).toEqual([
    { [SERVICES]: 'CREATE_COMPLETE', [DETECTORS]: 'CREATE_COMPLETE' },
    {},
  ]);
  for (const account of [emulator.accountId, security, sandbox, workload]) {
    expect([account, await detectorsOf(account)]).toEqual([account, EVERYWHERE]);
  }
});

test('the security account administers them, in each Region', async () => {
  expect(await administrators()).toEqual({
    guardDuty: [[security], [security], [security]],
    securityHub: [[security], [security]],
    accessAnalyzer: [security],
  });
  expect(await analyzersOf(security)).toEqual(
    REGIONS.map((region) => `account-baseline-organization ${region}`),
  );
  expect(await analyzersOf(sandbox)).toEqual([]);
});

test('detectors that the management account and a member had before are the same ones', async () => {
  expect(await detectorIn(emulator.accountId, 'us-east-1')).toBe(before[emulator.accountId]);
  expect(await detectorIn(workload, 'eu-central-1')).toBe(before[workload]);
});

test('an account that joins gets the detectors, and no analyzer of the organization', async () => {
  const { CreateAccountStatus } = await organizations.createAccount({
    AccountName: 'late',
    Email: 'late@example.com',
  });
  const late = CreateAccountStatus?.AccountId ?? '';
  expect(await detectorsOf(late)).toEqual(EVERYWHERE);
  expect(await analyzersOf(late)).toEqual([]);
});

test('a protection plan that is named is enabled in every account', async () => {
  const detectors = { ...options.detectors, guardDutyPlans: ['s3_data_events'] } as typeof options.detectors;
  expect(await suite.deploy(stacks({ detectors }))).toMatchObject({ [DETECTORS]: 'UPDATE_COMPLETE' });
  const client = new GuardDuty(clientIn(sandbox, 'us-east-1'));
  const { Features = [] } = await client.getDetector({
    DetectorId: (await detectorIn(sandbox, 'us-east-1')) ?? '',
  });
  expect(Features.map(({ Name, Status }) => `${Name} ${Status}`)).toEqual(['S3_DATA_EVENTS ENABLED']);
});

test('another security account is refused while the first one administers, and the update is rolled back', async () => {
  const [services] = stacks({ delegatedAdministrator: { account: sandbox, services: ['iam'] } });
  if (!services) throw new Error('no stack');
  expect(await suite.deploy([services])).toEqual({ [SERVICES]: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(await administrators()).toEqual({
    guardDuty: [[security], [security], [security]],
    securityHub: [[security], [security]],
    accessAnalyzer: [security],
  });
});

test('services that are removed before the policies keep the policy types', async () => {
  const [services] = stacks({ detectors: {} });
  if (!services) throw new Error('no stack');
  expect(await suite.deploy([services])).toEqual({ [SERVICES]: 'UPDATE_COMPLETE' });
  expect(await enabled()).toEqual(expect.arrayContaining(['GUARDDUTY_POLICY', 'SECURITYHUB_POLICY']));
  expect(await suite.deploy(stacks())).toMatchObject({ [SERVICES]: 'UPDATE_COMPLETE' });
});

test('removal in the order of the docs takes back analyzers, administrators, types and access; detectors stay', async () => {
  expect(await suite.destroy([DETECTORS, SERVICES])).toEqual({
    [DETECTORS]: undefined,
    [SERVICES]: undefined,
  });
  expect(await analyzersOf(security)).toEqual([]);
  expect(await administrators()).toEqual({
    guardDuty: [[], [], []],
    securityHub: [[], []],
    accessAnalyzer: [],
  });
  for (const account of [emulator.accountId, sandbox, workload]) {
    expect([account, await detectorsOf(account)]).toEqual([account, EVERYWHERE]);
  }
});
