import { DEPLOYED_AT_A_TIME } from '../../../lib/organization/members/member-stack-set';
import { READ_AT_A_TIME } from '../../../lib/posture/organization/verify-organization';

/**
 * How calls, minutes and quotas grow with the accounts of an organization. Calls are counted of the commands
 * (test/e2e/org-commands.slow.test.ts compares); times of AWS are assumptions.
 */

/** Assumed minutes until the stack of one member is deployed, in 17 Regions. Not measured on AWS. */
export const STACK_MINUTES = 3;

/** Assumed seconds until one member is read. IAM takes most of them, for the credential report. */
export const READ_SECONDS = 8;

/**
 * Calls of `org verify` to one member with few users, roles and images: each further page adds one, and each
 * time that IAM says that the credential report is not ready, two.
 *
 * @param regions enabled Regions
 */
export const memberCalls = (regions: number): number => 18 + 7 * regions;

/** Calls of `org verify` to the management account. Pages have 20 accounts, or 100 stacks. */
export const managementCalls = (accounts: number): number =>
  3 + Math.ceil(accounts / 20) + Math.ceil(accounts / 100) + accounts;

/** Calls of `org root-audit` to one member: four lists, and one for each access key. */
export const rootCalls = (accessKeys = 0): number => 4 + accessKeys;

/** Minutes of a deployment to all members. */
export const rolloutMinutes = (accounts: number): number =>
  Math.ceil(accounts / DEPLOYED_AT_A_TIME) * STACK_MINUTES;

/** Minutes of `org verify`. */
export const verifyMinutes = (accounts: number): number =>
  Math.ceil((Math.ceil(accounts / READ_AT_A_TIME) * READ_SECONDS) / 60);

/** A quota of AWS that grows with the accounts. */
export interface Quota {
  readonly what: string;
  readonly value: number;
  /** What an organization uses of it. */
  readonly used: (accounts: number) => number;
  readonly source: string;
  /** What to do where it does not suffice. */
  readonly more: string;
}

const CLOUDFORMATION =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html';
const ORGANIZATIONS = 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html';

export const QUOTAS: readonly Quota[] = [
  {
    what: 'accounts of an organization',
    value: 10,
    used: (accounts) => accounts,
    source: ORGANIZATIONS,
    more: 'Ask for more in the Service Quotas console, in us-east-1. AWS grants up to 50,000.',
  },
  {
    what: 'stacks of a StackSet',
    value: 100_000,
    used: (accounts) => accounts,
    source: CLOUDFORMATION,
    more: 'One stack for each account: not reached.',
  },
  {
    what: 'stacks that StackSets change at a time, by Region',
    value: 10_000,
    used: (accounts) => Math.min(accounts, DEPLOYED_AT_A_TIME),
    source: CLOUDFORMATION,
    more: 'The StackSet takes 50 at a time: not reached.',
  },
  {
    what: 'minutes of one update of a StackSet resource',
    value: 2160,
    used: rolloutMinutes,
    source: 'the schema of AWS::CloudFormation::StackSet (timeoutInMinutes)',
    more: 'Not reached. Sign in with credentials that last as long: CloudFormation uses those of the deployment.',
  },
];
