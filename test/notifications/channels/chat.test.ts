import { Match } from 'aws-cdk-lib/assertions';
import { EmailChannel, SlackChannel, TeamsChannel } from '../../../lib/notifications/channels';
import { slack } from '../../../lib/notifications/channels/slack';
import { teams } from '../../../lib/notifications/channels/teams';
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

test('without a chat channel there is no topic for chat', () => {
  templateWith(new EmailChannel({ address: 'a@example.com' })).resourceCountIs('AWS::SNS::Topic', 2);
});
