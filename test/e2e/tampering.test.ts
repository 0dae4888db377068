import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { IAM } from '@aws-sdk/client-iam';
import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { BaselineOptions } from '../../lib/config/config';
import { FILTER_STACKS } from '../../lib/detections/filter-stacks';
import { STACK_KINDS, stackNameOf } from '../../lib/stacks/stack-kinds';
import { IDENTITY_CENTER, SAML } from '../everything';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { matches } from '../../emulator/filter-pattern';
import type { SuiteResource } from '../../emulator/suite';
import { call, user } from '../detections/events/record';
import { allIn, BaselineSuite } from './baseline-suite';

jest.setTimeout(60_000);

const EVERY_STACK: Partial<BaselineOptions> = {
  profile: 'strict',
  access: { breakGlass: ['break-glass-1', 'break-glass-2'], delegation: true },
  federation: {
    saml: SAML,
    identityCenter: IDENTITY_CENTER,
    pipelines: { github: [{ repository: 'acme/site', deploy: { branch: 'main' } }] },
  },
  terminationProtection: false,
  accountSettings: { removeDefaultVpcs: true, dailyCheck: true },
};

/** How somebody would take a resource away, and what CloudTrail records of it. */
interface Tampering {
  /** Such as `sns:DeleteTopic`. */
  readonly action: string;
  readonly arn: string;
  /** Undefined where another detection watches. */
  readonly requestParameters?: Readonly<Record<string, unknown>>;
}

const regional = (service: string, resource: string) =>
  `arn:aws:${service}:${emulator.region}:${emulator.accountId}:${resource}`;

/** By type, of the id that CloudFormation gave. */
const TAMPERING: Readonly<Record<string, (id: string) => Tampering>> = {
  // Names of buckets are in lower case: ChangedByHand watches the trail's.
  'AWS::S3::Bucket': (id) => ({ action: 's3:DeleteBucketPolicy', arn: `arn:aws:s3:::${id}` }),
  'AWS::CloudTrail::Trail': (id) => ({
    action: 'cloudtrail:StopLogging',
    arn: regional('cloudtrail', `trail/${id}`),
  }),
  'AWS::Logs::LogGroup': (id) => ({
    action: 'logs:DeleteLogGroup',
    arn: regional('logs', `log-group:${id}`),
    requestParameters: { logGroupName: id },
  }),
  // The topic's own policy denies deleting it.
  'AWS::SNS::Topic': (id) => ({
    action: 'sns:PutDataProtectionPolicy',
    arn: id,
    requestParameters: { resourceArn: id },
  }),
  'AWS::CloudWatch::Alarm': (id) => ({
    action: 'cloudwatch:DeleteAlarms',
    arn: regional('cloudwatch', `alarm:${id}`),
    requestParameters: { alarmNames: [id] },
  }),
  'AWS::Lambda::Function': (id) => ({
    action: 'lambda:DeleteFunction',
    arn: regional('lambda', `function:${id}`),
    requestParameters: { functionName: id },
  }),
  'AWS::Events::Rule': (id) => ({
    action: 'events:DeleteRule',
    arn: regional('events', `rule/${id}`),
    requestParameters: { name: id },
  }),
  'AWS::IAM::Role': (id) => ({
    action: 'iam:DeleteRolePolicy',
    arn: `arn:aws:iam::${emulator.accountId}:role/${id}`,
    requestParameters: { roleName: id, policyName: 'Default' },
  }),
  // Detections of their own watch identity providers, policies, and groups.
  'AWS::IAM::SAMLProvider': (id) => ({ action: 'iam:UpdateSAMLProvider', arn: id }),
  'AWS::IAM::OIDCProvider': (id) => ({ action: 'iam:DeleteOpenIDConnectProvider', arn: id }),
  'AWS::IAM::ManagedPolicy': (id) => ({ action: 'iam:CreatePolicyVersion', arn: id }),
  'AWS::IAM::Group': (id) => ({
    action: 'iam:PutGroupPolicy',
    arn: `arn:aws:iam::${emulator.accountId}:group/${id}`,
  }),
};

let emulator: Emulator;
/** Resources that somebody could take away, of every stack. */
let resources: readonly SuiteResource[];
/** What administrators may do, as it was deployed. */
let policies: readonly { readonly name: string; readonly policy: unknown }[];
/** The pattern of BaselineTamperedWith, as it was deployed. */
let pattern: string;

beforeAll(async () => {
  emulator = await startEmulator();
  const suite = new BaselineSuite(emulator);
  expect(await suite.deployBaseline(EVERY_STACK)).toEqual(allIn('CREATE_COMPLETE', EVERY_STACK));
  resources = (await suite.find(({ type }) => type in TAMPERING)).filter(
    // In users mode, no administrator has rights from this group: test/access/people-roles.slow.test.ts.
    ({ logicalId }) => logicalId !== 'PeopleGroup',
  );
  policies = await policiesOf('Administrators');
  const { metricFilters = [] } = await new CloudWatchLogs(emulator.clientConfig).describeMetricFilters({});
  pattern =
    metricFilters.find(({ filterName }) => filterName?.includes('OnBaselineTamperedWith'))?.filterPattern ??
    '';
});

afterAll(async () => {
  await emulator.stop();
});

/** Policies of a group whose members may do everything that these do not deny. */
async function policiesOf(GroupName: string): Promise<typeof policies> {
  const iam = new IAM(emulator.clientConfig);
  const { PolicyNames = [] } = await iam.listGroupPolicies({ GroupName });
  const own = PolicyNames.map(async (PolicyName) => {
    const { PolicyDocument = '' } = await iam.getGroupPolicy({ GroupName, PolicyName });
    return { name: PolicyName, policy: JSON.parse(decodeURIComponent(PolicyDocument)) as unknown };
  });
  const administrator = { Effect: 'Allow', Action: '*', Resource: '*' };
  return [
    { name: 'AdministratorAccess', policy: { Version: '2012-10-17', Statement: [administrator] } },
    ...(await Promise.all(own)),
  ];
}

/** What IAM answers to alice, who signed in with MFA. */
async function answer({ action, arn }: Tampering, context: Readonly<Record<string, string | string[]>> = {}) {
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${emulator.accountId}:user/alice`,
        action,
        resource: { resource: arn, accountId: emulator.accountId },
        contextVariables: { 'aws:MultiFactorAuthPresent': 'true', 'aws:SecureTransport': 'true', ...context },
      },
      identityPolicies: [...policies],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (result.resultType !== 'single') throw new Error(`${action} on ${arn}: ${JSON.stringify(result)}`);
  return result.overallResult;
}

const tamperingWith = ({ type, physicalId }: SuiteResource): Tampering => {
  const tampering = TAMPERING[type]?.(physicalId);
  if (!tampering) throw new Error(`nobody says how to take away a ${type}`);
  return tampering;
};

/** Whether a call is counted. */
const isCounted = (action: string, requestParameters: Readonly<Record<string, unknown>>) => {
  const [service = '', name = ''] = action.split(':');
  return matches(pattern, call(service, name, user('alice'), { requestParameters }));
};

/**
 * AWS chooses the IDs of what RootNotice and Spend contain, so that no policy of a group can name them.
 * Detections and Attempts have metric filters only, which are parts of the log group, and IdentityCenter and
 * the stacks of an organization what is in other services.
 */
const GUARDED = STACK_KINDS.filter(
  (kind) =>
    ![
      ...['RootNotice', 'Spend', 'IdentityCenter'],
      ...['Services', 'Organization', 'Members', 'OrganizationDetectors'],
      ...FILTER_STACKS,
    ].includes(kind),
);

describe.each(GUARDED)('what CloudFormation created for the stack %s', (kind) => {
  const own = () => resources.filter(({ stack }) => stack === stackNameOf('AccountBaseline', kind));

  test('the guard keeps from an administrator, but not from CloudFormation', async () => {
    expect(own()).not.toEqual([]);
    for (const resource of own()) {
      const tampering = tamperingWith(resource);
      expect([tampering.arn, await answer(tampering)]).toEqual([tampering.arn, 'ExplicitlyDenied']);
      const viaCloudFormation = {
        'aws:CalledVia': ['cloudformation.amazonaws.com'],
        'aws:ViaAWSService': 'true',
      };
      expect([tampering.arn, await answer(tampering, viaCloudFormation)]).toEqual([tampering.arn, 'Allowed']);
    }
  });

  test('BaselineTamperedWith counts, when somebody takes it away', () => {
    const silent = own().filter((resource) => {
      const { action, requestParameters } = tamperingWith(resource);
      return requestParameters && !isCounted(action, requestParameters);
    });
    expect(silent).toEqual([]);
    expect(isCounted('cloudformation:DeleteStack', { stackName: stackNameOf('AccountBaseline', kind) })).toBe(
      true,
    );
  });
});

describe('the name of a stack that does not exist yet', () => {
  const later: SuiteResource = {
    stack: 'AccountBaseline-Later',
    logicalId: 'Role',
    type: 'AWS::IAM::Role',
    physicalId: 'AccountBaseline-Later-Role-1A2B3C4D5E6F',
  };

  test('is guarded and watched already, and that of a stranger is not', async () => {
    expect(await answer(tamperingWith(later))).toBe('ExplicitlyDenied');
    expect(isCounted('iam:DeleteRolePolicy', { roleName: later.physicalId })).toBe(true);
    const theirs = { ...later, physicalId: 'Theirs-Later-Role-1A2B3C4D5E6F' };
    expect(await answer(tamperingWith(theirs))).toBe('Allowed');
    expect(isCounted('iam:DeleteRolePolicy', { roleName: theirs.physicalId })).toBe(false);
  });
});
