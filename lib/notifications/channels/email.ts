import { type CfnCondition, Token } from 'aws-cdk-lib';
import { CfnSubscription, type ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { z } from 'zod';
import { list } from '../../fields/basics';
import { checkProps } from '../../fields/check-props';
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

  constructor(private readonly props: EmailChannelProps) {
    checkProps({ address: emailField() }, props);
    if (props.id === undefined && Token.isUnresolved(props.address)) {
      throw new Error('id is required for an address that is a token');
    }
  }

  bind(scope: Construct, topics: readonly ITopic[]): void {
    const { address: endpoint, condition, id = endpoint } = this.props;
    for (const { topicArn } of topics) {
      const subscription = new CfnSubscription(scope, id, { topicArn, protocol: 'email', endpoint });
      subscription.cfnOptions.condition = condition;
    }
  }
}

/** Limit of a notification of AWS Budgets. */
export const AT_MOST_TEN =
  'must name at most 10 addresses, the limit of a budget notification; use a mailing list';

/** Recipients, for `checkProps`. */
export const recipients = () =>
  list(z.object({ address: emailField() }, { error: 'must be an object' }), 'recipients');

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
      .refine((emails) => emails.length <= 10, { error: AT_MOST_TEN }),
  },
  example: { emails: ['security@example.com'] },
  channels: ({ emails }) => emails.map((props) => new EmailChannel(props)),
} satisfies ChannelKind<{ readonly emails: readonly EmailChannelProps[] }>;
