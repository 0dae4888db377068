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
  ROOT,
  role,
  root,
  service,
  session,
  signIn,
  signInPage,
  through,
  unproven,
  user,
} from './record';

/** A record and what it tells. */
export interface Example {
  readonly title: string;
  readonly event: CloudTrailEvent;
}

interface Examples {
  /** Records that the detection is for. */
  readonly matches: readonly Example[];
  /** Records that a careless pattern would take for one. */
  readonly nearMisses: readonly Example[];
}

type Parameters = Readonly<Record<string, unknown>>;

/** Parameters of a call, by its event name. */
type Calls = Readonly<Record<string, Parameters>>;

const ADMIN = user('alice', true);
const INTRUDER = user('build-server');
const FEDERATED = role('AWSReservedSSO_AdministratorAccess_0123456789abcdef', 'alice@example.com');
const APP = role('OrdersServiceRole', 'orders-service');
const ELASTIC_LOAD_BALANCING = role('AWSServiceRoleForElasticLoadBalancing', 'ElasticLoadBalancing');

/** CloudTrail as it delivers to the log group. */
const DELIVERY = role('AccountBaseline-AuditTrailDeliveryRole-AbCdEf', 'CLOUDWATCH_LOGS_DELIVERY_SESSION');

/** CloudFormation gives the function and its role such names; IAM knows the function by the session's name. */
const SETTINGS_FUNCTION = role('AccountBaseline-SettingsRole-AbCdEf', 'AccountBaseline-Settings-GhIjKl');

const ROOT_WITH_KEY: Identity = { ...root(), accessKeyId: 'AKIAIOSFODNN7EXAMPLE' };

/**
 * A session that the organization's management account took on root of this member account. The field is in
 * CloudTrail's list; AWS's only example of such a record lacks it.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
const CENTRAL_ROOT = root({ ...session(false), assumedRoot: 'true' });

/** Root in the console, as the IAM pages of the console log it: as if the sign-in service had called. */
const ROOT_IN_IAM_CONSOLE = through('signin', ROOT);

const EVERYBODY = { policyDocument: '{"Version":"2012-10-17","Statement":[]}' };
const POLICY = { policyArn: `arn:aws:iam::${ACCOUNT}:policy/Deployment` };
const KEY = { keyId: `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab` };
const BUCKET = { bucketName: 'orders-archive', Host: 'orders-archive.s3.us-east-1.amazonaws.com' };
const TRAIL = { name: `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/account-baseline` };
const GROUP = { groupId: 'sg-0a1b2c3d4e5f60718' };
const ANYWHERE = {
  items: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }],
};
const RULES_REWRITTEN = { ModifySecurityGroupRulesRequest: { GroupId: GROUP.groupId } };
const ACL = { networkAclId: 'acl-0a1b2c3d4e5f60718' };
const ACL_ENTRY = { ...ACL, ruleNumber: 90, egress: false, ruleAction: 'allow', cidrBlock: '0.0.0.0/0' };
const GATEWAY = { internetGatewayId: 'igw-0a1b2c3d4e5f60718' };
const CUSTOMER_GATEWAY = { customerGatewayId: 'cgw-0a1b2c3d4e5f60718' };
const ROUTES = { routeTableId: 'rtb-0a1b2c3d4e5f60718' };
const ROUTE = { ...ROUTES, destinationCidrBlock: '0.0.0.0/0', gatewayId: GATEWAY.internetGatewayId };
const VPC = { vpcId: 'vpc-0a1b2c3d4e5f60718' };
const PEERING = { vpcPeeringConnectionId: 'pcx-0a1b2c3d4e5f60718' };
const ORGANIZATION_POLICY = { policyId: 'p-0a1b2c3d', targetId: ACCOUNT };
const UNIT = { organizationalUnitId: 'ou-ab12-0a1b2c3d' };
const HANDSHAKE = { handshakeId: 'h-0a1b2c3d4e5f60718293a4b5c6d7e8f9' };
const MFA_DEVICE = { serialNumber: `arn:aws:iam::${ACCOUNT}:mfa/root-account-mfa-device` };

const LOG_BUCKET = { bucketName: 'accountbaseline-audittrailbucket-abcdef' };
const LOG_GROUP = { logGroupName: 'AccountBaseline-AuditTrailLogGroup28BB9333-AbCdEf' };
/** Names as CloudFormation makes them: of the stack, the resource, and a suffix. */
const ROOT_ALARM = 'AccountBaseline-AlarmsRootUser-AbCdEf';
const ACTIVITY_ALARM = 'AccountBaseline-AlarmsActivity-GhIjKl';
const ROOT_FILTER = { ...LOG_GROUP, filterName: 'AccountBaseline-AlarmsOnRootUsed-AbCdEf' };
const EXPLAINER = 'AccountBaseline-NotificationsExplainer-AbCdEf';
const NOTIFICATIONS = `arn:aws:sns:us-east-1:${ACCOUNT}:AccountBaseline-NotificationsTopicAE679CBD-AbCdEf`;
const ALARMS = `arn:aws:sns:us-east-1:${ACCOUNT}:AccountBaseline-NotificationsAlarmTopic11223344-AbCdEf`;
const STACK = `arn:aws:cloudformation:us-east-1:${ACCOUNT}:stack`;
const APP_LOG_GROUP = { logGroupName: '/aws/lambda/OrdersService-Handler886CB40B-AbCdEf' };
const APP_TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:OrdersService-AlarmTopicD01E77F9-AbCdEf`;

const IAM_POLICY_CALLS: Calls = {
  DeleteGroupPolicy: { groupName: 'Developers', policyName: 'Deployment' },
  DeleteRolePolicy: { roleName: 'Deployer', policyName: 'Deployment' },
  DeleteUserPolicy: { userName: 'bob', policyName: 'Deployment' },
  PutGroupPolicy: { groupName: 'Developers', policyName: 'Deployment', ...EVERYBODY },
  PutRolePolicy: { roleName: 'Deployer', policyName: 'Deployment', ...EVERYBODY },
  PutUserPolicy: { userName: 'bob', policyName: 'Deployment', ...EVERYBODY },
  CreatePolicy: { policyName: 'Deployment', ...EVERYBODY },
  DeletePolicy: POLICY,
  CreatePolicyVersion: { ...POLICY, ...EVERYBODY, setAsDefault: true },
  DeletePolicyVersion: { ...POLICY, versionId: 'v1' },
  AttachRolePolicy: { ...POLICY, roleName: 'Deployer' },
  DetachRolePolicy: { ...POLICY, roleName: 'Deployer' },
  AttachUserPolicy: { ...POLICY, userName: 'bob' },
  DetachUserPolicy: { ...POLICY, userName: 'bob' },
  AttachGroupPolicy: { ...POLICY, groupName: 'Developers' },
  DetachGroupPolicy: { ...POLICY, groupName: 'Developers' },
};

const BUCKET_CALLS: Calls = {
  PutBucketAcl: { ...BUCKET, 'x-amz-acl': 'public-read', acl: '' },
  PutBucketPolicy: { ...BUCKET, policy: '', bucketPolicy: { Version: '2012-10-17', Statement: [] } },
  DeleteBucketPolicy: { ...BUCKET, policy: '' },
  PutBucketCors: { ...BUCKET, cors: '' },
  DeleteBucketCors: { ...BUCKET, cors: '' },
  PutBucketLifecycle: { ...BUCKET, lifecycle: '' },
  DeleteBucketLifecycle: { ...BUCKET, lifecycle: '' },
  PutBucketReplication: { ...BUCKET, replication: '' },
  DeleteBucketReplication: { ...BUCKET, replication: '' },
};

const SECURITY_GROUP_CALLS: Calls = {
  AuthorizeSecurityGroupIngress: { ...GROUP, ipPermissions: ANYWHERE },
  AuthorizeSecurityGroupEgress: { ...GROUP, ipPermissions: ANYWHERE },
  RevokeSecurityGroupIngress: { ...GROUP, ipPermissions: ANYWHERE },
  RevokeSecurityGroupEgress: { ...GROUP, ipPermissions: ANYWHERE },
  CreateSecurityGroup: { groupName: 'database', groupDescription: 'database', ...VPC },
  DeleteSecurityGroup: GROUP,
};

const NETWORK_ACL_CALLS: Calls = {
  CreateNetworkAcl: VPC,
  DeleteNetworkAcl: ACL,
  CreateNetworkAclEntry: ACL_ENTRY,
  DeleteNetworkAclEntry: ACL_ENTRY,
  ReplaceNetworkAclEntry: ACL_ENTRY,
  ReplaceNetworkAclAssociation: { ...ACL, associationId: 'aclassoc-0a1b2c3d4e5f60718' },
};

const GATEWAY_CALLS: Calls = {
  CreateCustomerGateway: { type: 'ipsec.1', ipAddress: '203.0.113.12', bgpAsn: 65000 },
  DeleteCustomerGateway: CUSTOMER_GATEWAY,
  AttachInternetGateway: { ...GATEWAY, ...VPC },
  CreateInternetGateway: {},
  DeleteInternetGateway: GATEWAY,
  DetachInternetGateway: { ...GATEWAY, ...VPC },
};

const ROUTE_CALLS: Calls = {
  CreateRoute: ROUTE,
  CreateRouteTable: VPC,
  ReplaceRoute: ROUTE,
  ReplaceRouteTableAssociation: { ...ROUTES, associationId: 'rtbassoc-0a1b2c3d4e5f60718' },
  DeleteRouteTable: ROUTES,
  DeleteRoute: { ...ROUTES, destinationCidrBlock: '0.0.0.0/0' },
  DisassociateRouteTable: { associationId: 'rtbassoc-0a1b2c3d4e5f60718' },
};

const VPC_CALLS: Calls = {
  CreateVpc: { cidrBlock: '10.0.0.0/16' },
  DeleteVpc: VPC,
  ModifyVpcAttribute: { ...VPC, enableDnsHostnames: { value: true } },
  AcceptVpcPeeringConnection: PEERING,
  CreateVpcPeeringConnection: { ...VPC, peerVpcId: 'vpc-0f1e2d3c4b5a69788', peerOwnerId: '210987654321' },
  DeleteVpcPeeringConnection: PEERING,
  RejectVpcPeeringConnection: PEERING,
  AttachClassicLinkVpc: { ...VPC, instanceId: 'i-0a1b2c3d4e5f60718' },
  DetachClassicLinkVpc: { ...VPC, instanceId: 'i-0a1b2c3d4e5f60718' },
  DisableVpcClassicLink: VPC,
  EnableVpcClassicLink: VPC,
};

const ORGANIZATION_CALLS: Calls = {
  AcceptHandshake: HANDSHAKE,
  AttachPolicy: ORGANIZATION_POLICY,
  CancelHandshake: HANDSHAKE,
  CreateAccount: { accountName: 'sandbox', email: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
  CreateOrganization: { featureSet: 'ALL' },
  CreateOrganizationalUnit: { name: 'Sandboxes', parentId: 'r-ab12' },
  CreatePolicy: { name: 'DenyRegions', type: 'SERVICE_CONTROL_POLICY', content: '{}' },
  DeclineHandshake: HANDSHAKE,
  DeleteOrganization: {},
  DeleteOrganizationalUnit: UNIT,
  DeletePolicy: { policyId: ORGANIZATION_POLICY.policyId },
  DetachPolicy: ORGANIZATION_POLICY,
  DisablePolicyType: { rootId: 'r-ab12', policyType: 'SERVICE_CONTROL_POLICY' },
  EnableAllFeatures: {},
  EnablePolicyType: { rootId: 'r-ab12', policyType: 'SERVICE_CONTROL_POLICY' },
  InviteAccountToOrganization: { target: { type: 'ACCOUNT', id: '210987654321' } },
  LeaveOrganization: {},
  MoveAccount: {
    accountId: ACCOUNT,
    sourceParentId: 'r-ab12',
    destinationParentId: UNIT.organizationalUnitId,
  },
  RemoveAccountFromOrganization: { accountId: ACCOUNT },
  UpdateOrganizationalUnit: { ...UNIT, name: 'Sandboxes' },
  UpdatePolicy: { policyId: ORGANIZATION_POLICY.policyId, content: '{}' },
};

/** Calls of root on its own credentials, which need no parameters or name the user "AWS ROOT USER". */
const ROOT_CREDENTIAL_CALLS: Calls = {
  DeleteAccessKey: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
  UpdateAccessKey: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', status: 'Active' },
  CreateVirtualMFADevice: { virtualMFADeviceName: 'root-account-mfa-device' },
  EnableMFADevice: { userName: 'AWS ROOT USER', ...MFA_DEVICE },
  DeactivateMFADevice: { userName: 'AWS ROOT USER', ...MFA_DEVICE },
  DeleteVirtualMFADevice: MFA_DEVICE,
};

const BY_HAND: Calls = {
  AttachUserPolicy: { policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess', userName: 'bob' },
  CreatePolicyVersion: { ...POLICY, ...EVERYBODY, setAsDefault: true },
  SetDefaultPolicyVersion: { ...POLICY, versionId: 'v3' },
  UpdateAssumeRolePolicy: { roleName: 'Deployer', ...EVERYBODY },
  AddUserToGroup: { groupName: 'Administrators', userName: 'bob' },
  RemoveUserFromGroup: { groupName: 'Administrators', userName: 'alice' },
  CreateLoginProfile: { userName: 'bob' },
  UpdateLoginProfile: { userName: 'alice' },
};

/**
 * Records for each detection that it must and must not take for its own.
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
 */
export const EXAMPLES: Readonly<Record<string, Examples>> = numbered({
  CallDenied: {
    matches: [
      example(
        'EC2 refuses',
        denied('ec2', 'RunInstances', INTRUDER, { errorCode: 'Client.UnauthorizedOperation' }),
      ),
      example('IAM refuses', denied('iam', 'ListUsers', INTRUDER)),
      example(
        'Lambda refuses',
        denied('lambda', 'ListFunctions20150331', APP, { errorCode: 'AccessDeniedException' }),
      ),
    ],
    nearMisses: [
      example('the call succeeds', call('iam', 'ListUsers', INTRUDER)),
      example(
        'what was asked for does not exist',
        call('iam', 'GetRole', APP, { errorCode: 'NoSuchEntityException' }),
      ),
      example(
        'too many calls',
        call('ec2', 'DescribeInstances', APP, { errorCode: 'Client.RequestLimitExceeded' }),
      ),
      example(
        'a token has expired',
        call('sso', 'GetRoleCredentials', APP, { errorCode: 'UnauthorizedException' }),
      ),
    ],
  },

  SignInWithoutMfa: {
    matches: [
      example('a user signs in with a password alone', signIn(user('bob'), 'No')),
      example('a user does so in another Region', signIn(user('bob'), 'No', { awsRegion: 'eu-north-1' })),
      example('an administrator signs in with a password alone', signIn(user('alice'), 'No')),
    ],
    nearMisses: [
      example('a user signs in with MFA', signIn(user('bob'), 'Yes')),
      example('the password is wrong', failedSignIn(unproven('bob'))),
      example('the identity provider asked for MFA', signIn(FEDERATED)),
      example('it did, but the record says no', signIn(FEDERATED, 'No')),
      example('root signs in with a password alone', signIn(root(), 'No')),
      // AWS's page of sign-in events spells root's so.
      example('root signs in with MFA', signIn(root(), 'YES')),
    ],
  },

  RootUsed: {
    matches: [
      ...rootAtWork(),
      example(
        'the management account works as root',
        call('s3', 'DeleteBucketPolicy', CENTRAL_ROOT, parameters(BUCKET)),
      ),
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-track-privileged-tasks.html
      example(
        'it does, in the form of the IAM guide',
        call('sqs', 'SetQueueAttributes', root(session(false))),
      ),
      example(
        'a service reports root after an outage',
        consoleCall('ec2', 'DescribeVpcs', ROOT, addendum('SERVICE_OUTAGE')),
      ),
    ],
    nearMisses: notRoot(),
  },

  IamPolicyChanged: {
    matches: calls('iam', ADMIN, IAM_POLICY_CALLS),
    nearMisses: [
      // Named by Security Hub as the reason for its eventSource.
      example('Auto Scaling deletes a scaling policy', call('autoscaling', 'DeletePolicy', APP)),
      example('IoT attaches a policy', call('iot', 'AttachPolicy', APP)),
      example('a policy is read', call('iam', 'GetRolePolicy', ADMIN)),
      example('a trust policy changes', call('iam', 'UpdateAssumeRolePolicy', ADMIN)),
    ],
  },

  TrailChanged: {
    matches: calls('cloudtrail', ADMIN, {
      CreateTrail: { ...TRAIL, s3BucketName: 'trail' },
      UpdateTrail: { ...TRAIL, isMultiRegionTrail: false },
      DeleteTrail: TRAIL,
      StartLogging: TRAIL,
      StopLogging: TRAIL,
    }),
    nearMisses: [
      example('trails are listed', call('cloudtrail', 'DescribeTrails', ADMIN)),
      example('the status is read', call('cloudtrail', 'GetTrailStatus', ADMIN, parameters(TRAIL))),
      example(
        'a trail is tagged',
        call('cloudtrail', 'AddTags', ADMIN, parameters({ resourceId: TRAIL.name })),
      ),
    ],
  },

  SignInFailed: {
    matches: [
      example('the password of a user is wrong', failedSignIn(unproven('bob'))),
      example('the password of root is wrong', failedSignIn(root())),
    ],
    nearMisses: [
      example('a user signs in', signIn(user('bob'), 'Yes')),
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
      example(
        'nobody has that name',
        failedSignIn(unproven('HIDDEN_DUE_TO_SECURITY_REASONS'), 'No username found in supplied account'),
      ),
      example('the page asks for MFA', signInPage('CheckMfa', unproven('bob'))),
      example(
        'a new password is refused',
        call('iam', 'ChangePassword', ADMIN, { errorCode: 'PasswordPolicyViolation' }),
      ),
    ],
  },

  KeyDisabled: {
    matches: calls('kms', ADMIN, {
      DisableKey: KEY,
      ScheduleKeyDeletion: { ...KEY, pendingWindowInDays: 7 },
    }),
    nearMisses: [
      example('a key is enabled', call('kms', 'EnableKey', ADMIN, parameters(KEY))),
      example('a deletion is cancelled', call('kms', 'CancelKeyDeletion', ADMIN, parameters(KEY))),
      example('a key is no longer rotated', call('kms', 'DisableKeyRotation', ADMIN, parameters(KEY))),
    ],
  },

  BucketPolicyChanged: {
    matches: calls('s3', ADMIN, BUCKET_CALLS),
    nearMisses: [
      example('a bucket policy is read', call('s3', 'GetBucketPolicy', ADMIN, parameters(BUCKET))),
      example('a bucket is tagged', call('s3', 'PutBucketTagging', ADMIN, parameters(BUCKET))),
      example('a policy of a vault changes', call('backup', 'PutBackupVaultAccessPolicy', ADMIN)),
    ],
  },

  ConfigChanged: {
    matches: calls('config', ADMIN, {
      StopConfigurationRecorder: { configurationRecorderName: 'default' },
      DeleteDeliveryChannel: { deliveryChannelName: 'default' },
      PutDeliveryChannel: { deliveryChannel: { name: 'default', s3BucketName: 'config' } },
      PutConfigurationRecorder: { configurationRecorder: { name: 'default' } },
    }),
    nearMisses: [
      example('the recorder is read', call('config', 'DescribeConfigurationRecorders', ADMIN)),
      example('the recorder starts', call('config', 'StartConfigurationRecorder', ADMIN)),
      example('a rule is added', call('config', 'PutConfigRule', ADMIN)),
    ],
  },

  SecurityGroupChanged: {
    matches: calls('ec2', ADMIN, SECURITY_GROUP_CALLS),
    nearMisses: [
      example('security groups are read', call('ec2', 'DescribeSecurityGroups', ADMIN)),
      // The text of Security Hub leaves it out; ChangedByHand has it.
      example(
        'a rule is rewritten in place',
        call('ec2', 'ModifySecurityGroupRules', ADMIN, parameters(RULES_REWRITTEN)),
      ),
      example('a cache gets a group of its own', call('elasticache', 'CreateCacheSecurityGroup', ADMIN)),
      example('an instance starts', call('ec2', 'RunInstances', ADMIN)),
    ],
  },

  NetworkAclChanged: {
    matches: calls('ec2', ADMIN, NETWORK_ACL_CALLS),
    nearMisses: [
      example('network ACLs are read', call('ec2', 'DescribeNetworkAcls', ADMIN)),
      example('a web ACL is made', call('wafv2', 'CreateWebACL', ADMIN)),
    ],
  },

  GatewayChanged: {
    matches: calls('ec2', ADMIN, GATEWAY_CALLS),
    nearMisses: [
      example('internet gateways are read', call('ec2', 'DescribeInternetGateways', ADMIN)),
      example('a NAT gateway is made', call('ec2', 'CreateNatGateway', ADMIN)),
      example('an API gets a response', call('apigateway', 'PutGatewayResponse', ADMIN)),
    ],
  },

  RouteChanged: {
    matches: calls('ec2', ADMIN, ROUTE_CALLS),
    nearMisses: [
      example('route tables are read', call('ec2', 'DescribeRouteTables', ADMIN)),
      // Same names, another service: why the pattern names EC2.
      example('an HTTP API gets a route', call('apigateway', 'CreateRoute', ADMIN)),
      example('a mesh loses a route', call('appmesh', 'DeleteRoute', ADMIN)),
    ],
  },

  VpcChanged: {
    matches: calls('ec2', ADMIN, VPC_CALLS),
    nearMisses: [
      example('VPCs are read', call('ec2', 'DescribeVpcs', ADMIN)),
      example('a subnet is made', call('ec2', 'CreateSubnet', ADMIN, parameters(VPC))),
      example('a VPC endpoint is made', call('ec2', 'CreateVpcEndpoint', ADMIN, parameters(VPC))),
    ],
  },

  OrganizationChanged: {
    matches: calls('organizations', ADMIN, ORGANIZATION_CALLS),
    nearMisses: [
      example('the organization is read', call('organizations', 'DescribeOrganization', ADMIN)),
      example('IAM gets a policy', call('iam', 'CreatePolicy', ADMIN)),
      example('IoT attaches a policy', call('iot', 'AttachPolicy', ADMIN)),
      example('an account is tagged', call('organizations', 'TagResource', ADMIN)),
    ],
  },

  RootCredentialsChanged: {
    matches: [
      example('an access key is made in the console', call('iam', 'CreateAccessKey', ROOT_IN_IAM_CONSOLE)),
      example('an access key makes another', call('iam', 'CreateAccessKey', ROOT_WITH_KEY)),
      example('root changes its password as IAM logs it', consoleCall('iam', 'ChangePassword', ROOT)),
      ...calls('iam', ROOT_IN_IAM_CONSOLE, ROOT_CREDENTIAL_CALLS),
      example(
        'MFA is enabled as AWS documents it',
        call('iam', 'EnableMFADevice', ROOT, parameters(MFA_DEVICE)),
      ),
      ...['DeleteAccessKey', 'DeleteLoginProfile', 'DeleteSigningCertificate'].map((name) =>
        example(`central root access: ${name}`, call('iam', name, CENTRAL_ROOT)),
      ),
      // No record of an EmailUpdated is public; this one takes the form of PasswordUpdated.
      ...['PasswordRecoveryRequested', 'PasswordRecoveryCompleted', 'PasswordUpdated', 'EmailUpdated'].map(
        (name) => example(name, signInPage(name, root())),
      ),
      // https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/logging-using-cloudtrail.html
      ...['SetIAMAccessPreference', 'SetAccountPreferences', 'CloseAccount'].map((name) =>
        example(name, consoleCall('billingconsole', name, ROOT, { eventType: 'AwsConsoleAction' })),
      ),
    ],
    nearMisses: [
      example('a user makes a key for itself', call('iam', 'CreateAccessKey', through('signin', ADMIN))),
      example('a user changes its password', consoleCall('iam', 'ChangePassword', ADMIN)),
      example(
        'a user enrols MFA',
        consoleCall('iam', 'EnableMFADevice', ADMIN, parameters({ userName: 'alice' })),
      ),
      example('root lists its keys', consoleCall('iam', 'ListAccessKeys', ROOT)),
      example(
        'central root access looks whether root has a password',
        call('iam', 'GetLoginProfile', CENTRAL_ROOT),
      ),
      example('root signs in', signIn(root(), 'Yes')),
      example('root is asked for MFA', signInPage('CheckMfa', root())),
      example('root looks at its preferences', consoleCall('billingconsole', 'GetAccountPreferences', ROOT)),
    ],
  },

  RootUsedDirectly: {
    matches: rootAtWork(),
    nearMisses: [
      example(
        'the management account works as root',
        call('s3', 'DeleteBucketPolicy', CENTRAL_ROOT, parameters(BUCKET)),
      ),
      example(
        'the management account removes the password of root',
        call('iam', 'DeleteLoginProfile', CENTRAL_ROOT),
      ),
      example(
        'a service reports root after an outage',
        consoleCall('ec2', 'DescribeVpcs', ROOT, addendum('SERVICE_OUTAGE')),
      ),
      example(
        'the record of root comes late',
        consoleCall('ec2', 'DescribeVpcs', ROOT, addendum('DELIVERY_DELAY')),
      ),
      example(
        'the record of root is corrected',
        consoleCall('ec2', 'DescribeVpcs', ROOT, addendum('UPDATED_DATA')),
      ),
      ...notRoot(),
    ],
  },

  BaselineTamperedWith: {
    matches: [
      ...calls('monitoring', ADMIN, {
        DeleteAlarms: { alarmNames: [ROOT_ALARM] },
        DisableAlarmActions: { alarmNames: [ROOT_ALARM, ACTIVITY_ALARM] },
        PutMetricAlarm: { alarmName: ROOT_ALARM, threshold: 1000 },
      }),
      example(
        'an alarm is deleted among others',
        call('monitoring', 'DeleteAlarms', INTRUDER, parameters({ alarmNames: ['Orders', ROOT_ALARM] })),
      ),
      ...calls('sns', ADMIN, {
        Unsubscribe: { subscriptionArn: `${NOTIFICATIONS}:12ab34cd-5678-4e90-a1b2-c3d4e5f60718` },
        DeleteTopic: { topicArn: NOTIFICATIONS },
        SetTopicAttributes: { topicArn: ALARMS, attributeName: 'Policy', attributeValue: '{}' },
        RemovePermission: { topicArn: ALARMS, label: 'alarms' },
      }),
      ...calls('lambda', INTRUDER, {
        UpdateFunctionCode20150331v2: { functionName: EXPLAINER },
        PutFunctionConcurrency20171031: { functionName: EXPLAINER, reservedConcurrentExecutions: 0 },
        RemovePermission20150331v2: {
          functionName: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:${EXPLAINER}`,
        },
      }),
      ...calls('monitoring', INTRUDER, {
        PutAlarmMuteRule: { name: 'quiet', muteTargets: { alarmNames: [ROOT_ALARM] } },
      }),
      ...calls('iam', INTRUDER, {
        DeleteRolePolicy: {
          roleName: 'AccountBaseline-NotificationsExplainerRole-AbCdEf',
          policyName: 'Default',
        },
      }),
      ...calls('cloudtrail', INTRUDER, {
        PutEventSelectors: { trailName: `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/account-baseline` },
      }),
      ...calls('logs', FEDERATED, {
        DeleteMetricFilter: ROOT_FILTER,
        PutMetricFilter: { ...ROOT_FILTER, filterPattern: 'nothing' },
        DeleteLogStream: { ...LOG_GROUP, logStreamName: `${ACCOUNT}_CloudTrail_us-east-1` },
        DeleteRetentionPolicy: LOG_GROUP,
        PutRetentionPolicy: { ...LOG_GROUP, retentionInDays: 1 },
        DeleteLogGroup: LOG_GROUP,
      }),
      ...calls('cloudformation', ROOT, {
        DeleteStack: { stackName: 'AccountBaseline' },
        UpdateTerminationProtection: { stackName: 'AccountBaseline', enableTerminationProtection: false },
      }),
      example(
        'the stack is deleted by its ARN',
        consoleCall(
          'cloudformation',
          'DeleteStack',
          ADMIN,
          parameters({ stackName: `${STACK}/AccountBaseline/0a1b2c3d` }),
        ),
      ),
    ],
    nearMisses: [
      example(
        'an application deletes its own alarms',
        call(
          'monitoring',
          'DeleteAlarms',
          APP,
          parameters({ alarmNames: ['Orders-Errors', 'Orders-Latency'] }),
        ),
      ),
      example(
        'somebody leaves another topic',
        call(
          'sns',
          'Unsubscribe',
          APP,
          parameters({ subscriptionArn: `${APP_TOPIC}:12ab34cd-5678-4e90-a1b2-c3d4e5f60718` }),
        ),
      ),
      example(
        'another topic is deleted',
        call('sns', 'DeleteTopic', APP, parameters({ topicArn: APP_TOPIC })),
      ),
      example(
        'another topic changes',
        call(
          'sns',
          'SetTopicAttributes',
          APP,
          parameters({ topicArn: APP_TOPIC, attributeName: 'DisplayName', attributeValue: 'Orders' }),
        ),
      ),
      example(
        'somebody confirms an address of the topic',
        call('sns', 'ConfirmSubscription', ADMIN, parameters({ topicArn: NOTIFICATIONS })),
      ),
      example(
        'an address is added to the topic',
        call('sns', 'Subscribe', ADMIN, parameters({ topicArn: NOTIFICATIONS, protocol: 'email' })),
      ),
      example(
        'another log group gets a filter',
        call(
          'logs',
          'PutMetricFilter',
          APP,
          parameters({ ...APP_LOG_GROUP, filterName: 'Errors', filterPattern: 'ERROR' }),
        ),
      ),
      example(
        'another log group is kept shorter',
        call('logs', 'PutRetentionPolicy', APP, parameters({ ...APP_LOG_GROUP, retentionInDays: 30 })),
      ),
      example('another log group is deleted', call('logs', 'DeleteLogGroup', APP, parameters(APP_LOG_GROUP))),
      example(
        'CloudTrail makes a stream in the log group',
        call(
          'logs',
          'CreateLogStream',
          DELIVERY,
          parameters({ ...LOG_GROUP, logStreamName: `${ACCOUNT}_CloudTrail_us-east-1` }),
        ),
      ),
      example(
        'the stack is protected',
        call(
          'cloudformation',
          'UpdateTerminationProtection',
          ROOT,
          parameters({ stackName: 'AccountBaseline', enableTerminationProtection: true }),
        ),
      ),
      example(
        'a first password is deleted, as it should be',
        call(
          'secretsmanager',
          'DeleteSecret',
          ADMIN,
          parameters({
            secretId: `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:AccountBaseline-AdminAccessalicePassword-AbCdEf`,
          }),
        ),
      ),
      example(
        'a function of the baseline makes a stream for its own log',
        call(
          'logs',
          'CreateLogStream',
          SETTINGS_FUNCTION,
          parameters({ logGroupName: 'AccountBaseline-FunctionLogs-AbCdEf', logStreamName: '2026/11/24/x' }),
        ),
      ),
      example(
        'the stack is deployed again',
        call(
          'cloudformation',
          'ExecuteChangeSet',
          ADMIN,
          parameters({ stackName: 'AccountBaseline', changeSetName: 'cdk-deploy-change-set' }),
        ),
      ),
      example(
        'another stack is deleted',
        call(
          'cloudformation',
          'DeleteStack',
          ADMIN,
          parameters({ stackName: `${STACK}/OrdersService/0a1b2c3d` }),
        ),
      ),
      example(
        'a stack whose name begins so loses its protection',
        call(
          'cloudformation',
          'UpdateTerminationProtection',
          ADMIN,
          parameters({ stackName: 'AccountBaselineTrial', enableTerminationProtection: false }),
        ),
      ),
      example(
        'the stack is read',
        call('cloudformation', 'DescribeStacks', ADMIN, parameters({ stackName: 'AccountBaseline' })),
      ),
      example(
        'alarms are read',
        call('monitoring', 'DescribeAlarms', ADMIN, parameters({ alarmNamePrefix: 'AccountBaseline-' })),
      ),
      example(
        'an update of the stack replaces an alarm',
        call('monitoring', 'DeleteAlarms', CLOUDFORMATION, parameters({ alarmNames: [ROOT_ALARM] })),
      ),
      example(
        'an update of the stack changes a filter',
        call('logs', 'PutMetricFilter', CLOUDFORMATION, parameters(ROOT_FILTER)),
      ),
      example(
        'an update of the stack changes the topic',
        call(
          'sns',
          'SetTopicAttributes',
          through('cloudformation', ADMIN),
          parameters({ topicArn: NOTIFICATIONS }),
        ),
      ),
    ],
  },

  AccessKeyCreated: {
    matches: [
      example(
        'a user makes one for itself',
        consoleCall('iam', 'CreateAccessKey', ADMIN, parameters({ userName: 'alice' })),
      ),
      example(
        'an administrator makes one for another',
        call('iam', 'CreateAccessKey', ADMIN, parameters({ userName: 'bob' })),
      ),
      example(
        'a role makes one',
        call('iam', 'CreateAccessKey', APP, parameters({ userName: 'build-server' })),
      ),
      example('an intruder is refused one', denied('iam', 'CreateAccessKey', INTRUDER)),
    ],
    nearMisses: [
      example('keys are listed', call('iam', 'ListAccessKeys', ADMIN)),
      example(
        'a key is switched off',
        call('iam', 'UpdateAccessKey', ADMIN, parameters({ status: 'Inactive' })),
      ),
      example('a key is deleted', call('iam', 'DeleteAccessKey', ADMIN)),
      example('the last use is read', call('iam', 'GetAccessKeyLastUsed', ADMIN)),
    ],
  },

  AccountSettingsChanged: {
    matches: [
      ...calls('iam', ADMIN, {
        UpdateAccountPasswordPolicy: { minimumPasswordLength: 6 },
        DeleteAccountPasswordPolicy: {},
      }),
      ...calls('s3', ADMIN, {
        PutAccountPublicAccessBlock: {},
        DeleteAccountPublicAccessBlock: {},
      }),
      ...calls('ec2', ADMIN, {
        DisableEbsEncryptionByDefault: {},
        ModifyInstanceMetadataDefaults: {},
        EnableSnapshotBlockPublicAccess: {},
        DisableSnapshotBlockPublicAccess: {},
        DisableImageBlockPublicAccess: {},
        EnableSerialConsoleAccess: {},
      }),
      ...calls('access-analyzer', ADMIN, { DeleteAnalyzer: { analyzerName: 'account-baseline' } }),
      ...calls('account', INTRUDER, {
        PutAlternateContact: { alternateContactType: 'SECURITY' },
        DeleteAlternateContact: { alternateContactType: 'SECURITY' },
      }),
      ...calls('logs', INTRUDER, {
        PutAccountPolicy: { policyName: 'mask', policyType: 'DATA_PROTECTION_POLICY', scope: 'ALL' },
      }),
      ...calls('guardduty', INTRUDER, {
        UpdateDetector: { detectorId: '12abc34d567e8fa901bc2d34e56789f0', enable: false },
        DeleteDetector: { detectorId: '12abc34d567e8fa901bc2d34e56789f0' },
      }),
      ...calls('logs', INTRUDER, {
        PutDataProtectionPolicy: { logGroupIdentifier: '/aws/cloudtrail', policyDocument: '{}' },
      }),
      ...calls('securityhub', INTRUDER, { DisableSecurityHub: {}, DisableSecurityHubV2: {} }),
      // Whoever may call it could have it weaken what it set.
      example('the baseline’s own function', call('iam', 'UpdateAccountPasswordPolicy', SETTINGS_FUNCTION)),
    ],
    nearMisses: [
      example('GuardDuty is read', call('guardduty', 'GetDetector', ADMIN)),
      example('Security Hub is read', call('securityhub', 'DescribeSecurityHubV2', ADMIN)),
      example('another detector is read', call('frauddetector', 'DescribeDetector', APP)),
      example('a contact is read', call('account', 'GetAlternateContact', ADMIN)),
      example('it is read', call('iam', 'GetAccountPasswordPolicy', ADMIN)),
      example('the block is read', call('s3', 'GetAccountPublicAccessBlock', ADMIN)),
      example('the metadata defaults are read', call('ec2', 'GetInstanceMetadataDefaults', ADMIN)),
      example('one bucket is opened', call('s3', 'PutBucketPublicAccessBlock', ADMIN)),
      example('a password is changed', consoleCall('iam', 'ChangePassword', ADMIN)),
    ],
  },

  ChangedByHand: {
    matches: [
      ...calls('iam', ADMIN, BY_HAND),
      example('somebody opens the key', call('kms', 'PutKeyPolicy', ADMIN)),
      example('a key opens a security group', call('ec2', 'AuthorizeSecurityGroupIngress', INTRUDER)),
      example('root changes a bucket policy', consoleCall('s3', 'PutBucketPolicy', ROOT, parameters(BUCKET))),
      example(
        'somebody federated changes a bucket ACL',
        consoleCall('s3', 'PutBucketAcl', FEDERATED, parameters(BUCKET)),
      ),
      example('somebody’s device is taken away', consoleCall('iam', 'DeactivateMFADevice', ADMIN)),
      ...calls('s3', INTRUDER, {
        PutBucketLifecycle: LOG_BUCKET,
        PutBucketVersioning: LOG_BUCKET,
        PutBucketObjectLockConfiguration: LOG_BUCKET,
      }),
      ...calls('lambda', INTRUDER, {
        CreateFunction20150331: {
          functionName: 'helper',
          role: `arn:aws:iam::${ACCOUNT}:role/AccountBaseline-SettingsRole-AbCdEf`,
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
      example(
        'CloudFormation changes the log bucket',
        call('s3', 'PutBucketLifecycle', CLOUDFORMATION, parameters(LOG_BUCKET)),
      ),
      example(
        'an application makes its bucket’s files expire',
        call('s3', 'PutBucketLifecycle', APP, parameters(BUCKET)),
      ),
      example(
        'an application makes a function with its own role',
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
      example('a service makes a security group', call('ec2', 'CreateSecurityGroup', service('eks'))),
      example('a policy is read', consoleCall('iam', 'GetPolicyVersion', ADMIN)),
      example('a sign-in profile is read', consoleCall('iam', 'GetLoginProfile', ADMIN)),
      example('a key policy is read', consoleCall('kms', 'GetKeyPolicy', ADMIN)),
      example('a user is made', call('iam', 'CreateUser', ADMIN)),
      example('a bucket policy is read', consoleCall('s3', 'GetBucketPolicy', ADMIN, parameters(BUCKET))),
      example('a retention changes', call('logs', 'PutRetentionPolicy', APP, parameters(APP_LOG_GROUP))),
      example(
        'the stack sets the password policy',
        call('iam', 'UpdateAccountPasswordPolicy', SETTINGS_FUNCTION),
      ),
    ],
  },
});

/** What root itself did, with a record of each kind. */
function rootAtWork(): Example[] {
  return [
    example('root signs in', signIn(root(), 'Yes')),
    example('somebody tries the password of root', failedSignIn(root())),
    example('root works in the console', consoleCall('s3', 'ListBuckets', ROOT)),
    example('root works with an access key', call('sts', 'GetCallerIdentity', ROOT_WITH_KEY)),
  ];
}

/** What others did, and what services do in the name of root. */
function notRoot(): Example[] {
  return [
    // https://repost.aws/knowledge-center/cloudtrail-root-action-logs
    example(
      'a load balancer works for root',
      call('ec2', 'DeleteNetworkInterface', through('elasticloadbalancing', root())),
    ),
    // What the last term of CIS 5.3 is for.
    example(
      'a service reports an event',
      call('organizations', 'CreateAccountResult', ROOT, { eventType: 'AwsServiceEvent' }),
    ),
    example('a user is called root', consoleCall('s3', 'ListBuckets', user('root', true))),
    example('a role is called Root', call('s3', 'ListBuckets', role('Root', 'root'))),
  ];
}

function example(title: string, event: CloudTrailEvent): Example {
  return { title, event };
}

function parameters(requestParameters: Parameters): { requestParameters: Parameters } {
  return { requestParameters };
}

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
function addendum(reason: 'DELIVERY_DELAY' | 'SERVICE_OUTAGE' | 'UPDATED_DATA'): Parameters {
  return { addendum: { reason } };
}

/** A successful call of each event name. */
function calls(service: string, by: Identity, parametersByName: Calls): Example[] {
  return Object.entries(parametersByName).map(([name, requestParameters]) =>
    example(name, call(service, name, by, { requestParameters })),
  );
}

/** Gives each record an id of its own, though several detections share a kind of record. */
function numbered(examples: Readonly<Record<string, Examples>>): Readonly<Record<string, Examples>> {
  const number = (id: string, list: readonly Example[]) =>
    list.map(({ title, event }, index) => example(title, identified(event, `${id} ${title} ${index}`)));
  return Object.fromEntries(
    Object.entries(examples).map(([id, { matches, nearMisses }]) => [
      id,
      { matches: number(`${id} match`, matches), nearMisses: number(`${id} near miss`, nearMisses) },
    ]),
  );
}
