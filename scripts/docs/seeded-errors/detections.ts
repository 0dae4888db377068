import { type Fault, faultsOf, set } from './fault';

const FILTER = 'AWS::Logs::MetricFilter';
const INVALID = 'Invalid metric filter pattern';
const regexes = ['a', 'b', 'c'].map((one) => `($.${one} = %${one}%)`).join(' || ');

export const DETECTIONS: readonly Fault[] = [
  ...faultsOf('Detections', [
    ['a filter pattern without an operand', FILTER, set('FilterPattern', '{ $.eventName = }'), INVALID],
    [
      'a filter pattern with an unknown operator',
      FILTER,
      set('FilterPattern', '{ $.eventName EXISTS }'),
      'EXISTS',
    ],
    [
      'a filter pattern with three regular expressions',
      FILTER,
      set('FilterPattern', `{ ${regexes} }`),
      INVALID,
    ],
    [
      'a filter pattern of over 1,024 characters',
      FILTER,
      set('FilterPattern', `{ $.a = "${'x'.repeat(1024)}" }`),
      '#/FilterPattern: expected maxLength: 1024, actual: 1036',
    ],
    [
      'a filter that counts into two metrics',
      FILTER,
      (properties) =>
        set(
          'MetricTransformations',
          [properties.MetricTransformations, properties.MetricTransformations].flat(),
        )(properties),
      '#/MetricTransformations: expected maximum item count: 1, found: 2',
    ],
    [
      'a filter of a missing log group',
      FILTER,
      set('LogGroupName', 'missing'),
      'The specified log group does not exist: missing',
    ],
    [
      'a filter without a metric name',
      FILTER,
      set('MetricTransformations.0.MetricName', undefined),
      'required key [MetricName] not found',
    ],
    [
      'a filter that counts a word',
      FILTER,
      set('MetricTransformations.0.MetricValue', 'one'),
      'MetricValue: string [one] does not match',
    ],
  ]),
  ...faultsOf('Summary', [
    [
      'a dashboard that is not JSON',
      'Dashboard',
      set('DashboardBody', '{"widgets":['),
      'DashboardBody must be a valid JSON object',
    ],
    [
      'a widget without a type',
      'Dashboard',
      set('DashboardBody', '{"widgets":[{"properties":{}}]}'),
      '"/widgets/0" should have property "type"',
    ],
    [
      'a schedule of no unit',
      'WeeklySummarySchedule',
      set('ScheduleExpression', 'rate(1 week)'),
      'ScheduleExpression is not valid: rate(1 week)',
    ],
    [
      'a schedule of five fields',
      'WeeklySummarySchedule',
      set('ScheduleExpression', 'cron(0 7 ? * MON)'),
      'ScheduleExpression is not valid: cron(0 7 ? * MON)',
    ],
    [
      'a schedule that may not invoke its function',
      'AWS::Lambda::Permission',
      set('SourceArn', 'arn:aws:events:us-east-1:123456789012:rule/other'),
      'does not allow events.amazonaws.com to invoke it',
      'WeeklySummarySchedule',
    ],
  ]),
  ...faultsOf('Watchdog', [
    [
      'an event pattern with an unknown operator',
      'AWS::Events::Rule',
      set('EventPattern', { source: [{ begins: 'aws.' }] }),
      'Invalid event pattern',
    ],
    [
      'an event pattern with a value outside a list',
      'AWS::Events::Rule',
      set('EventPattern', { source: 'aws.iam' }),
      'Invalid event pattern',
    ],
    [
      'an event pattern of over 2,048 characters',
      'AWS::Events::Rule',
      set('EventPattern', { source: ['x'.repeat(2048)] }),
      '2063 characters are over 2048',
    ],
    [
      'a rule without pattern and schedule',
      'AWS::Events::Rule',
      set('EventPattern', undefined),
      'one of [EventPattern, ScheduleExpression] is required',
    ],
    ['a rule that is on', 'AWS::Events::Rule', set('State', 'ON'), '#/State: ON is not a valid enum value'],
    [
      'a rule with a path without $',
      'AWS::Events::Rule',
      set('Targets.0.InputTransformer.InputPathsMap.account', 'account'),
      'account is account',
    ],
    [
      'a topic that EventBridge cannot use',
      'AWS::Events::Rule',
      set('Targets', [
        {
          Id: 'People',
          Arn: {
            'Fn::GetStackOutput': {
              StackName: 'AccountBaseline-Alarms',
              OutputName: 'NotificationsAlarmTopic',
            },
          },
        },
      ]),
      'does not allow events.amazonaws.com to publish',
    ],
    [
      'a heartbeat that nobody hears',
      'Heartbeat',
      set('AlarmActions', [
        {
          'Fn::GetStackOutput': {
            StackName: 'AccountBaseline-Alarms',
            OutputName: 'NotificationsAlarmTopic',
          },
        },
      ]),
      'does not allow cloudwatch.amazonaws.com to publish',
    ],
  ]),
];
