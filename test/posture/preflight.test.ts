import { type BaselineConfig, type BaselineOptions, defineBaseline } from '../../lib/config/config';
import { configuredDetections } from '../../lib/detections/configured';
import { type Entry, withImports } from '../../lib/posture/preflight/plan';
import { decided, decisionsOf, importsOf, openOf, optionsOf } from '../../lib/posture/adopt/decisions';
import { preflight } from '../../lib/posture/preflight/preflight';
import type { DeployedStack, Surroundings } from '../../lib/posture/snapshot';
import type { StackKind } from '../../lib/stacks/stack-kinds';
import { templatesOf } from '../../lib/stacks/templates';
import type { UpgradeTemplate } from '../../lib/upgrade/compare';
import { SAML } from '../everything';
import { SMALLEST } from '../smallest';
import { REGION, valueOf, WELL } from './snapshot';
import { NEW, NO_ROLES, trailParts } from './surroundings';
import { eachOf } from '../each-of';

const ACCOUNT = WELL.caller.account;
const KINDS = [
  'Settings',
  'Access',
  'Audit',
  'Detections',
  'Attempts',
  'Alarms',
  'Spend',
  'Watchdog',
  'Summary',
  'RootNotice',
];

/** The line of a stack that is not deployed. */
const created = (kind: string, region = REGION) =>
  `create Stack AccountBaseline-${kind}: There is no such stack in ${kind === 'RootNotice' ? 'us-east-1' : region}.`;

const CONFIG = defineBaseline(SMALLEST);
const STACKS = templatesOf(CONFIG);

const plan = (change: Partial<Surroundings>, config: BaselineConfig = CONFIG): readonly Entry[] =>
  preflight({ ...NEW, ...change }, config, STACKS).entries;

/** Such as "stop Trail account-baseline: A trail …". */
const lines = (change: Partial<Surroundings>, config?: BaselineConfig): string[] =>
  plan(change, config).map(({ action, what, why }) => `${action} ${what}: ${why}`);

/** Lines that the change makes and a new account does not have. */
const fresh = (change: Partial<Surroundings>, config?: BaselineConfig): string[] => {
  const before = lines({}, config);
  return lines(change, config).filter((line) => !before.includes(line));
};

const trail = (change: object = {}, status: object = { IsLogging: true }): Surroundings['trails'] => ({
  value: [
    {
      trail: {
        Name: 'old',
        TrailARN: `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/old`,
        HomeRegion: REGION,
        IsMultiRegionTrail: true,
        IncludeGlobalServiceEvents: true,
        LogFileValidationEnabled: true,
        CloudWatchLogsLogGroupArn: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:old-trail:*`,
        ...change,
      },
      status: { value: status },
    },
  ],
});

const SECOND = 'CloudTrail charges 2 USD per 100,000 management events for each additional copy';

const HUB =
  'Notification hub: The deployment creates one in us-east-1, and fails if the account already has one there or three elsewhere.';

test('a new account gets everything', () => {
  expect(lines({})).toEqual([
    `info Signed in as: arn:aws:iam::${ACCOUNT}:user/alice.`,
    'info Permissions to deploy: IAM policy simulation allows all actions that the deployment needs.',
    ...KINDS.map((kind) => created(kind)),
    `info Regions: 2 of 3 Regions are enabled. The trail in ${REGION} records all of them.`,
    'create Audit trail: No trail records every Region.',
    'create Password policy: The account has no password policy.',
    'create Group Administrators: The name is available.',
    'create User alice: The name is available.',
    `unknown ${HUB}`,
    'create Key alias/account-baseline: The alias is available.',
  ]);
});

test('a deployed account is updated', () => {
  const resources = [
    ...[
      ['AWS::IAM::User', 'alice'],
      ['AWS::IAM::Group', 'Administrators'],
    ].map(([ResourceType, PhysicalResourceId]) => ({
      ResourceType,
      PhysicalResourceId,
      LogicalResourceId: PhysicalResourceId,
      ResourceStatus: 'CREATE_COMPLETE' as const,
      LastUpdatedTimestamp: WELL.at,
    })),
  ];
  const actions = plan({
    suite: {
      value: valueOf(WELL.suite).map((stack) => (stack.kind === 'Access' ? { ...stack, resources } : stack)),
    },
    people: WELL.people,
    trails: WELL.trails,
    passwordPolicy: WELL.passwordPolicy,
    keyAliases: { value: ['alias/account-baseline'] },
  }).map(({ action }) => action);
  expect(new Set(actions)).toEqual(new Set(['adopt', 'info']));
});

const root = { ...WELL.caller, arn: `arn:aws:iam::${ACCOUNT}:root` };

eachOf<[string, Partial<Surroundings>, string[]]>(
  [
    [
      'root without access keys',
      { caller: root },
      ['info Signed in as: Root, which has no access keys. Use root for the first deployment only.'],
    ],
    [
      'root with access keys',
      { caller: root, summary: { value: { AccountAccessKeysPresent: 1 } } },
      ['stop Signed in as: ROOT, WHICH HAS ACCESS KEYS: anyone who finds one has full access, without MFA.'],
    ],
    [
      'permissions that are missing, and those that the organization denies',
      {
        refusals: {
          value: [
            { action: 'iam:CreateUser', byOrganization: false, missingContext: [] },
            { action: 'cloudtrail:CreateTrail', byOrganization: true, missingContext: [] },
            { action: 's3:CreateBucket', byOrganization: false, missingContext: ['aws:SourceIp'] },
          ],
        },
      },
      [
        'stop Permissions to deploy: IAM policy simulation for all resources denies cloudtrail:CreateTrail, iam:CreateUser; denied by a policy of the organization: cloudtrail:CreateTrail.',
      ],
    ],
    [
      'permissions that depend on what the simulation does not know',
      {
        refusals: {
          value: [{ action: 's3:CreateBucket', byOrganization: false, missingContext: ['aws:SourceIp'] }],
        },
      },
      [
        'info Permissions to deploy: Unknown: whether you have s3:CreateBucket depends on aws:SourceIp, which the simulation does not know.',
      ],
    ],
    [
      'permissions that nobody may ask about',
      {
        refusals: {
          unknown: 'iam:SimulatePrincipalPolicy is not allowed',
          permission: 'iam:SimulatePrincipalPolicy',
        },
      },
      [
        'unknown Permissions to deploy: Could not be read, so the deployment may fail because of it: iam:SimulatePrincipalPolicy is not allowed.',
      ],
    ],
    [
      'a first deployment that failed',
      {
        suite: {
          value: [
            {
              kind: 'Access',
              stack: { StackName: 's', CreationTime: WELL.at, StackStatus: 'ROLLBACK_COMPLETE' },
              resources: [],
              template: { Resources: {} },
            },
          ],
        },
      },
      [
        'create Stack AccountBaseline-Access: It is in ROLLBACK_COMPLETE: the first deployment failed or did not start. The CDK CLI replaces the stack. Buckets, log group and key of a failed deployment are retained.',
      ],
    ],
    [
      'a first deployment that failed, of a protected stack, which the CDK CLI cannot replace',
      {
        suite: {
          value: [
            {
              kind: 'Access',
              stack: {
                StackName: 's',
                CreationTime: WELL.at,
                StackStatus: 'ROLLBACK_COMPLETE',
                EnableTerminationProtection: true,
              },
              resources: [],
              template: { Resources: {} },
            },
          ],
        },
      },
      [
        'stop Stack AccountBaseline-Access: It is in ROLLBACK_COMPLETE: the first deployment failed. The CDK CLI would replace the stack, which its termination protection prevents.',
      ],
    ],
    [
      'a removal that failed',
      {
        suite: {
          value: [
            {
              kind: 'Access',
              stack: { StackName: 's', CreationTime: WELL.at, StackStatus: 'DELETE_FAILED' },
              resources: [],
              template: { Resources: {} },
            },
          ],
        },
      },
      ['stop Stack AccountBaseline-Access: It is in DELETE_FAILED, so it cannot be updated.'],
    ],
    [
      'a trail that can be adopted',
      { trails: trail() },
      [
        `adopt Trail old: It records every Region and delivers to old-trail. If you do not adopt it, the baseline creates another trail. ${SECOND}.`,
      ],
    ],
    ...(
      [
        ['without a log group', trail({ CloudWatchLogsLogGroupArn: undefined })],
        [
          'whose log group is in another Region',
          trail({ CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:old-trail:*` }),
        ],
        [
          'whose log group is in another account',
          trail({ CloudWatchLogsLogGroupArn: `arn:aws:logs:${REGION}:999999999999:log-group:old-trail:*` }),
        ],
        ['that is stopped', trail({}, { IsLogging: false })],
      ] as const
    ).map(([what, trails]): [string, Partial<Surroundings>, string[]] => [
      `a trail ${what}`,
      { trails },
      [
        `create Trail old: It records every Region, but delivers to no log group in ${REGION} of this account, or is stopped. The baseline creates another trail. ${SECOND}.`,
      ],
    ]),
    ['a trail of one Region', { trails: trail({ IsMultiRegionTrail: false }) }, []],
    [
      'a trail with the name of ours',
      { trails: trail({ Name: 'account-baseline' }) },
      ['stop Trail account-baseline: A trail with this name already exists outside the stack.'],
    ],
    [
      'five trails',
      { trails: { value: Array.from({ length: 5 }, () => valueOf(trail())).flat() } },
      ['stop Audit trail: The Region has 5 trails, and the quota is 5.'],
    ],
    [
      'a weaker password policy',
      { passwordPolicy: { value: { MinimumPasswordLength: 8, RequireNumbers: true } } },
      [
        'create Password policy: The account has a weaker password policy, which the deployment raises: 8 characters instead of 15, no upper-case letter, no lower-case letter, no symbol, 0 remembered instead of 24. Removing the stack restores the previous policy.',
      ],
    ],
    [
      'a password policy that was weakened after the deployment',
      {
        suite: WELL.suite,
        trails: WELL.trails,
        keyAliases: { value: ['alias/account-baseline'] },
        passwordPolicy: { value: { MinimumPasswordLength: 8 } },
        analyzers: {
          value: [
            { arn: 'a', name: 'account-baseline', type: 'ACCOUNT', status: 'ACTIVE', createdAt: WELL.at },
          ],
        },
      },
      [
        ...KINDS.map(
          (kind) => `adopt Stack AccountBaseline-${kind}: It is in CREATE_COMPLETE. A deployment updates it.`,
        ),
        'adopt Audit trail: It is in the stack. A deployment updates it.',
        'skip Password policy: It is weaker than the configuration: 8 characters instead of 15, no upper-case letter, no lower-case letter, no digit, no symbol, 0 remembered instead of 24. A deployment raises it only when passwordPolicy changes. If someone changed it in the account, `npx aws-account-baseline verify` shows how to reapply it.',
        'adopt Key alias/account-baseline: It is in the stack.',
        'skip IAM Access Analyzer: The account has account-baseline, which the baseline created.',
      ],
    ],
    [
      'a stricter password policy',
      {
        passwordPolicy: {
          value: { ...valueOf(WELL.passwordPolicy), MinimumPasswordLength: 20, MaxPasswordAge: 90 },
        },
      },
      [
        'adopt Password policy: The account has a password policy that is as strict as the configuration. Stricter values are not changed: 20 characters, expiry after 90 days.',
      ],
    ],
    [
      'a user and a group whose names are taken',
      {
        people: {
          value: { users: [{ UserName: 'Alice' }], groups: [{ GroupName: 'administrators' }], ...NO_ROLES },
        },
      },
      [
        'stop Group Administrators: administrators already exists outside the stack. IAM group names are unique, so the deployment would fail.',
        'stop User alice: Alice already exists outside the stack. IAM user names are unique, so the deployment would fail.',
      ],
    ],
    [
      'a quota of users that is reached',
      { summary: { value: { Users: 5000, UsersQuota: 5000, GroupsQuota: 300 } } },
      ['stop Quota for users: The account has 5000, the baseline adds 1, and the quota is 5000.'],
    ],
    [
      'a quota of roles that would be hit',
      {
        summary: { value: { RolesQuota: 1000 } },
        roles: { value: Array.from({ length: 998 }, (_, index) => ({ name: `role${index}`, arn: '' })) },
      },
      ['stop Quota for roles: The account has 998, the baseline adds 5, and the quota is 1000.'],
    ],
    [
      'a quota of stacks that is reached',
      { stacks: { value: { names: ['one', 'two'], quota: 2 } } },
      ['stop Quota for stacks: The account has 2, the baseline adds 9, and the quota is 2.'],
    ],
    [
      'a key alias that is taken',
      { keyAliases: { value: ['alias/account-baseline'] } },
      ['stop Key alias/account-baseline: The alias already exists outside the stack.'],
    ],
    [
      'services that are on',
      {
        anomalyMonitors: { value: ['Default-Services-Monitor'] },
        analyzers: {
          value: [{ arn: 'a', name: 'mine', type: 'ACCOUNT', status: 'ACTIVE', createdAt: WELL.at }],
        },
        recorder: { value: 'default' },
        detector: { value: 'd1' },
        securityHub: { value: 'hub' },
      },
      [
        'skip Cost anomaly detection: The account has the monitor Default-Services-Monitor. The baseline does not change it.',
        'adopt IAM Access Analyzer: The account has mine. The baseline uses it and does not change or delete it.',
        'skip AWS Config: It is already enabled (default). The baseline does not change it.',
        'skip GuardDuty: It is already enabled (d1). The baseline does not change it.',
        'skip Security Hub: It is already enabled (hub). The baseline does not change it.',
      ],
    ],
    [
      'a member of an organization under Control Tower',
      {
        organization: { value: { id: 'o-1', managementAccount: '999999999999' } },
        trails: trail({ Name: 'aws-controltower-BaselineCloudTrail', CloudWatchLogsLogGroupArn: undefined }),
      },
      [
        'info Organization o-1: This is a member account. Policies of the organization may deny parts of the deployment.',
        'info AWS Control Tower: It governs this account, or will soon: the account has the trail aws-controltower-BaselineCloudTrail. Its guardrails may deny changes to its resources.',
        `create Trail aws-controltower-BaselineCloudTrail: It records every Region, but delivers to no log group in ${REGION} of this account, or is stopped. The baseline creates another trail. ${SECOND}.`,
      ],
    ],
    [
      'a member of an organization under Control Tower since landing zone 3.0, which has no trail of its own',
      {
        organization: { value: { id: 'o-1', managementAccount: '999999999999' } },
        trails: trail({
          Name: 'aws-controltower-BaselineCloudTrail',
          TrailARN: `arn:aws:cloudtrail:${REGION}:999999999999:trail/aws-controltower-BaselineCloudTrail`,
          IsOrganizationTrail: true,
          CloudWatchLogsLogGroupArn: `arn:aws:logs:${REGION}:999999999999:log-group:aws-controltower/CloudTrailLogs:*`,
        }),
        roles: { value: [{ name: 'AWSControlTowerExecution', arn: '' }] },
        stacks: { value: { names: ['StackSet-AWSControlTowerBP-BASELINE-CONFIG-1a2b'], quota: 2000 } },
        recorder: { value: 'aws-controltower-BaselineConfigRecorder' },
      },
      [
        'info Organization o-1: This is a member account. Policies of the organization may deny parts of the deployment.',
        'info AWS Control Tower: It governs this account, or will soon: the account has the trail aws-controltower-BaselineCloudTrail, the role AWSControlTowerExecution, the stack StackSet-AWSControlTowerBP-BASELINE-CONFIG-1a2b. Its guardrails may deny changes to its resources.',
        `create Trail aws-controltower-BaselineCloudTrail: It is the trail of the organization: it belongs to the account 999999999999, which has its events, and this account cannot change it. The baseline creates another trail. ${SECOND}.`,
        'skip AWS Config: It is already enabled (aws-controltower-BaselineConfigRecorder). The baseline does not change it.',
      ],
    ],
    [
      'Control Tower without a trail of its own',
      {
        roles: { value: [{ name: 'AWSControlTowerExecution', arn: '' }] },
        stacks: { value: { names: ['StackSet-AWSControlTowerBP-BASELINE-CONFIG-1a2b'], quota: 2000 } },
      },
      [
        'info AWS Control Tower: It governs this account, or will soon: the account has the role AWSControlTowerExecution, the stack StackSet-AWSControlTowerBP-BASELINE-CONFIG-1a2b. Its guardrails may deny changes to its resources.',
      ],
    ],
    [
      'a management account',
      { organization: { value: { id: 'o-1', managementAccount: ACCOUNT } } },
      [
        'info Organization o-1: This is the management account, which should run no workloads. The organization’s policies do not apply to it.',
      ],
    ],
    [
      'a Region that is not enabled',
      { region: 'ap-east-1' },
      [
        ...KINDS.filter((kind) => kind !== 'RootNotice').map((kind) => created(kind, 'ap-east-1')),
        'stop Region ap-east-1: The Region is not enabled.',
      ],
    ],
    [
      'a missing permission',
      { people: { unknown: 'iam:X is not allowed', permission: 'iam:X' } },
      [
        'unknown Users and groups: Could not be read, so the deployment may fail because of it: iam:X is not allowed.',
      ],
    ],
  ],
  ([what]) => what,
)('preflight sees existing resources', ([, change, expected]) => {
  expect(fresh(change)).toEqual(expected);
});

test('stops at a detector that the account has when the configuration wants one of its own', () => {
  const config = { ...CONFIG, detectors: { configRecorder: true, guardDuty: true, securityHub: true } };
  expect(
    fresh(
      { recorder: { value: 'default' }, detector: { value: 'd1' }, securityHub: { value: 'hub' } },
      config,
    ),
  ).toEqual([
    'stop AWS Config: The account has default. Each Region can have only one.',
    'stop GuardDuty: The account has d1. Each Region can have only one.',
    'stop Security Hub: The account has hub. Each Region can have only one.',
  ]);
  const remedies = plan({ detector: { value: 'd1' } }, config).map(({ remedy }) => remedy?.text);
  expect(remedies).toContain('Set detectors: { guardDuty: false }. The existing one is not changed.');
});

/** Logical ID of a user in the templates of a configuration. */
function logicalIdOf(userName: string, config: BaselineConfig): string | undefined {
  const isIt = ([, { Properties = {} }]: [string, { Properties?: Readonly<Record<string, unknown>> }]) =>
    Properties['UserName'] === userName;
  const resources = templatesOf(config).flatMap(({ template }) =>
    Object.entries((template as UpgradeTemplate).Resources),
  );
  return resources.find(isIt)?.[0];
}

test.each([
  ['carol', { billing: { viewers: ['carol'] } }, { administrators: ['alice', 'carol'] }],
  ['alice', {}, { administrators: ['bob'], billing: { viewers: ['alice'] } }],
])(
  'stops if %s moves to another group, because CloudFormation creates before it deletes',
  (name, deployed, moved) => {
    const configOf = (more: Partial<BaselineOptions>) => defineBaseline({ ...SMALLEST, ...more });
    const id = logicalIdOf(name, configOf(deployed));
    const suite = {
      value: valueOf(suiteWith(['AWS::IAM::User', name])).map((stack) => ({
        ...stack,
        resources: stack.resources.map((one) =>
          one.PhysicalResourceId === name ? { ...one, LogicalResourceId: id } : one,
        ),
      })),
    };
    const people = { value: { users: [{ UserName: name }], groups: [], ...NO_ROLES } };
    const linesOf = (options: Partial<BaselineOptions>) =>
      lines({ suite, people }, configOf(options)).filter((line) => line.includes(`User ${name}`));
    expect(linesOf(moved)).toEqual([
      `stop User ${name}: It is in the stack as a member of another group. The deployment would create it again, and fail.`,
    ]);
    expect(linesOf(deployed)).toEqual([`adopt User ${name}: It is in the stack.`]);
  },
);

test('leaves the detectors of the stack as they are', () => {
  const config = { ...CONFIG, detectors: { configRecorder: true, guardDuty: true, securityHub: true } };
  const existing = { recorder: { value: 'ours' }, detector: { value: 'd1' }, securityHub: { value: 'hub' } };
  const suite = suiteWith(
    ['AWS::Config::ConfigurationRecorder', 'ours'],
    ['AWS::GuardDuty::Detector', 'd1'],
    ['AWS::SecurityHub::Hub', 'hub'],
  );
  const found = lines({ suite, ...existing }, config).filter((line) => /AWS Config|GuardDuty|Hub/.test(line));
  expect(found).toEqual([
    'adopt AWS Config: It is in the stack.',
    'adopt GuardDuty: It is in the stack.',
    'adopt Security Hub: It is in the stack.',
  ]);
});

test('names strangers in a group of the stack, to whom a deployment can give its rights', () => {
  const suite = suiteWith(['AWS::IAM::Group', 'Administrators'], ['AWS::IAM::User', 'alice']);
  const groups = [{ GroupName: 'Administrators' }];
  const users = [
    { UserName: 'alice', GroupList: ['Administrators'] },
    { UserName: 'intern', GroupList: ['Administrators'] },
  ];
  const entryOf = (some: typeof users) =>
    plan({ suite, people: { value: { users: some, groups, ...NO_ROLES } } }).find(
      ({ what }) => what === 'Group Administrators',
    );
  expect(entryOf(users)).toMatchObject({
    action: 'adopt',
    why: 'It is in the stack. It has the members intern, whom the configuration does not name.',
    remedy: {
      command: 'aws iam remove-user-from-group --group-name Administrators --user-name intern',
    },
  });
  expect(entryOf(users.slice(0, 1))).toEqual({
    what: 'Group Administrators',
    action: 'adopt',
    why: 'It is in the stack.',
  });
});

test('names a user of the stack that somebody created again', () => {
  const suite = suiteWith(['AWS::IAM::User', 'alice']);
  const made = (seconds: number) =>
    about('User alice', {
      suite,
      people: {
        value: {
          users: [{ UserName: 'alice', CreateDate: new Date(WELL.at.getTime() + seconds * 1000) }],
          groups: [],
          ...NO_ROLES,
        },
      },
    });
  expect(made(0)).toEqual(['adopt User alice: It is in the stack.']);
  expect(made(1)).toEqual([
    'adopt User alice: It is in the stack.',
    'info User alice: It was deleted and created again after the deployment. CloudFormation still treats it as the user of the stack.',
  ]);
});

test('a stop says what to do, and so does an adoption that is not in the configuration yet', () => {
  const entries = plan({
    caller: root,
    summary: { value: { AccountAccessKeysPresent: 1, Users: 5000, UsersQuota: 5000 } },
    trails: trail({ Name: 'account-baseline' }),
    keyAliases: { value: ['alias/account-baseline'] },
    people: { value: { users: [], groups: [{ GroupName: 'Administrators' }], ...NO_ROLES } },
  }).filter(({ action }) => action === 'stop');
  expect(entries).toHaveLength(5);
  for (const { remedy } of entries) expect(remedy?.text).toMatch(/\.|”/);
  expect(plan({ trails: trail() }).find(({ action }) => action === 'adopt')).toMatchObject({
    remedy: { text: "Set auditTrail: { existingLogGroup: 'old-trail' }." },
    adoption: { path: ['auditTrail', 'existingLogGroup'], value: 'old-trail' },
  });
});

/** The suite, with these resources in the stack of the people. */
const suiteWith = (
  ...resources: readonly (readonly [type: string, id: string])[]
): Surroundings['suite'] => ({
  value: valueOf(WELL.suite).map((stack) =>
    stack.kind === 'Access'
      ? {
          ...stack,
          resources: resources.map(([ResourceType, PhysicalResourceId]) => ({
            ResourceType,
            PhysicalResourceId,
            LogicalResourceId: PhysicalResourceId,
            ResourceStatus: 'CREATE_COMPLETE' as const,
            LastUpdatedTimestamp: WELL.at,
          })),
        }
      : stack,
  ),
});
const about = (what: string, change: Partial<Surroundings>, config?: BaselineConfig) =>
  lines(change, config).filter((line) => line.includes(` ${what}`));

describe('a log group of the configuration', () => {
  const config = defineBaseline({ ...SMALLEST, auditTrail: { existingLogGroup: 'old-trail' } });

  test('that a trail delivers to is adopted', () => {
    expect(lines({ trails: trail() }, config)).toContain(
      'adopt Log group old-trail: The trail old delivers to it.',
    );
  });

  /** A filter for each detection, and that of the sign-ins in the dashboard. */
  const own = configuredDetections(CONFIG).length + 1;
  /** Filters of others that leave room for those of the baseline, within the quota of 100. */
  const room = 100 - own;
  const OTHER = { CloudWatchLogsLogGroupArn: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:other:*` };
  const [old] = valueOf(trail());
  const [other] = valueOf(trail({ ...OTHER, Name: 'other' }));

  test.each<[string, Partial<Surroundings>]>([
    ['of no trail', { trails: trail(OTHER) }],
    ['of a trail of one Region', { trails: trail({ IsMultiRegionTrail: false }) }],
  ])('%s is refused', (_, change) => {
    expect(about('Log group', change, config)).toEqual([
      expect.stringMatching(/^stop Log group old-trail: No trail that records every Region delivers to it/),
    ]);
  });

  test.each<[string, Partial<Surroundings>]>([
    ['of one trail among others', { trails: { value: other && old ? [other, old] : [] } }],
    ['with room for the filters to the last', { trails: trail(), metricFilters: { value: room } }],
    [
      'whose filters are those of the stack',
      { trails: trail(), metricFilters: { value: 100 }, suite: suiteWith() },
    ],
  ])('%s is taken', (_, change) => {
    expect(about('Log group', change, config)).toEqual([
      'adopt Log group old-trail: The trail old delivers to it.',
    ]);
  });

  test('whose filters can’t be read is said so', () => {
    const change = { trails: trail(), metricFilters: { unknown: 'not allowed' } };
    expect(about('Log group', change, config)).toEqual([expect.stringContaining('not allowed')]);
  });

  test('that no trail delivers to stops the deployment', () => {
    expect(lines({}, config)).toContain(
      `stop Log group old-trail: No trail that records every Region delivers to it in ${REGION}, so no alarm would trigger.`,
    );
  });

  const ARN = `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/old`;
  const DATA = [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::b/'] }];
  const SELECTORS = (after: object[]) =>
    `aws cloudtrail put-event-selectors --trail-name ${ARN} --region ${REGION} --event-selectors '${JSON.stringify(after)}'`;
  const ALL = { ReadWriteType: 'All', IncludeManagementEvents: true };
  const UNCHANGED = 'The trail is outside the stacks, so a deployment does not change it.';

  test.each<[string, ReturnType<typeof trailParts>, object, string, string | undefined]>([
    [
      'that records neither read events nor those of KMS',
      trailParts({
        basic: [
          {
            ReadWriteType: 'WriteOnly',
            IncludeManagementEvents: true,
            ExcludeManagementEventSources: ['kms.amazonaws.com'],
          },
          { ReadWriteType: 'All', IncludeManagementEvents: false, DataResources: DATA },
        ],
        advanced: [],
      }),
      {},
      'The trail’s event selectors leave out read events, write events of kms.amazonaws.com.',
      SELECTORS([{ ReadWriteType: 'All', IncludeManagementEvents: false, DataResources: DATA }, ALL]),
    ],
    [
      'whose log group has no metric filters',
      trailParts(undefined, { logGroupName: 'old-trail', logGroupClass: 'INFREQUENT_ACCESS' }),
      {},
      'The log group has the class INFREQUENT_ACCESS, which has no metric filters: no alarm can trigger.',
      undefined,
    ],
    [
      'without the events of global services',
      trailParts(),
      { IncludeGlobalServiceEvents: false },
      'The trail old does not record every Region and global services.',
      `aws cloudtrail update-trail --name ${ARN} --region ${REGION} --is-multi-region-trail --include-global-service-events`,
    ],
  ])('of a trail %s is neither offered nor taken', (_, parts, change, detail, command) => {
    const trails = trail(change);
    const state = { trails, trailParts: { 'old-trail': parts } };
    expect(about('Log group', state, config)).toEqual([
      `stop Log group old-trail: \`verify\` would fail: ${detail}`,
    ]);
    expect(about('Trail', state)).toEqual([
      `create Trail old: It cannot be adopted: ${detail} The baseline creates another trail. ${SECOND}.`,
    ]);
    for (const asked of [config, CONFIG]) {
      const { remedy } = plan(state, asked).find(({ what }) => /^(Trail|Log group) old/.test(what)) ?? {};
      expect(remedy?.command).toBe(command);
      expect(remedy?.text).not.toContain('redeploy');
      if (command !== undefined) expect(remedy?.text).toContain(UNCHANGED);
    }
  });

  test('of a trail without validation is adopted, and says what verify will find', () => {
    const state = { trails: trail({ LogFileValidationEnabled: false }) };
    const finds = '`verify` will find: CloudTrail writes no digest files.';
    expect(about('Log group', state, config)).toEqual([
      `adopt Log group old-trail: The trail old delivers to it. ${finds}`,
    ]);
    expect(about('Trail', state)).toEqual([expect.stringContaining(`${SECOND}. ${finds}`)]);
    expect(plan(state, config).find(({ what }) => what === 'Log group old-trail')?.remedy?.command).toBe(
      `aws cloudtrail update-trail --name ${ARN} --region ${REGION} --enable-log-file-validation`,
    );
  });

  test('of a trail that could not be judged says what could not be read', () => {
    const parts = { selectors: { unknown: 'cloudtrail:GetEventSelectors is not allowed' } };
    const state = {
      trails: trail(),
      trailParts: { 'old-trail': { ...trailParts(), ...parts } },
    };
    const says = 'Not everything could be read: cloudtrail:GetEventSelectors is not allowed.';
    expect(about('Log group', state, config)).toEqual([expect.stringContaining(says)]);
    expect(about('Trail', state)).toEqual([expect.stringContaining(says)]);
  });

  test('says that its bucket does not keep the log files', () => {
    const adoptedBucket = {
      value: { name: 'old-logs', inAccount: true, isVersioned: false, expireAfterDays: 7 },
    };
    const state = { trails: trail(), trailParts: { 'old-trail': { ...trailParts(), adoptedBucket } } };
    const says = expect.stringMatching(/old-logs has no versioning.*old-logs deletes log files after 7 days/);
    expect(about('Log group', state, config)).toEqual([says]);
    expect(about('Trail', state)).toEqual([says]);
    // One step for both, which says nothing twice.
    const { remedy } = plan(state, config).find(({ what }) => what.startsWith('Log group')) ?? {};
    expect(remedy?.text.split('does not change it.')).toHaveLength(2);
    expect(remedy?.command?.split(' && ')).toHaveLength(2);
  });

  test('of an organization says whose events it holds', () => {
    const says = 'the log group receives the events of every account, and the alarms trigger on them all.';
    const state = { trails: trail({ IsOrganizationTrail: true }) };
    expect(about('Log group', state, config)).toEqual([expect.stringContaining(says)]);
    expect(about('Trail', state)).toEqual([expect.stringContaining(says)]);
  });

  test('that a second trail delivers to counts events twice', () => {
    const [second] = valueOf(trail({ Name: 'second', TrailARN: `${ARN}2` }));
    const state = { trails: { value: [...valueOf(trail()), ...(second ? [second] : [])] } };
    expect(about('Log group', state, config)).toEqual([
      expect.stringContaining(
        'The trail second delivers to the log group, too, so the alarms count its events twice.',
      ),
    ]);
  });

  test('that has too many filters stops it, too', () => {
    expect(lines({ trails: trail(), metricFilters: { value: room + 1 } }, config)).toContain(
      `stop Log group old-trail: It has ${room + 1} metric filters, the baseline adds ${own}, and the quota is 100.`,
    );
  });
});

test('a second anomaly monitor stops the deployment', () => {
  const config = defineBaseline({
    ...SMALLEST,
    region: 'us-east-1',
    billing: { costAnomalyDetection: true },
  });
  expect(lines({ anomalyMonitors: { value: ['Default-Services-Monitor'] } }, config)).toContain(
    'stop Cost anomaly detection: The account has the monitor Default-Services-Monitor. An account can have only one for AWS services.',
  );
});

test('a stricter password policy is weakened only when the configuration says so, and not silently', () => {
  const config = defineBaseline({ ...SMALLEST, passwordPolicy: { allowWeaker: true } });
  const policy = { ...valueOf(WELL.passwordPolicy), MinimumPasswordLength: 20 };
  expect(lines({ passwordPolicy: { value: policy } }, config)).toContain(
    'create Password policy: The account has a password policy with stricter values (20 characters). passwordPolicy.allowWeaker allows the deployment to weaken it.',
  );
});

const CHINA = { ...WELL.caller, partition: 'aws-cn' };
const NO_SERVICE = 'The partition aws-cn does not have AWS User Notifications.';
const of = (rootNotice: boolean | 'existing-hub') => ({
  notifications: { emails: ['a@example.com'], rootNotice },
});

/** The suite as day zero deploys it in an account that has a hub. */
function withExistingHub(): Surroundings['suite'] {
  const Parameters = [{ ParameterKey: 'NotificationHub', ParameterValue: 'existing' }];
  return {
    value: valueOf(WELL.suite).map((one) =>
      one.kind === 'RootNotice' ? { ...one, stack: { ...one.stack, Parameters } } : one,
    ),
  };
}

test.each<[what: string, options: Partial<BaselineOptions>, change: Partial<Surroundings>, lines: string[]]>([
  ['may find a hub', {}, {}, [created('RootNotice'), `unknown ${HUB}`]],
  [
    'is deployed',
    {},
    { suite: suiteWith() },
    ['adopt Stack AccountBaseline-RootNotice: It is in CREATE_COMPLETE. A deployment updates it.'],
  ],
  [
    'uses the hub of the account',
    of('existing-hub'),
    {},
    [created('RootNotice'), 'info Notification hub: The deployment needs an existing one, and creates none.'],
  ],
  [
    'stops if it would create a hub beside that of the account',
    {},
    { suite: withExistingHub() },
    [
      'adopt Stack AccountBaseline-RootNotice: It is in CREATE_COMPLETE. A deployment updates it.',
      'stop Notification hub: Day zero used one that the account had. The deployment would create another, and fail.',
    ],
  ],
  [
    'keeps the hub of the account',
    of('existing-hub'),
    { suite: withExistingHub() },
    ['adopt Stack AccountBaseline-RootNotice: It is in CREATE_COMPLETE. A deployment updates it.'],
  ],
  ['is switched off', of(false), {}, []],
  [
    'is omitted in another partition',
    { region: 'cn-north-1' },
    { caller: CHINA },
    [`skip Stack AccountBaseline-RootNotice: ${NO_SERVICE}`],
  ],
  [
    'stops in another partition that the configuration does not name',
    {},
    { caller: CHINA },
    [
      created('RootNotice'),
      `stop Stack AccountBaseline-RootNotice: ${NO_SERVICE} The configuration does not name its Region, so that the app cannot omit the stack.`,
    ],
  ],
])('the second root notification %s', (_, options, change, expected) => {
  const config = defineBaseline({ ...SMALLEST, ...options });
  expect(lines(change, config).filter((line) => /Notification hub|RootNotice/.test(line))).toEqual(expected);
});

test.each<[string, Partial<Surroundings>]>([
  ['the last user fits', { summary: { value: { Users: 4999, UsersQuota: 5000 } } }],
  [
    'the stack has its user already',
    {
      summary: { value: { Users: 5000, UsersQuota: 5000 } },
      suite: suiteWith(['AWS::IAM::User', 'alice'], ['AWS::IAM::Role', 'role']),
    },
  ],
  ['the last stack fits', { stacks: { value: { names: ['one'], quota: KINDS.length } } }],
  ['the stack is there', { stacks: { value: { names: ['one', 'two'], quota: 2 } }, suite: suiteWith() }],
])('no quota stops when %s', (_, change) => {
  expect(about('Quota', change)).toEqual([]);
});

test.each<[string, Partial<Surroundings>]>([
  ['summary', { summary: { unknown: 'not allowed' } }],
  ['roles', { roles: { unknown: 'not allowed' } }],
])('without the %s the quotas of IAM are not known', (_, change) => {
  expect(about('IAM quotas', change)).toEqual([expect.stringContaining('not allowed')]);
});

test('a name is taken by a user among others, and the stack’s only when it is a user of the stack', () => {
  const people = { value: { users: [{ UserName: 'bob' }, { UserName: 'alice' }], groups: [], ...NO_ROLES } };
  const STOP = [expect.stringMatching(/^stop User alice: alice already exists outside the stack/)];
  expect(about('User', { people })).toEqual(STOP);
  for (const other of [
    ['AWS::IAM::Group', 'alice'],
    ['AWS::IAM::User', 'bob'],
  ] as const) {
    expect(about('User', { people, suite: suiteWith(other) })).toEqual(STOP);
  }
  expect(about('User', { people, suite: suiteWith(['AWS::IAM::User', 'alice']) })).toEqual([
    'adopt User alice: It is in the stack.',
  ]);
});

test.each<[string, string, Partial<BaselineOptions>]>([
  ['the group of the billing viewers', 'Group BillingViewers', { billing: { viewers: ['carol'] } }],
  ['a user', 'User alice', { access: { keepOnRemoval: false } }],
  ['the group of the administrators', 'Group Administrators', { access: { keepOnRemoval: false } }],
])('%s that the stack would not keep cannot be imported', (_, what, options) => {
  const groups = [{ GroupName: 'BillingViewers' }, { GroupName: 'Administrators' }];
  const people = { value: { users: [{ UserName: 'alice' }], groups, ...NO_ROLES } };
  const config = defineBaseline({ ...SMALLEST, ...options });
  const entry = plan({ people }, config).find((one) => one.what === what);
  expect(entry).toMatchObject({
    action: 'stop',
    remedy: { text: 'Delete or rename it. CloudFormation imports only what the stack keeps on removal.' },
  });
  expect(entry?.choices?.map(({ id }) => id)).not.toContain('import');
  const [imported] = withImports({
    ...preflight(NEW, CONFIG, STACKS),
    entries: entry ? [entry] : [],
  }).entries;
  expect(imported?.action).toBe('stop');
});

test('billing viewers have a group, and are users', () => {
  const config = defineBaseline({ ...SMALLEST, billing: { viewers: ['carol'] } });
  expect([...about('Group', {}, config), ...about('User', {}, config)]).toEqual([
    'create Group Administrators: The name is available.',
    'create Group BillingViewers: The name is available.',
    'create User alice: The name is available.',
    'create User carol: The name is available.',
  ]);
});

test.each<[string, Partial<BaselineConfig['passwordPolicy']>, object, string]>([
  [
    'is as strict',
    { allowWeaker: true },
    {},
    'The account has a password policy that is as strict as the configuration.',
  ],
  [
    'asks for more characters, kinds and passwords',
    { minimumLength: 14, requireSymbols: false, passwordReusePrevention: 5 },
    {},
    'The account has a password policy that is as strict as the configuration. Stricter values are not changed: 15 characters, symbol, 24 remembered.',
  ],
  [
    'expires as soon',
    { expireAfterDays: 90 },
    { MaxPasswordAge: 90 },
    'The account has a password policy that is as strict as the configuration.',
  ],
  [
    'expires sooner',
    { expireAfterDays: 90 },
    { MaxPasswordAge: 60 },
    'The account has a password policy that is as strict as the configuration. Stricter values are not changed: expiry after 60 days.',
  ],
])('a password policy that %s', (_, wanted, change, why) => {
  const config = { ...CONFIG, passwordPolicy: { ...CONFIG.passwordPolicy, ...wanted } };
  const value = { ...valueOf(WELL.passwordPolicy), ...change };
  expect(about('Password policy', { passwordPolicy: { value } }, config)).toEqual([
    `adopt Password policy: ${why}`,
  ]);
});

test('values that the baseline may have set itself are not promised to stay', () => {
  const config = { ...CONFIG, passwordPolicy: { ...CONFIG.passwordPolicy, minimumLength: 8 } };
  const { passwordPolicy, suite } = WELL;
  expect(about('Password policy', { passwordPolicy, suite }, config)).toEqual([
    expect.stringContaining('Stricter values are not changed, unless the baseline set them: 15 characters'),
  ]);
});

test.each<[string, Partial<Surroundings>]>([
  ['Password policy', { passwordPolicy: { unknown: 'not allowed' } }],
  ['Audit trail', { trails: { unknown: 'not allowed' } }],
])('%s that can’t be read is said so', (what, change) => {
  expect(about(what, change)).toEqual([expect.stringContaining('not allowed')]);
});

/** The stacks, of which one has this resource only. */
const withResource = (ResourceType: string, PhysicalResourceId: string): Surroundings['suite'] => ({
  value: valueOf(WELL.suite).map((stack) =>
    stack.kind === 'Access'
      ? {
          ...stack,
          resources: [
            {
              ResourceType,
              PhysicalResourceId,
              LogicalResourceId: 'Provider',
              ResourceStatus: 'CREATE_COMPLETE' as const,
              LastUpdatedTimestamp: WELL.at,
            },
          ],
        }
      : stack,
  ),
});

describe('a dashboard with the name of the stacks', () => {
  const existing = {
    'AWS::CloudWatch::Dashboard': { value: [CONFIG.stackName, `${CONFIG.stackName}-other`] },
  };
  const planned = (change: Partial<Surroundings>, config = CONFIG) =>
    lines(change, config).filter((line) => line.includes('Dashboard'));

  test('stops the first deployment', () => {
    expect(planned({ existing })).toEqual([
      'stop Dashboard AccountBaseline: It already exists outside the stack, so the deployment would fail.',
    ]);
  });

  test('does not stop a deployment that has it, or creates none, or finds others only', () => {
    const suite = withResource('AWS::CloudWatch::Dashboard', CONFIG.stackName);
    expect(planned({ suite, existing })).toEqual([]);
    const without = { ...CONFIG, notifications: { ...CONFIG.notifications, dashboard: false } };
    expect(planned({ existing }, without)).toEqual([]);
    expect(
      planned({ existing: { 'AWS::CloudWatch::Dashboard': { value: ['AccountBaseline-other'] } } }),
    ).toEqual([]);
  });
});

test('a deployment that imports takes over what has the exact name, and nothing that needs a decision', () => {
  const people = (member: string[]): Partial<Surroundings> => ({
    people: {
      value: {
        users: [
          { UserName: 'Alice' },
          ...member.map((UserName) => ({ UserName, GroupList: ['Administrators'] })),
        ],
        groups: [{ GroupName: 'Administrators' }],
        ...NO_ROLES,
      },
    },
  });
  const importing = (change: Partial<Surroundings>) =>
    withImports({ account: ACCOUNT, region: REGION, stackName: 'AccountBaseline', entries: plan(change) })
      .entries.filter(({ what }) => ['Group Administrators', 'User alice'].includes(what))
      .map(({ what, action, why, choices }) => [what, action, why.split('.')[0], choices?.length ?? 0]);
  const user = ['User alice', 'stop', 'Alice already exists outside the stack', 1];
  expect(importing(people([]))).toEqual([
    ['Group Administrators', 'adopt', 'The deployment imports it into the stack', 0],
    user,
  ]);
  expect(importing(people(['intern']))).toEqual([
    ['Group Administrators', 'stop', 'Administrators already exists outside the stack', 2],
    user,
  ]);
});

describe('an OpenID Connect provider', () => {
  const URL = 'https://token.actions.githubusercontent.com';
  const ARN = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
  const config = (existingProviders: string[] = []) =>
    defineBaseline({
      ...SMALLEST,
      federation: { pipelines: { github: [{ repository: 'acme/site' }], existingProviders } },
    });
  const planned = (change: Partial<Surroundings>, existing?: string[]) =>
    lines(change, config(existing)).filter((line) => line.includes('OpenID Connect'));
  const WHAT = 'OpenID Connect provider token.actions.githubusercontent.com';

  const AUDIENCES = { oidcAudiences: { [ARN]: { value: ['sts.amazonaws.com'] } } };
  const OTHER = { oidcAudiences: { [ARN]: { value: ['https://github.com/acme'] } } };

  test.each<[string, string[] | undefined, string[], string]>([
    ['that the account lacks', undefined, [], `create ${WHAT}: The account has none for this issuer.`],
    [
      'that somebody else created',
      undefined,
      [ARN],
      `stop ${WHAT}: The account already has one. An account can have only one for each issuer.`,
    ],
    [
      'that the configuration names',
      [URL],
      [ARN],
      `skip ${WHAT}: It exists and is not changed. Pipelines use it.`,
    ],
    [
      'that the configuration names, but the account lacks',
      [URL],
      [],
      `stop ${WHAT}: The configuration says that it exists, but the account has none.`,
    ],
  ])('%s is planned', (_, existing, arns, expected) => {
    expect(planned({ ...AUDIENCES, oidcProviders: { value: arns } }, existing)).toEqual([expected]);
  });

  const entryOf = (change: Partial<Surroundings>, existing?: string[]) =>
    plan({ oidcProviders: { value: [ARN] }, ...change }, config(existing)).find(({ what }) => what === WHAT);

  test('that pipelines use must have their audience', () => {
    expect(entryOf(OTHER, [URL])).toEqual({
      what: WHAT,
      action: 'stop',
      why: 'It exists, but lacks the audience sts.amazonaws.com, so pipelines cannot sign in.',
      remedy: {
        text: expect.stringContaining('Ask who manages the provider, then add the audience.') as string,
        command: `aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${ARN} --client-id sts.amazonaws.com`,
      },
    });
    const unread = { oidcAudiences: { [ARN]: { unknown: 'AccessDenied', permission: 'iam:Get' } } };
    expect(entryOf(unread, [URL])).toMatchObject({
      action: 'unknown',
      remedy: { text: 'Grant iam:Get.' },
    });
  });

  test('that somebody else created is offered with what it lacks', () => {
    const offered = (change: Partial<Surroundings>) => {
      const { why = '', choices: [first] = [] } = entryOf(change) ?? {};
      return [why.replace(/^.*for each issuer\./, '').trim(), first?.text];
    };
    expect(offered(AUDIENCES)).toEqual(['', 'Let pipelines use it, unchanged']);
    expect(offered(OTHER)).toEqual([
      'It lacks the audience sts.amazonaws.com, which pipelines need.',
      'Let pipelines use it, after you add the audience sts.amazonaws.com',
    ]);
    expect(offered({ oidcAudiences: { [ARN]: { unknown: 'AccessDenied' } } })).toEqual([
      'Its audiences could not be read.',
      'Let pipelines use it, if it has the audience sts.amazonaws.com',
    ]);
  });

  test('that could not be listed is unknown', () => {
    expect(planned({ oidcProviders: { unknown: 'AccessDenied' } })).toEqual([
      expect.stringContaining(`unknown ${WHAT}`),
    ]);
  });

  test('of the stack that somebody deleted is not called available', () => {
    const [entry, ...others] = plan({ suite: withResource('AWS::IAM::OIDCProvider', ARN) }, config()).filter(
      ({ what }) => what.includes('token.actions.githubusercontent.com'),
    );
    expect(others).toEqual([]);
    expect(entry?.what).toBe(`Identity provider of pipelines ${ARN}`);
    expect(entry?.why).toContain('was deleted outside CloudFormation');
  });

  test('of the stack is adopted', () => {
    const suite = withResource('AWS::IAM::OIDCProvider', ARN);
    expect(planned({ suite, oidcProviders: { value: [ARN] } })).toEqual([
      `adopt ${WHAT}: It is in the stack.`,
    ]);
  });
});

describe('a SAML provider', () => {
  const ARN = `arn:aws:iam::${ACCOUNT}:saml-provider/Okta`;
  const config = defineBaseline({ ...SMALLEST, federation: { saml: SAML } });
  const inStack = withResource('AWS::IAM::SAMLProvider', ARN);

  test.each<[string, Partial<Surroundings>, string]>([
    ['with a free name is created', {}, 'create SAML provider Okta: The name is available.'],
    [
      'with another name does not matter',
      { samlProviders: { value: [`${ARN}2`, ARN.replace('Okta', 'MyOkta')] } },
      'create SAML provider Okta: The name is available.',
    ],
    [
      'of the stack is adopted',
      { samlProviders: { value: [ARN] }, suite: inStack },
      'adopt SAML provider Okta: It is in the stack.',
    ],
    [
      'that somebody else created stops',
      { samlProviders: { value: [ARN] } },
      'stop SAML provider Okta: The account already has a SAML provider with this name.',
    ],
    ['that could not be listed is unknown', { samlProviders: { unknown: 'AccessDenied' } }, 'unknown SAML'],
  ])('%s', (_, change, expected) => {
    const found = lines(change, config).filter((line) => line.includes('SAML provider'));
    expect(found).toEqual([expect.stringContaining(expected)]);
  });

  test('of the stack that somebody deleted is not called available', () => {
    const found = plan({ suite: inStack }, config).filter(({ what }) => what.includes('Okta'));
    expect(found.map(({ what }) => what)).toEqual([`Identity provider of people ${ARN}`]);
    expect(found[0]?.why).toContain('was deleted outside CloudFormation');
  });
});

describe('what somebody deleted by hand', () => {
  const templateOf = (kind: StackKind) =>
    STACKS.find(({ stackName }) => stackName === `AccountBaseline-${kind}`)?.template as
      { readonly Resources: Readonly<Record<string, { readonly Type: string }>> } | undefined;
  const firstOf = (kind: StackKind, type: string) =>
    Object.entries(templateOf(kind)?.Resources ?? {}).find(([, { Type }]) => Type === type)?.[0];
  const resource = (
    kind: StackKind,
    type: string,
    id: string,
    logicalId = firstOf(kind, type),
  ): Surroundings['suite'] => ({
    value: valueOf(WELL.suite).map((stack) =>
      stack.kind === kind
        ? {
            ...stack,
            // As it will be deployed, so that nothing changes.
            template: templateOf(kind),
            resources: [
              {
                ResourceType: type,
                PhysicalResourceId: id,
                LogicalResourceId: logicalId,
                ResourceStatus: 'CREATE_COMPLETE' as const,
                LastUpdatedTimestamp: WELL.at,
              },
            ],
          }
        : stack,
    ),
  });
  const GONE = 'Its part of the template does not change, so a deployment does not create it again.';
  const of = (change: Partial<Surroundings>, config?: BaselineConfig) =>
    plan(change, config).filter(({ why }) => why.includes('deleted outside CloudFormation'));

  test.each<[string, StackKind, string, string, Partial<Surroundings>, string]>([
    ['a user', 'Access', 'AWS::IAM::User', 'alice', {}, 'User alice'],
    ['a group', 'Access', 'AWS::IAM::Group', 'Administrators', {}, 'Group Administrators'],
    ['a role', 'Access', 'AWS::IAM::Role', 'support', {}, 'Role support'],
    ['the trail', 'Audit', 'AWS::CloudTrail::Trail', 'our-trail', {}, 'Audit trail our-trail'],
    [
      'a log group',
      'Audit',
      'AWS::Logs::LogGroup',
      'events',
      { existing: { 'AWS::Logs::LogGroup': { value: ['others'] } } },
      'Log group events',
    ],
    [
      'a topic',
      'Alarms',
      'AWS::SNS::Topic',
      'arn:topic',
      { existing: { 'AWS::SNS::Topic': { value: [] } } },
      'Topic arn:topic',
    ],
  ])('such as %s, a deployment does not create again', (_, kind, type, id, change, what) => {
    const suite = resource(kind, type, id);
    const entries = of({ suite, ...change });
    expect(entries.map(({ action, what: name, why }) => [action, name, why])).toEqual([
      [
        'gone',
        what,
        `It is in the stack AccountBaseline-${kind}, but was deleted outside CloudFormation. ${GONE}`,
      ],
    ]);
    const others = plan({ suite, ...change }).filter(({ action }) => action !== 'gone');
    expect(
      others.filter(
        (entry) => entry.what.endsWith(id) || (type.endsWith(':Trail') && entry.what === 'Audit trail'),
      ),
    ).toEqual([]);
  });

  test.each([
    ['AWS::Config::ConfigurationRecorder', 'Recorder of AWS Config'],
    ['AWS::GuardDuty::Detector', 'Detector of GuardDuty'],
    ['AWS::SecurityHub::Hub', 'Security Hub'],
  ])('is seen of %s', (type, noun) => {
    expect(of({ suite: withResource(type, 'ours') }).map(({ what }) => what)).toEqual([`${noun} ours`]);
  });

  describe('with what was in it, as a log group with its filters,', () => {
    const partsOf = (kind: StackKind, type: string) =>
      Object.entries(templateOf(kind)?.Resources ?? {}).flatMap(([logicalId, { Type }]) =>
        Type === type
          ? {
              ResourceType: type,
              PhysicalResourceId: logicalId,
              LogicalResourceId: logicalId,
              ResourceStatus: 'CREATE_COMPLETE' as const,
              LastUpdatedTimestamp: WELL.at,
            }
          : [],
      );
    const kinds: readonly StackKind[] = ['Audit', 'Detections', 'Attempts'];
    const suite = {
      value: valueOf(WELL.suite).map((stack) => ({
        ...stack,
        template: templateOf(stack.kind) ?? stack.template,
        resources: kinds.includes(stack.kind)
          ? [...partsOf(stack.kind, 'AWS::Logs::LogGroup'), ...partsOf(stack.kind, 'AWS::Logs::MetricFilter')]
          : [],
      })),
    };
    const LOGS = 'AuditTrailLogGroup';
    const without = (logGroups: readonly string[], filters: readonly string[] = []) =>
      of({
        suite,
        existing: {
          'AWS::Logs::LogGroup': { value: logGroups },
          'AWS::Logs::MetricFilter': { value: filters },
        },
      });
    const all = kinds.flatMap((kind) => partsOf(kind, 'AWS::Logs::MetricFilter'));
    const RESTORE = '--exclusively --revert-drift';

    test('is one line and one step', () => {
      const [entry, ...others] = without([]);
      expect(others).toEqual([]);
      expect(all.length).toBeGreaterThan(50);
      expect(entry).toMatchObject({
        action: 'gone',
        what: `Log group ${LOGS}`,
        why: `It is in the stack AccountBaseline-Audit, but was deleted outside CloudFormation, and with it its ${all.length} metric filters. ${GONE}`,
        remedy: {
          command: `npx cdk deploy AccountBaseline-Audit AccountBaseline-Detections AccountBaseline-Attempts ${RESTORE}`,
        },
      });
    });

    test('is one line, too, if another log group took its name', () => {
      const [entry, ...others] = without([LOGS]);
      expect(others).toEqual([]);
      expect(entry).toMatchObject({
        action: 'gone',
        what: `${all.length} metric filters of the log group ${LOGS}`,
        remedy: {
          command: `npx cdk deploy AccountBaseline-Detections AccountBaseline-Attempts ${RESTORE}`,
        },
      });
    });

    test('is named, if it is a single filter', () => {
      const [lost = '', ...left] = all.map(({ LogicalResourceId }) => LogicalResourceId);
      expect(without([LOGS], left).map(({ what }) => what)).toEqual([`Filter of a detection ${lost}`]);
    });
  });

  test('comes back by a deployment that compares the stack with the account', () => {
    const [topic] = of({
      suite: resource('Alarms', 'AWS::SNS::Topic', 'arn:topic'),
      existing: { 'AWS::SNS::Topic': { value: [] } },
    });
    expect(topic?.remedy?.command).toBe('npx cdk deploy AccountBaseline-Alarms --exclusively --revert-drift');
  });

  test('may have been renamed, and a group has policies of several stacks', () => {
    const textOf = (type: string, id: string) => of({ suite: resource('Access', type, id) })[0]?.remedy?.text;
    expect(textOf('AWS::IAM::User', 'alice')).toContain('rename it back with `aws iam update-user`');
    const group = textOf('AWS::IAM::Group', 'Administrators');
    expect(group).toContain('rename it back with `aws iam update-group`');
    expect(group).toMatch(/what other stacks wrote into the group is gone, too\.$/);
    expect(textOf('AWS::IAM::Role', 'support')).not.toContain('rename');
  });

  test('is not brought back by a step that would reset passwords', () => {
    const suite = resource('Access', 'AWS::IAM::Group', 'Administrators');
    const secret = {
      value: valueOf(suite).map((stack) => (stack.kind === 'Access' ? withSecret(stack) : stack)),
    };
    const commands = [[SECRET_ARN], []].map(
      (value) =>
        of({ suite: secret, existing: { 'AWS::SecretsManager::Secret': { value } } })[0]?.remedy?.command,
    );
    expect(commands).toEqual([
      'npx cdk deploy AccountBaseline-Access --exclusively --revert-drift',
      `aws cloudformation get-template --region ${REGION} --stack-name AccountBaseline-Access --query TemplateBody`,
    ]);
  });

  const SECRET_ARN = 'arn:secret';
  /** With the first-time password of the template. */
  function withSecret(stack: DeployedStack): DeployedStack {
    const { Resources } = stack.template as { Resources: Record<string, { Type: string }> };
    const [LogicalResourceId = ''] =
      Object.entries(Resources).find(([, { Type }]) => Type === 'AWS::SecretsManager::Secret') ?? [];
    const [first] = stack.resources;
    return {
      ...stack,
      resources: [
        ...stack.resources,
        ...(first
          ? [
              {
                ...first,
                LogicalResourceId,
                ResourceType: 'AWS::SecretsManager::Secret',
                PhysicalResourceId: SECRET_ARN,
              },
            ]
          : []),
      ],
    };
  }

  test('stops a deployment that changes it, and is forgotten by one that does not want it', () => {
    const suite = resource('Access', 'AWS::IAM::User', 'alice', 'AdminAccessaliceUser');
    const Resources = {
      AdminAccessaliceUser: { Type: 'AWS::IAM::User', Properties: { UserName: 'alice', Path: '/x/' } },
      Left: { Type: 'AWS::IAM::User', Properties: { UserName: 'gone' } },
    };
    const changed = {
      value: valueOf(suite).map((stack) =>
        stack.kind === 'Access' ? { ...stack, template: { Resources } } : stack,
      ),
    };
    expect(of({ suite: changed }).map(({ action }) => action)).toEqual(['stop']);
    const left = {
      value: valueOf(changed).map((stack) => ({
        ...stack,
        resources: stack.resources.map((one) => ({
          ...one,
          LogicalResourceId: 'Left',
          PhysicalResourceId: 'gone',
        })),
      })),
    };
    expect(of({ suite: left }).map(({ action, remedy }) => [action, remedy])).toEqual([['skip', undefined]]);
  });

  test('is not called changed because the configuration now names the Region', () => {
    const suite = resource('Audit', 'AWS::IAM::Role', 'delivery', 'AuditTrailDeliveryRole');
    const there = defineBaseline({ ...SMALLEST, region: REGION });
    const { entries } = preflight({ ...NEW, suite }, there, templatesOf(there));
    expect(entries.filter(({ what }) => what === 'Role delivery').map(({ action }) => action)).toEqual([
      'gone',
    ]);
  });

  test('is not known of a type that could not be read', () => {
    const suite = resource('Alarms', 'AWS::SNS::Topic', 'arn:topic');
    const existing = { 'AWS::SNS::Topic': { unknown: 'sns:ListTopics is not allowed' } };
    expect(of({ suite, existing })).toEqual([]);
    expect(lines({ suite, existing })).toContainEqual(
      expect.stringContaining('unknown Every topic of the stacks: Could not be read'),
    );
  });
});

describe('a baseline that the account has already', () => {
  /** The roles of a configuration, with names as CloudFormation makes them. */
  const roles = (stackName: string, more: Partial<BaselineOptions> = {}): Surroundings['roles'] => ({
    value: templatesOf(defineBaseline({ ...SMALLEST, ...more, stackName })).flatMap((stack) => {
      const { Resources } = stack.template as { Resources: Record<string, { Type: string }> };
      return Object.entries(Resources)
        .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
        .map(([id]) => ({ name: `${stack.stackName}-${id}-1A2B`, arn: '' }));
    }),
  });
  const stacks = (prefix: string): Surroundings['stacks'] => ({
    value: { names: ['Settings', 'Alarms', 'Watchdog'].map((kind) => `${prefix}-${kind}`), quota: 2000 },
  });

  test('under another prefix stops, and nothing advises to delete its parts', () => {
    const found = plan({
      stacks: stacks('Other'),
      roles: roles('Other'),
      trails: trail({ Name: 'account-baseline' }),
      keyAliases: { value: ['alias/account-baseline'] },
      people: { value: { users: [{ UserName: 'alice' }], groups: [], ...NO_ROLES } },
    });
    expect(found.filter(({ action }) => action === 'stop').map(({ what, why }) => `${what}: ${why}`)).toEqual(
      [
        'Baseline Other: This account already has the baseline Other. A second one cannot have the same trail, key alias, users and groups.',
      ],
    );
    expect(found.map(({ remedy }) => remedy?.command)).not.toContainEqual(
      expect.stringMatching(/delete|import/),
    );
    expect(found.at(-1)?.remedy?.text).toContain("Set stackName: 'Other' to continue with it.");
  });

  test('in another Region is named with its Region, if the trail shows it', () => {
    const state = { roles: roles('AccountBaseline') };
    const known = trail({ Name: 'account-baseline', HomeRegion: 'us-west-2' });
    expect(about('Baseline', { ...state, trails: known })).toEqual([
      `stop Baseline AccountBaseline: The baseline AccountBaseline is deployed in us-west-2, not in ${REGION}.`,
    ]);
    expect(about('Baseline', state)).toEqual([
      `stop Baseline AccountBaseline: The baseline AccountBaseline is deployed in another Region, not in ${REGION}.`,
    ]);
    expect(about('Baseline', { roles: roles('Other') })).toEqual([
      expect.stringContaining('already has the baseline Other in another Region.'),
    ]);
  });

  test.each<[string, Partial<BaselineOptions>]>([
    ['of the free profile', { profile: 'free' }],
    ['that reads an existing trail', { auditTrail: { existingLogGroup: 'trail' } }],
    ['without a summary', { notifications: { ...SMALLEST.notifications, weeklySummary: false } }],
  ])('in another Region is found %s, although us-east-1 has the second notification', (_, more) => {
    const suite = { value: valueOf(WELL.suite).filter(({ kind }) => kind === 'RootNotice') };
    expect(about('Baseline', { suite, roles: roles('AccountBaseline', more) })).toEqual([
      expect.stringContaining('is deployed in another Region'),
    ]);
  });

  test.each<[string, Partial<Surroundings>]>([
    [
      'the one that is deployed',
      { suite: WELL.suite, roles: roles('AccountBaseline'), stacks: stacks('AccountBaseline') },
    ],
    [
      'a stack of somebody else',
      { stacks: { value: { names: ['Shop-Settings', 'Shop-Alarms'], quota: 2000 } } },
    ],
  ])('is not %s', (_, change) => {
    expect(about('Baseline', change)).toEqual([]);
  });
});

test('a group that exists is named with its members and policies, and nobody gets rights unasked', () => {
  const people = {
    value: {
      users: [
        { UserName: 'intern', GroupList: ['Administrators'] },
        { UserName: 'alice', GroupList: ['Administrators'] },
        { UserName: 'other', GroupList: ['Others'] },
      ],
      groups: [
        {
          GroupName: 'Administrators',
          AttachedManagedPolicies: [{ PolicyName: 'ReadOnlyAccess' }],
          GroupPolicyList: [{ PolicyName: 'own' }],
        },
      ],
      ...NO_ROLES,
    },
  };
  const entry = plan({ people }).find(({ what }) => what === 'Group Administrators');
  expect(entry?.why).toContain(
    'It has the members intern, whom the configuration does not name. It has the policies ReadOnlyAccess, own.',
  );
  expect(entry?.remedy?.command).toBe(
    'aws iam remove-user-from-group --group-name Administrators --user-name intern',
  );
});

describe('the alias that somebody changed after the deployment', () => {
  const config = { ...CONFIG, accountSettings: { ...CONFIG.accountSettings, alias: 'acme' } };
  const suiteOf = (alias: string): Surroundings['suite'] => ({
    value: valueOf(WELL.suite).map((stack) =>
      stack.kind === 'Settings'
        ? {
            ...stack,
            template: {
              Resources: {
                Alias: { Type: 'Custom::AccountAlias', Properties: { Value: JSON.stringify(alias) } },
              },
            },
          }
        : stack,
    ),
  });
  const entryOf = (now: string | undefined, alias = 'acme') =>
    plan({ suite: suiteOf(alias), accountAlias: { value: now } }, config).find(
      ({ what }) => what === 'Account alias',
    );

  test.each([
    [undefined, 'The account has none'],
    ['theirs', 'It is theirs'],
  ])('is not set again: %s', (now, begin) => {
    expect(entryOf(now)).toMatchObject({
      action: 'gone',
      why: `${begin}, although the stack has set acme: somebody changed it, or another account had it. A deployment sets it again only when accountSettings.alias changes.`,
      remedy: { command: 'aws iam create-account-alias --account-alias acme' },
    });
  });

  test('is set if the configuration changes', () => {
    expect(entryOf(undefined, 'acme-old')?.action).toBe('create');
  });
});

describe('the alias of the account', () => {
  const config = { ...CONFIG, accountSettings: { ...CONFIG.accountSettings, alias: 'acme' } };
  const TAKEN =
    'If another account has acme, which no API tells, the alias is not changed, and an output says so.';

  test.each<[string, string | undefined, BaselineConfig, string[]]>([
    ['is created', undefined, config, [`create Account alias: The account has none. ${TAKEN}`]],
    ['stays', 'acme', config, ['adopt Account alias: It is acme, as configured.']],
    [
      'is replaced',
      'acme-old',
      config,
      [
        `create Account alias: It is acme-old, and the deployment replaces it with acme: the address of the sign-in page changes, and another account can take acme-old. Removing the stack restores it. ${TAKEN}`,
      ],
    ],
    [
      'is not changed unasked',
      'acme-old',
      CONFIG,
      ['skip Account alias: It is acme-old, and is not changed.'],
    ],
    ['is not missed', undefined, CONFIG, []],
  ])('%s', (_, value, asked, expected) => {
    expect(about('Account alias', { accountAlias: { value } }, asked)).toEqual(expected);
  });

  test('that could not be read is unknown only if it matters', () => {
    const accountAlias = { unknown: 'denied' };
    expect(about('Account alias', { accountAlias })).toEqual([]);
    expect(about('Account alias', { accountAlias }, config)).toEqual([expect.stringMatching(/^unknown/)]);
  });
});

describe('the Regions of the settings', () => {
  test('that a policy of the organization closes stop, and the open ones can be written', () => {
    const openRegions = {
      [REGION]: { value: true },
      'us-east-1': { value: true },
      'eu-west-3': { value: false },
    };
    const entry = plan({ openRegions }).find(({ what }) => what === 'Closed Regions');
    expect(entry).toMatchObject({
      action: 'stop',
      why: expect.stringContaining('denies calls in eu-west-3.') as string,
      remedy: { text: `Set accountSettings: { regions: ['${REGION}', 'us-east-1'] }.` },
      adoption: { path: ['accountSettings', 'regions'], value: [REGION, 'us-east-1'] },
    });
  });

  test('are not narrowed to others than the home Region', () => {
    const openRegions = { [REGION]: { value: false }, 'us-east-1': { value: true } };
    const entry = plan({ openRegions }).find(({ what }) => what === 'Closed Regions');
    expect(entry?.remedy?.text).toBe('The home Region is among them. Choose another one with `region`.');
    expect(entry?.adoption).toBeUndefined();
  });

  test('that do not exist or are not enabled stop', () => {
    const config = {
      ...CONFIG,
      accountSettings: { ...CONFIG.accountSettings, regions: [REGION, 'eu-central-3', 'ap-east-1'] },
    };
    expect(about('Region ', {}, config)).toEqual([
      'stop Region eu-central-3: accountSettings.regions contains it, but this account has no such Region.',
      'stop Region ap-east-1: accountSettings.regions contains it, but it is not enabled in this account.',
    ]);
  });

  test('that could not be asked are unknown', () => {
    const openRegions = { 'us-east-1': { unknown: 'denied' }, 'us-west-2': { unknown: 'denied' } };
    expect(about('Region ', { openRegions })).toEqual([
      expect.stringMatching(/^unknown Region us-east-1, us-west-2:/),
    ]);
  });
});

test('hard expiry is not stricter, and is named before and after the deployment', () => {
  const passwordPolicy = {
    value: { ...valueOf(WELL.passwordPolicy), MaxPasswordAge: 90, HardExpiry: true },
  };
  expect(about('Hard expiry', { passwordPolicy })).toEqual([
    expect.stringMatching(/^create .* The deployment disables it/),
  ]);
  expect(about('Hard expiry', { passwordPolicy, suite: WELL.suite })).toEqual([
    expect.stringMatching(/^skip .*verify/),
  ]);
  expect(about('Hard expiry', { passwordPolicy: WELL.passwordPolicy })).toEqual([]);
});

describe('what people decide about', () => {
  const planned = (change: Partial<Surroundings>, config = CONFIG) =>
    preflight({ ...NEW, ...change }, config, STACKS);
  /** IDs of the choices, by what they are about. */
  const choices = (change: Partial<Surroundings>, config?: BaselineConfig) =>
    decisionsOf(planned(change, config)).map((one) => [one.entry.what, one.choices.map(({ id }) => id)]);
  const member = (UserName: string) => ({ UserName, GroupList: ['Administrators'] });
  const withGroup = (
    ...users: readonly { UserName: string; GroupList?: string[] }[]
  ): Surroundings['people'] => ({
    value: { users, groups: [{ GroupName: 'Administrators' }], ...NO_ROLES },
  });
  const withAlias = { ...CONFIG, accountSettings: { ...CONFIG.accountSettings, alias: 'acme' } };
  const strict = { value: { ...valueOf(WELL.passwordPolicy), MinimumPasswordLength: 20 } };

  test.each<[string, Partial<Surroundings>, BaselineConfig, [string, string[]][]]>([
    ['nothing of a new account', {}, CONFIG, []],
    ['a trail', { trails: trail() }, CONFIG, [['Trail old', ['adopt', 'create']]]],
    [
      'a group with strangers, which is not imported',
      { people: withGroup(member('intern')) },
      CONFIG,
      [['Group Administrators', ['rename', 'wait']]],
    ],
    [
      'a group and its configured member',
      { people: withGroup(member('alice')) },
      CONFIG,
      [
        ['Group Administrators', ['import', 'rename', 'wait']],
        ['User alice', ['import', 'wait']],
      ],
    ],
    [
      'a user whose name differs, which no import finds',
      { people: { value: { users: [{ UserName: 'Alice' }], groups: [], ...NO_ROLES } } },
      CONFIG,
      [['User alice', ['wait']]],
    ],
    ['an alias', { accountAlias: { value: 'old' } }, withAlias, [['Account alias', ['keep', 'replace']]]],
    ['a stricter policy', { passwordPolicy: strict }, CONFIG, [['Password policy', ['keep', 'weaken']]]],
    [
      'detectors',
      { detector: { value: 'd1' } },
      { ...CONFIG, detectors: { ...CONFIG.detectors, guardDuty: true } },
      [['GuardDuty', ['keep', 'import', 'wait']]],
    ],
    [
      'a dashboard of the same name',
      { existing: { 'AWS::CloudWatch::Dashboard': { value: [CONFIG.stackName] } } },
      CONFIG,
      [[`Dashboard ${CONFIG.stackName}`, ['keep', 'wait']]],
    ],
    [
      'closed Regions',
      { openRegions: { [REGION]: { value: true }, 'us-west-1': { value: false } } },
      CONFIG,
      [['Closed Regions', ['limit', 'wait']]],
    ],
  ])('is %s', (_, change, config, expected) => {
    expect(choices(change, config)).toEqual(expected);
  });

  test('lets pipelines use every provider that exists', () => {
    const hosts = ['token.actions.githubusercontent.com', 'gitlab.com'];
    const config = defineBaseline({
      ...SMALLEST,
      federation: {
        pipelines: {
          github: [{ repository: 'acme/site' }],
          gitlab: [{ project: 'acme/shop' }],
        },
      },
    });
    const oidcProviders = { value: hosts.map((host) => `arn:aws:iam::${ACCOUNT}:oidc-provider/${host}`) };
    const use = (...ids: string[]) =>
      optionsOf(
        decisionsOf(planned({ oidcProviders }, config)).flatMap((one, index) => {
          const choice = one.choices.find(({ id }) => id === ids[index]);
          return choice ? [{ ...one, choice }] : [];
        }),
      );
    const path = ['federation', 'pipelines', 'existingProviders'];
    const [github, gitlab] = hosts.map((host) => `https://${host}`);
    expect(use('use', 'use')).toEqual([{ path, value: [github, gitlab] }]);
    expect(use('wait', 'use')).toEqual([{ path, value: [gitlab] }]);
    expect(use('wait', 'wait')).toEqual([]);
  });

  test('leaves open what nobody decided, and what waits', () => {
    const plan = planned({ people: withGroup(member('alice')) });
    const answers = (...ids: string[]) =>
      decisionsOf(plan).flatMap((one, index) => {
        const choice = one.choices.find(({ id }) => id === ids[index]);
        return choice ? [{ ...one, choice }] : [];
      });
    const open = (...ids: string[]) => openOf(plan, answers(...ids)).map(({ what }) => what);
    expect(open()).toEqual(['Group Administrators', 'User alice']);
    expect(open('rename', 'wait')).toEqual(['User alice']);
    expect(open('import', 'import')).toEqual([]);
    expect(answers('import', 'wait').map(({ choice }) => choice.takesOver)).toEqual([true, undefined]);
  });

  test('lets CloudFormation import before the deployment what has no name in the template', () => {
    const config = { ...CONFIG, detectors: { ...CONFIG.detectors, guardDuty: true, securityHub: true } };
    const plan = planned({ detector: { value: 'd1' }, securityHub: { value: 'arn:hub' } }, config);
    const answers = (id: string) =>
      decisionsOf(plan).flatMap((one) => {
        const choice = one.choices.find((other) => other.id === id);
        return choice ? [{ ...one, choice }] : [];
      });
    const stacks = templatesOf(config);
    expect(importsOf(stacks, answers('import'))).toEqual({
      'AccountBaseline-Detectors': { GuardDuty: { Id: 'd1' }, SecurityHub: { ARN: 'arn:hub' } },
    });
    expect(importsOf(stacks, answers('keep'))).toEqual({});
  });

  test('takes from a document only what is still possible', () => {
    const [first] = decisionsOf(planned({ trails: trail() }));
    expect(first && decided(first, { 'Trail old': 'create' })?.id).toBe('create');
    expect(first && decided(first, { 'Trail old': 'sell' })).toBeUndefined();
    expect(first && decided(first, {})).toBeUndefined();
  });
});

describe('IAM Identity Center', () => {
  const instanceArn = 'arn:aws:sso:::instance/ssoins-0123456789abcdef';
  const other = 'arn:aws:sso:::instance/ssoins-fedcba9876543210';
  const GROUP = 'a4e8f458-1234-5678-9abc-def012345678';
  const config = defineBaseline({
    ...SMALLEST,
    federation: { identityCenter: { instanceArn, readers: { Engineers: GROUP } } },
  });

  test.each<[string, Surroundings['identityCenters'], string]>([
    ['that exists is used', { value: [instanceArn] }, 'info IAM Identity Center: The instance exists.'],
    ['that does not exist stops', { value: [] }, 'stop IAM Identity Center: The home Region has no instance'],
    [
      'that is another one stops',
      { value: [other] },
      `stop IAM Identity Center: The configured instance is not`,
    ],
    ['that could not be listed is unknown', { unknown: 'AccessDenied' }, 'unknown IAM Identity Center: '],
  ])('%s', (_, identityCenters, expected) => {
    const found = lines({ identityCenters }, config).filter((line) =>
      /(info|stop|unknown) IAM Id/.test(line),
    );
    expect(found).toEqual([expect.stringContaining(expected)]);
  });

  test.each<[string, Surroundings['identityGroups'], string]>([
    [
      'that has its name is shown with its ID',
      { value: { [GROUP]: 'Engineers' } },
      `info Group "Engineers" (readers): It has the ID ${GROUP}.`,
    ],
    [
      'that has another name stops: somebody else would get the rights',
      { value: { [GROUP]: 'Contractors' } },
      `stop Group "Engineers" (readers): The group with the ID ${GROUP} is "Contractors".`,
    ],
    [
      'that does not exist stops',
      { value: { [GROUP]: undefined } },
      `stop Group "Engineers" (readers): IAM Identity Center has no group with the ID ${GROUP}.`,
    ],
    ['that could not be read is unknown', { unknown: 'AccessDenied' }, `unknown Group "Engineers" (readers)`],
  ])('a group %s', (_, identityGroups, expected) => {
    const change = { identityCenters: { value: [instanceArn] }, identityGroups };
    expect(lines(change, config).filter((line) => line.includes('Group "'))).toEqual([
      expect.stringContaining(expected),
    ]);
  });
});

test('the command for the alias of the key names the Region', () => {
  const entries = plan({ keyAliases: { value: ['alias/account-baseline'] } });
  expect(entries.find(({ what }) => what.startsWith('Key '))?.remedy?.command).toBe(
    `aws kms delete-alias --region ${REGION} --alias-name alias/account-baseline`,
  );
});
