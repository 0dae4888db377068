import { calls, example, type Examples, parameters } from '../events/example';
import { ADMIN, APP_LOG_GROUP, INTRUDER } from '../events/fixtures';
import { call, CLOUDFORMATION, denied, through } from '../events/record';

const RULE = { name: 'orders' };
const CONFIGURATION = 'arn:aws:notifications::123456789012:configuration/a01jfz8m0000000000000000000';

export const examples: Examples = {
  matches: [
    ...calls('logs', INTRUDER, {
      DeleteLogGroup: APP_LOG_GROUP,
      DeleteLogStream: { ...APP_LOG_GROUP, logStreamName: 'a' },
      DeleteMetricFilter: { ...APP_LOG_GROUP, filterName: 'errors' },
      DeleteSubscriptionFilter: { ...APP_LOG_GROUP, filterName: 'siem' },
    }),
    ...calls('monitoring', INTRUDER, {
      DeleteAlarms: { alarmNames: ['orders'] },
      DisableAlarmActions: { alarmNames: ['orders'] },
    }),
    ...calls('events', INTRUDER, { DeleteRule: RULE, DisableRule: RULE, RemoveTargets: { rule: 'orders' } }),
    ...calls('notifications', INTRUDER, {
      DeleteNotificationConfiguration: { arn: CONFIGURATION },
      DeleteEventRule: { arn: `${CONFIGURATION}/rule/a07f2b8c0000000000000000000` },
      DisassociateChannel: { notificationConfigurationArn: CONFIGURATION },
      DeregisterNotificationHub: { notificationHubRegion: 'us-east-1' },
    }),
    ...calls('notifications-contacts', INTRUDER, { DeleteEmailContact: {} }),
  ],
  nearMisses: [
    example('an intruder may not', denied('logs', 'DeleteLogGroup', INTRUDER, parameters(APP_LOG_GROUP))),
    example('a stack is deleted', call('logs', 'DeleteLogGroup', CLOUDFORMATION, parameters(APP_LOG_GROUP))),
    example(
      'Auto Scaling deletes its alarms',
      call('monitoring', 'DeleteAlarms', through('application-autoscaling', ADMIN)),
    ),
    ...calls('logs', ADMIN, {
      PutRetentionPolicy: { ...APP_LOG_GROUP, retentionInDays: 7 },
      CreateLogGroup: {},
    }),
    ...calls('monitoring', ADMIN, { EnableAlarmActions: {}, PutMetricAlarm: {} }),
    ...calls('events', ADMIN, { PutRule: RULE, EnableRule: RULE }),
    ...calls('notifications', ADMIN, { CreateEventRule: {}, AssociateChannel: {} }),
    example('a rule of a load balancer', call('elasticloadbalancing', 'DeleteRule', ADMIN)),
  ],
};
