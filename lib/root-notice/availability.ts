/** Regions of other partitions. */
const ELSEWHERE = /^(?:cn|us-gov|us-iso[a-z]?|eu-iso[a-z]?|eusc)-/;

/**
 * Whether the partition of a Region has AWS User Notifications; only the commercial one, `aws`, has it.
 *
 * @param region undefined if it comes from the environment
 * @see https://docs.aws.amazon.com/notifications/latest/APIReference/Welcome.html
 */
export function hasUserNotifications(region: string | undefined): boolean {
  return region === undefined || !ELSEWHERE.test(region);
}
