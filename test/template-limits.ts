/** Bytes of a template that CloudFormation takes without a bucket. */
export const LIMIT = 51_200;

/**
 * Bytes of a stack in the default configuration: a fifth of the limit is free. Of the stack with the alarms
 * and the function that explains them, it is a tenth.
 *
 * @param kind last part of the stack's name
 */
export function defaultLimit(kind: string): number {
  return kind === 'Alarms' ? 46_080 : 40_960;
}
