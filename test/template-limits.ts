/** Bytes of a template that CloudFormation takes without a bucket. */
export const LIMIT = 51_200;

/** Bytes of a stack in the default configuration: a fifth of the limit is free. */
export const DEFAULT_LIMIT = 40_960;
