import { TeamsChannel } from '../../../lib/notifications/channels';
import { accept, check } from '../../config/rows';
import { refused } from '../../refused';
import { CHAT_TOPIC, notifications, templateWith, TOPIC } from './template-with';

const TEAMS = {
  tenantId: '01234567-89ab-cdef-0123-456789abcdef',
  teamId: '76543210-89ab-cdef-0123-456789abcdef',
  channelId: '19%3aabc%40thread.tacv2',
};

test('a channel in Teams shows the notifications and the alarms for chat', () => {
  templateWith(new TeamsChannel(TEAMS)).hasResourceProperties(
    'AWS::Chatbot::MicrosoftTeamsChannelConfiguration',
    {
      TeamsTenantId: TEAMS.tenantId,
      TeamId: TEAMS.teamId,
      TeamsChannelId: TEAMS.channelId,
      SnsTopicArns: [TOPIC, CHAT_TOPIC],
    },
  );
});

describe('its props', () => {
  refused(
    (props) => new TeamsChannel(props),
    [[{ tenantId: 'acme' }, 'tenantId must be the ID of a tenant, a UUID, got "acme"']],
  );
});

describe('the option', () => {
  const { teamId, channelId } = TEAMS;

  accept([['takes a channel', notifications({ teams: TEAMS })]]);

  check([
    ...['alarms', '19:abc@thread.tacv2'].map((channel): [string, object, string] => [
      `refuses ${channel}, which is no URL-encoded id of a channel`,
      notifications({ teams: { ...TEAMS, channelId: channel } }),
      'notifications.teams.channelId: must be the URL-encoded ID of a channel, as in its link: ' +
        `19%3a…%40thread.tacv2; received "${channel}"`,
    ]),
    [
      'refuses a team without its tenant',
      notifications({ teams: { teamId, channelId } }),
      'notifications.teams.tenantId: is missing; it must be the ID of a tenant, a UUID',
    ],
    [
      'refuses a tenant by name',
      notifications({ teams: { ...TEAMS, tenantId: 'acme' } }),
      'notifications.teams.tenantId: must be the ID of a tenant, a UUID; received "acme"',
    ],
  ]);
});
