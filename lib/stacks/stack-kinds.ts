/** The stacks of the suite, in the order of their deployment. */
export const STACK_KINDS = ['Settings', 'Access', 'Audit', 'Alarms', 'Detectors'] as const;

export type StackKind = (typeof STACK_KINDS)[number];

/** Name of a stack of the suite. */
export function stackNameOf(prefix: string, kind: StackKind): string {
  return `${prefix}-${kind}`;
}
