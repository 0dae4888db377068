import type { PolicyName } from '../../../lib/organization/policies/policy';
import { type Call, MEMBER, OPTIONS, WHO } from './simulate';

/** A call that one policy denies or lets pass. */
export interface Row extends Call {
  readonly policy: PolicyName;
  readonly shows: string;
  readonly denied: boolean;
}

const rows =
  (policy: PolicyName, denied: boolean) =>
  (
    shows: string,
    who: keyof typeof WHO,
    action: string,
    on?: string,
    more: Omit<Partial<Call>, 'on'> = {},
  ): Row => ({
    policy,
    shows,
    denied,
    action,
    ...(on !== undefined && { on }),
    ...more,
    who: WHO[who],
  });

const arn = (service: string, resource: string, region = 'eu-central-1') =>
  `arn:aws:${service}:${region}:${MEMBER}:${resource}`;
const role = (name: string) => arn('iam', `role/${name}`, '');
const CENTRAL_SESSION = { context: { 'aws:AssumedRoot': 'true' } };
const ELSEWHERE = { 'aws:RequestedRegion': 'ap-southeast-1' };

const FUNCTION = arn('lambda', 'function:StackSet-AccountBaseline-Settings-AbCdEfGhIjKl');
const STACK = arn('cloudformation', 'stack/StackSet-AccountBaseline-Members-0a1b2c3d/0a1b2c3d-0a1b');
const FUNCTION_ROLE = role('StackSet-AccountBaseline-SettingsRole-AbCdEfGhIjKl');
const OTHER_FUNCTION = arn('lambda', 'function:orders');

const denies = rows('protect', true);
const lets = rows('protect', false);

const PROTECT: readonly Row[] = [
  denies('an administrator deletes its stack', 'administrator', 'cloudformation:DeleteStack', STACK),
  denies('an administrator changes its code', 'administrator', 'lambda:UpdateFunctionCode', FUNCTION),
  denies('an administrator forges an event', 'administrator', 'lambda:InvokeFunction', FUNCTION),
  denies(
    'an administrator deletes its log',
    'administrator',
    'logs:DeleteLogGroup',
    arn('logs', 'log-group:StackSet-AccountBaseline-Logs'),
  ),
  denies(
    'an administrator stops the daily check',
    'administrator',
    'events:DisableRule',
    arn('events', 'rule/StackSet-AccountBaseline-Check'),
  ),
  denies(
    'an administrator forges a previous value',
    'administrator',
    'ssm:PutParameter',
    arn('ssm', 'parameter/account-baseline/settings/EbsEncryption'),
  ),
  denies(
    'an administrator deletes the analyzer',
    'administrator',
    'access-analyzer:DeleteAnalyzer',
    arn('access-analyzer', 'analyzer/account-baseline'),
  ),
  denies(
    'an administrator forges an exempt role',
    'administrator',
    'iam:CreateRole',
    role('stacksets-exec-forged'),
  ),
  denies(
    'an administrator forges the role for recovery',
    'administrator',
    'iam:CreateRole',
    role('OrganizationAccountAccessRole'),
  ),
  denies(
    'an administrator widens the role of verify',
    'administrator',
    'iam:PutRolePolicy',
    role('AccountBaseline-Verify-0a1b2c3d'),
  ),
  denies(
    'an administrator opens the role for recovery',
    'administrator',
    'iam:UpdateAssumeRolePolicy',
    role('OrganizationAccountAccessRole'),
  ),
  denies(
    'an administrator passes an exempt role to a function',
    'administrator',
    'iam:PassRole',
    FUNCTION_ROLE,
  ),
  denies('an administrator deletes the password policy', 'administrator', 'iam:DeleteAccountPasswordPolicy'),
  denies('an administrator unblocks public buckets', 'administrator', 's3:PutAccountPublicAccessBlock'),
  denies('an administrator disables EBS encryption', 'administrator', 'ec2:DisableEbsEncryptionByDefault'),
  denies('an administrator enables the serial console', 'administrator', 'ec2:EnableSerialConsoleAccess'),
  lets('StackSets delete the stack', 'stackSets', 'cloudformation:DeleteStack', STACK),
  lets('StackSets create the function', 'stackSets', 'lambda:CreateFunction', FUNCTION),
  lets('StackSets create the role of the function', 'stackSets', 'iam:CreateRole', FUNCTION_ROLE),
  lets('StackSets pass the role of the function', 'stackSets', 'iam:PassRole', FUNCTION_ROLE),
  lets('CloudFormation calls the function for StackSets', 'stackSets', 'lambda:InvokeFunction', FUNCTION),
  lets(
    'the function records a previous value',
    'settingsFunction',
    'ssm:PutParameter',
    arn('ssm', 'parameter/account-baseline/settings/EbsEncryption'),
  ),
  lets('the function restores a setting', 'settingsFunction', 'ec2:DisableEbsEncryptionByDefault'),
  lets('the role for recovery deletes the stack', 'recovery', 'cloudformation:DeleteStack', STACK),
  lets(
    'Control Tower changes its own role',
    'controlTower',
    'iam:PutRolePolicy',
    role('AWSControlTowerExecution'),
  ),
  lets('an administrator creates a role', 'administrator', 'iam:CreateRole', role('worker')),
  lets('an administrator changes a function', 'administrator', 'lambda:UpdateFunctionCode', OTHER_FUNCTION),
  lets(
    'an administrator creates a stack',
    'administrator',
    'cloudformation:CreateStack',
    arn('cloudformation', 'stack/website/0a1b2c3d'),
  ),
  lets('an administrator enables EBS encryption', 'administrator', 'ec2:EnableEbsEncryptionByDefault'),
  lets(
    'an administrator of a group that has the setting off, in an OU below',
    'administrator',
    'ec2:EnableSerialConsoleAccess',
    undefined,
    {
      context: {
        'aws:PrincipalOrgPaths': ['o-a1b2c3d4e5/r-a1b2/ou-a1b2-11111111/ou-a1b2-33333333/'],
      },
    },
  ),
  denies('another setting in this group', 'administrator', 'ec2:DisableEbsEncryptionByDefault', undefined, {
    context: { 'aws:PrincipalOrgPaths': ['o-a1b2c3d4e5/r-a1b2/ou-a1b2-22222222/'] },
  }),
  lets('a setting that the baseline does not apply', 'administrator', 'ec2:DisableImageBlockPublicAccess'),
  lets('an administrator of an excepted account', 'ofExceptedAccount', 'ec2:DisableEbsEncryptionByDefault'),
];

const deniesRoot = rows('root', true);
const letsRoot = rows('root', false);

const ROOT: readonly Row[] = [
  deniesRoot('root creates an access key', 'root', 'iam:CreateAccessKey', arn('iam', 'user/alice', '')),
  deniesRoot('root reads', 'root', 's3:ListAllMyBuckets'),
  letsRoot(
    'a central root session unlocks a bucket',
    'root',
    's3:DeleteBucketPolicy',
    'arn:aws:s3:::locked',
    CENTRAL_SESSION,
  ),
  letsRoot(
    'a central root session deletes the password',
    'root',
    'iam:DeleteLoginProfile',
    arn('iam', 'user/root', ''),
    CENTRAL_SESSION,
  ),
  letsRoot('an administrator', 'administrator', 's3:ListAllMyBuckets'),
  letsRoot('root of an excepted account', 'rootOfExceptedAccount', 's3:ListAllMyBuckets'),
];

const LEAVE: readonly Row[] = [
  rows('leave', true)('an administrator leaves', 'administrator', 'organizations:LeaveOrganization'),
  rows('leave', true)('root leaves', 'root', 'organizations:LeaveOrganization'),
  rows('leave', false)('an excepted account leaves', 'ofExceptedAccount', 'organizations:LeaveOrganization'),
  rows('leave', false)(
    'an administrator reads the organization',
    'administrator',
    'organizations:DescribeOrganization',
  ),
];

const deniesRegion = rows('regions', true);
const letsRegion = rows('regions', false);
const IN_OTHER_REGION = { context: ELSEWHERE };
const OTHER_STACK = arn('cloudformation', 'stack/mine/0a1b', 'ap-southeast-1');

const REGIONS: readonly Row[] = [
  deniesRegion(
    'an administrator creates a stack elsewhere',
    'administrator',
    'cloudformation:CreateStack',
    OTHER_STACK,
    IN_OTHER_REGION,
  ),
  deniesRegion(
    'an administrator reads elsewhere',
    'administrator',
    'ec2:DescribeInstances',
    undefined,
    IN_OTHER_REGION,
  ),
  deniesRegion('root reads elsewhere', 'root', 'ec2:DescribeInstances', undefined, IN_OTHER_REGION),
  letsRegion('an administrator in a Region of the list', 'administrator', 'ec2:DescribeInstances'),
  letsRegion('IAM', 'administrator', 'iam:ListRoles', undefined, IN_OTHER_REGION),
  letsRegion(
    'a role is assumed elsewhere',
    'administrator',
    'sts:AssumeRole',
    role('worker'),
    IN_OTHER_REGION,
  ),
  letsRegion('a global service in Oregon', 'administrator', 'globalaccelerator:ListAccelerators', undefined, {
    context: { 'aws:RequestedRegion': 'us-west-2' },
  }),
  letsRegion(
    'the function applies settings everywhere',
    'settingsFunction',
    'ec2:EnableEbsEncryptionByDefault',
    undefined,
    IN_OTHER_REGION,
  ),
  letsRegion(
    'verify reads everywhere',
    'verify',
    'ec2:GetEbsEncryptionByDefault',
    undefined,
    IN_OTHER_REGION,
  ),
  letsRegion(
    'StackSets deploy everywhere',
    'stackSets',
    'cloudformation:CreateStack',
    OTHER_STACK,
    IN_OTHER_REGION,
  ),
  letsRegion(
    'the role for recovery cleans up everywhere',
    'recovery',
    'ec2:DescribeInstances',
    undefined,
    IN_OTHER_REGION,
  ),
  letsRegion(
    'a central root session unlocks a queue',
    'root',
    'sqs:SetQueueAttributes',
    arn('sqs', 'locked', 'ap-southeast-1'),
    { context: { ...ELSEWHERE, ...CENTRAL_SESSION.context } },
  ),
  letsRegion('an excepted account', 'ofExceptedAccount', 'ec2:DescribeInstances', undefined, IN_OTHER_REGION),
];

const ALICE = arn('iam', 'user/alice', '');
const deniesUser = rows('users', true);
const letsUser = rows('users', false);

const USERS: readonly Row[] = [
  deniesUser('an administrator creates a user', 'administrator', 'iam:CreateUser', ALICE),
  deniesUser('an administrator creates an access key', 'administrator', 'iam:CreateAccessKey', ALICE),
  deniesUser('an administrator creates a password', 'administrator', 'iam:CreateLoginProfile', ALICE),
  deniesUser(
    'an administrator creates an API key of Bedrock',
    'administrator',
    'iam:CreateServiceSpecificCredential',
    ALICE,
  ),
  letsUser('an administrator deactivates a key', 'administrator', 'iam:UpdateAccessKey', ALICE),
  letsUser('an administrator deletes a user', 'administrator', 'iam:DeleteUser', ALICE),
  letsUser('an administrator creates a role', 'administrator', 'iam:CreateRole', role('worker')),
  letsUser('the role for recovery creates a user', 'recovery', 'iam:CreateUser', ALICE),
  letsUser('StackSets create a user', 'stackSets', 'iam:CreateUser', ALICE),
  letsUser(
    'a central root session lets root have a password',
    'root',
    'iam:CreateLoginProfile',
    arn('iam', 'user/root', ''),
    CENTRAL_SESSION,
  ),
  letsUser('an excepted account', 'ofExceptedAccount', 'iam:CreateUser', ALICE),
  letsUser(
    'a break-glass user of the management account',
    'breakGlass',
    'iam:CreateUser',
    'arn:aws:iam::111111111111:user/x',
    { account: '111111111111' },
  ),
];

const BUCKET = 'arn:aws:s3:::data';
const OBJECT = 'arn:aws:s3:::data/report.csv';
const WORKER = role('worker');
const deniesOutsider = rows('outsiders', true);
const letsInsider = rows('outsiders', false);
const forAccount = (account: string, organization?: string) => ({
  context: {
    'aws:SourceAccount': account,
    ...(organization !== undefined && { 'aws:SourceOrgID': organization }),
  },
});

const OUTSIDERS: readonly Row[] = [
  deniesOutsider('an outsider reads an object', 'outsider', 's3:GetObject', OBJECT),
  deniesOutsider('everybody reads an object', 'anonymous', 's3:GetObject', OBJECT),
  deniesOutsider('an outsider assumes a role', 'outsider', 'sts:AssumeRole', WORKER),
  deniesOutsider(
    'an outsider reads a secret',
    'outsider',
    'secretsmanager:GetSecretValue',
    arn('secretsmanager', 'secret:db-AbCdEf'),
  ),
  deniesOutsider(
    'an outsider decrypts',
    'outsider',
    'kms:Decrypt',
    arn('kms', 'key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f'),
  ),
  deniesOutsider('an outsider receives messages', 'outsider', 'sqs:ReceiveMessage', arn('sqs', 'orders')),
  deniesOutsider(
    'a service writes for an outsider',
    'cloudTrail',
    's3:PutObject',
    OBJECT,
    forAccount('999999999998', 'o-zzzzzzzzzz'),
  ),
  deniesOutsider(
    'a service writes for an account without organization',
    'cloudTrail',
    's3:PutObject',
    OBJECT,
    forAccount('999999999998'),
  ),
  letsInsider('an administrator reads an object', 'administrator', 's3:GetObject', OBJECT),
  letsInsider('an account of the organization reads a bucket', 'ofExceptedAccount', 's3:ListBucket', BUCKET, {
    account: MEMBER,
  }),
  letsInsider(
    'a break-glass user of the management account assumes a role',
    'breakGlass',
    'sts:AssumeRole',
    role('OrganizationAccountAccessRole'),
    { account: MEMBER },
  ),
  letsInsider('a vendor of the list assumes a role', 'vendor', 'sts:AssumeRole', WORKER),
  letsInsider(
    'a vendor of the list writes by a service',
    'cloudTrail',
    's3:PutObject',
    OBJECT,
    forAccount('999999999999'),
  ),
  letsInsider('an outsider reads a bucket of an excepted account', 'outsider', 's3:GetObject', OBJECT, {
    account: '333333333333',
  }),
  letsInsider(
    'the trail of the organization is delivered',
    'cloudTrail',
    's3:PutObject',
    OBJECT,
    forAccount('111111111111', OPTIONS.organizationId),
  ),
  letsInsider('a service that does not say for whom', 'cloudTrail', 's3:PutObject', OBJECT),
];

/** A row for each statement of each policy, and its exceptions. */
export const ROWS: readonly Row[] = [...PROTECT, ...ROOT, ...LEAVE, ...REGIONS, ...USERS, ...OUTSIDERS];
