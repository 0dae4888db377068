import { CONTROLS } from '../../catalog/controls';
import type { Control } from '../../catalog/controls/control';
import type { Finding, Status } from '../finding';

/** A requirement, and the findings that touch it. */
export interface TracedControl<Found extends Finding = Finding> extends Control {
  /** Name in findings, such as "CIS 2.5". */
  readonly name: string;
  readonly findings: readonly Found[];
}

/** Every requirement of the catalogue, in its order. */
export function tracedControls<Found extends Finding>(findings: readonly Found[]): TracedControl<Found>[] {
  return CONTROLS.map((control) => {
    const name = `${control.standard} ${control.id}`;
    return { ...control, name, findings: findings.filter(({ controls }) => controls.includes(name)) };
  });
}

/** From what needs attention most to what needs none. */
export const STATUSES = ['fail', 'manual', 'unknown', 'pass'] as const satisfies readonly Status[];

/** The status that needs attention most; undefined without findings. */
export function worst(findings: readonly Finding[]): Status | undefined {
  return STATUSES.find((status) => findings.some((finding) => finding.status === status));
}
