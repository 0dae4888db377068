import { CfnSlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { section } from '../../fields/basics';
import { checkProps } from '../../fields/check-props';
import { matching } from '../../fields/text';
import type { ChannelKind, INotificationChannel } from './channel';
import { ChatApplication } from './chat';

/** Properties of `SlackChannel`. */
export interface SlackChannelProps {
  /** ID of the workspace, such as T0123ABCD. */
  readonly workspaceId: string;
  /** ID of the channel, such as C0123ABCD. */
  readonly channelId: string;
}

/**
 * A Slack channel, for messages only. First authorize the workspace once, in the console of Amazon Q
 * Developer in chat applications.
 * @example
 * const { logGroup } = new AuditTrail(this, 'Trail');
 * const channels = [new SlackChannel({ workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' })];
 * new Notifications(this, 'Notifications', { channels, logGroup });
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/slack-setup.html
 */
export class SlackChannel implements INotificationChannel {
  readonly format = 'chat';

  constructor(private readonly props: SlackChannelProps) {
    checkProps(slack.schema.slack.unwrap().shape, props);
  }

  bind(scope: Construct, topics: readonly ITopic[]): void {
    const chat = ChatApplication.of(scope);
    new CfnSlackChannelConfiguration(chat, 'Slack', {
      ...chat.configuration(topics),
      slackWorkspaceId: this.props.workspaceId,
      slackChannelId: this.props.channelId,
    });
  }
}

/** The Slack channel of the configuration. */
export const slack = {
  schema: {
    /**
     * A channel in Slack. First authorize the workspace once, in the console of Amazon Q Developer in chat
     * applications.
     * @default - none
     */
    slack: section({
      /** ID of the workspace, such as T0123ABCD. */
      workspaceId: matching(/^T[A-Z0-9]+$/, 'must be the ID of a Slack workspace, such as T0123ABCD'),
      /** ID of the channel, such as C0123ABCD. */
      channelId: matching(/^[A-Z0-9]+$/, 'must be the ID of a Slack channel, such as C0123ABCD'),
    }).optional(),
  },
  example: { slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' } },
  channels: ({ slack }) => (slack ? [new SlackChannel(slack)] : []),
} satisfies ChannelKind<{ readonly slack?: SlackChannelProps }>;
