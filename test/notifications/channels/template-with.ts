import { type Template, Match } from 'aws-cdk-lib/assertions';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { INotificationChannel } from '../../../lib/notifications/channels';
import { Notifications } from '../../../lib/notifications/notifications';
import { SMALLEST } from '../../config/rows';
import { templateOf } from '../../synth';

/** The topic of notifications, as a resource refers to it. */
export const TOPIC = { Ref: Match.stringLikeRegexp('^NotificationsTopic') };

/** The topic of explained alarms for chat. */
export const CHAT_TOPIC = { Ref: Match.stringLikeRegexp('^NotificationsChatTopic') };

/** The template of notifications with these channels alone. */
export function templateWith(...channels: readonly INotificationChannel[]): Template {
  return templateOf(
    (scope) =>
      new Notifications(scope, 'Notifications', {
        channels,
        logGroup: LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs'),
      }),
  );
}

/** The smallest configuration with these options of channels besides. */
export const notifications = (options: object) => ({
  notifications: { ...SMALLEST.notifications, ...options },
});
