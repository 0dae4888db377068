import type { BaselineConfig } from '../../config/config';

/** The configured organization. */
export type Organization = NonNullable<BaselineConfig['organization']>;

/** Name of a policy, as in `organization.policies`. */
export type PolicyName = keyof Organization['policies'];

/** Policy types of AWS Organizations that the baseline uses, as its API names them. */
export type PolicyType = 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY' | 'DECLARATIVE_POLICY_EC2';

/** What the text of a policy depends on. */
export interface PolicyOptions {
  /** ID of the organization. */
  readonly organizationId: string;
  /** Prefix of the stack names. */
  readonly prefix: string;
  /** Accounts that the policy does not limit. */
  readonly exceptAccounts: readonly string[];
  /** Regions that members may use. */
  readonly regions: readonly string[];
}

/** A policy for the members of an organization. */
export interface OrganizationPolicy {
  readonly name: PolicyName;
  readonly type: PolicyType;
  /** What it denies or sets, as a phrase. People see it in the console of Organizations. */
  readonly denies: string;
  /** The risk without it. */
  readonly reason: string;
  /** Whom it surprises, and with what. */
  readonly noise: string;
  /** Who is exempt, besides the management account and `exceptAccounts`. */
  readonly exempt: string;
  /** What it must never deny. */
  readonly neverDenies: string;
  /** The document, as JSON. */
  readonly document: (options: PolicyOptions) => object;
}
