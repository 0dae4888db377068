import { type Habit, regularly } from '../habit';
import { assumption, call, denied, linked, service, serviceEvent, uuid } from '../record';

const EXPLORER = linked('ResourceExplorer', 'resource-explorer-2');
const ADVISOR = linked('TrustedAdvisor', 'trustedadvisor');
const DATABASES = linked('RDS', 'rds');
const LOAD_BALANCERS = linked('ElasticLoadBalancing', 'elasticloadbalancing');

/** What AWS services do every two hours, some of it in vain for want of a permission. */
export const chores: Habit = {
  title: 'Chores of AWS services',
  records: () => [
    ...regularly(120, 0, 50, () => [
      call(service('cloudtrail'), 's3', 'GetBucketAcl', { bucketName: 'accountbaseline-audit-log', acl: '' }),
      call(service('cloudtrail'), 'kms', 'GenerateDataKey', {
        keyId: 'alias/account-baseline',
        keySpec: 'AES_256',
      }),
      call(EXPLORER, 'ec2', 'DescribeVolumes'),
      call(LOAD_BALANCERS, 'ec2', 'DescribeNetworkInterfaces'),
      assumption(service('rds'), 'aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS', 'SLRManagement'),
      call(DATABASES, 'monitoring', 'PutMetricData'),
    ]),
    ...regularly(6 * 60, 15, 30, () => [
      denied(ADVISOR, 'organizations', 'DescribeOrganization'),
      call(ADVISOR, 'ec2', 'DescribeSecurityGroups'),
      call(ADVISOR, 'iam', 'GetAccountSummary'),
    ]),
    // Services rotate their own keys and secrets.
    ...regularly(3 * 24 * 60, 200, 10, () => [
      serviceEvent('kms', 'RotateKey', { keyId: uuid('key of the website') }),
      serviceEvent('secretsmanager', 'RotationStarted', {}),
      serviceEvent('secretsmanager', 'RotationSucceeded', {}),
    ]),
  ],
};
