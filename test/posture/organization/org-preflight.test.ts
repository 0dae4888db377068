import {
  CloudFormationClient,
  ListStackResourcesCommand,
  ListStackSetsCommand,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import { CloudControlClient, ListResourcesCommand } from '@aws-sdk/client-cloudcontrol';
import { ConfigServiceClient, DescribeConfigurationRecordersCommand } from '@aws-sdk/client-config-service';
import { IAMClient, IAMServiceException, ListOrganizationsFeaturesCommand } from '@aws-sdk/client-iam';
import {
  DescribeOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
  ListDelegatedServicesForAccountCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListPoliciesCommand,
  ListPoliciesForTargetCommand,
  ListRootsCommand,
  OrganizationsClient,
  OrganizationsServiceException,
} from '@aws-sdk/client-organizations';
import { mockClient } from 'aws-sdk-client-mock';
import { type BaselineConfig, type BaselineOptions, defineBaseline } from '../../../lib/config/config';
import { Clients } from '../../../lib/posture/clients';
import { collectOrganization } from '../../../lib/posture/organization/collect-surroundings';
import { readAbove } from '../../../lib/posture/organization/collect-structure';
import { organizationCost } from '../../../lib/posture/organization/organization-cost';
import { planOrganization } from '../../../lib/posture/organization/plan-organization';
import type { OrganizationSurroundings } from '../../../lib/posture/organization/surroundings';
import { SMALLEST_ORGANIZATION as ORGANIZATION } from '../../organization/smallest-organization';
import { SMALLEST } from '../../smallest';
import { REGION, WELL } from '../snapshot';

const MANAGEMENT = WELL.caller.account;
const CONFIG = defineBaseline({ ...SMALLEST, organization: ORGANIZATION });
const SINGLE = defineBaseline(SMALLEST);
const TRAIL = 'account-baseline';

/** An organization of three accounts, one of them suspended, in which nothing is enabled. */
const NEW: OrganizationSurroundings = {
  caller: WELL.caller,
  region: REGION,
  organization: { value: { id: ORGANIZATION.id, managementAccount: MANAGEMENT, allFeatures: true } },
  root: { value: { id: ORGANIZATION.rootId, policyTypes: [] } },
  accounts: {
    value: [
      { id: MANAGEMENT, name: 'management', state: 'ACTIVE' },
      { id: '222222222222', name: 'sandbox', state: 'ACTIVE' },
      { id: '333333333333', name: 'old', state: 'SUSPENDED' },
    ],
  },
  structure: { value: { units: [], parents: {}, ours: [] } },
  missingUnits: { value: [] },
  above: { value: {} },
  trusted: { value: [] },
  administrators: { value: [] },
  rootFeatures: { value: [] },
  policies: { value: [] },
  stackSets: { value: [] },
  trails: { value: [] },
  recorder: { value: undefined },
  identityCenters: { value: [] },
};

const plan = (change: Partial<OrganizationSurroundings>, config: BaselineConfig = CONFIG) =>
  planOrganization({ ...NEW, ...change }, config, (accounts) => ({ accounts, idleUsd: 5, busyUsd: 50 }));

const lines = (change: Partial<OrganizationSurroundings>, config?: BaselineConfig): string[] =>
  plan(change, config).entries.map(({ action, what, why }) => `${action} ${what}: ${why}`);

/** Lines that the change makes. */
const fresh = (change: Partial<OrganizationSurroundings>, config?: BaselineConfig): string[] => {
  const before = lines({}, config);
  return lines(change, config).filter((line) => !before.includes(line));
};

const trail = (Name: string, IsOrganizationTrail: boolean): OrganizationSurroundings['trails'] => ({
  value: [
    {
      trail: {
        Name,
        IsOrganizationTrail,
        CloudWatchLogsLogGroupArn: `arn:aws:logs:${REGION}:${MANAGEMENT}:log-group:${Name}-logs:*`,
      },
      status: { value: { IsLogging: true } },
    },
  ],
});

const COPIES = 'CloudTrail charges 2 USD per 100,000 events of an account for each copy but the first';

test('an organization in which nothing is enabled gets everything, and an account that is suspended is skipped', () => {
  expect(lines({})).toEqual([
    `info Signed in as: ${WELL.caller.arn}.`,
    'info Organization o-a1b2c3d4e5: This is its management account. It has all features.',
    'info Accounts: 2 of 3 are active, with the management account.',
    'skip Account 333333333333: old is SUSPENDED. StackSets and policies reach it when it is active again.',
    'create Trusted access of cloudtrail.amazonaws.com: It is not enabled. The deployment enables it.',
    'create Trusted access of member.org.stacksets.cloudformation.amazonaws.com: It is not enabled. The deployment enables it.',
    'create Trusted access of iam.amazonaws.com: It is not enabled. The deployment enables it.',
    'create Policy type SERVICE_CONTROL_POLICY: The deployment enables it, for protect, root, leave.',
    'create Central root access: The deployment enables RootCredentialsManagement and RootSessions.',
    `create Trail ${TRAIL}: The deployment creates it, for every account of the organization.`,
    `info Trails of members: This account cannot see them. ${COPIES}, so a member’s own trail costs extra.`,
    'info IAM Identity Center: The home Region has no instance. A person enables it in its console.',
    'info Cost: About 5.00 USD a month for 2 idle accounts, 50.00 USD if each is that of a small team, with the events of all of them, after a year.',
  ]);
});

test('an account without organization in its configuration is told what to write', () => {
  const { entries } = plan({}, SINGLE);
  expect(entries.find(({ what }) => what === 'Configuration')?.remedy?.text).toBe(
    "Set organization: { id: 'o-a1b2c3d4e5', rootId: 'r-a1b2' }.",
  );
  expect(entries.filter(({ action }) => action === 'create' || action === 'stop')).toEqual([]);
});

test.each<[string, Partial<OrganizationSurroundings>, string[]]>([
  [
    'no organization',
    { organization: { value: undefined } },
    ['stop Organization: The account belongs to no organization.'],
  ],
  [
    'a member account',
    {
      organization: { value: { id: ORGANIZATION.id, managementAccount: '999999999999', allFeatures: true } },
      administrators: { unknown: 'organizations:ListDelegatedAdministrators is not allowed' },
    },
    [
      'stop Organization o-a1b2c3d4e5: This account is a member, not the management account.',
      'unknown Delegated administrators: Could not be read, so the deployment may fail because of it: organizations:ListDelegatedAdministrators is not allowed.',
    ],
  ],
  [
    'a delegated administrator',
    {
      organization: { value: { id: ORGANIZATION.id, managementAccount: '999999999999', allFeatures: true } },
      administrators: { value: [{ account: MANAGEMENT, services: ['guardduty.amazonaws.com'] }] },
    },
    [
      'stop Organization o-a1b2c3d4e5: This account is a delegated administrator of guardduty.amazonaws.com, not the management account.',
      `info Delegated administrator ${MANAGEMENT}: For guardduty.amazonaws.com. It is not changed.`,
    ],
  ],
  [
    'consolidated billing only',
    {
      organization: { value: { id: ORGANIZATION.id, managementAccount: MANAGEMENT, allFeatures: false } },
    },
    [
      'stop Organization o-a1b2c3d4e5: It has consolidated billing only: no policies, no organization trail, no StackSets for members.',
    ],
  ],
  [
    'another root and a missing OU',
    { root: { value: { id: 'r-zzzz', policyTypes: [] } }, missingUnits: { value: ['ou-a1b2-c3d4e5f6'] } },
    [
      'stop organization.rootId: The configuration has r-a1b2, but this account belongs to another organization.',
      'stop OU ou-a1b2-c3d4e5f6: The organization has no such OU.',
    ],
  ],
  [
    'what is enabled already',
    {
      root: { value: { id: ORGANIZATION.rootId, policyTypes: ['SERVICE_CONTROL_POLICY'] } },
      trusted: { value: ['cloudtrail.amazonaws.com', 'sso.amazonaws.com'] },
      rootFeatures: { value: ['RootSessions'] },
      policies: { value: [{ type: 'SERVICE_CONTROL_POLICY', names: ['DenyRegions'], onRoot: 2 }] },
    },
    [
      'adopt Trusted access of cloudtrail.amazonaws.com: It is enabled, and stays so when the stack is deleted.',
      'info Trusted access: Also enabled: sso.amazonaws.com.',
      'adopt Policy type SERVICE_CONTROL_POLICY: It is enabled, for protect, root, leave.',
      'skip Policies SERVICE_CONTROL_POLICY: DenyRegions is not changed. 2 of at most 10 are attached to the root.',
      'create Central root access: The deployment enables RootCredentialsManagement.',
    ],
  ],
  [
    'StackSets of others and our own',
    {
      stackSets: {
        value: [
          { name: 'AccountBaseline-Members', serviceManaged: true },
          { name: 'network', serviceManaged: true },
          { name: 'own', serviceManaged: false },
        ],
      },
    },
    [
      'adopt StackSet AccountBaseline-Members: It is the baseline’s.',
      'skip StackSet network: It reaches members. It is not changed.',
    ],
  ],
  [
    'our trail, which becomes that of the organization',
    { trails: trail(TRAIL, false) },
    [
      `adopt Trail ${TRAIL}: It becomes the trail of the organization. CloudFormation updates it in place; its logs stay.`,
    ],
  ],
  [
    'Control Tower',
    {
      trusted: { value: ['controltower.amazonaws.com'] },
      trails: trail('aws-controltower-BaselineCloudTrail', true),
      recorder: { value: 'aws-controltower-BaselineConfigRecorder' },
    },
    [
      'info Trusted access: Also enabled: controltower.amazonaws.com.',
      'info AWS Control Tower: It governs the organization: there is its trusted access, the trail aws-controltower-BaselineCloudTrail. Its trail, AWS Config and guardrails are not changed.',
      `skip Trail aws-controltower-BaselineCloudTrail: It records the organization, and is not changed. ${COPIES}.`,
      'info AWS Config: This account records with aws-controltower-BaselineConfigRecorder. It is not changed.',
    ],
  ],
])('%s', (_, change, expected) => {
  expect(fresh(change)).toEqual(expected);
});

test('an existing trail of the organization is used if the configuration names its log group', () => {
  const config = defineBaseline({
    ...SMALLEST,
    organization: { ...ORGANIZATION, exceptAccounts: ['444444444444'] },
    auditTrail: { existingLogGroup: 'tower-logs' },
  });
  expect(lines({ trails: trail('tower', true) }, config)).toEqual(
    expect.arrayContaining([
      'adopt Trail tower: It records the organization, and the alarms read its log group.',
      'stop organization.exceptAccounts: No account of the organization has the ID 444444444444.',
    ]),
  );
});

describe('groups of OUs', () => {
  const [workloads, production, sandbox, lab] = ['11111111', '22222222', '33333333', '44444444'].map(
    (id) => `ou-a1b2-${id}`,
  ) as [string, string, string, string];
  const config = defineBaseline({
    ...SMALLEST,
    organization: {
      ...ORGANIZATION,
      ous: [workloads, production, sandbox, lab],
      members: { groups: { Sandbox: { ous: [sandbox, lab] }, Production: { ous: [production] } } },
    },
  });

  test('stop the deployment where one is below another', () => {
    const above = {
      value: {
        [workloads]: ['r-a1b2'],
        [production]: ['ou-a1b2-55555555', workloads, 'r-a1b2'],
        // Below an OU of the same group, its accounts get the same options.
        [lab]: [sandbox, 'r-a1b2'],
        [sandbox]: [production, workloads, 'r-a1b2'],
      },
    };
    expect(fresh({ above }, config)).toEqual([
      `stop OU ${production}: It belongs to the group Production, and is below ${workloads}, which belongs to no group. StackSets cannot leave it out there: its accounts would get the options of both.`,
      `stop OU ${sandbox}: It belongs to the group Sandbox, and is below ${production}, which belongs to the group Production. StackSets cannot leave it out there: its accounts would get the options of both.`,
    ]);
    expect(fresh({ above: { value: { [workloads]: ['r-a1b2'], [lab]: ['r-a1b2'] } } }, config)).toEqual([]);
  });

  test('adopt their StackSets, and say how to delete that of a group that is gone', () => {
    const stackSets = {
      value: ['Members', 'MembersSandbox', 'MembersOld'].map((kind) => ({
        name: `AccountBaseline-${kind}`,
        serviceManaged: true,
      })),
    };
    expect(fresh({ stackSets }, config)).toEqual([
      'adopt StackSet AccountBaseline-Members: It is the baseline’s.',
      'adopt StackSet AccountBaseline-MembersSandbox: It is the baseline’s.',
      'skip StackSet AccountBaseline-MembersOld: It is the baseline’s, but the configuration no longer has its members.',
    ]);
    const { entries } = plan({ stackSets }, config);
    expect(entries.find(({ what }) => what.endsWith('MembersOld'))?.remedy?.command).toContain(
      'aws cloudformation delete-stack --stack-name AccountBaseline-MembersOld ',
    );
  });

  test('are read from the OU up to the root, only if there are groups', async () => {
    const organizations = mockClient(OrganizationsClient);
    const parents: Readonly<Record<string, string>> = { [workloads]: 'r-a1b2', [production]: workloads };
    organizations.on(ListParentsCommand).callsFake(({ ChildId }: { ChildId: string }) => {
      const Id = parents[ChildId];
      if (Id === undefined) {
        const name = 'ChildNotFoundException';
        throw new OrganizationsServiceException({ name, message: '', $fault: 'client', $metadata: {} });
      }
      return { Parents: [{ Id, Type: Id.startsWith('r-') ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }] };
    });
    const client = new Clients({ region: REGION }).get(OrganizationsClient);
    expect(await readAbove(client, config)).toEqual({
      [workloads]: ['r-a1b2'],
      [production]: [workloads, 'r-a1b2'],
      [sandbox]: [],
      [lab]: [],
    });
    organizations.resetHistory();
    expect(await readAbove(client, CONFIG)).toEqual({});
    expect(organizations.calls()).toEqual([]);
    organizations.restore();
  });
});

describe('OUs and accounts of the configuration', () => {
  const config = defineBaseline({
    ...SMALLEST,
    organization: {
      ...ORGANIZATION,
      units: {
        New: 'create',
        Taken: 'create',
        Ours: 'create',
        Old: 'ou-a1b2-11111111',
        Gone: 'ou-a1b2-99999999',
      },
      accounts: {
        fresh: { email: 'fresh@example.com', unit: 'New' },
        taken: { email: 'Taken@example.com' },
        ours: { email: 'ours@example.com' },
        moved: { id: '222222222222', unit: 'Taken' },
        waiting: { id: '333333333333', unit: 'New' },
        gone: { id: '999999999999' },
      },
    },
  });
  const change: Partial<OrganizationSurroundings> = {
    accounts: {
      value: [
        { id: '222222222222', name: 'sandbox', state: 'ACTIVE' },
        { id: '333333333333', name: 'old', state: 'ACTIVE' },
        { id: '444444444444', name: 'theirs', state: 'ACTIVE', email: 'taken@example.com' },
        { id: '555555555555', name: 'ours', state: 'ACTIVE', email: 'ours@example.com' },
      ],
    },
    structure: {
      value: {
        units: [
          { id: 'ou-a1b2-11111111', path: 'Renamed' },
          { id: 'ou-a1b2-22222222', path: 'Taken' },
          { id: 'ou-a1b2-33333333', path: 'Ours' },
        ],
        parents: { '222222222222': 'r-a1b2', '333333333333': 'r-a1b2' },
        ours: ['ou-a1b2-33333333', '555555555555'],
      },
    },
  };

  test('are created, adopted, or stop the deployment where CloudFormation would fail', () => {
    expect(lines(change, config).filter((line) => /^\w+ (OU|Account) /.test(line))).toEqual([
      'create OU New: The deployment creates it, and never deletes it.',
      'stop OU Taken: ou-a1b2-22222222 has this name, and an OU cannot have two of the same name.',
      'adopt OU Ours: ou-a1b2-33333333 is the baseline’s.',
      'adopt OU Old: ou-a1b2-11111111 is Renamed. It is not changed.',
      'stop OU Gone: The organization has no OU ou-a1b2-99999999.',
      'create Account fresh: The deployment creates it for fresh@example.com, and never closes it.',
      'stop Account taken: 444444444444 (theirs) has the address Taken@example.com, and no other account can have it.',
      'adopt Account ours: 555555555555 is the baseline’s.',
      'adopt Account moved: It is 222222222222. It is not changed.',
      'info Account moved: It is in r-a1b2, and the configuration has it elsewhere. A deployment does not move it.',
      'adopt Account waiting: It is 333333333333. It is not changed.',
      'info Account waiting: It is in r-a1b2, and the configuration has it elsewhere. A deployment does not move it.',
      'stop Account gone: The organization has no account 999999999999.',
    ]);
  });

  test('count in the cost when they are created', () => {
    expect(plan(change, config).cost?.accounts).toBe(5);
  });

  test('an adopted account in another OU comes with the command that moves it', () => {
    const remedies = plan(change, config).entries.flatMap(({ what, action, remedy }) =>
      action === 'info' && what.startsWith('Account ') ? [[what, remedy?.command]] : [],
    );
    expect(remedies).toEqual([
      [
        'Account moved',
        'aws organizations move-account --account-id 222222222222 --source-parent-id r-a1b2 --destination-parent-id ou-a1b2-22222222',
      ],
      ['Account waiting', undefined],
    ]);
  });
});

test('what cannot be read names the policy of this command', () => {
  const { entries } = plan({ trusted: { unknown: 'it is not allowed', permission: 'organizations:List' } });
  expect(entries.find(({ what }) => what === 'Trusted access')?.remedy?.command).toBe(
    'npx aws-account-baseline policy org-preflight',
  );
});

test('events and log files of the trail grow with the accounts, and nothing else does', () => {
  const [one, ten, without] = [
    organizationCost(CONFIG, 1),
    organizationCost(CONFIG, 10),
    organizationCost(SINGLE, 10),
  ];
  expect(ten.idleUsd).toBeGreaterThan(one.idleUsd);
  expect(ten.idleUsd).toBeLessThan(one.idleUsd * 10);
  expect(ten.busyUsd).toBeGreaterThan(one.busyUsd * 5);
  expect(without.idleUsd).toBeCloseTo(one.idleUsd, 2);
});

describe('detectors of the organization', () => {
  const SECURITY = '222222222222';
  const configOf = (
    detectors: NonNullable<BaselineOptions['organization']>['detectors'],
    account = SECURITY,
  ) =>
    defineBaseline({
      ...SMALLEST,
      organization: {
        ...ORGANIZATION,
        regions: ['eu-central-1', 'us-east-1'],
        delegatedAdministrator: { account, services: ['iam'] },
        detectors,
      },
    });
  const all = configOf({ guardDuty: true, securityHub: true, accessAnalyzer: true });
  const administered = (account: string, ...services: string[]) => ({
    administrators: { value: [{ account, services }] },
  });
  const about = (change: Partial<OrganizationSurroundings>, config = all) =>
    plan(change, config).entries.filter(({ what }) =>
      /of the organization$|GuardDuty|Security Hub|detectors|delegatedAdministrator$|Trusted access of (guard|sec|acc)/.test(
        what,
      ),
    );
  const told = (...parameters: Parameters<typeof about>) =>
    about(...parameters).map(({ action, what, why }) => `${action} ${what}: ${why}`);

  test('get an administrator, trusted access and policies, and their cost is named', () => {
    const enables = 'It is not enabled. The deployment enables it.';
    const becomes = `${SECURITY} becomes its administrator. A policy enables it in eu-central-1, us-east-1. Detectors that accounts have are adopted.`;
    expect(told({})).toEqual([
      `create Trusted access of guardduty.amazonaws.com: ${enables}`,
      `create Trusted access of securityhub.amazonaws.com: ${enables}`,
      `create Trusted access of access-analyzer.amazonaws.com: ${enables}`,
      `create GuardDuty of the organization: ${becomes}`,
      `create Security Hub of the organization: ${becomes}`,
      `create IAM Access Analyzer of the organization: ${SECURITY} gets an analyzer in eu-central-1, us-east-1. If it has one there already, the deployment fails and is rolled back.`,
      'info Cost of detectors: GuardDuty’s foundational threat detection is in the cost. Not in it: Security Hub, billed to each account by use.',
    ]);
  });

  test('of another administrator stop the deployment, with the ways out', () => {
    const found = about(administered('333333333333', 'guardduty.amazonaws.com'));
    expect(found.filter(({ action }) => action === 'stop')).toEqual([
      {
        what: 'GuardDuty of the organization',
        action: 'stop',
        why: '333333333333 administers it, and only one account can.',
        remedy: {
          text: "Set organization.delegatedAdministrator.account to '333333333333', set organization.detectors.guardDuty to false, or remove it as administrator, after `aws guardduty disable-organization-admin-account` in each Region:",
          command:
            'aws organizations deregister-delegated-administrator --account-id 333333333333 --service-principal guardduty.amazonaws.com',
        },
      },
    ]);
  });

  test('that the account administers already are adopted, and GuardDuty’s own settings end', () => {
    const change = administered(SECURITY, 'guardduty.amazonaws.com', 'securityhub.amazonaws.com');
    const lines = told(change).filter((line) => /^(adopt|info) (G|Sec)/.test(line));
    expect(lines).toEqual([
      expect.stringContaining(
        `adopt GuardDuty of the organization: ${SECURITY} administers it, and stays so`,
      ),
      `info GuardDuty for new accounts: The policy replaces the settings by which ${SECURITY} enables GuardDuty in new accounts. This account cannot read them.`,
      expect.stringContaining('adopt Security Hub of the organization'),
    ]);
    // With the type of the policies, they have ended before.
    const root = { value: { id: ORGANIZATION.rootId, policyTypes: ['GUARDDUTY_POLICY'] } };
    expect(told({ ...change, root }).filter((line) => line.includes('new accounts'))).toEqual([]);
  });

  test.each([
    ['333333333333', '333333333333 is SUSPENDED.'],
    ['444444444444', 'No account of the organization has the ID 444444444444.'],
    [MANAGEMENT, `${MANAGEMENT} is the management account, which cannot be a delegated administrator.`],
  ])('need an active member as administrator, not %s', (account, why) => {
    const stops = about({}, configOf({ securityHub: true }, account)).filter(
      ({ action }) => action === 'stop',
    );
    expect(stops.map((entry) => entry.why)).toEqual([why]);
  });

  test('are not judged where administrators could not be read', () => {
    const entries = plan({ administrators: { unknown: 'denied' } }, all).entries;
    expect(entries.filter(({ what }) => / of the organization$/.test(what))).toEqual([]);
    expect(entries).toContainEqual(
      expect.objectContaining({ what: 'Delegated administrators', action: 'unknown' }),
    );
  });

  test('cost for each account, as far as it can be foreseen', () => {
    // Without its trail, nothing else grows with the accounts.
    const growth = (detectors: NonNullable<BaselineOptions['organization']>['detectors']) => {
      const { organization, ...config } = configOf(detectors);
      const ofAccount = { ...config, organization: organization && { ...organization, trail: false } };
      const [one, eleven] = [1, 11].map((accounts) => organizationCost(ofAccount, accounts).busyUsd);
      return ((eleven ?? 0) - (one ?? 0)) / 10;
    };
    const [guardDuty, withPlan] = [
      growth({ guardDuty: true }),
      growth({ guardDuty: true, guardDutyPlans: ['s3_data_events'] }),
    ];
    expect(guardDuty).toBeGreaterThan(1);
    expect(withPlan).toBeGreaterThan(guardDuty);
  });

  test('that nobody can foresee the cost of are named', () => {
    const plans = configOf({ guardDuty: true, guardDutyPlans: ['s3_data_events'] });
    expect(told({}, plans).at(-1)).toContain('Not in it: protection plans of GuardDuty');
    const both = configOf({ guardDuty: true, securityHub: true, guardDutyPlans: ['s3_data_events'] });
    expect(told({}, both).at(-1)).toContain(
      'Not in it: Security Hub and protection plans of GuardDuty, billed',
    );
    const lines = told({}, configOf({ guardDuty: true }));
    expect(lines.filter((line) => line.includes('Cost of'))).toEqual([]);
  });
});

describe('reading', () => {
  const organizations = mockClient(OrganizationsClient);
  const iam = mockClient(IAMClient);
  const cloudFormation = mockClient(CloudFormationClient);
  const collect = () => collectOrganization(new Clients({ region: REGION }), WELL.caller, CONFIG);
  const failure = (name: string) =>
    new OrganizationsServiceException({ name, message: 'no', $fault: 'client', $metadata: {} });

  beforeEach(() => {
    organizations.reset();
    iam.reset();
    cloudFormation.reset();
    cloudFormation.on(ListStackSetsCommand).resolves({ Summaries: [] });
  });

  test('collects accounts of all pages, administrators, trusted services, and policies of enabled types only', async () => {
    organizations
      .on(DescribeOrganizationCommand)
      .resolves({
        Organization: { Id: ORGANIZATION.id, MasterAccountId: MANAGEMENT, FeatureSet: 'ALL' },
      })
      .on(ListRootsCommand)
      .resolves({
        Roots: [
          {
            Id: ORGANIZATION.rootId,
            PolicyTypes: [
              { Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' },
              { Type: 'RESOURCE_CONTROL_POLICY', Status: 'PENDING_ENABLE' },
            ],
          },
        ],
      })
      .on(ListAccountsCommand)
      .resolves({ Accounts: [{ Id: MANAGEMENT, Name: 'management', State: 'ACTIVE' }], NextToken: '2' })
      .on(ListAccountsCommand, { NextToken: '2' })
      .resolves({ Accounts: [{ Id: '222222222222', Name: 'old', Status: 'SUSPENDED' }] })
      .on(ListAWSServiceAccessForOrganizationCommand)
      .resolves({ EnabledServicePrincipals: [{ ServicePrincipal: 'sso.amazonaws.com' }] })
      .on(ListDelegatedAdministratorsCommand)
      .resolves({ DelegatedAdministrators: [{ Id: '222222222222' }] })
      .on(ListDelegatedServicesForAccountCommand, { AccountId: '222222222222' })
      .resolves({ DelegatedServices: [{ ServicePrincipal: 'guardduty.amazonaws.com' }] })
      .on(ListPoliciesCommand, { Filter: 'SERVICE_CONTROL_POLICY' })
      .resolves({ Policies: [{ Name: 'FullAWSAccess', AwsManaged: true }, { Name: 'Mine' }] })
      .on(ListPoliciesForTargetCommand)
      .resolves({ Policies: [{ Name: 'FullAWSAccess' }] });
    iam.on(ListOrganizationsFeaturesCommand).rejects(
      new IAMServiceException({
        name: 'ServiceAccessNotEnabledException',
        $fault: 'client',
        $metadata: {},
      }),
    );
    expect(await collect()).toMatchObject({
      root: { value: { id: ORGANIZATION.rootId, policyTypes: ['SERVICE_CONTROL_POLICY'] } },
      accounts: {
        value: [
          { id: MANAGEMENT, name: 'management', state: 'ACTIVE' },
          { id: '222222222222', name: 'old', state: 'SUSPENDED' },
        ],
      },
      trusted: { value: ['sso.amazonaws.com'] },
      administrators: { value: [{ account: '222222222222', services: ['guardduty.amazonaws.com'] }] },
      rootFeatures: { value: [] },
      policies: { value: [{ type: 'SERVICE_CONTROL_POLICY', names: ['Mine'], onRoot: 1 }] },
    });
    expect(organizations.commandCalls(DescribeOrganizationalUnitCommand)).toEqual([]);
  });

  test('walks through the OUs, and looks up adopted accounts and the stack, if the configuration has some', async () => {
    const config = defineBaseline({
      ...SMALLEST,
      organization: { ...ORGANIZATION, accounts: { old: { id: '222222222222', unit: 'ou-a1b2-11111111' } } },
    });
    organizations
      .on(DescribeOrganizationCommand)
      .resolves({ Organization: { Id: ORGANIZATION.id, MasterAccountId: MANAGEMENT, FeatureSet: 'ALL' } })
      .on(ListOrganizationalUnitsForParentCommand)
      .resolves({ OrganizationalUnits: [] })
      .on(ListOrganizationalUnitsForParentCommand, { ParentId: ORGANIZATION.rootId })
      .resolves({ OrganizationalUnits: [{ Id: 'ou-a1b2-11111111', Name: 'Workloads' }] })
      .on(ListOrganizationalUnitsForParentCommand, { ParentId: 'ou-a1b2-11111111' })
      .resolves({ OrganizationalUnits: [{ Id: 'ou-a1b2-22222222', Name: 'Production' }] })
      .on(ListParentsCommand, { ChildId: '222222222222' })
      .resolves({ Parents: [{ Id: 'ou-a1b2-22222222', Type: 'ORGANIZATIONAL_UNIT' }] });
    cloudFormation.on(ListStackResourcesCommand, { StackName: 'AccountBaseline-Organization' }).resolves({
      StackResourceSummaries: [{ PhysicalResourceId: 'ou-a1b2-11111111' } as StackResourceSummary],
    });
    const { structure } = await collectOrganization(new Clients({ region: REGION }), WELL.caller, config);
    expect(structure).toEqual({
      value: {
        units: [
          { id: 'ou-a1b2-11111111', path: 'Workloads' },
          { id: 'ou-a1b2-22222222', path: 'Workloads/Production' },
        ],
        parents: { '222222222222': 'ou-a1b2-22222222' },
        ours: ['ou-a1b2-11111111'],
      },
    });
  });

  test('collects from this account its StackSets, the recorder, and instances of IAM Identity Center', async () => {
    const config = mockClient(ConfigServiceClient);
    const cloudControl = mockClient(CloudControlClient);
    organizations.on(DescribeOrganizationCommand).rejects(failure('AWSOrganizationsNotInUseException'));
    cloudFormation.on(ListStackSetsCommand).resolves({
      Summaries: [
        { StackSetName: 'members', PermissionModel: 'SERVICE_MANAGED' },
        { StackSetName: 'own', PermissionModel: 'SELF_MANAGED' },
      ],
    });
    config.on(DescribeConfigurationRecordersCommand).resolves({});
    cloudControl.on(ListResourcesCommand).resolves({ ResourceDescriptions: [{ Identifier: 'ssoins-1' }] });
    expect(await collect()).toMatchObject({
      stackSets: {
        value: [
          { name: 'members', serviceManaged: true },
          { name: 'own', serviceManaged: false },
        ],
      },
      recorder: { value: undefined },
      identityCenters: { value: ['ssoins-1'] },
    });
    config
      .on(DescribeConfigurationRecordersCommand)
      .resolves({ ConfigurationRecorders: [{ name: 'default' }] });
    expect(await collect()).toMatchObject({ recorder: { value: 'default' } });
    config.restore();
    cloudControl.restore();
  });

  test('asks nothing more where there is no organization', async () => {
    organizations.on(DescribeOrganizationCommand).rejects(failure('AWSOrganizationsNotInUseException'));
    expect(await collect()).toMatchObject({ organization: { value: undefined }, accounts: { value: [] } });
    expect(organizations.calls()).toHaveLength(1);
  });
});
