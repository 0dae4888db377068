import { CfnMicrosoftTeamsChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { z } from 'zod';
import type { ChannelKind, INotificationChannel } from './channel';
import { ChatApplication } from './chat';

/** Properties of `TeamsChannel`. */
export interface TeamsChannelProps {
  /** Id of the tenant, a UUID. */
  readonly tenantId: string;
  /** Id of the team, a UUID. */
  readonly teamId: string;
  /** Id of the channel, URL-encoded as in its link. */
  readonly channelId: string;
}

/**
 * A channel in Microsoft Teams, for messages only. Somebody must authorize the tenant once, in the console of Amazon Q
 * Developer in chat applications.
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/teams-setup.html
 */
export class TeamsChannel implements INotificationChannel {
  readonly format = 'chat';

  constructor(private readonly props: TeamsChannelProps) {}

  bind(scope: Construct, topics: readonly ITopic[]): void {
    const chat = ChatApplication.of(scope);
    new CfnMicrosoftTeamsChannelConfiguration(chat, 'Teams', {
      ...chat.configuration(topics),
      teamsTenantId: this.props.tenantId,
      teamId: this.props.teamId,
      teamsChannelId: this.props.channelId,
    });
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** As the link to a channel has it, such as 19%3a…%40thread.tacv2. */
const CHANNEL = /^(?=.{1,256}$)[\w=+/.,-]*%3[aA][\w=+/.,-]*%40[\w=+/.,-]*$/;

const id = (pattern: RegExp, error: string) => z.string({ error }).regex(pattern, { error });

/** The Microsoft Teams channel of the configuration. */
export const teams = {
  schema: {
    /**
     * A channel in Microsoft Teams. Authorize the tenant once, in the console of Amazon Q Developer in chat applications.
     * @default - none
     */
    teams: z
      .strictObject(
        {
          /** Id of the tenant, a UUID. */
          tenantId: id(UUID, 'must be the id of a tenant, a UUID'),
          /** Id of the team, a UUID. */
          teamId: id(UUID, 'must be the id of a team, a UUID'),
          /** Id of the channel, URL-encoded as in its link. */
          channelId: id(
            CHANNEL,
            'must be the URL-encoded id of a channel, as in its link: 19%3a…%40thread.tacv2',
          ),
        },
        { error: 'must be an object' },
      )
      .optional(),
  },
  channels: ({ teams }) => (teams ? [new TeamsChannel(teams)] : []),
} satisfies ChannelKind<{ readonly teams?: TeamsChannelProps }>;
