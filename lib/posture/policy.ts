import { actionsOf, type Reader } from './calls';

/** Commands that read the account. */
export type PolicyOf = 'verify' | 'preflight' | 'explain' | 'org-verify';

/** The sets of calls of each command. */
const READERS: Readonly<Record<PolicyOf, readonly Reader[]>> = {
  verify: ['account', 'verify'],
  preflight: ['account', 'preflight'],
  explain: ['explain'],
  'org-verify': ['organization'],
};

interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, object>>;
}

/** What a command does in other accounts, which must not be allowed for every resource. */
const ELSEWHERE: Readonly<Partial<Record<PolicyOf, Statement>>> = {
  'org-verify': {
    Effect: 'Allow',
    Action: actionsOf('orgVerify'),
    Resource: 'arn:aws:iam::*:role/*-Verify',
  },
};

/**
 * The IAM policy for a command and further sets of calls. The resource is `*`: nearly all of these actions
 * have no resource-level permissions, and the others read resources whose names CloudFormation chooses.
 */
export function policyFor(
  command: PolicyOf,
  ...more: readonly Reader[]
): { readonly Version: string; readonly Statement: readonly Statement[] } {
  const { [command]: elsewhere } = ELSEWHERE;
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: actionsOf(...READERS[command], ...more), Resource: '*' },
      ...(elsewhere ? [elsewhere] : []),
    ],
  };
}
