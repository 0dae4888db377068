import { actionsOf, type Reader } from './calls';

/** Commands that read the account. */
export type PolicyOf =
  'verify' | 'preflight' | 'explain' | 'org-preflight' | 'org-verify' | 'org-root-audit' | 'org-plan';

/** The sets of calls of each command. */
const READERS: Readonly<Record<PolicyOf, readonly Reader[]>> = {
  verify: ['account', 'verify'],
  preflight: ['account', 'preflight'],
  explain: ['explain'],
  'org-preflight': ['orgPreflight'],
  'org-verify': ['organization'],
  'org-root-audit': ['organization', 'orgRootAudit'],
  'org-plan': ['account', 'organization', 'orgPlan'],
};

interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, object>>;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html */
function rootSessions(tasks: readonly string[]): Statement {
  return {
    Effect: 'Allow',
    Action: actionsOf('rootSession'),
    Resource: 'arn:aws:iam::*:root',
    Condition: {
      StringEquals: { 'sts:TaskPolicyArn': tasks.map((task) => `arn:aws:iam::aws:policy/root-task/${task}`) },
    },
  };
}

/** What a command does in other accounts, which must not be allowed for every resource. */
const ELSEWHERE: Readonly<Partial<Record<PolicyOf, Statement>>> = {
  'org-verify': {
    Effect: 'Allow',
    Action: actionsOf('orgVerify'),
    Resource: 'arn:aws:iam::*:role/*-Verify',
  },
  'org-root-audit': rootSessions(['IAMAuditRootUserCredentials']),
};

/** What `org root-audit --delete-credentials` needs. */
export function deletionPolicy(): ReturnType<typeof policyFor> {
  const { Version, Statement } = policyFor('org-root-audit');
  const [read, ...others] = Statement;
  const tasks = rootSessions(['IAMAuditRootUserCredentials', 'IAMDeleteRootUserCredentials']);
  return { Version, Statement: [...(read ? [read] : []), ...others.slice(1), tasks] };
}

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
