import { Match } from 'aws-cdk-lib/assertions';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { z } from 'zod';
import { CHANNEL_SCHEMA, channelsOf } from '../../lib/notifications/channels';
import { EmailChannel } from '../../lib/notifications/channels/email';
import { HttpsChannel } from '../../lib/notifications/channels/https';
import { SlackChannel } from '../../lib/notifications/channels/slack';
import { TeamsChannel } from '../../lib/notifications/channels/teams';
import type { INotificationChannel } from '../../lib/notifications/channels/channel';
import { Notifications } from '../../lib/notifications/notifications';
import { templateOf } from '../synth';

const SLACK = { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' };
const TEAMS = {
  tenantId: '01234567-89ab-cdef-0123-456789abcdef',
  teamId: '76543210-89ab-cdef-0123-456789abcdef',
  channelId: '19%3aabc%40thread.tacv2',
};
const TOPIC = { Ref: Match.stringLikeRegexp('^NotificationsTopic') };
const CHAT_TOPIC = { Ref: Match.stringLikeRegexp('^NotificationsChatTopic') };

const templateWith = (...channels: readonly INotificationChannel[]) =>
  templateOf(
    (scope) =>
      new Notifications(scope, 'Notifications', {
        channels,
        logGroup: LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs'),
      }),
  );

describe('an e-mail address', () => {
  test('is subscribed to the topic of notifications', () => {
    templateWith(new EmailChannel({ address: 'a@example.com' })).hasResourceProperties(
      'AWS::SNS::Subscription',
      { Protocol: 'email', Endpoint: 'a@example.com', TopicArn: TOPIC },
    );
  });

  test('keeps its subscription under another address if it has an id', () => {
    const idWith = (address: string) =>
      Object.keys(
        templateWith(new EmailChannel({ address, id: 'DayZero' })).findResources('AWS::SNS::Subscription', {
          Properties: { Protocol: 'email' },
        }),
      );
    expect(idWith('a@example.com')).toEqual(idWith('b@example.com'));
  });
});

describe('an HTTPS endpoint', () => {
  test('is subscribed to the topic of notifications', () => {
    templateWith(new HttpsChannel({ url: 'https://alerts.example.com/aws' })).hasResourceProperties(
      'AWS::SNS::Subscription',
      { Protocol: 'https', Endpoint: 'https://alerts.example.com/aws', TopicArn: TOPIC },
    );
  });

  test('can be one of two whose URLs differ in characters that ids of constructs cannot tell apart', () => {
    const urls = ['https://example.com/a/b', 'https://example.com/a--b'];
    const template = templateWith(...urls.map((url) => new HttpsChannel({ url })));
    // The third one is the function's.
    template.resourceCountIs('AWS::SNS::Subscription', 3);
  });
});

describe.each<[string, INotificationChannel, string, object]>([
  [
    'Slack',
    new SlackChannel(SLACK),
    'AWS::Chatbot::SlackChannelConfiguration',
    { SlackWorkspaceId: SLACK.workspaceId, SlackChannelId: SLACK.channelId },
  ],
  [
    'Teams',
    new TeamsChannel(TEAMS),
    'AWS::Chatbot::MicrosoftTeamsChannelConfiguration',
    { TeamsTenantId: TEAMS.tenantId, TeamId: TEAMS.teamId, TeamsChannelId: TEAMS.channelId },
  ],
])('a channel in %s', (_, channel, type, ids) => {
  const template = templateWith(channel);

  test('shows the notifications and the alarms for chat', () => {
    template.hasResourceProperties(type, { ...ids, SnsTopicArns: [TOPIC, CHAT_TOPIC] });
  });

  test('can do nothing in the account', () => {
    template.hasResourceProperties(type, {
      GuardrailPolicies: [Match.objectLike({ 'Fn::Join': Match.anyValue() })],
    });
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Principal: { Service: 'chatbot.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ],
      },
      Policies: Match.absent(),
      ManagedPolicyArns: Match.absent(),
    });
  });
});

test('channels in Slack and Teams share a role', () => {
  const template = templateWith(new SlackChannel(SLACK), new TeamsChannel(TEAMS));
  const ids = Object.keys(template.findResources('AWS::IAM::Role'));
  expect(ids.filter((id) => id.startsWith('NotificationsChatRole'))).toHaveLength(1);
});

test('without a chat channel there is no topic for chat', () => {
  templateWith(new EmailChannel({ address: 'a@example.com' })).resourceCountIs('AWS::SNS::Topic', 2);
});

describe('the options', () => {
  const schema = z.strictObject(CHANNEL_SCHEMA);
  const OPTIONS = {
    emails: ['a@example.com', 'b@example.com'],
    httpsEndpoints: ['https://alerts.example.com/aws'],
    slack: SLACK,
    teams: TEAMS,
  };

  test('create a channel each', () => {
    const { emails, ...others } = schema.parse(OPTIONS);
    const channels = channelsOf({ ...others, emails: emails.map((address) => ({ address })) });
    expect(channels.map((channel) => channel.constructor)).toEqual([
      EmailChannel,
      EmailChannel,
      HttpsChannel,
      SlackChannel,
      TeamsChannel,
    ]);
  });

  test('need e-mail addresses and nothing else', () => {
    const parsed = schema.parse({ emails: ['a@example.com'] });
    expect(parsed).toEqual({ emails: ['a@example.com'], httpsEndpoints: [] });
    expect(channelsOf({ ...parsed, emails: [] })).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['no address', { emails: [] }, 'must name at least one address; otherwise nobody would receive an alarm'],
    [
      'eleven addresses',
      { emails: Array.from({ length: 11 }, (_, index) => `${index}@example.com`) },
      'must name at most 10 addresses, the limit of a budget notification; use a mailing list',
    ],
    ['no e-mail address', { emails: ['x'] }, 'must be an e-mail address such as security@example.com'],
    ['one address without a list', { emails: 'a@example.com' }, 'must be a list of e-mail addresses'],
    [
      'an http URL',
      { httpsEndpoints: ['http://alerts.example.com'] },
      'must be an https URL such as https://alerts.example.com/aws',
    ],
    [
      'a reference',
      { httpsEndpoints: ['https://a.example/?a=${b}'] },
      'must not contain ${ or {{, which CloudFormation replaces',
    ],
    [
      'the name of a workspace',
      { slack: { ...SLACK, workspaceId: 'acme' } },
      'must be the ID of a Slack workspace, such as T0123ABCD',
    ],
    ['the name of a tenant', { teams: { ...TEAMS, tenantId: 'acme' } }, 'must be the ID of a tenant, a UUID'],
    [
      'the id of a channel that is not URL-encoded',
      { teams: { ...TEAMS, channelId: '19:abc@thread.tacv2' } },
      'must be the URL-encoded ID of a channel, as in its link: 19%3a…%40thread.tacv2',
    ],
  ])('refuse %s', (_, options, message) => {
    const { error } = schema.safeParse({ ...OPTIONS, ...options });
    expect(error?.issues.map((issue) => issue.message)).toEqual([message]);
  });
});
