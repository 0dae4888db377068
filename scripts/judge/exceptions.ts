/** An objection that stays. */
export interface Exception {
  readonly judge: 'cfn-lint' | 'checkov' | 'parliament';
  readonly rule: string;
  /** Stacks and logical IDs, such as `Audit/Key`. */
  readonly resources: readonly string[];
  readonly reason: string;
}

const BOUNDARY = 'Delegation/DelegationBoundary';
const IS_BOUNDARY = 'It is a permissions boundary: it limits what roles can have, and grants nothing.';
const READS_ALL = 'Reads only, and what it reads is not known before: resources that others create, too.';
const MFA_POLICIES = [
  'Access/AdminAccessPolicy',
  'Access/BillingAccessViewersPolicy',
  'BreakGlass/BreakGlassPolicy',
  'Roles/PeoplePolicy',
];

/** Every objection that stays, with the reason. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    judge: 'cfn-lint',
    rule: 'E1022',
    resources: ['Summary/Dashboard'],
    reason: 'It does not know that Fn::GetStackOutput returns text, which Fn::Split can split.',
  },
  ...['CKV_AWS_107', 'CKV_AWS_108', 'CKV_AWS_109', 'CKV_AWS_110'].map((rule): Exception => ({
    judge: 'checkov',
    rule,
    resources: [BOUNDARY],
    reason: IS_BOUNDARY,
  })),
  { judge: 'parliament', rule: 'RESOURCE_STAR', resources: [BOUNDARY], reason: IS_BOUNDARY },
  {
    judge: 'parliament',
    rule: 'RESOURCE_STAR',
    resources: ['Delegation/DelegationRoleMaker', 'Roles/RolesVerify', 'Summary/WeeklySummaryFunctionRole'],
    reason: READS_ALL,
  },
  {
    judge: 'parliament',
    rule: 'MISMATCHED_TYPE_BUT_USABLE',
    resources: [BOUNDARY, 'Delegation/DelegationRoleMaker'],
    reason: 'The ARN of the boundary is compared exactly; no pattern must match it.',
  },
  {
    judge: 'parliament',
    rule: 'UNKNOWN_CONDITION_FOR_ACTION',
    resources: MFA_POLICIES,
    reason: 'Its data of April 2025 lack the global key aws:ViaAWSService.',
  },
  {
    judge: 'parliament',
    rule: 'RESOURCE_MISMATCH',
    resources: ['Summary/WeeklySummaryFunctionRole'],
    reason: 'Its data lack the topic as a resource of sns:GetSubscriptionAttributes, which IAM has today.',
  },
  {
    judge: 'parliament',
    rule: 'UNKNOWN_ACTION',
    resources: ['Roles/PeoplePolicy'],
    reason: 'Its data lack the actions of signin for `aws login`, which are newer.',
  },
];
