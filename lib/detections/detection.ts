/** Severities of an alarm, from the least to the most urgent. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;

/** How soon someone must respond to an alarm. */
export type Severity = (typeof SEVERITIES)[number];

/** When an alarm triggers and how urgent it is. */
export interface Tuning {
  /** The alarm triggers when the weights of the events in one period add up to this number. */
  readonly threshold: number;
  /** Length of a period, in seconds: a multiple of 60. */
  readonly period: number;
  /** How soon someone must respond. */
  readonly severity: Severity;
}

/**
 * One metric and one alarm, shared by the detections that call for the same response. CloudWatch includes ten
 * of each in its free tier.
 */
export interface Signal extends Tuning {
  /** Stable name in PascalCase: the name of the metric and the last part of the alarm's name. */
  readonly id: string;
  /** What happened, as the subject of a message states it. */
  readonly title: string;
  /** What to do first, in two or three steps; the alarm's description contains them. */
  readonly steps: readonly string[];
}

/** An event in the account that the recipients of notifications must know about. */
export interface Detection extends Partial<Tuning> {
  /**
   * What happened, in PascalCase. Messages and runbooks derive their titles from it, the configuration tunes
   * or disables the detection by it, and it is part of the metric filter's name.
   */
  readonly id: string;
  /**
   * The signal that its events add to. A threshold, period or severity of its own gives the detection its own
   * alarm.
   */
  readonly signal: Signal;
  /**
   * What one event adds to the signal's metric: with a threshold of 300 and a weight of 60, five events
   * trigger the alarm.
   * @default 1
   */
  readonly weight?: number;
  /** Controls of published standards that the detection meets. */
  readonly controls: readonly string[];
  /**
   * Literal CloudWatch Logs filter pattern, at most 1,024 characters. It can contain `${Prefix}`, the prefix
   * of the suite's stack names, `${BucketPrefix}`, the same in lower case, `${LogGroup}`, the name of the
   * trail's log group, `${Bucket}`, the name of its bucket, and `${Account}`, the ID of the account.
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
   */
  readonly pattern: string;
  /**
   * The option that it belongs to. Without the option, the suite does not deploy it.
   * @default - it is deployed in every account
   */
  readonly needs?: 'organization';
  /**
   * Condition that events of members must also meet, if the trail is that of an organization. A pattern
   * cannot compare the account of an event with another field.
   * @default - none
   */
  readonly inMembers?: string;
}

/** A detection with what its runbook says. The npm package has only what is deployed. */
export interface DocumentedDetection extends Detection {
  /** What the event means and why it matters. */
  readonly why: string;
  /** Causes in an everyday account, false positives, and why there are few. */
  readonly noise: string;
  /** What to do in the first five minutes, in order. */
  readonly firstMinutes: readonly string[];
  /** How to stop it, if nobody on your team did it. */
  readonly containment: readonly string[];
}
