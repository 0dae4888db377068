import { CfnMicrosoftTeamsChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { section } from '../../fields/basics';
import { checkProps } from '../../fields/check-props';
import { uuid } from '../../fields/names';
import { matching } from '../../fields/text';
import type { ChannelKind, INotificationChannel } from './channel';
import { ChatApplication } from './chat';

/** Properties of `TeamsChannel`. */
export interface TeamsChannelProps {
  /** ID of the tenant, a UUID. */
  readonly tenantId: string;
  /** ID of the team, a UUID. */
  readonly teamId: string;
  /** ID of the channel, URL-encoded as in its link. */
  readonly channelId: string;
}

/**
 * A channel in Microsoft Teams, for messages only. First authorize the tenant once, in the console of Amazon
 * Q Developer in chat applications.
 * @example
 * const { logGroup } = new AuditTrail(this, 'Trail');
 * const tenantId = '11111111-2222-4333-8444-555555555555';
 * const teamId = '66666666-7777-4888-9999-000000000000';
 * const channels = [new TeamsChannel({ tenantId, teamId, channelId: '19%3Aabc%40thread.tacv2' })];
 * new Notifications(this, 'Notifications', { channels, logGroup });
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/teams-setup.html
 */
export class TeamsChannel implements INotificationChannel {
  readonly format = 'chat';

  constructor(private readonly props: TeamsChannelProps) {
    checkProps(teams.schema.teams.unwrap().shape, props);
  }

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

/** The Microsoft Teams channel of the configuration. */
export const teams = {
  schema: {
    /**
     * A channel in Microsoft Teams. First authorize the tenant once, in the console of Amazon Q Developer in
     * chat applications.
     * @default - none
     */
    teams: section({
      /** ID of the tenant, a UUID. */
      tenantId: uuid('a tenant'),
      /** ID of the team, a UUID. */
      teamId: uuid('a team'),
      /** ID of the channel, URL-encoded as in its link. */
      channelId: matching(
        /^(?=.{1,256}$)[\w=+/.,-]*%3[aA][\w=+/.,-]*%40[\w=+/.,-]*$/,
        'must be the URL-encoded ID of a channel, as in its link: 19%3a…%40thread.tacv2',
      ),
    }).optional(),
  },
  example: {
    teams: {
      tenantId: '01234567-89ab-cdef-0123-456789abcdef',
      teamId: '76543210-89ab-cdef-0123-456789abcdef',
      channelId: '19%3a0123456789abcdef0123456789abcdef%40thread.tacv2',
    },
  },
  channels: ({ teams }) => (teams ? [new TeamsChannel(teams)] : []),
} satisfies ChannelKind<{ readonly teams?: TeamsChannelProps }>;
