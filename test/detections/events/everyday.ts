import type { CloudTrailEvent } from '../../../emulator/metric-filters';
import {
  ACCOUNT,
  call,
  CLOUDFORMATION,
  consoleCall,
  denied,
  failedSignIn,
  identified,
  type Identity,
  role,
  service,
  signIn,
  signInPage,
  through,
  unproven,
  user,
} from './record';

const DAY = Date.UTC(2026, 10, 24);
const ALICE = user('alice', true);
const BOB = user('bob', true);
const CAROL = role('AWSReservedSSO_ReadOnlyAccess_0123456789abcdef', 'carol@example.com');
const PIPELINE = role(`cdk-hnb659fds-deploy-role-${ACCOUNT}-us-east-1`, 'aws-cdk-pipeline');
const ORDERS = role('OrdersServiceRole', 'orders-service');

/** What the pages of the console ask for when somebody opens them. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  ec2: [
    'DescribeInstances',
    'DescribeVpcs',
    'DescribeSecurityGroups',
    'DescribeRouteTables',
    'DescribeNetworkAcls',
  ],
  s3: [
    'ListBuckets',
    'GetBucketPolicy',
    'GetBucketPolicyStatus',
    'GetBucketAcl',
    'GetBucketPublicAccessBlock',
  ],
  iam: [
    'ListUsers',
    'ListAccessKeys',
    'ListAttachedUserPolicies',
    'GetPolicyVersion',
    'GetAccountPasswordPolicy',
  ],
  cloudtrail: ['DescribeTrails', 'GetTrailStatus', 'LookupEvents'],
  monitoring: ['DescribeAlarms', 'ListMetrics', 'GetMetricData'],
  logs: ['DescribeLogGroups', 'DescribeMetricFilters', 'FilterLogEvents'],
  kms: ['ListAliases', 'DescribeKey'],
  lambda: ['ListFunctions20150331', 'GetFunction20150331v2'],
  cloudformation: ['ListStacks', 'DescribeStacks', 'DescribeStackEvents'],
  sns: ['ListTopics', 'ListSubscriptions'],
};

const BILLING: Readonly<Record<string, string>> = {
  ce: 'GetCostAndUsage',
  budgets: 'DescribeBudgets',
  freetier: 'GetFreeTierUsage',
  billing: 'ListBillingViews',
};

/**
 * A day in a small account in which nobody has to be woken: people at work in the console, three deployments,
 * services at their chores. No record of it may raise an alarm.
 *
 * @returns records in the order of their time, from midnight to midnight (UTC)
 */
export function everydayAccount(): CloudTrailEvent[] {
  const day = [
    ...hours().flatMap((hour) => chores(hour * 60)),
    ...administrator(8 * 60 + 30),
    ...newcomer(10 * 60),
    ...federated(11 * 60),
    ...deployment('OrdersService', 9 * 60 + 40),
    ...deployment('PaymentsService', 14 * 60 + 5),
    ...deployment('OrdersService', 16 * 60 + 20),
    ...application(18 * 60 + 10),
  ];
  return day
    .sort((left, right) => String(left.eventTime).localeCompare(String(right.eventTime)))
    .map((event, index) => identified(event, `everyday ${index}`));
}

/** What services do each hour, some of it in vain for want of a permission. */
function chores(minute: number): CloudTrailEvent[] {
  const config = linked('Config', 'config');
  const advisor = linked('TrustedAdvisor', 'trustedadvisor');
  const explorer = linked('ResourceExplorer', 'resource-explorer-2');
  return inTurn(minute, 8 * 60, [
    call('s3', 'GetBucketAcl', service('cloudtrail')),
    call('kms', 'GenerateDataKey', service('cloudtrail')),
    call('sts', 'AssumeRole', service('config')),
    call('ec2', 'DescribeSecurityGroups', config),
    call('kms', 'Decrypt', through('lambda', ORDERS)),
    minute % 360 === 0
      ? denied('organizations', 'DescribeOrganization', advisor)
      : call('ec2', 'DescribeVolumes', explorer),
  ]);
}

/** Alice signs in with MFA, has a typing error in her password first, and looks at everything. */
function administrator(minute: number): CloudTrailEvent[] {
  const [serialNumber, spare] = [mfaDevice('alice'), mfaDevice('alice-spare')];
  return [
    ...inTurn(minute, 20, [
      failedSignIn(unproven('alice')),
      signInPage('CheckMfa', unproven('alice')),
      mfaSignIn(ALICE, serialNumber),
    ]),
    ...inTurn(
      minute + 2,
      5,
      Object.entries(PAGES).flatMap(([name, reads]) => reads.map((read) => consoleCall(name, read, ALICE))),
    ),
    ...inTurn(minute + 10, 5, [
      // Pages ask for features that nobody uses here.
      denied('organizations', 'ListDelegatedAdministrators', ALICE),
      denied('cost-optimization-hub', 'ListEnrollmentStatuses', ALICE),
      call('resource-explorer-2', 'ListIndexes', ALICE),
      call('tagging', 'GetResources', through('resource-explorer-2', ALICE)),
    ]),
    ...inTurn(
      minute + 20,
      10,
      Object.entries(BILLING).map(([name, read]) => consoleCall(name, read, ALICE)),
    ),
    ...inTurn(minute + 30, 15, [
      consoleCall('iam', 'CreateVirtualMFADevice', ALICE, {
        requestParameters: { virtualMFADeviceName: 'alice-spare' },
      }),
      consoleCall('iam', 'EnableMFADevice', ALICE, {
        requestParameters: { userName: 'alice', serialNumber: spare },
      }),
      consoleCall('iam', 'ListMFADevices', ALICE),
    ]),
  ];
}

/** The stack made Bob an administrator; his device is enrolled, and he chooses a password. */
function newcomer(minute: number): CloudTrailEvent[] {
  return inTurn(minute, 30, [
    call('iam', 'CreateUser', CLOUDFORMATION, { requestParameters: { userName: 'bob' } }),
    call('iam', 'CreateLoginProfile', CLOUDFORMATION, { requestParameters: { userName: 'bob' } }),
    call('iam', 'AddUserToGroup', CLOUDFORMATION, {
      requestParameters: { userName: 'bob', groupName: 'Administrators' },
    }),
    signInPage('CheckMfa', unproven('bob')),
    mfaSignIn(BOB, mfaDevice('bob')),
    consoleCall('iam', 'GetAccountPasswordPolicy', BOB),
    consoleCall('iam', 'ChangePassword', BOB),
    consoleCall('iam', 'GetUser', BOB),
  ]);
}

/** IAM Identity Center has asked Carol for MFA; the record of her sign-in does not tell. */
function federated(minute: number): CloudTrailEvent[] {
  return inTurn(minute, 10, [
    call('sts', 'AssumeRoleWithSAML', service('sso')),
    signIn(CAROL),
    consoleCall('ec2', 'DescribeInstances', CAROL),
    consoleCall('s3', 'ListBuckets', CAROL),
    denied('s3', 'GetBucketPolicy', CAROL),
  ]);
}

/** A pipeline deploys a stack of the CDK: what it calls itself, and what CloudFormation then does. */
function deployment(stackName: string, minute: number): CloudTrailEvent[] {
  const change = { requestParameters: { stackName, changeSetName: 'cdk-deploy-change-set' } };
  const logGroupName = `/aws/lambda/${stackName}-Handler`;
  const byCloudFormation = (name: string, eventName: string, requestParameters: object) =>
    call(name, eventName, CLOUDFORMATION, { requestParameters });
  const roleNames = ['Handler', 'Worker'].map((name) => `${stackName}-${name}ServiceRole`);
  const policies = roleNames.flatMap((roleName) => [
    byCloudFormation('iam', 'CreateRole', { roleName }),
    byCloudFormation('iam', 'AttachRolePolicy', {
      roleName,
      policyArn: managed('AWSLambdaBasicExecutionRole'),
    }),
    byCloudFormation('iam', 'AttachRolePolicy', {
      roleName,
      policyArn: managed('AWSLambdaVPCAccessExecutionRole'),
    }),
    byCloudFormation('iam', 'PutRolePolicy', { roleName, policyName: 'DefaultPolicy' }),
    byCloudFormation('iam', 'PutRolePolicy', { roleName, policyName: 'Queue' }),
  ]);
  return [
    ...inTurn(minute, 4, [
      call('sts', 'AssumeRoleWithWebIdentity', service('sts')),
      call('cloudformation', 'DescribeStacks', PIPELINE, { requestParameters: { stackName } }),
      call('cloudformation', 'CreateChangeSet', PIPELINE, change),
      call('cloudformation', 'DescribeChangeSet', PIPELINE, change),
      call('cloudformation', 'ExecuteChangeSet', PIPELINE, change),
    ]),
    ...inTurn(minute + 1, 5, [
      ...policies,
      byCloudFormation('lambda', 'CreateFunction20150331', { functionName: `${stackName}-Handler` }),
      byCloudFormation('s3', 'CreateBucket', { bucketName: `${stackName.toLowerCase()}-data` }),
      byCloudFormation('s3', 'PutBucketPolicy', { bucketName: `${stackName.toLowerCase()}-data` }),
      byCloudFormation('logs', 'CreateLogGroup', { logGroupName }),
      byCloudFormation('logs', 'PutRetentionPolicy', { logGroupName, retentionInDays: 30 }),
      byCloudFormation('monitoring', 'PutMetricAlarm', { alarmName: `${stackName}-Errors` }),
      byCloudFormation('ec2', 'CreateSecurityGroup', { groupName: `${stackName}-Database` }),
      byCloudFormation('ec2', 'AuthorizeSecurityGroupIngress', { groupId: 'sg-0a1b2c3d4e5f60718' }),
    ]),
    ...inTurn(minute + 4, 4, [
      call('cloudformation', 'DescribeStackEvents', PIPELINE, { requestParameters: { stackName } }),
    ]),
  ];
}

/** An application tidies up after itself. */
function application(minute: number): CloudTrailEvent[] {
  const logGroupName = '/orders/batch-2026-11-23';
  return inTurn(minute, 10, [
    call('monitoring', 'DeleteAlarms', ORDERS, {
      requestParameters: { alarmNames: ['OrdersService-Batch'] },
    }),
    call('logs', 'DeleteRetentionPolicy', ORDERS, { requestParameters: { logGroupName } }),
    call('logs', 'PutRetentionPolicy', ORDERS, { requestParameters: { logGroupName, retentionInDays: 7 } }),
    call('kms', 'Decrypt', ORDERS),
    denied('ssm', 'GetParameter', ORDERS),
    denied('s3', 'GetBucketPolicy', linked('Config', 'config')),
  ]);
}

/** Gives the records their times: the first at `minute` of the day, each next one some seconds later. */
function inTurn(minute: number, seconds: number, events: readonly CloudTrailEvent[]): CloudTrailEvent[] {
  return events.map((event, index) => {
    const time = new Date(DAY + minute * 60_000 + index * seconds * 1000);
    return { ...event, eventTime: time.toISOString().replace('.000Z', 'Z') };
  });
}

function hours(): number[] {
  return Array.from({ length: 24 }, (_, hour) => hour);
}

/** A service in the role that it has in every account. */
function linked(name: string, serviceName: string): Identity {
  return through(serviceName, role(`AWSServiceRoleFor${name}`, name));
}

function mfaSignIn(by: Identity, MFAIdentifier: string): CloudTrailEvent {
  const additionalEventData = { MobileVersion: 'No', MFAIdentifier, MFAUsed: 'Yes' };
  return signIn(by, 'Yes', { additionalEventData });
}

function mfaDevice(name: string): string {
  return `arn:aws:iam::${ACCOUNT}:mfa/${name}`;
}

function managed(name: string): string {
  return `arn:aws:iam::aws:policy/service-role/${name}`;
}
