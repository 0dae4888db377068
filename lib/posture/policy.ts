import { actionsOf, type Reader } from './calls';

/**
 * The IAM policy for these sets of calls. The resource is `*`: nearly all of these actions have no
 * resource-level permissions, and the others read resources whose names CloudFormation chooses.
 */
export function policyFor(...readers: readonly Exclude<Reader, 'account'>[]) {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actionsOf('account', ...readers), Resource: '*' }],
  };
}
