import { at, daily, DAYS, type Habit, inTurn, regularly } from '../habit';
import { call, denied, linked, role, service, serviceEvent, through } from '../record';

const CONFIG = linked('Config', 'config');
const EXECUTION = role('AWSControlTowerExecution', 'AWSControlTower', {
  sourceIPAddress: 'controltower.amazonaws.com',
  userAgent: 'controltower.amazonaws.com',
});
const STACK_SETS = through('cloudformation', role('stacksets-exec-1a2b3c4d5e6f', 'cloudformation', {}));

/** AWS Config records and evaluates; Control Tower checks whether the account still fits its landing zone. */
export const controlTower: Habit = {
  title: 'AWS Config and Control Tower',
  records: () => [
    ...regularly(120, 8, 20, () => [
      call(service('config'), 'sts', 'AssumeRole', {
        roleSessionName: 'AWSConfig-Describe',
        roleArn:
          'arn:aws:iam::123456789012:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig',
      }),
      ...['DescribeSecurityGroups', 'DescribeInstances', 'DescribeSubnets'].map((name) =>
        call(CONFIG, 'ec2', name),
      ),
      call(CONFIG, 's3', 'GetBucketPolicy', { bucketName: 'example-website', policy: '' }),
      call(CONFIG, 'config', 'PutEvaluations', { testMode: false }),
    ]),
    ...daily(DAYS, '03:30', 15, () => [
      ...[
        'DescribeConfigurationRecorders',
        'DescribeConfigurationRecorderStatus',
        'DescribeDeliveryChannels',
      ].map((name) => call(EXECUTION, 'config', name)),
      call(EXECUTION, 'cloudtrail', 'DescribeTrails'),
      call(EXECUTION, 'cloudtrail', 'GetTrailStatus', { name: 'aws-controltower-BaselineCloudTrail' }),
      call(EXECUTION, 'iam', 'GetRole', { roleName: 'AWSControlTowerExecution' }),
      call(CONFIG, 's3', 'PutObject', null, { managementEvent: true }),
      denied(CONFIG, 's3', 'GetBucketAcl', { bucketName: 'example-invoices', acl: '' }),
    ]),
    // The landing zone has a new version: StackSets update what they own.
    ...inTurn(at('Sat', '22:00'), 10, [
      call(EXECUTION, 'cloudformation', 'DescribeStacks', {
        stackName: 'StackSet-AWSControlTowerBP-BASELINE-CLOUDWATCH',
      }),
      call(EXECUTION, 'cloudformation', 'UpdateStack', {
        stackName: 'StackSet-AWSControlTowerBP-BASELINE-CLOUDWATCH',
      }),
      call(STACK_SETS, 'logs', 'PutRetentionPolicy', {
        logGroupName: '/aws/lambda/aws-controltower-NotificationForwarder',
        retentionInDays: 14,
      }),
      call(STACK_SETS, 'lambda', 'UpdateFunctionCode20150331v2', {
        functionName: 'aws-controltower-NotificationForwarder',
      }),
      call(STACK_SETS, 'sns', 'SetTopicAttributes', {
        topicArn: 'arn:aws:sns:us-east-1:123456789012:aws-controltower-SecurityNotifications',
        attributeName: 'DisplayName',
      }),
      call(STACK_SETS, 'events', 'PutRule', {
        name: 'aws-controltower-ConfigComplianceChangeEventRule',
        state: 'ENABLED',
      }),
      call(STACK_SETS, 'iam', 'PutRolePolicy', {
        roleName: 'aws-controltower-ForwardSnsNotificationRole',
        policyName: 'sns',
      }),
      serviceEvent('controltower', 'UpdateManagedAccount', {
        updateManagedAccountStatus: { state: 'SUCCEEDED' },
      }),
    ]),
  ],
};
