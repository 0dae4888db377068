import { Match } from 'aws-cdk-lib/assertions';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { EmailChannel, SlackChannel, TeamsChannel } from '../../../lib/notifications/channels';
import { slack } from '../../../lib/notifications/channels/slack';
import { teams } from '../../../lib/notifications/channels/teams';
import { Notifications } from '../../../lib/notifications/notifications';
import { templateOf } from '../../synth';
import { templateWith } from './template-with';

const SLACK = new SlackChannel(slack.example.slack);
const TEAMS = new TeamsChannel(teams.example.teams);

test.each([
  ['Slack', SLACK, 'AWS::Chatbot::SlackChannelConfiguration'],
  ['Teams', TEAMS, 'AWS::Chatbot::MicrosoftTeamsChannelConfiguration'],
])('a channel in %s can do nothing in the account', (_, channel, type) => {
  const template = templateWith(channel);
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

test('channels in Slack and Teams share a role', () => {
  const ids = Object.keys(templateWith(SLACK, TEAMS).findResources('AWS::IAM::Role'));
  expect(ids.filter((id) => id.startsWith('NotificationsChatRole'))).toHaveLength(1);
});

test('each configuration in a stack has a name of its own, because an account can have it only once', () => {
  const template = templateOf((scope) => {
    const logGroup = LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs');
    new Notifications(scope, 'One', { channels: [SLACK, TEAMS], logGroup });
    const other = new SlackChannel({ workspaceId: 'T0123ABCD', channelId: 'C0OTHER' });
    new Notifications(scope, 'Two', { channels: [other], logGroup });
  });
  const namesOf = (type: string) =>
    Object.values(template.findResources(type)).map(
      ({ Properties }) => (Properties as { ConfigurationName: string }).ConfigurationName,
    );
  expect(namesOf('AWS::Chatbot::SlackChannelConfiguration')).toEqual(['Test-chat', 'Test-chat-2']);
  expect(namesOf('AWS::Chatbot::MicrosoftTeamsChannelConfiguration')).toEqual(['Test-chat']);
});

test('without a chat channel there is no topic for chat', () => {
  templateWith(new EmailChannel({ address: 'a@example.com' })).resourceCountIs('AWS::SNS::Topic', 2);
});
