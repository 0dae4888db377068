import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { z } from 'zod';

/**
 * How messages are written for a channel: `text` for people, `json` with the events behind an alarm for
 * tools, `chat` for Amazon Q Developer in chat applications.
 */
export type MessageFormat = 'text' | 'json' | 'chat';

/** A destination of notifications. */
export interface INotificationChannel {
  /** How messages are written for it. */
  readonly format: MessageFormat;

  /**
   * Subscribes the channel. `Notifications` calls it once.
   *
   * @param scope scope of the resources that the channel creates
   * @param topics topics that carry messages for its format: the topic of notifications, and for `chat`
   * another one with the explained alarms
   */
  bind(scope: Construct, topics: readonly ITopic[]): void;
}

/** What a file of this folder adds to the configuration. */
export interface ChannelKind<Options> {
  /** Schema of the options that it adds to `notifications`. */
  readonly schema: Readonly<Record<string, z.ZodType>>;

  /** An example of these options, all of them set. Tests use it wherever they configure everything. */
  readonly example: Readonly<Record<keyof Options, unknown>>;

  /** The channels that these options ask for. */
  channels(options: Options): INotificationChannel[];
}
