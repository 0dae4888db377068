import { actionsOf, type Reader } from './calls';

/** Commands that read the account. */
export type PolicyOf =
  | 'verify'
  | 'preflight'
  | 'diff'
  | 'explain'
  | 'org-preflight'
  | 'org-verify'
  | 'org-root-audit'
  | 'org-plan';

/** The sets of calls of each command. */
const READERS: Readonly<Record<PolicyOf, readonly Reader[]>> = {
  verify: ['account', 'verify'],
  preflight: ['account', 'preflight'],
  diff: ['diff'],
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
function rootSessions(partition: string, tasks: readonly string[]): Statement {
  const policy = `arn:${partition}:iam::aws:policy/root-task`;
  return {
    Effect: 'Allow',
    Action: actionsOf('rootSession'),
    Resource: `arn:${partition}:iam::*:root`,
    Condition: { StringEquals: { 'sts:TaskPolicyArn': tasks.map((task) => `${policy}/${task}`) } },
  };
}

/** What must not be allowed for every resource: roles and root users of other accounts, and StackSets. */
const LIMITED: Readonly<Partial<Record<PolicyOf, (partition: string) => readonly Statement[]>>> = {
  'org-verify': (partition) => [
    {
      Effect: 'Allow',
      Action: actionsOf('rollout'),
      Resource: `arn:${partition}:cloudformation:*:*:stackset/*-Members*:*`,
    },
    { Effect: 'Allow', Action: actionsOf('orgVerify'), Resource: `arn:${partition}:iam::*:role/*-Verify-*` },
  ],
  'org-root-audit': (partition) => [rootSessions(partition, ['IAMAuditRootUserCredentials'])],
};

/**
 * What `org root-audit --delete-credentials` needs.
 *
 * @param partition that of the account, such as aws-us-gov
 */
export function deletionPolicy(partition = 'aws'): ReturnType<typeof policyFor> {
  const { Version, Statement } = policyFor('org-root-audit', { partition });
  const tasks = ['IAMAuditRootUserCredentials', 'IAMDeleteRootUserCredentials'];
  return { Version, Statement: [...Statement.slice(0, 1), rootSessions(partition, tasks)] };
}

/** Options of {@link policyFor}. */
export interface PolicyForOptions {
  /** Further sets of calls. @default [] */
  readonly more?: readonly Reader[];
  /** That of the account, such as aws-us-gov. @default 'aws' */
  readonly partition?: string;
}

/**
 * The IAM policy for a command. The resource is `*`: nearly all of these actions have no resource-level
 * permissions, and the others read resources whose names CloudFormation chooses.
 */
export function policyFor(
  command: PolicyOf,
  { more = [], partition = 'aws' }: PolicyForOptions = {},
): { readonly Version: string; readonly Statement: readonly Statement[] } {
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: actionsOf(...READERS[command], ...more), Resource: '*' },
      ...(LIMITED[command]?.(partition) ?? []),
    ],
  };
}
