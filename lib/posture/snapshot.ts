import type { AlternateContact } from '@aws-sdk/client-account';
import type { AnalyzerSummary } from '@aws-sdk/client-accessanalyzer';
import type { StackResourceSummary, Stack } from '@aws-sdk/client-cloudformation';
import type {
  EventSelector,
  AdvancedEventSelector,
  GetTrailStatusResponse,
  Trail,
} from '@aws-sdk/client-cloudtrail';
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { LogGroup, MetricFilter } from '@aws-sdk/client-cloudwatch-logs';
import type { GroupDetail, PasswordPolicy, UserDetail } from '@aws-sdk/client-iam';
import type { Subscription } from '@aws-sdk/client-sns';
import type { StackKind } from '../stacks/stack-kinds';

/** What could not be read. */
export interface Unknown {
  /** Why, in a sentence without a full stop. */
  readonly unknown: string;
  /** The IAM action that is missing, when that is why. */
  readonly permission?: string;
}

/** A part of a snapshot: what was read, or why it was not. A value of undefined means that there is none. */
export type Part<T> = { readonly value: T } | Unknown;

/** Who reads. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
  /** Such as aws or aws-us-gov. */
  readonly partition: string;
}

/** A stack of the baseline, and what is in it. */
export interface DeployedStack {
  readonly kind: StackKind;
  readonly stack: Stack;
  readonly resources: readonly StackResourceSummary[];
  /** As it was deployed. */
  readonly template: unknown;
}

/** The stacks of the baseline that are deployed, also those that the configuration does not ask for. */
export type DeployedSuite = readonly DeployedStack[];

/** Users and groups with their policies. */
export interface People {
  readonly users: readonly UserDetail[];
  readonly groups: readonly GroupDetail[];
}

/** A trail, and whether it works. */
export interface TrailState {
  readonly trail: Trail;
  readonly status: Part<GetTrailStatusResponse>;
}

/** A Region of the partition. */
export interface Region {
  readonly name: string;
  readonly enabled: boolean;
}

/** What `preflight` and `verify` both look at. */
export interface AccountSnapshot {
  /** When it was read. */
  readonly at: Date;
  /** The Region of the stacks. */
  readonly region: string;
  readonly caller: Caller;
  readonly suite: Part<DeployedSuite>;
  readonly regions: Part<readonly Region[]>;
  /** Counts, quotas and root's credentials, by AWS's names. */
  readonly summary: Part<Readonly<Record<string, number>>>;
  readonly passwordPolicy: Part<PasswordPolicy | undefined>;
  readonly people: Part<People>;
  /** Those that reach the Region, whatever their own. */
  readonly trails: Part<readonly TrailState[]>;
}

/** A row of IAM's credential report. */
export interface Credentials {
  readonly user: string;
  readonly hasPassword: boolean;
  readonly passwordLastUsed?: Date;
  readonly hasMfa: boolean;
  /** Active access keys, 0 to 2. */
  readonly accessKeys: number;
}

/** A role, and who may assume it. */
export interface RoleState {
  readonly arn: string;
  /** As IAM answers: URL-encoded. */
  readonly trustPolicy: string;
  /** Of the managed policies that are attached. */
  readonly policyArns: readonly string[];
}

/** A secret; CloudFormation knows it by either. */
export interface SecretName {
  readonly arn: string;
  readonly name: string;
}

/** A topic and who is subscribed to it. */
export interface TopicState {
  readonly arn: string;
  readonly subscriptions: readonly TopicSubscription[];
}

export interface TopicSubscription extends Subscription {
  /** False when anyone who opens the link in a message can end it; unknown while it is not confirmed. */
  readonly endsBySignedCallsOnly?: boolean;
  /** Whether it has a filter policy; of one that is confirmed. */
  readonly filters?: Part<boolean>;
}

/** A function, and whether it may run. */
export interface FunctionState {
  readonly arn: string;
  /** Such as Active or Inactive. */
  readonly state: string;
  /** ARN of its role. */
  readonly role?: string;
  /** Executions reserved for it; 0 stops it. @default - none are reserved */
  readonly reservedConcurrency?: number;
}

export interface KeyState {
  readonly arn: string;
  /** Such as Enabled or PendingDeletion. */
  readonly state: string;
  readonly rotates: boolean;
}

/** Switches against public access, all of them or not. */
export interface BucketState {
  readonly name: string;
  readonly blocksPublicAccess: boolean;
  readonly isVersioned: boolean;
}

export interface Selectors {
  readonly basic: readonly EventSelector[];
  readonly advanced: readonly AdvancedEventSelector[];
}

/** Switches that each Region has of its own. */
export interface RegionalSettings {
  readonly ebsEncryption: Part<boolean>;
  /** Defaults of the instance metadata service; a launch may ask for IMDSv1 unless they are enforced. */
  readonly imds: Part<{ readonly tokens: string; readonly enforced: string }>;
  /** 'block-all-sharing' when no snapshot can be public. */
  readonly snapshotBlock: Part<string>;
  /** 'block-new-sharing' when no image can be made public. */
  readonly imageBlock: Part<string>;
  readonly serialConsole: Part<boolean>;
  readonly analyzers: Part<readonly AnalyzerSummary[]>;
}

/** How CloudFormation's comparison of the stack with the account went. */
export interface DriftDetection {
  /** False when it could not look at every resource. */
  readonly isComplete: boolean;
  readonly reason?: string;
}

/** What `verify` looks at. */
export interface Snapshot extends AccountSnapshot {
  /** @default - none was asked for in this run */
  readonly driftDetection?: Readonly<Partial<Record<StackKind, Part<DriftDetection>>>>;
  readonly credentials: Part<readonly Credentials[]>;
  /** MFA devices by user name, of administrators and billing viewers. */
  readonly mfaDevices: Readonly<Record<string, Part<number>>>;
  readonly supportRole: Part<RoleState | undefined>;
  /** Those that are not deleted. */
  readonly secrets: Part<readonly SecretName[]>;
  readonly selectors: Part<Selectors>;
  readonly bucket: Part<BucketState | undefined>;
  readonly key: Part<KeyState | undefined>;
  readonly logGroup: Part<LogGroup | undefined>;
  readonly metricFilters: Part<readonly MetricFilter[]>;
  readonly alarms: Part<readonly MetricAlarm[]>;
  readonly topic: Part<TopicState | undefined>;
  readonly alarmTopic: Part<TopicState | undefined>;
  readonly explainer: Part<FunctionState | undefined>;
  /** By name of the enabled Region. */
  readonly regional: Readonly<Record<string, RegionalSettings>>;
  readonly accountPublicAccessBlock: Part<boolean>;
  /** Alternate contacts that are set, by kind: BILLING, OPERATIONS, SECURITY. */
  readonly contacts: Part<Readonly<Record<string, AlternateContact>>>;
  /** Fields of the primary contact that are filled in, such as PhoneNumber; their values stay unread. */
  readonly primaryContact: Part<readonly string[]>;
  /** Names of the budgets. */
  readonly budgets: Part<readonly string[]>;
  /** When root last set IAM access to Billing, in the 90 days that CloudTrail remembers. */
  readonly billingAccessSet: Part<Date | undefined>;
  /** Ids of checks that a person has confirmed, with the day. */
  readonly confirmed: Readonly<Record<string, string>>;
}

/** A role of the account. */
export interface Role {
  readonly name: string;
  readonly arn: string;
}

/** An action that IAM's simulation does not allow. */
export interface Refusal {
  readonly action: string;
  /** A service control policy says no, whatever the account's own policies say. */
  readonly byOrganization: boolean;
  /** Condition keys that the policies ask about and that the simulation was not given: with them it may be allowed. */
  readonly missingContext: readonly string[];
}

/** What `preflight` looks at besides. */
export interface Surroundings extends AccountSnapshot {
  readonly roles: Part<readonly Role[]>;
  /** Names of the stacks of the Region, those that are deleted left out, and how many it takes. */
  readonly stacks: Part<{ readonly names: readonly string[]; readonly quota: number }>;
  /** What deploying takes and the caller may not do. @default - the caller is root, whom nothing is denied */
  readonly refusals: Part<readonly Refusal[] | undefined>;
  /** Key aliases, such as alias/account-baseline. */
  readonly keyAliases: Part<readonly string[]>;
  /** Number of metric filters of the log group to be read, when it is there already. */
  readonly metricFilters: Part<number>;
  readonly anomalyMonitors: Part<readonly string[]>;
  readonly analyzers: Part<readonly AnalyzerSummary[]>;
  /** Name of AWS Config's recorder in the home Region. */
  readonly recorder: Part<string | undefined>;
  readonly detector: Part<string | undefined>;
  readonly securityHub: Part<string | undefined>;
  /** The organization that the account is in. */
  readonly organization: Part<{ readonly id: string; readonly managementAccount: string } | undefined>;
}
