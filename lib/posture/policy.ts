import { actionsOf, type Reader } from './calls';

/** Commands that read the account. */
export type PolicyOf = 'verify' | 'preflight' | 'explain';

/** The sets of calls of each command. */
const READERS: Readonly<Record<PolicyOf, readonly Reader[]>> = {
  verify: ['account', 'verify'],
  preflight: ['account', 'preflight'],
  explain: ['explain'],
};

/**
 * The IAM policy for a command and further sets of calls. The resource is `*`: nearly all of these actions
 * have no resource-level permissions, and the others read resources whose names CloudFormation chooses.
 */
export function policyFor(command: PolicyOf, ...more: readonly Reader[]) {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actionsOf(...READERS[command], ...more), Resource: '*' }],
  };
}
