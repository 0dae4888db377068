import type { Caller, Part, TrailState } from '../snapshot';

/** What `org preflight` reads. */
export interface OrganizationSurroundings {
  readonly caller: Caller;
  readonly region: string;
  /** The organization of the account; undefined if it has none. */
  readonly organization: Part<Organization | undefined>;
  /** The root, and the policy types that are enabled on it. */
  readonly root: Part<Root | undefined>;
  readonly accounts: Part<readonly OrganizationAccount[]>;
  /** OUs, if the configuration has OUs or accounts of its own. */
  readonly structure: Part<Structure>;
  /** Configured OUs that do not exist. */
  readonly missingUnits: Part<readonly string[]>;
  /** IDs of the OUs and the root above each covered OU, if some have options of their own. */
  readonly above: Part<Readonly<Record<string, readonly string[]>>>;
  /** Service principals with trusted access. */
  readonly trusted: Part<readonly string[]>;
  readonly administrators: Part<readonly DelegatedAdministrator[]>;
  /** Features of central root access that are enabled, such as RootSessions. */
  readonly rootFeatures: Part<readonly string[]>;
  /** Policies that people wrote, by type, with the number of policies that are attached to the root. */
  readonly policies: Part<readonly PolicyKind[]>;
  readonly stackSets: Part<readonly StackSet[]>;
  readonly trails: Part<readonly TrailState[]>;
  /** Name of the AWS Config recorder in the home Region. */
  readonly recorder: Part<string | undefined>;
  /** ARNs of the instances of IAM Identity Center in the home Region. */
  readonly identityCenters: Part<readonly string[]>;
}

/** An organization, as this account sees it. */
export interface Organization {
  readonly id: string;
  readonly managementAccount: string;
  /** Whether it has all features, not only consolidated billing. */
  readonly allFeatures: boolean;
}

/** The root of an organization. */
export interface Root {
  readonly id: string;
  /** Such as SERVICE_CONTROL_POLICY. */
  readonly policyTypes: readonly string[];
}

/** OUs of an organization. */
export interface Structure {
  readonly units: readonly Unit[];
  /** IDs of the OUs or the root in which the adopted accounts are, by account. */
  readonly parents: Readonly<Record<string, string>>;
  /** IDs of the OUs and accounts that the baseline's stack created. */
  readonly ours: readonly string[];
}

/** An OU. */
export interface Unit {
  readonly id: string;
  /** Names from the root down, such as Workloads/Production. */
  readonly path: string;
}

/** An account of an organization. */
export interface OrganizationAccount {
  readonly id: string;
  readonly name: string;
  /** E-mail address of its root user. */
  readonly email?: string;
  /** Such as ACTIVE or SUSPENDED. */
  readonly state: string;
}

/** An account that administers services for the organization. */
interface DelegatedAdministrator {
  readonly account: string;
  readonly services: readonly string[];
}

/** Policies of one type. */
export interface PolicyKind {
  readonly type: string;
  /** Names of those that people wrote. */
  readonly names: readonly string[];
  /** How many are attached to the root, with those of AWS. */
  readonly onRoot: number;
}

/** A StackSet of this account. */
interface StackSet {
  readonly name: string;
  /** Whether it reaches members by trusted access. */
  readonly serviceManaged: boolean;
}
