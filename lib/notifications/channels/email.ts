import { CfnSubscription, type ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { z } from 'zod';
import type { ChannelKind, INotificationChannel } from './channel';

/** Properties of `EmailChannel`. */
export interface EmailChannelProps {
  /** The e-mail address. */
  readonly address: string;
  /**
   * Construct id of the subscription. Required if the address is a token. If it changes, the address must confirm again.
   * @default - the address
   */
  readonly id?: string;
}

/** An e-mail address. It must confirm the subscription once, with the link in a message from AWS. */
export class EmailChannel implements INotificationChannel {
  readonly format = 'text';

  constructor(private readonly props: EmailChannelProps) {}

  bind(scope: Construct, topics: readonly ITopic[]): void {
    const { address: endpoint, id = endpoint } = this.props;
    for (const { topicArn } of topics) {
      new CfnSubscription(scope, id, { topicArn, protocol: 'email', endpoint });
    }
  }
}

/** The e-mail addresses of the configuration. */
export const email = {
  schema: {
    /** E-mail addresses that receive alarms and budget notifications, at most ten. Each must confirm the subscription once. */
    emails: z
      .array(z.email({ error: 'must be an e-mail address such as security@example.com' }), {
        error: 'must be a list of e-mail addresses',
      })
      .refine((emails) => emails.length > 0, {
        error: 'must name at least one address, or nobody would receive an alarm',
      })
      // A budget notification takes ten e-mail subscribers.
      .refine((emails) => emails.length <= 10, {
        error: 'must name at most 10 addresses; use a mailing list',
      }),
  },
  channels: ({ emails }) => emails.map((props) => new EmailChannel(props)),
} satisfies ChannelKind<{ readonly emails: readonly EmailChannelProps[] }>;
