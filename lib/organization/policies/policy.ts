import type { BaselineConfig } from '../../config/config';
import { configOfMembers, memberGroupsOf } from '../members/member-groups';

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
  /** Members that the policies do not limit. */
  readonly exceptAccounts: readonly string[];
  /** Accounts outside the organization that may use its resources. */
  readonly trustedAccounts: readonly string[];
  /** Regions that members may use. */
  readonly regions: readonly string[];
  /** Options of `accountSettings` that are on for some members, such as `ebsEncryption`. */
  readonly settings: readonly string[];
  /** OUs of the members that have one of these off, by its option. */
  readonly unitsWithout: Readonly<Record<string, readonly string[]>>;
}

/** A statement of a service or resource control policy. It can only deny. */
export interface Denial {
  readonly Sid: string;
  readonly Effect: 'Deny';
  readonly Principal?: '*';
  readonly Action?: string | readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Conditions;
}

/** Conditions of a statement: operators, keys, values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** A policy for the members of an organization. */
export interface OrganizationPolicy {
  readonly name: PolicyName;
  readonly type: PolicyType;
  /** What it denies or sets, as a phrase. People see it in the console of Organizations. */
  readonly denies: string;
  /** The risk without it. */
  readonly reason: string;
  /** Who may be surprised, and by what. */
  readonly noise: string;
  /** Who is exempt, besides the management account and `exceptAccounts`. */
  readonly exempt: string;
  /** What must work as before. */
  readonly neverDenies: string;
  /** The document, as JSON. */
  readonly document: (options: PolicyOptions) => object;
}

/** The document of a service or resource control policy. Empty conditions are left out. */
export function denials(statements: readonly Denial[]): object {
  return {
    Version: '2012-10-17',
    Statement: statements.map(({ Condition = {}, ...others }) => ({
      ...others,
      ...(Object.keys(Condition).length > 0 && { Condition }),
    })),
  };
}

/** What the texts of the policies depend on, from a configuration. */
export function policyOptions(organization: Organization, config: BaselineConfig): PolicyOptions {
  const { stackName: prefix } = config;
  const groups = memberGroupsOf({ organization }).map(({ name, targets }) => ({
    targets,
    on: Object.entries(configOfMembers(config, name).accountSettings).flatMap(([option, value]) =>
      value === true ? option : [],
    ),
  }));
  const settings = [...new Set(groups.flatMap(({ on }) => on))];
  const { id, exceptAccounts, trustedAccounts, regions = [] } = organization;
  return {
    organizationId: id,
    prefix,
    exceptAccounts,
    trustedAccounts,
    regions,
    settings,
    unitsWithout: Object.fromEntries(
      settings.map((option) => [
        option,
        groups.flatMap(({ on, targets }) => (on.includes(option) ? [] : targets)),
      ]),
    ),
  };
}
