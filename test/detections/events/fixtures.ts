import { example, type Example } from './example';
import { PREFIX } from './names';
import {
  ACCOUNT,
  call,
  consoleCall,
  denied,
  failedSignIn,
  type Identity,
  role,
  ROOT,
  root,
  session,
  signIn,
  signInPage,
  through,
  user,
} from './record';

export const ADMIN = user('alice', true);
export const INTRUDER = user('build-server');
export const FEDERATED = role('AWSReservedSSO_AdministratorAccess_0123456789abcdef', 'alice@example.com');

/** An application. */
export const APP = role('OrdersServiceRole', 'orders-service');

/**
 * The function of the settings: CloudFormation names its role, and the session has the name of the function.
 */
export const SETTINGS_FUNCTION = role(
  `${PREFIX}-Settings-SettingsRole-AbCdEf`,
  `${PREFIX}-Settings-Settings-GhIjKl`,
);

export const ROOT_WITH_KEY: Identity = { ...root(), accessKeyId: 'AKIAIOSFODNN7EXAMPLE' };

/**
 * A session that the organization's management account started as root of this member account. The field is
 * in CloudTrail's list; AWS's only example of such a record lacks it.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export const CENTRAL_ROOT = root({ ...session(false), assumedRoot: 'true' });
export const EVERYBODY = { policyDocument: '{"Version":"2012-10-17","Statement":[]}' };
export const POLICY = { policyArn: `arn:aws:iam::${ACCOUNT}:policy/Deployment` };

/** A bucket of an application. */
export const BUCKET = { bucketName: 'orders-archive', Host: 'orders-archive.s3.us-east-1.amazonaws.com' };
export const GROUP = { groupId: 'sg-0a1b2c3d4e5f60718' };
export const RULES_REWRITTEN = { ModifySecurityGroupRulesRequest: { GroupId: GROUP.groupId } };
export const ACL = { networkAclId: 'acl-0a1b2c3d4e5f60718' };
export const ACL_ENTRY = {
  ...ACL,
  ruleNumber: 90,
  egress: false,
  ruleAction: 'allow',
  cidrBlock: '0.0.0.0/0',
};
export const GATEWAY = { internetGatewayId: 'igw-0a1b2c3d4e5f60718' };
export const ROUTES = { routeTableId: 'rtb-0a1b2c3d4e5f60718' };
export const ROUTE = { ...ROUTES, destinationCidrBlock: '0.0.0.0/0', gatewayId: GATEWAY.internetGatewayId };
export const VPC = { vpcId: 'vpc-0a1b2c3d4e5f60718' };
export const APP_LOG_GROUP = { logGroupName: '/aws/lambda/OrdersService-Handler886CB40B-AbCdEf' };

/** What root itself did: one record of each kind. */
export function rootAtWork(): Example[] {
  return [
    example('root signs in', signIn(root(), 'Yes')),
    example('root is denied by a policy of the organization', denied('ec2', 'RunInstances', ROOT_WITH_KEY)),
    example('root works in the console', consoleCall('s3', 'ListBuckets', ROOT)),
    example('root works with an access key', call('sts', 'GetCallerIdentity', ROOT_WITH_KEY)),
  ];
}

/** What anyone can do who knows the e-mail address of root. */
export function rootAttempts(): Example[] {
  return [
    example('somebody tries the password of root', failedSignIn(root())),
    example('somebody requests a new password', signInPage('PasswordRecoveryRequested', root())),
  ];
}

/** What others did, and what services do in the name of root. */
export function notRoot(): Example[] {
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

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
export function addendum(
  reason: 'DELIVERY_DELAY' | 'SERVICE_OUTAGE' | 'UPDATED_DATA',
): Readonly<Record<string, unknown>> {
  return { addendum: { reason } };
}
