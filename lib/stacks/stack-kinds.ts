import type { BaselineConfig } from '../config/config';
import { detectionsOf } from '../detections/filter-stacks';
import { issuersOf } from '../federation/pipelines/issuers';
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
] as const;

export type StackKind = (typeof STACK_KINDS)[number];

/** Whether a configuration needs a stack. */
const IS_WANTED: Readonly<Record<StackKind, (config: BaselineConfig) => boolean>> = {
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
  Members: ({ organization }) => organization !== undefined,
  Detectors: ({ detectors }) => detectors.configRecorder || detectors.guardDuty || detectors.securityHub,
};

/** What each stack contains. Its description says so in the console of CloudFormation. */
export const CONTENTS: Readonly<Record<StackKind, string>> = {
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
  Members: 'settings in every member of the organization',
};

/** The stacks that a configuration needs, in deployment order. */
export function stackKindsOf(config: BaselineConfig): StackKind[] {
  return STACK_KINDS.filter((kind) => IS_WANTED[kind](config));
}

/** Region of a stack of the suite: the home Region, except for types that only us-east-1 has. */
export function regionOf<T extends string | undefined>(kind: StackKind, home: T): T | typeof NOTICE_REGION {
  return kind === 'RootNotice' ? NOTICE_REGION : home;
}

/** Name of a stack of the suite. */
export function stackNameOf(prefix: string, kind: StackKind): string {
  return `${prefix}-${kind}`;
}
