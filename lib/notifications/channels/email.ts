import type { CfnCondition } from 'aws-cdk-lib';
import { CfnSubscription, type ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { list } from '../../fields/basics';
import { email as emailField } from '../../fields/text';
import type { ChannelKind, INotificationChannel } from './channel';

/** Properties of `EmailChannel`. */
export interface EmailChannelProps {
  /** The e-mail address. */
  readonly address: string;
  /**
   * Construct ID of the subscription. Required if the address is a token. If it changes, the address must
   * confirm again.
   * @default - the address
   */
  readonly id?: string;
  /**
   * Subscribes the address only if this is true.
   * @default - always
   */
  readonly condition?: CfnCondition;
}

/**
 * An e-mail address. It must confirm the subscription once, with the link in a message from AWS.
 * @example
 * const { logGroup } = new AuditTrail(this, 'Trail');
 * const channels = [new EmailChannel({ address: 'security@example.com' })];
 * new Notifications(this, 'Notifications', { channels, logGroup });
 */
export class EmailChannel implements INotificationChannel {
  readonly format = 'text';

  constructor(private readonly props: EmailChannelProps) {}

  bind(scope: Construct, topics: readonly ITopic[]): void {
    const { address: endpoint, condition, id = endpoint } = this.props;
    for (const { topicArn } of topics) {
      const subscription = new CfnSubscription(scope, id, { topicArn, protocol: 'email', endpoint });
      subscription.cfnOptions.condition = condition;
    }
  }
}

/** The e-mail addresses of the configuration. */
export const email = {
  schema: {
    /**
     * Addresses that receive alarms and budget notifications, at most ten. Each recipient must confirm the
     * subscription once, by e-mail.
     */
    emails: list(emailField(), 'e-mail addresses')
      .refine((emails) => emails.length > 0, {
        error: 'must name at least one address; otherwise nobody would receive an alarm',
      })
      .refine((emails) => emails.length <= 10, {
        error: 'must name at most 10 addresses, the limit of a budget notification; use a mailing list',
      }),
  },
  example: { emails: ['security@example.com'] },
  channels: ({ emails }) => emails.map((props) => new EmailChannel(props)),
} satisfies ChannelKind<{ readonly emails: readonly EmailChannelProps[] }>;
