import type { Explanation } from './explain';

/** What IAM answers: by identity policies, permissions boundary, and service control policies. */
export interface IamAnswer {
  readonly allowed: boolean;
  /** Whether a statement denies it. */
  readonly isExplicit: boolean;
  /** Whether a service control policy denies it. */
  readonly byOrganization: boolean;
  /** Whether the permissions boundary does not allow it. */
  readonly byBoundary: boolean;
  /** Names of the policies whose statements decide. */
  readonly policies: readonly string[];
  /** Condition keys of the policies that the request did not have. */
  readonly missing: readonly string[];
}

/**
 * An explanation with IAM's own answer, which counts if ours differs: IAM also knows the service control
 * policies of the organization.
 *
 * @param ours what the policies that were read explain, and what they would answer without that of the
 * resource, which IAM was not given; undefined if they could not be evaluated
 */
export function withIamAnswer(
  ours: Explanation,
  ownPoliciesAllow: boolean | undefined,
  { allowed, byOrganization, byBoundary, isExplicit, policies, missing }: IamAnswer,
): Explanation {
  const limits = [
    ...ours.limits,
    ...(missing.length > 0
      ? [`Policies also look at what the request did not say: ${missing.join(', ')}.`]
      : []),
  ];
  const requested = ours.steps.slice(0, REQUEST_STEPS);
  if (allowed === ownPoliciesAllow) {
    const same = (ours.decision === 'allowed') === allowed;
    const answer = allowed ? 'allowed' : 'denied';
    const agreed = {
      name: 'IAM',
      text: same
        ? `Asked, it answers the same: ${answer}`
        : `Asked without the policy of the resource, it answers: ${answer}`,
      result: 'info' as const,
    };
    return { ...ours, steps: [...requested, agreed, ...ours.steps.slice(REQUEST_STEPS)], limits };
  }
  const by =
    policies.length > 0
      ? ` by the ${policies.length > 1 ? 'policies' : 'policy'} ${policies.join(', ')}`
      : '';
  const unlike = ownPoliciesAllow === undefined ? '' : ', unlike the policies that were read suggest';
  const denial = byOrganization
    ? 'by a service control policy of the organization'
    : byBoundary
      ? 'by the permissions boundary'
      : `${isExplicit ? 'explicitly' : 'as no statement allows it'}${by}${unlike}`;
  const text = allowed ? `Allowed${by}${unlike}` : `Denied ${denial}`;
  const decision = allowed ? 'allowed' : 'denied';
  return {
    ...ours,
    decision,
    steps: [...requested, { name: 'IAM', text, result: decision }],
    decidedBy: policies.map((policy) => ({
      policy: `policy ${policy}`,
      statement: 'not named by IAM',
      effect: allowed ? 'Allow' : 'Deny',
    })),
    changes: byOrganization ? ['The organization must change its service control policy.'] : [],
    limits,
  };
}

/** Principal, action, resource, environment. */
const REQUEST_STEPS = 4;
