import { type Fault, faultsOf, replaced, set, without } from './fault';

const FUNCTION = 'NotificationsExplainer';
const ALARM = 'AWS::CloudWatch::Alarm';
const INVOKE = 'AWS::Lambda::EventInvokeConfig';
const EMAIL = 'AWS::SNS::Subscription';
const SLACK = 'AWS::Chatbot::SlackChannelConfiguration';
const TEAMS = 'AWS::Chatbot::MicrosoftTeamsChannelConfiguration';
const POLICIES = ['NotificationsTopicPolicy', 'NotificationsAlarmTopicPolicy'];
const ARN = 'arn:aws:sns:us-east-1:123456789012:other';

/** Without the hub, which AWS does not delete while it is the last one. */
const ofHub = (change: Fault['change']): Fault['change'] => {
  const configuration = `arn:aws:notifications::123456789012:configuration/${'a'.repeat(27)}`;
  return (properties) => set('NotificationConfigurationArn', configuration)(change(properties));
};

export const NOTIFICATIONS: readonly Fault[] = [
  ...faultsOf('Alarms', [
    [
      'a topic that CloudWatch cannot use',
      'NotificationsAlarmTopicPolicy',
      without('AlarmsPublish'),
      'does not allow cloudwatch.amazonaws.com to publish',
      ALARM,
    ],
    [
      'a topic for alarms of another account',
      'NotificationsAlarmTopicPolicy',
      replaced('us-east-1:${AWS::AccountId}', 'us-east-1:999999999999'),
      'does not allow cloudwatch.amazonaws.com to publish',
      ALARM,
    ],
    [
      'a topic with the key of SNS, which alarms cannot use',
      'NotificationsAlarmTopic',
      set('KmsMasterKeyId', 'alias/aws/sns'),
      'the policy of the key alias/aws/sns does not allow cloudwatch.amazonaws.com',
      ALARM,
      ...POLICIES,
    ],
    [
      'a topic policy with an action of SQS',
      'NotificationsAlarmTopicPolicy',
      set('PolicyDocument.Statement.0.Action', 'sqs:SendMessage'),
      'Policy statement action out of service scope! sqs:SendMessage',
    ],
    [
      'a topic policy without a principal',
      'NotificationsAlarmTopicPolicy',
      set('PolicyDocument.Statement.0.Principal', undefined),
      'Missing required field Principal',
    ],
    [
      'a topic with a space in its name',
      'NotificationsTopic',
      set('TopicName', 'my topic'),
      '#/TopicName: string [my topic] does not match',
    ],
    [
      'a display name of over 100 characters',
      'NotificationsTopic',
      set('DisplayName', 'x'.repeat(101)),
      '#/DisplayName: expected maxLength: 100, actual: 101',
    ],
    [
      'an e-mail address without @',
      EMAIL,
      set('Endpoint', 'security.example.com'),
      '#/Endpoint: string [security.example.com] does not match',
    ],
    ['an unknown protocol', EMAIL, set('Protocol', 'mail'), '#/Protocol: mail is not a valid enum value'],
    [
      'a function that SNS may not invoke',
      'NotificationsExplainerAlarms',
      set('SourceArn', ARN),
      'does not allow sns.amazonaws.com to invoke it',
      'NotificationsAlarms',
    ],
    [
      'a permission for an unknown action',
      'NotificationsExplainerAlarms',
      set('Action', 'sns:Publish'),
      '#/Action: string [sns:Publish] does not match',
    ],
    [
      '40 GB of memory',
      FUNCTION,
      set('MemorySize', 40_960),
      '#/MemorySize: 40960 is not less or equal to 10240',
    ],
    [
      'a timeout of 20 minutes',
      FUNCTION,
      set('Timeout', 1200),
      '#/Timeout: 1200 is not less or equal to 900',
    ],
    [
      'an unknown runtime',
      FUNCTION,
      set('Runtime', 'nodejs99.x'),
      '#/Runtime: nodejs99.x is not a valid enum value',
    ],
    [
      'a runtime of the past',
      FUNCTION,
      set('Runtime', 'nodejs12.x'),
      'The runtime parameter of nodejs12.x is no longer supported',
    ],
    [
      'inline code of Java',
      FUNCTION,
      set('Runtime', 'java21'),
      'ZipFile can only be used when Runtime is set to either of nodejs, python, not java21',
    ],
    ['a function without a handler', FUNCTION, set('Handler', undefined), 'Handler is mandatory'],
    [
      'an environment of over 4 KB',
      FUNCTION,
      set('Environment.Variables.TEXT', 'x'.repeat(4096)),
      'exceeded the 4096 bytes limit',
    ],
    [
      'a variable that Lambda reserves',
      FUNCTION,
      set('Environment.Variables.AWS_REGION', 'eu-west-1'),
      'Reserved keys used in this request: AWS_REGION',
    ],
    [
      'a role that Lambda cannot assume',
      'NotificationsExplainerRole',
      replaced('lambda.amazonaws.com', 'ec2.amazonaws.com'),
      'cannot be assumed by Lambda',
      FUNCTION,
    ],
    [
      'a role that cannot send failures',
      'NotificationsExplainerRole',
      without('Publish'),
      'does not have permissions to call Publish on',
      INVOKE,
    ],
    [
      'three retries',
      INVOKE,
      set('MaximumRetryAttempts', 3),
      '#/MaximumRetryAttempts: 3 is not less or equal to 2',
    ],
    [
      'a log group with a space in its name',
      'FunctionLogs',
      set('LogGroupName', 'my logs'),
      '#/LogGroupName: string [my logs] does not match',
    ],
    [
      'a description of over 1,024 characters',
      ALARM,
      set('AlarmDescription', 'x'.repeat(1025)),
      '#/AlarmDescription: expected maxLength: 1024, actual: 1025',
    ],
    [
      'an unknown comparison',
      ALARM,
      set('ComparisonOperator', 'GreaterThan'),
      '#/ComparisonOperator: GreaterThan is not a valid enum value',
    ],
    [
      'no evaluation period',
      ALARM,
      set('EvaluationPeriods', 0),
      '#/EvaluationPeriods: 0 is not greater or equal to 1',
    ],
    ['a period of 45 seconds', ALARM, set('Period', 45), '#/Period: no subschema matched'],
    ['a period of 70 seconds', ALARM, set('Period', 70), '#/Period: no subschema matched'],
    [
      'an evaluation of more than a day',
      ALARM,
      (properties) => set('EvaluationPeriods', 1441)(set('Period', 60)(properties)),
      'EvaluationPeriods * Period must be <= 86400',
    ],
    [
      'more datapoints to alarm than periods',
      ALARM,
      (properties) => set('DatapointsToAlarm', 3)(set('EvaluationPeriods', 2)(properties)),
      'DatapointsToAlarm',
    ],
    [
      'six actions',
      ALARM,
      set(
        'AlarmActions',
        Array.from({ length: 6 }, (_, index) => `${ARN}${index}`),
      ),
      '#/AlarmActions: expected maximum item count: 5, found: 6',
    ],
    ['an action without its topic', ALARM, set('AlarmActions', [ARN]), `the topic ${ARN} does not exist`],
    [
      'an unknown treatment of missing data',
      ALARM,
      set('TreatMissingData', 'ok'),
      '#/TreatMissingData: ok is not a valid enum value',
    ],
    [
      'an alarm with a metric and a metric query',
      ALARM,
      set('Metrics', [{ Id: 'a', Expression: '1' }]),
      '[Metrics] and [MetricName] exclude each other',
    ],
    [
      'a Slack workspace in lower case',
      SLACK,
      set('SlackWorkspaceId', 't0123'),
      '#/SlackWorkspaceId: string [t0123] does not match',
    ],
    [
      'a Teams team that is a name',
      TEAMS,
      set('TeamId', 'security'),
      '#/TeamId: string [security] does not match',
    ],
    [
      'a role that the chat cannot assume',
      'NotificationsChatRole',
      replaced('chatbot.amazonaws.com', 'ec2.amazonaws.com'),
      'chatbot.amazonaws.com cannot assume the role',
      SLACK,
    ],
  ]),
  ...faultsOf('Spend', [
    [
      'a budget of a week',
      'AWS::Budgets::Budget',
      set('Budget.TimeUnit', 'WEEKLY'),
      '#/Budget/TimeUnit: WEEKLY is not a valid enum value',
    ],
    [
      'a budget without a type',
      'AWS::Budgets::Budget',
      set('Budget.BudgetType', undefined),
      '#/Budget: required key [BudgetType] not found',
    ],
    [
      'a subscriber without @',
      'AWS::Budgets::Budget',
      set('NotificationsWithSubscribers.0.Subscribers.1.Address', 'nobody'),
      'Subscribers/1/Address: string [nobody] does not match',
    ],
    [
      'twelve subscribers',
      'AWS::Budgets::Budget',
      set(
        'NotificationsWithSubscribers.0.Subscribers',
        Array.from({ length: 12 }, (_, index) => ({
          SubscriptionType: 'EMAIL',
          Address: `a${index}@example.com`,
        })),
      ),
      'Subscribers: expected maximum item count: 11, found: 12',
    ],
    [
      'a threshold of nothing',
      'AWS::Budgets::Budget',
      set('NotificationsWithSubscribers.0.Notification.Threshold', 0),
      'Threshold: 0 is not greater or equal to 0.1',
    ],
    [
      'a topic that budgets cannot use',
      'AWS::Budgets::Budget',
      set('NotificationsWithSubscribers.0.Subscribers.0.Address', {
        'Fn::GetStackOutput': { StackName: 'AccountBaseline-Alarms', OutputName: 'NotificationsAlarmTopic' },
      }),
      'does not allow budgets.amazonaws.com to publish',
    ],
    [
      'a topic for anomalies of each day',
      'AWS::CE::AnomalySubscription',
      set('Frequency', 'DAILY'),
      'Subscribers of Type SNS cannot have the Frequency DAILY',
    ],
    [
      'a threshold that is not JSON',
      'AWS::CE::AnomalySubscription',
      set('ThresholdExpression', '20 USD'),
      'ThresholdExpression is not valid JSON: 20 USD',
    ],
    [
      'a topic that cost anomalies cannot use',
      'AWS::CE::AnomalySubscription',
      set('Subscribers.0.Address', {
        'Fn::GetStackOutput': { StackName: 'AccountBaseline-Alarms', OutputName: 'NotificationsAlarmTopic' },
      }),
      'does not allow costalerts.amazonaws.com to publish',
    ],
    [
      'a monitor of Regions',
      'AWS::CE::AnomalyMonitor',
      set('MonitorDimension', 'REGION'),
      '#/MonitorDimension: REGION is not a valid enum value',
    ],
  ]),
  ...faultsOf('RootNotice', [
    [
      'a hub in an unknown Region',
      'NoticeHub',
      set('Region', 'Frankfurt'),
      'Region Frankfurt is not supported',
    ],
    [
      'an aggregation of a week',
      'NoticeConfiguration',
      set('AggregationDuration', 'WEEK'),
      '#/AggregationDuration: WEEK is not a valid enum value',
    ],
    [
      'a contact without @',
      'AWS::NotificationsContacts::EmailContact',
      set('EmailAddress', 'security.example.com'),
      '#/EmailAddress: string [security.example.com] does not match',
    ],
    [
      'a channel that is no ARN',
      'AWS::Notifications::ChannelAssociation',
      ofHub(set('Arn', 'a@example.com')),
      '#/Arn: string [a@example.com] does not match',
    ],
    [
      'an event rule of a source outside AWS',
      'AWS::Notifications::EventRule',
      ofHub(set('Source', 'example')),
      '#/Source: string [example] does not match',
    ],
    [
      'an event rule without Regions',
      'AWS::Notifications::EventRule',
      ofHub(set('Regions', [])),
      '#/Regions: expected minimum item count: 1, found: 0',
    ],
  ]),
];
