import { CfnSubscription, type ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { list } from '../../fields/basics';
import { checkProps } from '../../fields/check-props';
import { httpsUrl } from '../../fields/text';
import type { ChannelKind, INotificationChannel } from './channel';

/** Properties of `HttpsChannel`. */
export interface HttpsChannelProps {
  /** HTTPS URL of the endpoint. */
  readonly url: string;
}

/**
 * An HTTPS endpoint of a tool. It receives the events behind an alarm as JSON, and must confirm its
 * subscription.
 *
 * The JSON has `severity`, `title`, `account`, `alarm`, `count`, `findings` (each with `detection` and
 * `event`), and `now`: what a person can do at once. If the events could not be read, or the alarm is over,
 * it is the alarm with `Now` as the last field.
 * @example
 * const { logGroup } = new AuditTrail(this, 'Trail');
 * const channels = [new HttpsChannel({ url: 'https://events.example.com/aws' })];
 * new Notifications(this, 'Notifications', { channels, logGroup });
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html
 */
export class HttpsChannel implements INotificationChannel {
  readonly format = 'json';

  constructor(private readonly props: HttpsChannelProps) {
    checkProps({ url: httpsUrl() }, props);
  }

  bind(scope: Construct, topics: readonly ITopic[]): void {
    const { url: endpoint } = this.props;
    // Construct IDs contain -- instead of slashes, so two URLs could have the same ID.
    const id = endpoint.includes('--') ? encodeURIComponent(endpoint) : endpoint;
    for (const { topicArn } of topics) {
      new CfnSubscription(scope, id, { topicArn, protocol: 'https', endpoint });
    }
  }
}

/** The HTTPS endpoints of the configuration. */
export const https = {
  schema: {
    /**
     * HTTPS endpoints of tools. They receive the events behind an alarm as JSON, and must confirm the
     * subscription.
     * @default []
     */
    httpsEndpoints: list(httpsUrl(), 'HTTPS URLs').default([]),
  },
  example: { httpsEndpoints: ['https://alerts.example.com/aws'] },
  channels: ({ httpsEndpoints }) => httpsEndpoints.map((url) => new HttpsChannel({ url })),
} satisfies ChannelKind<{ readonly httpsEndpoints: readonly string[] }>;
