import { accept, check, SMALLEST } from '../rows';

const notifications = (change: object) => ({ notifications: { ...SMALLEST.notifications, ...change } });

describe('addresses', () => {
  const eleven = Array.from({ length: 11 }, (_, n) => `p${n}@b.io`);

  accept([['ten', { notifications: { emails: eleven.slice(1) } }]]);

  check([
    [
      'none',
      { notifications: { emails: [] } },
      'notifications.emails: must name at least one address; otherwise nobody would receive an alarm; received []',
    ],
    [
      'one that is no address',
      { notifications: { emails: ['al'] } },
      'notifications.emails[0]: must be an e-mail address such as security@example.com; received "al"',
    ],
    [
      'one that is no list',
      { notifications: { emails: 'al@b.io' } },
      'notifications.emails: must be a list of e-mail addresses; received "al@b.io"',
    ],
    [
      'eleven',
      { notifications: { emails: eleven } },
      'notifications.emails: must name at most 10 addresses, the limit of a budget notification; use a mailing list; ' +
        `received ${JSON.stringify(eleven).slice(0, 97)}...`,
    ],
  ]);
});

describe('channels', () => {
  const TEAM = '1d2c3b4a-2f44-4c0e-9c62-0d1d7d9b0a22';
  const CHANNEL = '19%3ab6%40thread.tacv2';

  accept([
    ['an endpoint', notifications({ httpsEndpoints: ['https://alerts.example.com/aws'] })],
    ['Slack', notifications({ slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' } })],
    ['Teams', notifications({ teams: { tenantId: TEAM, teamId: TEAM, channelId: CHANNEL } })],
  ]);

  check([
    [
      'an endpoint without TLS',
      notifications({ httpsEndpoints: ['http://alerts.example.com'] }),
      'notifications.httpsEndpoints[0]: must be an https URL such as https://alerts.example.com/aws; ' +
        'received "http://alerts.example.com"',
    ],
    [
      'a Teams channel by name',
      notifications({ teams: { tenantId: TEAM, teamId: TEAM, channelId: 'alarms' } }),
      'notifications.teams.channelId: must be the URL-encoded ID of a channel, as in its link: 19%3a…%40thread.tacv2; received "alarms"',
    ],
    [
      'a Slack channel by name',
      notifications({ slack: { workspaceId: 'T0123ABCD', channelId: '#alarms' } }),
      'notifications.slack.channelId: must be the ID of a Slack channel, such as C0123ABCD; received "#alarms"',
    ],
    [
      'a Slack workspace by name',
      notifications({ slack: { workspaceId: 'acme', channelId: 'C0123ABCD' } }),
      'notifications.slack.workspaceId: must be the ID of a Slack workspace, such as T0123ABCD; received "acme"',
    ],
    [
      'a team without its tenant',
      notifications({ teams: { teamId: TEAM, channelId: CHANNEL } }),
      'notifications.teams.tenantId: is missing; it must be the ID of a tenant, a UUID',
    ],
    [
      'a tenant by name',
      notifications({ teams: { tenantId: 'acme', teamId: TEAM, channelId: CHANNEL } }),
      'notifications.teams.tenantId: must be the ID of a tenant, a UUID; received "acme"',
    ],
  ]);
});

describe('runbooks', () => {
  const FOLDER = 'notifications.runbooks: must be an https URL, or a path, that ends in /';

  accept([['in another repository', notifications({ runbooks: 'https://git.example.com/docs/runbooks/' })]]);

  check([
    [
      'that are no folder',
      notifications({ runbooks: 'https://git.example.com/runbooks' }),
      `${FOLDER}; received "https://git.example.com/runbooks"`,
    ],
    [
      'without TLS',
      notifications({ runbooks: 'http://git.example.com/runbooks/' }),
      `${FOLDER}; received "http://git.example.com/runbooks/"`,
    ],
  ]);
});
