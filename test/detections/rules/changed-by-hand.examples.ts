import { calls, type Calls, example, type Examples, parameters } from '../events/example';
import {
  ACL_ENTRY,
  ADMIN,
  APP,
  APP_LOG_GROUP,
  BUCKET,
  EVERYBODY,
  FEDERATED,
  GATEWAY,
  INTRUDER,
  POLICY,
  ROUTE,
  RULES_REWRITTEN,
  SETTINGS_FUNCTION,
  VPC,
} from '../events/fixtures';
import { BUCKET as TRAIL_BUCKET, PREFIX } from '../events/names';
import {
  ACCOUNT,
  call,
  CLOUDFORMATION,
  consoleCall,
  denied,
  role,
  ROOT,
  service,
  through,
} from '../events/record';

const ELASTIC_LOAD_BALANCING = role('AWSServiceRoleForElasticLoadBalancing', 'ElasticLoadBalancing');
const LOG_BUCKET = { bucketName: TRAIL_BUCKET };
const ACCESS_LOGS = { bucketName: `${PREFIX.toLowerCase()}-audit-audittrailaccesslogs-abcdef123456` };
const BUDGET = { accountId: ACCOUNT, budgetName: 'SpendAlertsBudget-AbCdEf' };

const BY_HAND: Calls = {
  AttachUserPolicy: { policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess', userName: 'bob' },
  CreatePolicyVersion: { ...POLICY, ...EVERYBODY, setAsDefault: true },
  SetDefaultPolicyVersion: { ...POLICY, versionId: 'v3' },
  UpdateAssumeRolePolicy: { roleName: 'Deployer', ...EVERYBODY },
  DeleteRolePermissionsBoundary: { roleName: 'Deployer' },
  PutUserPermissionsBoundary: { userName: 'bob', permissionsBoundary: POLICY.policyArn },
};

export const examples: Examples = {
  matches: [
    ...calls('iam', ADMIN, BY_HAND),
    example('somebody opens the key', call('kms', 'PutKeyPolicy', ADMIN)),
    example('a key opens a security group', call('ec2', 'AuthorizeSecurityGroupIngress', INTRUDER)),
    example('root changes a bucket policy', consoleCall('s3', 'PutBucketPolicy', ROOT, parameters(BUCKET))),
    example(
      'somebody federated changes a bucket ACL',
      consoleCall('s3', 'PutBucketAcl', FEDERATED, parameters(BUCKET)),
    ),
    example('an MFA device is deactivated', consoleCall('iam', 'DeactivateMFADevice', ADMIN)),
    ...calls('sso', ADMIN, { PutInlinePolicyToPermissionSet: { permissionSetArn: 'x' } }),
    ...calls('s3', INTRUDER, {
      PutBucketLifecycle: LOG_BUCKET,
      PutBucketVersioning: LOG_BUCKET,
      PutBucketObjectLockConfiguration: LOG_BUCKET,
    }),
    ...calls('s3', INTRUDER, { DeleteBucket: ACCESS_LOGS, DeleteBucketLifecycle: ACCESS_LOGS }),
    ...calls('budgets', INTRUDER, { DeleteBudget: BUDGET, UpdateNotification: BUDGET }),
    ...calls('lambda', INTRUDER, {
      CreateFunction20150331: {
        functionName: 'helper',
        role: `arn:aws:iam::${ACCOUNT}:role/${PREFIX}-Settings-SettingsRole-AbCdEf`,
      },
    }),
    ...calls('s3', ADMIN, { DeleteBucketPublicAccessBlock: BUCKET }),
    ...calls('ec2', ADMIN, {
      ModifySecurityGroupRules: RULES_REWRITTEN,
      CreateNetworkAclEntry: ACL_ENTRY,
      AttachInternetGateway: { ...GATEWAY, ...VPC },
      CreateRoute: ROUTE,
      CreateVpc: { cidrBlock: '10.0.0.0/16' },
    }),
  ],
  nearMisses: [
    example('an intruder may not', denied('iam', 'AttachUserPolicy', INTRUDER)),
    example('a budget is created', call('budgets', 'CreateBudget', ADMIN, parameters(BUDGET))),
    example('a function is deleted', call('lambda', 'DeleteFunction20150331', APP)),
    example('somebody joins a group, which UserChanged counts', call('iam', 'AddUserToGroup', ADMIN)),
    example(
      'CloudFormation changes the log bucket',
      call('s3', 'PutBucketLifecycle', CLOUDFORMATION, parameters(LOG_BUCKET)),
    ),
    example(
      'an application lets the objects of its bucket expire',
      call('s3', 'PutBucketLifecycle', APP, parameters(BUCKET)),
    ),
    example(
      'an application creates a function with its own role',
      call(
        'lambda',
        'CreateFunction20150331',
        APP,
        parameters({ functionName: 'orders', role: `arn:aws:iam::${ACCOUNT}:role/OrdersService` }),
      ),
    ),
    example('CloudFormation attaches a policy', call('iam', 'AttachRolePolicy', CLOUDFORMATION)),
    example(
      'CloudFormation sets a bucket policy',
      call('s3', 'PutBucketPolicy', CLOUDFORMATION, parameters(BUCKET)),
    ),
    example(
      'CloudFormation adds a route with the credentials of a person',
      call('ec2', 'CreateRoute', through('cloudformation', ADMIN)),
    ),
    example(
      'a load balancer opens a security group',
      call('ec2', 'AuthorizeSecurityGroupIngress', through('elasticloadbalancing', ELASTIC_LOAD_BALANCING)),
    ),
    example('a service creates a security group', call('ec2', 'CreateSecurityGroup', service('eks'))),
    example('a policy is read', consoleCall('iam', 'GetPolicyVersion', ADMIN)),
    example('a sign-in profile is read', consoleCall('iam', 'GetLoginProfile', ADMIN)),
    example('a key policy is read', consoleCall('kms', 'GetKeyPolicy', ADMIN)),
    example('a user is created', call('iam', 'CreateUser', ADMIN)),
    example('a bucket policy is read', consoleCall('s3', 'GetBucketPolicy', ADMIN, parameters(BUCKET))),
    example('a retention changes', call('logs', 'PutRetentionPolicy', APP, parameters(APP_LOG_GROUP))),
    example(
      'the stack sets the password policy',
      call('iam', 'UpdateAccountPasswordPolicy', SETTINGS_FUNCTION),
    ),
  ],
};
