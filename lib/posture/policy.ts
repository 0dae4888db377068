import { actionsOf, type Reader } from './calls';

/**
 * The IAM policy that readers need. Nearly all of these actions know no resource, and the others are asked about what
 * CloudFormation names, so the resource is everything.
 */
export function policyFor(...readers: readonly Exclude<Reader, 'account'>[]) {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actionsOf('account', ...readers), Resource: '*' }],
  };
}
