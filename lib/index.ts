// The constructs, each usable alone, and the whole baseline.
export { BaselineStack } from './stacks/baseline-stack';
export type { People } from './stacks/people';
export { addBaseline } from './stacks/suite';
export type { Detection, Severity, Signal, Tuning } from './detections/detection';
export { DETECTIONS } from './detections/rules';
export { SIGNALS } from './detections/signals';
export {
  type BaselineConfig,
  BaselineConfigError,
  type BaselineOptions,
  defineBaseline,
} from './config/config';
export {
  AccountSettings,
  type AccountSettingsProps,
  type ContactProps,
  type ContactsProps,
} from './settings/account-settings';
export { AdminAccess, type AdminAccessProps } from './access/admin-access';
export { AuditTrail, type AuditTrailProps, type LogArchive } from './audit/audit-trail';
export { BillingAccess, type BillingAccessProps } from './billing/billing-access';
export { type BudgetEmailProps, SpendAlerts, type SpendAlertsProps } from './billing/spend-alerts';
export { ConfigServiceRole } from './detectors/config-service-role';
export { ConfigRecorder, type ConfigRecorderProps } from './detectors/config-recorder';
export { Dashboard, type DashboardProps } from './dashboard/dashboard';
export { DefaultNetworks, type DefaultNetworksProps } from './settings/default-networks';
export type { ConsoleUserProps, FirstSignIn } from './access/console-group';
export { type Finder, Findings, type FindingsProps } from './detectors/findings';
export type { ProtectedResource, SuiteProtection } from './access/guard';
export { GuardDuty } from './detectors/guard-duty';
export {
  EmailChannel,
  type EmailChannelProps,
  HttpsChannel,
  type HttpsChannelProps,
  type INotificationChannel,
  type MessageFormat,
  SlackChannel,
  type SlackChannelProps,
  TeamsChannel,
  type TeamsChannelProps,
} from './notifications/channels';
export { Notifications, type NotificationsProps, type Publisher } from './notifications/notifications';
export { PasswordPolicy, type PasswordPolicyProps } from './settings/password-policy';
export type { Clients, Permission, Place, Setting, SettingModule, Value } from './settings/setting';
export {
  AccountSettingFunction,
  SettingFunction,
  type SettingFunctionProps,
  type SettingProps,
} from './settings/setting-function';
export { CHECK_SOURCE, type CheckDetail } from './settings/daily-check';
export { DetectionFilters, type DetectionFiltersProps } from './detections/detection-filters';
export { RootNotice, type RootNoticeProps } from './root-notice/root-notice';
export { SecurityAlarms, type SecurityAlarmsProps, type SignalAlarm } from './detections/security-alarms';
export { noticeRules, type NoticeRule } from './root-notice/rules';
export { SecurityHub } from './detectors/security-hub';
export { SupportRole } from './access/support-role';
