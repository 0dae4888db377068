import type { BaselineConfig } from '../config/config';

/** The stacks of the suite, in deployment order. */
export const STACK_KINDS = [
  'Settings',
  'Access',
  'Audit',
  'Alarms',
  'Watchdog',
  'Detectors',
  'Networks',
] as const;

export type StackKind = (typeof STACK_KINDS)[number];

/** Whether a configuration needs a stack. */
const IS_WANTED: Readonly<Record<StackKind, (config: BaselineConfig) => boolean>> = {
  Settings: () => true,
  Access: () => true,
  // With an existing trail, only the key remains.
  Audit: ({ auditTrail, customerKey }) => customerKey || auditTrail.existingLogGroup === undefined,
  Alarms: () => true,
  Watchdog: () => true,
  Networks: ({ accountSettings }) =>
    accountSettings.removeDefaultVpcs || accountSettings.emptyDefaultSecurityGroups,
  Detectors: ({ detectors }) => detectors.configRecorder || detectors.guardDuty || detectors.securityHub,
};

/** The stacks that a configuration needs, in deployment order. */
export function stackKindsOf(config: BaselineConfig): StackKind[] {
  return STACK_KINDS.filter((kind) => IS_WANTED[kind](config));
}

/** Name of a stack of the suite. */
export function stackNameOf(prefix: string, kind: StackKind): string {
  return `${prefix}-${kind}`;
}
