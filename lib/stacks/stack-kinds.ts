import type { BaselineConfig } from '../config/config';
import { detectionsOf } from '../detections/filter-stacks';
import { issuersOf } from '../federation/pipelines/issuers';
import { memberGroupsOf } from '../organization/members/member-groups';
import { hasUserNotifications } from '../root-notice/availability';
import { NOTICE_REGION } from '../root-notice/rules';

/** The stacks of the suite, in deployment order. */
export const STACK_KINDS = [
  'Settings',
  'Roles',
  'Access',
  'Pipelines',
  'Delegation',
  'IdentityCenter',
  'BreakGlass',
  'Services',
  'Audit',
  'Detections',
  'Attempts',
  'Alarms',
  'Spend',
  'Watchdog',
  'Summary',
  'RootNotice',
  'Detectors',
  'Networks',
  'Organization',
  'Members',
  'OrganizationDetectors',
] as const;

type BasicKind = (typeof STACK_KINDS)[number];

/** Kind of the stack for a group of members with options of its own, such as MembersSandbox. */
type GroupKind = `Members${string}`;

export type StackKind = BasicKind | GroupKind;

/** Whether a configuration needs a stack. */
const IS_WANTED: Readonly<Record<BasicKind, (config: BaselineConfig) => boolean>> = {
  Settings: () => true,
  Roles: ({ access, federation }) => access.mode === 'roles' || federation.saml !== undefined,
  Access: () => true,
  Delegation: ({ access }) => access.delegation,
  IdentityCenter: ({ federation }) => federation.identityCenter !== undefined,
  Pipelines: (config) => issuersOf(config).length > 0,
  // With an existing trail, only the key remains.
  Audit: ({ auditTrail, customerKey }) => customerKey || auditTrail.existingLogGroup === undefined,
  BreakGlass: ({ access }) => access.breakGlass !== undefined,
  Detections: (config) => detectionsOf('Detections', config).length > 0,
  Attempts: (config) => detectionsOf('Attempts', config).length > 0,
  Alarms: () => true,
  Spend: ({ billing }) => billing.monthlyBudgetUsd !== false || billing.costAnomalyDetection,
  Watchdog: () => true,
  Summary: ({ notifications }) => notifications.weeklySummary || notifications.dashboard,
  RootNotice: ({ notifications, region }) =>
    notifications.rootNotice !== false && notifications.emails.length > 0 && hasUserNotifications(region),
  Networks: ({ accountSettings }) =>
    accountSettings.removeDefaultVpcs || accountSettings.emptyDefaultSecurityGroups,
  Services: ({ organization }) => organization !== undefined,
  Organization: ({ organization }) => organization !== undefined,
  Members: (config) => memberGroupsOf(config).some(({ name }) => name === ''),
  OrganizationDetectors: ({ organization }) => {
    if (!organization) return false;
    const { guardDuty, securityHub, accessAnalyzer } = organization.detectors;
    return guardDuty || securityHub || accessAnalyzer;
  },
  Detectors: ({ detectors }) => detectors.configRecorder || detectors.guardDuty || detectors.securityHub,
};

/** What each stack contains. Its description says so in the console of CloudFormation. */
const CONTENTS: Readonly<Record<BasicKind, string> & Partial<Record<GroupKind, string>>> = {
  Settings: 'password policy and settings of the account and its Regions',
  Roles: 'roles that people assume with MFA',
  Access: 'administrators with MFA, support role, billing viewers',
  Pipelines: 'roles of pipelines, by OpenID Connect',
  Delegation: 'permissions boundary of role makers',
  IdentityCenter: 'permission sets of IAM Identity Center, and their groups',
  BreakGlass: 'sealed users for emergencies',
  Audit: 'audit trail, its evidence, and the key',
  Detections: 'filters that count events of the trail',
  Attempts: 'filters that count attempts and other events that are normal once',
  Alarms: 'alarms and notifications',
  Spend: 'budget and cost anomaly detection',
  Watchdog: 'a second way to notify when the alarms are silenced',
  Summary: 'weekly summary of events and safeguards, and dashboard',
  RootNotice: 'second notification of root, in us-east-1',
  Detectors: 'AWS Config, GuardDuty, Security Hub',
  Networks: 'default networks of every Region',
  Organization: 'policies for the members of the organization',
  Services: 'trusted access, policy types, and central root access of the organization',
  Members: 'settings in members of the organization',
  OrganizationDetectors: 'GuardDuty, Security Hub and analyzers for the organization',
};

/** What a stack contains. */
export function contentsOf(kind: StackKind): string {
  return CONTENTS[kind] ?? `${CONTENTS.Members}, group ${groupOf(kind)}`;
}

/** Name of the group of members that a stack is for; empty if it is for the members of no group. */
export function groupOf(kind: StackKind): string {
  return /^Members(.*)$/.exec(kind)?.[1] ?? '';
}

/** The stacks that a configuration can have, in deployment order. */
export function possibleKindsOf(config: BaselineConfig): StackKind[] {
  return withGroups(STACK_KINDS, config);
}

/** The stacks that a configuration needs, in deployment order. */
export function stackKindsOf(config: BaselineConfig): StackKind[] {
  return withGroups(
    STACK_KINDS.filter((kind) => IS_WANTED[kind](config)),
    config,
  );
}

/** A group takes over its OUs before the stack of the other members gives them up. */
function withGroups(kinds: readonly BasicKind[], config: BaselineConfig): StackKind[] {
  const isLast = (kind: BasicKind) => kind === 'Members';
  return [
    ...kinds.filter((kind) => !isLast(kind)),
    ...memberGroupsOf(config).flatMap(({ name }): GroupKind[] => (name ? [`Members${name}`] : [])),
    ...kinds.filter(isLast),
  ];
}

/** Kind of the stack for the members of a group; those of no group if the name is empty. */
export function memberKind(group: string): StackKind {
  return `Members${group}`;
}

/** Kinds of the stacks for groups among the names of stacks, whatever groups a configuration has. */
export function groupKindsAmong(stackNames: Iterable<string>, prefix: string): StackKind[] {
  const start = stackNameOf(prefix, 'Members');
  return [...stackNames]
    .filter((name) => name.startsWith(start))
    .map((name) => memberKind(name.slice(start.length)));
}

/** Region of a stack of the suite: the home Region, except for types that only us-east-1 has. */
export function regionOf<T extends string | undefined>(kind: StackKind, home: T): T | typeof NOTICE_REGION {
  return kind === 'RootNotice' ? NOTICE_REGION : home;
}

/** Name of a stack of the suite. */
export function stackNameOf(prefix: string, kind: StackKind): string {
  return `${prefix}-${kind}`;
}
