// The constructs, each usable alone, and the whole baseline.
export { Baseline } from './baseline';
export { BaselineStack } from './baseline-stack';
export { type Detection, DETECTIONS, type Signal, SIGNALS } from './catalog/detections';
export { ROOT_TASKS, type RootTask } from './catalog/root-tasks';
export { type BaselineConfig, BaselineConfigError, type BaselineOptions, defineBaseline } from './config';
export {
  AccountSettings,
  type AccountSettingsProps,
  type ContactProps,
  type ContactsProps,
} from './constructs/account-settings';
export { AdminAccess, type AdminAccessProps } from './constructs/admin-access';
export { AuditTrail, type AuditTrailProps } from './constructs/audit-trail';
export { BillingAccess, type BillingAccessProps } from './constructs/billing-access';
export { ChatChannels, type ChatChannelsProps } from './constructs/chat-channels';
export { ConfigServiceRole } from './constructs/config-service-role';
export { ConfigRecorder, type ConfigRecorderProps } from './constructs/config-recorder';
export type { ConsoleUserProps, FirstSignIn } from './constructs/console-group';
export { type Finder, Findings, type FindingsProps } from './constructs/findings';
export type { Guarded } from './constructs/guard';
export { GuardDuty } from './constructs/guard-duty';
export {
  type EmailProps,
  Notifications,
  type NotificationsProps,
  type Publisher,
} from './constructs/notifications';
export { PasswordPolicy, type PasswordPolicyProps } from './constructs/password-policy';
export {
  AccountSettingFunction,
  type DailyCheckProps,
  SettingFunction,
  type SettingFunctionProps,
  type SettingProps,
} from './constructs/setting-function';
export { SecurityAlarms, type SecurityAlarmsProps } from './constructs/security-alarms';
export { SecurityHub } from './constructs/security-hub';
export { SupportRole } from './constructs/support-role';
