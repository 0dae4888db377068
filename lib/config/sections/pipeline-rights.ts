import { z } from 'zod';
import { list, oneOf, section } from '../../fields/basics';
import { managedPolicy, readingPolicy } from '../../fields/pipelines';

/** What the two roles may do, in every list. */
export const rights = () =>
  z
    .union(
      [
        oneOf(['cdk', 'baseline']),
        section({
          /** Managed policies of the role for pull requests. @default - none */
          plan: list(readingPolicy(), 'managed policies').default([]),
          /** Managed policies of the role that deploys. @default - none */
          deploy: list(managedPolicy(), 'managed policies').default([]),
        }),
      ],
      { error: "must be 'cdk', 'baseline', or lists of managed policies: { plan: [...], deploy: [...] }" },
    )
    .default('cdk');

/** What every kind of pipeline has. */
export interface WithRoles {
  readonly plan?: unknown;
  readonly deploy?: unknown;
  readonly rights:
    'cdk' | 'baseline' | { readonly plan: readonly string[]; readonly deploy: readonly string[] };
}

/** A pipeline has a role. */
export const hasRole = ({ plan, deploy }: WithRoles) => Boolean(plan) || deploy !== undefined;
export const NO_ROLE = { error: 'must have a role: plan, deploy, or both' };

/** A role may do something. */
export const hasRights = ({ plan, deploy, rights: given }: WithRoles) =>
  typeof given === 'string' ||
  ((!plan || given.plan.length > 0) && (deploy === undefined || given.deploy.length > 0));
export const NO_RIGHTS = {
  error: 'must list at least one managed policy for each role',
  path: ['rights'],
};
