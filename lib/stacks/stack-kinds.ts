import type { BaselineConfig } from '../config/config';

/** The stacks of the suite, in the order of their deployment. */
export const STACK_KINDS = ['Settings', 'Access', 'Audit', 'Alarms', 'Detectors', 'Networks'] as const;

export type StackKind = (typeof STACK_KINDS)[number];

/** Whether a configuration asks for a stack. */
const IS_WANTED: Readonly<Record<StackKind, (config: BaselineConfig) => boolean>> = {
  Settings: () => true,
  Access: () => true,
  // With an existing trail, what is left of it is the key.
  Audit: ({ auditTrail, customerKey }) => customerKey || auditTrail.existingLogGroup === undefined,
  Alarms: () => true,
  Networks: ({ accountSettings }) =>
    accountSettings.removeDefaultVpcs || accountSettings.emptyDefaultSecurityGroups,
  Detectors: ({ detectors }) => detectors.configRecorder || detectors.guardDuty || detectors.securityHub,
};

/** The stacks that a configuration asks for, in the order of their deployment. */
export function stackKindsOf(config: BaselineConfig): StackKind[] {
  return STACK_KINDS.filter((kind) => IS_WANTED[kind](config));
}

/** Name of a stack of the suite. */
export function stackNameOf(prefix: string, kind: StackKind): string {
  return `${prefix}-${kind}`;
}
