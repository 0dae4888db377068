import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, DIRECTLY, eventNameLike, sourceIs, SUCCEEDED } from '../patterns';
import { ACTIVITY } from '../signals';

export const monitoringRemoved: DocumentedDetection = {
  id: 'MonitoringRemoved',
  signal: ACTIVITY,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    DIRECTLY,
    anyOf(
      eventNameLike(
        'DeleteLogGroup',
        'DeleteLogStream',
        'DeleteMetricFilter',
        'DeleteSubscriptionFilter',
        'DeleteAlarms',
        'DisableAlarmActions',
      ),
      allOf(sourceIs('events'), eventNameLike('DeleteRule', 'DisableRule', 'RemoveTargets')),
      // Delete…, Disassociate…, Deregister… of AWS User Notifications and of its contacts.
      allOf('$.eventSource="notifications*"', eventNameLike('D*')),
    ),
  )}}`,
  why: 'Somebody manually removed part of your monitoring: a log group or stream, a metric or subscription filter, an alarm, an event rule, or a part of AWS User Notifications, which RootNotice uses. Intruders delete logs to hide what they did, and rules so that nobody is notified.',
  noise:
    'People clean up. Deployments with CloudFormation and AWS services do not count; Terraform does, and so does an application that deletes its own alarms or logs. BaselineTamperedWith reports the same calls on the baseline.',
  firstMinutes: ['Ask the caller.', 'Check what the caller did before: they may want to hide it.'],
  containment: [
    STOP_THE_CALLER,
    'Redeploy the stack that owns it. Deleted log events are lost, except for those of the trail in its bucket.',
  ],
};
