import { CONTROLS } from '../../catalog/controls';
import type { Control } from '../../catalog/controls/control';
import type { Finding, Status } from '../finding';

/** A control and its findings. */
export interface TracedControl<Found extends Finding = Finding> extends Control {
  /** Name in findings, such as "CIS 2.5". */
  readonly name: string;
  readonly findings: readonly Found[];
}

/** All controls of the catalog, in its order. */
export function tracedControls<Found extends Finding>(findings: readonly Found[]): TracedControl<Found>[] {
  return CONTROLS.map((control) => {
    const name = `${control.standard} ${control.id}`;
    return { ...control, name, findings: findings.filter(({ controls }) => controls.includes(name)) };
  });
}

/** Most urgent first. */
export const STATUSES = ['fail', 'manual', 'unknown', 'pass'] as const satisfies readonly Status[];

/** The most urgent status; undefined without findings. */
export function worst(findings: readonly Finding[]): Status | undefined {
  return STATUSES.find((status) => findings.some((finding) => finding.status === status));
}
