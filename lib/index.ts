// The constructs, each usable alone, and the whole baseline.
export { Baseline } from './baseline';
export { BaselineStack } from './baseline-stack';
export { type Detection, DETECTIONS, type Signal, SIGNALS } from './catalog/detections';
export { ROOT_TASKS, type RootTask } from './catalog/root-tasks';
export { type BaselineConfig, BaselineConfigError, type BaselineOptions, defineBaseline } from './config';
export { AdminAccess, type AdminAccessProps } from './constructs/admin-access';
export { AuditTrail, type AuditTrailProps } from './constructs/audit-trail';
export { BillingAccess, type BillingAccessProps } from './constructs/billing-access';
export { ChatChannels, type ChatChannelsProps } from './constructs/chat-channels';
export type { ConsoleUserProps, FirstSignIn } from './constructs/console-group';
export type { Guarded } from './constructs/guard';
export {
  type EmailProps,
  Notifications,
  type NotificationsProps,
  type Publisher,
} from './constructs/notifications';
export { PasswordPolicy, type PasswordPolicyProps } from './constructs/password-policy';
export { SecurityAlarms, type SecurityAlarmsProps } from './constructs/security-alarms';
