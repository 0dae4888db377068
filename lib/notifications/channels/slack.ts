import { CfnSlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { z } from 'zod';
import type { ChannelKind, INotificationChannel } from './channel';
import { ChatApplication } from './chat';

/** Properties of `SlackChannel`. */
export interface SlackChannelProps {
  /** Id of the workspace, such as T0123ABCD. */
  readonly workspaceId: string;
  /** Id of the channel, such as C0123ABCD. */
  readonly channelId: string;
}

/**
 * A channel in Slack, for messages only. Somebody must authorize the workspace once, in the console of Amazon Q Developer
 * in chat applications.
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/slack-setup.html
 */
export class SlackChannel implements INotificationChannel {
  readonly format = 'chat';

  constructor(private readonly props: SlackChannelProps) {}

  bind(scope: Construct, topics: readonly ITopic[]): void {
    const chat = ChatApplication.of(scope);
    new CfnSlackChannelConfiguration(chat, 'Slack', {
      ...chat.configuration(topics),
      slackWorkspaceId: this.props.workspaceId,
      slackChannelId: this.props.channelId,
    });
  }
}

const id = (pattern: RegExp, error: string) => z.string({ error }).regex(pattern, { error });

/** The Slack channel of the configuration. */
export const slack = {
  schema: {
    /**
     * A channel in Slack. Authorize the workspace once, in the console of Amazon Q Developer in chat applications.
     * @default - none
     */
    slack: z
      .strictObject(
        {
          /** Id of the workspace, such as T0123ABCD. */
          workspaceId: id(/^T[A-Z0-9]+$/, 'must be the id of a Slack workspace, such as T0123ABCD'),
          /** Id of the channel, such as C0123ABCD. */
          channelId: id(/^[A-Z0-9]+$/, 'must be the id of a Slack channel, such as C0123ABCD'),
        },
        { error: 'must be an object' },
      )
      .optional(),
  },
  channels: ({ slack }) => (slack ? [new SlackChannel(slack)] : []),
} satisfies ChannelKind<{ readonly slack?: SlackChannelProps }>;
