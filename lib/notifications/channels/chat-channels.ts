import { Aws, Stack } from 'aws-cdk-lib';
import { CfnMicrosoftTeamsChannelConfiguration, CfnSlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import { ServicePrincipal, Role } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** A channel in Slack. */
interface SlackProps {
  /** Id of the workspace, such as T0123ABCD; a person authorizes it once in the console. */
  readonly workspaceId: string;
  /** Id of the channel, such as C0123ABCD. */
  readonly channelId: string;
}

/** A channel in Microsoft Teams. */
interface TeamsProps {
  /** Id of the tenant, a UUID; a person authorizes it once in the console. */
  readonly tenantId: string;
  /** Id of the team, a UUID. */
  readonly teamId: string;
  /** Id of the channel, URL-encoded as in its link. */
  readonly channelId: string;
}

export interface ChatChannelsProps {
  /** Topics that the channels show. */
  readonly topics: readonly ITopic[];
  /** @default - none */
  readonly slack?: SlackProps;
  /** @default - none */
  readonly teams?: TeamsProps;
}

/**
 * Chat channels through Amazon Q Developer in chat applications, for messages only: their role has no permissions, so
 * that nobody runs a command from a channel.
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/what-is.html
 */
export class ChatChannels extends Construct {
  constructor(scope: Construct, id: string, { topics, slack, teams }: ChatChannelsProps) {
    super(scope, id);
    const common = {
      iamRoleArn: new Role(this, 'Role', {
        assumedBy: new ServicePrincipal('chatbot.amazonaws.com', {
          conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
        }),
      }).roleArn,
      // Without one, AWS puts AdministratorAccess here.
      guardrailPolicies: [`arn:${Aws.PARTITION}:iam::aws:policy/CloudWatchReadOnlyAccess`],
      snsTopicArns: topics.map(({ topicArn }) => topicArn),
      userRoleRequired: false,
    };
    const name = `${Stack.of(this).stackName}-alarms`;
    if (slack) {
      new CfnSlackChannelConfiguration(this, 'Slack', {
        ...common,
        configurationName: name,
        slackWorkspaceId: slack.workspaceId,
        slackChannelId: slack.channelId,
      });
    }
    if (teams) {
      new CfnMicrosoftTeamsChannelConfiguration(this, 'Teams', {
        ...common,
        configurationName: name,
        teamsTenantId: teams.tenantId,
        teamId: teams.teamId,
        teamsChannelId: teams.channelId,
      });
    }
  }
}
