import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { z } from 'zod';

/**
 * Message format of a channel: `text` for people, `json` with the events behind an alarm for HTTPS endpoints
 * (SNS delivers the text to all others), `chat` for Amazon Q Developer in chat applications.
 */
export type MessageFormat = 'text' | 'json' | 'chat';

/** A destination of notifications. */
export interface INotificationChannel {
  /** Format of its messages. */
  readonly format: MessageFormat;

  /**
   * Subscribes the channel. `Notifications` calls it once.
   *
   * @param scope scope of the resources that the channel creates
   * @param topics topics with messages in its format: the notification topic, and for `chat` also a topic
   * with the explained alarms
   */
  bind(scope: Construct, topics: readonly ITopic[]): void;
}

/** What each channel's file adds to the configuration. */
export interface ChannelKind<Options> {
  /** Schema of the options that are added to `notifications`. */
  readonly schema: Readonly<Record<string, z.ZodType>>;

  /** Example values of all these options. Tests that configure everything use them. */
  readonly example: Readonly<Record<keyof Options, unknown>>;

  /** Creates the channels of these options. */
  channels(options: Options): INotificationChannel[];
}
