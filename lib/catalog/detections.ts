/** Something that happened in the account and that a person should hear of. */
export interface Detection {
  /** Stable name in PascalCase; part of the alarm's logical id and name. */
  readonly id: string;
  /** What happened, as the alarm's title says it. */
  readonly title: string;
  /** Controls of published standards that it meets. */
  readonly controls: readonly string[];
  /**
   * Literal CloudWatch Logs filter pattern, at most 1,024 characters.
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
   */
  readonly pattern: string;
  /** Events in one period that raise the alarm. */
  readonly threshold: number;
  /** Length of a period, in seconds. */
  readonly period: number;
  /** What to do first, in a sentence or two. */
  readonly firstStep: string;
}

export const DETECTIONS: readonly Detection[] = [
  {
    id: 'RootUse',
    title: 'The root user was used',
    controls: ['CIS 7.0 5.3', 'Security Hub CloudWatch.1'],
    // Security Hub compares this text to the letter:
    // https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-1
    pattern:
      '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
    threshold: 1,
    period: 300,
    firstStep:
      'Ask who used it. If nobody did: reset the root password, remove its access keys and check its MFA at once.',
  },
];
