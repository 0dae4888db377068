import type { BaselineConfig } from '../../config/config';
import { NOTICE_REGION } from '../../root-notice/rules';
import { stackKindsOf, stackNameOf } from '../../stacks/stack-kinds';
import { isDeployed } from '../baseline-parts';
import { shell } from '../shell';
import type { Surroundings } from '../snapshot';
import type { Entry } from './plan';

/** Plans the notifications by AWS User Notifications. */
export function planRootNotice({ caller, suite }: Surroundings, config: BaselineConfig): Entry[] {
  const { rootNotice } = config.notifications;
  if (rootNotice === false) return [];
  const stack = `Stack ${stackNameOf(config.stackName, 'RootNotice')}`;
  const isWanted = stackKindsOf(config).includes('RootNotice');
  if (caller.partition !== 'aws') {
    const why = `The partition ${caller.partition} does not have AWS User Notifications.`;
    return isWanted
      ? [
          {
            what: stack,
            action: 'stop',
            why: `${why} The configuration does not name its Region, so that the app cannot omit the stack.`,
            remedy: { text: 'Set `region`, or set notifications: { rootNotice: false }.' },
          },
        ]
      : [{ what: stack, action: 'skip', why }];
  }
  if (!isWanted) return [];
  const what = 'Notification hub';
  const option = "set notifications: { rootNotice: 'existing-hub' }";
  if (isDeployed(suite, 'RootNotice')) {
    // The day-zero script sets the parameter.
    const usesExisting =
      'value' in suite &&
      suite.value.some(({ stack: { Parameters = [] } }) =>
        Parameters.some(
          ({ ParameterKey, ParameterValue }) =>
            ParameterKey === 'NotificationHub' && ParameterValue === 'existing',
        ),
      );
    return usesExisting && rootNotice !== 'existing-hub'
      ? [
          {
            what,
            action: 'stop',
            why: 'Day zero used one that the account had. The deployment would create another, and fail.',
            remedy: { text: `In the configuration, ${option}.` },
          },
        ]
      : [];
  }
  if (rootNotice === 'existing-hub') {
    return [{ what, action: 'info', why: 'The deployment needs an existing one, and creates none.' }];
  }
  return [
    {
      what,
      action: 'unknown',
      why: `The deployment creates one in ${NOTICE_REGION}, and fails if the account already has one there or three elsewhere.`,
      remedy: {
        text: `List the hubs of the account. If it has any, ${option}.`,
        command: shell`aws notifications list-notification-hubs --region ${NOTICE_REGION}`,
      },
    },
  ];
}
