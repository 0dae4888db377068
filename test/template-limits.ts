/** Bytes of a template that CloudFormation takes without a bucket. */
export const LIMIT = 51_200;

/**
 * Bytes of a stack in the default configuration: a fifth of the limit is free. Of the stacks with alarms and
 * detections, which grow with each of them, it is a tenth.
 *
 * @param kind last part of the stack's name
 */
export function defaultLimit(kind: string): number {
  return ['Alarms', 'Detections'].includes(kind) ? 46_080 : 40_960;
}
