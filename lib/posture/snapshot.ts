import type { AlternateContact } from '@aws-sdk/client-account';
import type { AnalyzerSummary, FindingSummary } from '@aws-sdk/client-accessanalyzer';
import type { StackResourceSummary, Stack } from '@aws-sdk/client-cloudformation';
import type {
  EventSelector,
  AdvancedEventSelector,
  GetTrailStatusResponse,
  Trail,
} from '@aws-sdk/client-cloudtrail';
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { LogGroup, MetricFilter } from '@aws-sdk/client-cloudwatch-logs';
import type {
  GroupDetail,
  ManagedPolicyDetail,
  PasswordPolicy,
  RoleDetail,
  ServiceSpecificCredentialMetadata,
  SSHPublicKeyMetadata,
  UserDetail,
} from '@aws-sdk/client-iam';
import type { Subscription } from '@aws-sdk/client-sns';
import type { StackKind } from '../stacks/stack-kinds';

/** A part that could not be read. */
export interface Unknown {
  /** The reason, as a sentence without a full stop. */
  readonly unknown: string;
  /** The missing IAM action, if that is the reason. */
  readonly permission?: string;
}

/**
 * A part of a snapshot: its value, or why it could not be read. The value undefined means that it does not
 * exist.
 */
export type Part<T> = { readonly value: T } | Unknown;

/** The caller's identity. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
  /** Partition, such as aws or aws-us-gov. */
  readonly partition: string;
}

/** A stack of the baseline and its contents. */
export interface DeployedStack {
  readonly kind: StackKind;
  readonly stack: Stack;
  readonly resources: readonly StackResourceSummary[];
  /** The deployed template. */
  readonly template: unknown;
}

/** The deployed stacks of the baseline, including those that the configuration no longer needs. */
export type DeployedSuite = readonly DeployedStack[];

/**
 * Users, groups and roles with their policies. For `verify`, without the roles that no check has anything to
 * say about.
 */
export interface People {
  readonly users: readonly UserDetail[];
  readonly groups: readonly GroupDetail[];
  readonly roles: readonly RoleDetail[];
  /** The account's own managed policies. */
  readonly policies: readonly ManagedPolicyDetail[];
}

/** A trail and its status. */
export interface TrailState {
  readonly trail: Trail;
  readonly status: Part<GetTrailStatusResponse>;
}

/** A Region of the partition. */
export interface Region {
  readonly name: string;
  readonly enabled: boolean;
}

/** What both `preflight` and `verify` read. */
export interface AccountSnapshot {
  /** Time of reading. */
  readonly at: Date;
  /** The Region of the stacks. */
  readonly region: string;
  readonly caller: Caller;
  readonly suite: Part<DeployedSuite>;
  readonly regions: Part<readonly Region[]>;
  /** IAM account summary: counts, quotas, and root credentials, by AWS names. */
  readonly summary: Part<Readonly<Record<string, number>>>;
  readonly passwordPolicy: Part<PasswordPolicy | undefined>;
  readonly people: Part<People>;
  /** Trails that apply to the Region, including those of other Regions. */
  readonly trails: Part<readonly TrailState[]>;
}

/** An active access key, without its ID, which the credential report does not have. */
interface AccessKey {
  /** When it was created; undefined if the report does not say. */
  readonly created?: Date;
  /** When it was last used; undefined if never, or if the report does not say. */
  readonly lastUsed?: Date;
}

/** A row of the IAM credential report. */
export interface Credentials {
  readonly user: string;
  readonly hasPassword: boolean;
  readonly passwordLastUsed?: Date;
  readonly hasMfa: boolean;
  /** The active access keys, at most two. */
  readonly accessKeys: readonly AccessKey[];
  /** When each active signing certificate was uploaded; undefined if the report does not say. */
  readonly certificates: readonly (Date | undefined)[];
}

/** A role and its trust policy. */
export interface RoleState {
  readonly arn: string;
  /** URL-encoded, as IAM returns it. */
  readonly trustPolicy: string;
  /** ARNs of the attached managed policies. */
  readonly policyArns: readonly string[];
}

/** An external access analyzer. */
export interface AnalyzerState {
  readonly arn: string;
  /** Its findings that are active, or that a person archived. */
  readonly findings: readonly FindingSummary[];
}

/** An AMI of the account that others can use. */
export interface SharedImage {
  readonly id: string;
  readonly isPublic: boolean;
  /** Accounts, organizations and organizational units that it is shared with. */
  readonly sharedWith: readonly string[];
}

/** The bucket of a trail outside the stacks. */
export type AdoptedBucket = { readonly name: string } & (
  | { readonly inAccount: false }
  | {
      readonly inAccount: true;
      readonly isVersioned: boolean;
      /** `Infinity` if log files are never deleted. */
      readonly expireAfterDays: number;
    }
);

/** A secret. CloudFormation may use its ARN or its name. */
export interface SecretName {
  readonly arn: string;
  readonly name: string;
  /** When it was created; undefined if Secrets Manager does not say. */
  readonly created?: Date;
  /** Number of its values that have a label, such as AWSPREVIOUS; undefined if AWS does not say. */
  readonly versions?: number;
}

/** A topic and its subscriptions. */
export interface TopicState {
  readonly arn: string;
  readonly subscriptions: readonly TopicSubscription[];
}

/** A subscription with its attributes. */
export interface TopicSubscription extends Subscription {
  /** False if anyone who opens the link in a message can unsubscribe; of a confirmed subscription. */
  readonly endsBySignedCallsOnly?: Part<boolean>;
  /** Whether it has a filter policy; of a confirmed subscription. */
  readonly filters?: Part<boolean>;
  /** Names of the other attributes that change how it delivers; of a confirmed subscription. */
  readonly changes?: Part<readonly string[]>;
}

/** Properties, as CloudFormation names them. */
export type Properties = Readonly<Record<string, unknown>>;

/** A function as its deployed template has it. */
interface FunctionTemplate {
  /** Physical ID. */
  readonly name: string;
  readonly code: string;
  readonly handler: string;
  /** Names of its environment variables, sorted. */
  readonly variables: readonly string[];
  /** Reserved concurrency. @default - none */
  readonly reservedConcurrency?: number;
  /** Memory, role, runtime and time limit, with references. */
  readonly settings: Properties;
}

/** A function of the stacks, and what runs. */
export interface DeployedFunction {
  readonly kind: StackKind;
  readonly template: FunctionTemplate;
  readonly state: Part<
    | {
        readonly arn: string;
        /** State, such as Active or Inactive. */
        readonly state: string;
        /** The files of its code, by name. */
        readonly files: Readonly<Record<string, string>>;
        readonly handler: string;
        /** Names of its environment variables, sorted. */
        readonly variables: readonly string[];
        /** Memory, role, runtime and time limit. */
        readonly settings: Properties;
        /** ARNs of its layers. */
        readonly layers: readonly string[];
        /** Reserved concurrency; 0 stops the function. @default - none */
        readonly reservedConcurrency?: number;
      }
    | undefined
  >;
}

/** A resource of the stacks, with the properties that `verify` compares. */
export interface DeployedResource {
  /** The stack whose template has it. */
  readonly kind: StackKind;
  /** CloudFormation type, such as `AWS::Events::Rule`. */
  readonly type: string;
  /** Physical ID, or that of the resource it configures. */
  readonly resource: string;
  /** Properties of the template. References to this stack are not resolved; other functions are. */
  readonly wanted: Properties;
  /** The same properties of the account. Those that are not set are absent. */
  readonly actual: Part<Properties | undefined>;
}

/** A source that invokes a function without a resource of the stacks. */
export interface EventSource {
  /** ID of the event source mapping. */
  readonly id: string;
  /** ARN of the function. */
  readonly functionArn: string;
  /** ARN of the queue, stream, or other source. */
  readonly source: string;
}

/** The policy of a resource of the stacks, such as a topic. */
export interface ResourcePolicy {
  /** CloudFormation type of the resource that has the policy, or of the policy. */
  readonly type: string;
  /** The stack whose template has the policy. */
  readonly kind: StackKind;
  /** Physical ID of the resource. */
  readonly resource: string;
  /** Document of the template, with CloudFormation references. */
  readonly wanted: unknown;
  /** Document of the resource. */
  readonly actual: Part<unknown>;
}

/** A rule that mutes alarms, at present or later. */
export interface MuteRule {
  readonly arn: string;
  /** Names of the alarms that it mutes. */
  readonly alarms: readonly string[];
}

/** A KMS key and its state. */
export interface KeyState {
  readonly arn: string;
  /** State, such as Enabled or PendingDeletion. */
  readonly state: string;
  readonly rotates: boolean;
  /** Its name, and the ARN of the key that the name leads to. @default - the stack gives it no name */
  readonly alias?: { readonly name: string; readonly leadsTo: Part<string | undefined> };
}

/** Event selectors of a trail. */
export interface Selectors {
  readonly basic: readonly EventSelector[];
  readonly advanced: readonly AdvancedEventSelector[];
}

/** Settings that are separate in each Region. */
export interface RegionalSettings {
  readonly ebsEncryption: Part<boolean>;
  /** Defaults of the instance metadata service. Unless enforced, a launch can still allow IMDSv1. */
  readonly imds: Part<{ readonly tokens: string; readonly enforced: string }>;
  /** 'block-all-sharing' if no snapshot can be public. */
  readonly snapshotBlock: Part<string>;
  /** 'block-new-sharing' if no image can be made public. */
  readonly imageBlock: Part<string>;
  readonly serialConsole: Part<boolean>;
  /** The external access analyzer; undefined if none is active. */
  readonly analyzer: Part<AnalyzerState | undefined>;
}

/** A default security group, and how many rules it has. */
export interface DefaultGroup {
  readonly id: string;
  readonly vpc: string;
  readonly inbound: number;
  readonly outbound: number;
}

/** The networks that AWS creates in a Region of a new account, and the default groups of other networks. */
export interface DefaultNetworks {
  /** IDs of the default VPCs. */
  readonly vpcs: Part<readonly string[]>;
  readonly groups: Part<readonly DefaultGroup[]>;
}

/** Result of CloudFormation drift detection. */
export interface DriftDetection {
  /** False if CloudFormation could not check every resource. */
  readonly isComplete: boolean;
  readonly reason?: string;
}

/** What `verify` reads. */
export interface Snapshot extends AccountSnapshot {
  /** Drift detection by stack. @default - not requested in this run */
  readonly driftDetection?: Readonly<Partial<Record<StackKind, Part<DriftDetection>>>>;
  readonly credentials: Part<readonly Credentials[]>;
  /** Number of MFA devices of administrators and billing viewers, by user name. */
  readonly mfaDevices: Readonly<Record<string, Part<number>>>;
  readonly supportRole: Part<RoleState | undefined>;
  /** ARNs of the SAML providers. */
  readonly samlProviders: Part<readonly string[]>;
  /** ARNs of the OpenID Connect providers. */
  readonly oidcProviders: Part<readonly string[]>;
  /** Audiences of the OpenID Connect providers that pipelines use and the suite does not create, by ARN. */
  readonly oidcAudiences: Readonly<Record<string, Part<readonly string[]>>>;
  /** ARNs or IDs of the trust anchors of IAM Roles Anywhere, by Region. */
  readonly trustAnchors: Readonly<Record<string, Part<readonly string[]>>>;
  /** Credentials of users for single services, such as CodeCommit or Bedrock. */
  readonly serviceCredentials: Part<readonly ServiceSpecificCredentialMetadata[]>;
  /** SSH public keys, by user name. */
  readonly sshKeys: Readonly<Record<string, Part<readonly SSHPublicKeyMetadata[]>>>;
  /** Management account of the organization; undefined if the account is in none. */
  readonly managementAccount: Part<string | undefined>;
  /** AMIs that others can use, by Region. */
  readonly images: Readonly<Record<string, Part<readonly SharedImage[]>>>;
  /** Secrets that are not deleted. */
  readonly secrets: Part<readonly SecretName[]>;
  readonly selectors: Part<Selectors>;
  /** The bucket of the trail, if it is outside the stacks. */
  readonly adoptedBucket: Part<AdoptedBucket | undefined>;
  readonly key: Part<KeyState | undefined>;
  readonly logGroup: Part<LogGroup | undefined>;
  readonly metricFilters: Part<readonly MetricFilter[]>;
  readonly alarms: Part<readonly MetricAlarm[]>;
  readonly topic: Part<TopicState | undefined>;
  readonly alarmTopic: Part<TopicState | undefined>;
  /** The other topics of the stacks. */
  readonly otherTopics: Part<readonly TopicState[]>;
  readonly functions: Part<readonly DeployedFunction[]>;
  readonly resourcePolicies: Part<readonly ResourcePolicy[]>;
  /** Buckets, topics, event rules, invocation settings of functions, and the resources of RootNotice. */
  readonly resources: Part<readonly DeployedResource[]>;
  readonly eventSources: Part<readonly EventSource[]>;
  /** Names of the subscription filters of the log group. */
  readonly subscriptionFilters: Part<readonly string[]>;
  readonly muteRules: Part<readonly MuteRule[]>;
  /** Settings of each enabled Region, by its name. */
  readonly regional: Readonly<Record<string, RegionalSettings>>;
  readonly accountPublicAccessBlock: Part<boolean>;
  /** Existing alternate contacts, by kind: BILLING, OPERATIONS, SECURITY. */
  readonly contacts: Part<Readonly<Record<string, AlternateContact>>>;
  /** Non-empty fields of the primary contact, such as PhoneNumber. Their values are not kept. */
  readonly primaryContact: Part<readonly string[]>;
  /** Alias of the account. It is read only if the configuration has one. */
  readonly accountAlias: Part<string | undefined>;
  /** Default networks by Region. They are read only if the configuration changes them. */
  readonly networks: Readonly<Record<string, DefaultNetworks>>;
  /** When root last changed IAM access to Billing, within the 90 days of CloudTrail event history. */
  readonly billingAccessSet: Part<Date | undefined>;
  /** IDs of confirmed checks, with the day. */
  readonly confirmed: Readonly<Record<string, string>>;
}

/** A role of the account. */
export interface Role {
  readonly name: string;
  readonly arn: string;
}

/** An action that IAM policy simulation denies. */
export interface Refusal {
  readonly action: string;
  /** Whether a service control policy denies it, regardless of the account's own policies. */
  readonly byOrganization: boolean;
  /** Condition keys that the simulation lacked. With them, the action may be allowed. */
  readonly missingContext: readonly string[];
}

/** A trail of the account and the log group that it delivers to. */
type TrailParts = Pick<Snapshot, 'adoptedBucket' | 'selectors' | 'logGroup'>;

/** What `preflight` also reads. */
export interface Surroundings extends AccountSnapshot {
  /** Parts of the trails that deliver to a log group of this account and Region, by its name. */
  readonly trailParts: Readonly<Record<string, TrailParts>>;
  /**
   * Physical IDs of resources that exist, by type: at least those of the stacks. Empty without stacks, and
   * without types that other parts list.
   */
  readonly existing: Readonly<Record<string, Part<readonly string[]>>>;
  /** Whether the organization lets the account use a Region of the settings, by name. */
  readonly openRegions: Readonly<Record<string, Part<boolean>>>;
  readonly accountAlias: Part<string | undefined>;
  readonly roles: Part<readonly Role[]>;
  /** Names of the existing stacks in the Region, and the stack quota. */
  readonly stacks: Part<{ readonly names: readonly string[]; readonly quota: number }>;
  /** Deployment permissions that the caller lacks. @default - the caller is root, who is denied nothing */
  readonly refusals: Part<readonly Refusal[] | undefined>;
  /** Key aliases, such as alias/account-baseline. */
  readonly keyAliases: Part<readonly string[]>;
  /** Number of metric filters of the existing log group. */
  readonly metricFilters: Part<number>;
  readonly anomalyMonitors: Part<readonly string[]>;
  readonly analyzers: Part<readonly AnalyzerSummary[]>;
  /** Name of the AWS Config recorder in the home Region. */
  readonly recorder: Part<string | undefined>;
  readonly detector: Part<string | undefined>;
  readonly securityHub: Part<string | undefined>;
  /** The organization of the account. */
  readonly organization: Part<{ readonly id: string; readonly managementAccount: string } | undefined>;
  /** ARNs of the SAML providers; empty if the configuration has none. */
  readonly samlProviders: Part<readonly string[]>;
  /** ARNs of the OpenID Connect providers; empty if the configuration has no pipelines. */
  readonly oidcProviders: Part<readonly string[]>;
  /** Audiences of the OpenID Connect providers that pipelines use, by ARN. */
  readonly oidcAudiences: Readonly<Record<string, Part<readonly string[]>>>;
  /** ARNs of the instances of IAM Identity Center; empty if the configuration has none. */
  readonly identityCenters: Part<readonly string[]>;
  /** Names of the configured groups of IAM Identity Center, by ID. Of an ID that no group has, undefined. */
  readonly identityGroups: Part<Readonly<Record<string, string | undefined>>>;
}
