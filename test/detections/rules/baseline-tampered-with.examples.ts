import { calls, example, type Examples, parameters } from '../events/example';
import { ADMIN, APP, APP_LOG_GROUP, FEDERATED, INTRUDER, SETTINGS_FUNCTION } from '../events/fixtures';
import { LOG_GROUP, PREFIX } from '../events/names';
import { ACCOUNT, call, CLOUDFORMATION, consoleCall, denied, role, ROOT, through } from '../events/record';

/** The stacks of the suite, and one that a later version could add. */
const STACKS = ['Settings', 'Access', 'Audit', 'Alarms', 'Detectors', 'Federation'].map(
  (stack) => `${PREFIX}-${stack}`,
);
const STACK_ARN = `arn:aws:cloudformation:us-east-1:${ACCOUNT}:stack`;

/** CloudTrail as it delivers to the log group. */
const DELIVERY = role(`${PREFIX}-Audit-AuditTrailDeliveryRole-AbCdEf`, 'CLOUDWATCH_LOGS_DELIVERY_SESSION');
const LOGS = { logGroupName: LOG_GROUP };
const LOG_GROUP_ARN = `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:${LOG_GROUP}`;

const ROOT_ALARM = `${PREFIX}-Alarms-AlarmsRootUser-AbCdEf`;
const ACTIVITY_ALARM = `${PREFIX}-Alarms-AlarmsActivity-GhIjKl`;
const ROOT_FILTER = { ...LOGS, filterName: `${PREFIX}-Alarms-AlarmsOnRootUsed-AbCdEf` };
const EXPLAINER = `${PREFIX}-Alarms-NotificationsExplainer-AbCdEf`;
const TOPIC_ARN = `arn:aws:sns:us-east-1:${ACCOUNT}`;
const NOTIFICATIONS = `${TOPIC_ARN}:${PREFIX}-Alarms-NotificationsTopic-AbCdEf`;
const ALARMS = `${TOPIC_ARN}:${PREFIX}-Alarms-NotificationsAlarmTopic-AbCdEf`;
const APP_TOPIC = `${TOPIC_ARN}:OrdersService-AlarmTopicD01E77F9-AbCdEf`;

export const examples: Examples = {
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
      Subscribe: { topicArn: NOTIFICATIONS, protocol: 'https', endpoint: 'https://203.0.113.12/' },
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
        roleName: `${PREFIX}-Alarms-NotificationsExplainerRole-AbCdEf`,
        policyName: 'Default',
      },
    }),
    ...calls('cloudtrail', INTRUDER, {
      PutEventSelectors: { trailName: `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/account-baseline` },
    }),
    ...calls('logs', FEDERATED, {
      DeleteMetricFilter: ROOT_FILTER,
      PutMetricFilter: { ...ROOT_FILTER, filterPattern: 'nothing' },
      DeleteLogStream: { ...LOGS, logStreamName: `${ACCOUNT}_CloudTrail_us-east-1` },
      DeleteRetentionPolicy: LOGS,
      PutRetentionPolicy: { ...LOGS, retentionInDays: 1 },
      DeleteLogGroup: LOGS,
      PutTransformer: { logGroupIdentifier: LOG_GROUP_ARN, transformerConfig: [{ parseJSON: {} }] },
      PutLogGroupDeletionProtection: { logGroupIdentifier: LOG_GROUP, deletionProtectionEnabled: false },
    }),
    ...calls('iam', INTRUDER, {
      UpdateAssumeRolePolicy: { roleName: `${PREFIX}-Access-SupportRole-AbCdEf`, policyDocument: '{}' },
    }),
    ...calls('lambda', ADMIN, {
      DeleteFunction20150331: { functionName: `${PREFIX}-Settings-Settings-GhIjKl` },
    }),
    ...calls('events', ADMIN, { DisableRule: { name: `${PREFIX}-Detectors-FindingsRule-AbCdEf` } }),
    ...STACKS.flatMap((stackName) => [
      example(
        `${stackName} is deleted`,
        call('cloudformation', 'DeleteStack', ROOT, parameters({ stackName })),
      ),
      example(
        `${stackName} is deleted by its ARN`,
        consoleCall(
          'cloudformation',
          'DeleteStack',
          ADMIN,
          parameters({ stackName: `${STACK_ARN}/${stackName}/0a1b2c3d` }),
        ),
      ),
      example(
        `${stackName} gets a policy that denies updates`,
        call('cloudformation', 'SetStackPolicy', ADMIN, parameters({ stackName, stackPolicyBody: '{}' })),
      ),
      example(
        `${stackName} loses its termination protection`,
        call(
          'cloudformation',
          'UpdateTerminationProtection',
          ROOT,
          parameters({ stackName, enableTerminationProtection: false }),
        ),
      ),
    ]),
  ],
  nearMisses: [
    example(
      'an intruder may not delete an alarm',
      denied('monitoring', 'DeleteAlarms', INTRUDER, parameters({ alarmNames: [ROOT_ALARM] })),
    ),
    example(
      'another log group gets a transformer',
      call(
        'logs',
        'PutTransformer',
        APP,
        parameters({ logGroupIdentifier: APP_LOG_GROUP.logGroupName, transformerConfig: [] }),
      ),
    ),
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
    example('another topic is deleted', call('sns', 'DeleteTopic', APP, parameters({ topicArn: APP_TOPIC }))),
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
        parameters({ ...LOGS, logStreamName: `${ACCOUNT}_CloudTrail_us-east-1` }),
      ),
    ),
    example(
      'a first password is deleted, as it should be',
      call(
        'secretsmanager',
        'DeleteSecret',
        ADMIN,
        parameters({
          secretId: `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:AdminAccessalicePassword-AbCdEf123456-x1Y2z3`,
        }),
      ),
    ),
    example(
      'a function of the baseline makes a stream for its own log',
      call(
        'logs',
        'CreateLogStream',
        SETTINGS_FUNCTION,
        parameters({ logGroupName: `${PREFIX}-Settings-FunctionLogs-AbCdEf`, logStreamName: '2026/11/24/x' }),
      ),
    ),
    ...STACKS.flatMap((stackName) => [
      ...['ExecuteChangeSet', 'DetectStackDrift', 'DescribeStacks'].map((name) =>
        example(`${stackName}: ${name}`, call('cloudformation', name, ADMIN, parameters({ stackName }))),
      ),
      example(
        `${stackName} gets termination protection`,
        call(
          'cloudformation',
          'UpdateTerminationProtection',
          ROOT,
          parameters({ stackName, enableTerminationProtection: true }),
        ),
      ),
    ]),
    // Other stacks, two of which have names that merely contain the prefix.
    ...['OrdersService', `${PREFIX}Trial`, `Old${PREFIX}-Alarms`].flatMap((stackName) => [
      example(
        `${stackName} is deleted`,
        call('cloudformation', 'DeleteStack', ADMIN, parameters({ stackName })),
      ),
      example(
        `${stackName} gets a policy`,
        call('cloudformation', 'SetStackPolicy', ADMIN, parameters({ stackName })),
      ),
      example(
        `${stackName} is deleted by its ARN`,
        call(
          'cloudformation',
          'DeleteStack',
          ADMIN,
          parameters({ stackName: `${STACK_ARN}/${stackName}/0a1b2c3d` }),
        ),
      ),
      example(
        `${stackName} loses its termination protection`,
        call(
          'cloudformation',
          'UpdateTerminationProtection',
          ADMIN,
          parameters({ stackName, enableTerminationProtection: false }),
        ),
      ),
    ]),
    example(
      'alarms are read',
      call('monitoring', 'DescribeAlarms', ADMIN, parameters({ alarmNamePrefix: `${PREFIX}-` })),
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
};
