import { SlackChannel } from '../../../lib/notifications/channels';
import { accept, check } from '../../config/rows';
import { refused } from '../../refused';
import { CHAT_TOPIC, notifications, templateWith, TOPIC } from './template-with';

const SLACK = { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' };

test('a channel in Slack shows the notifications and the alarms for chat', () => {
  templateWith(new SlackChannel(SLACK)).hasResourceProperties('AWS::Chatbot::SlackChannelConfiguration', {
    SlackWorkspaceId: SLACK.workspaceId,
    SlackChannelId: SLACK.channelId,
    SnsTopicArns: [TOPIC, CHAT_TOPIC],
  });
});

describe('its props', () => {
  refused(
    (props) => new SlackChannel(props),
    [
      [
        { workspaceId: 'acme', channelId: 'C1' },
        'workspaceId must be the ID of a Slack workspace, such as T0123ABCD, got "acme"',
      ],
    ],
  );
});

describe('the option', () => {
  accept([['takes a channel', notifications({ slack: SLACK })]]);

  check([
    [
      'refuses a channel by name',
      notifications({ slack: { ...SLACK, channelId: '#alarms' } }),
      'notifications.slack.channelId: must be the ID of a Slack channel, such as C0123ABCD; received "#alarms"',
    ],
    [
      'refuses a workspace by name',
      notifications({ slack: { ...SLACK, workspaceId: 'acme' } }),
      'notifications.slack.workspaceId: must be the ID of a Slack workspace, such as T0123ABCD; received "acme"',
    ],
  ]);
});
