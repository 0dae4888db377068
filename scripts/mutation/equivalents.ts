import type { Mutant } from './mutants';

/** A mutant that no test can or should notice. */
interface Equivalent extends Pick<Mutant, 'file'> {
  /** The line with the change. */
  readonly changed: string;
  readonly reason: string;
}

export const EQUIVALENTS: readonly Equivalent[] = [
  {
    file: 'lib/dashboard/dashboard.ts',
    changed: "if (false) throw new Error('a graph shows single metrics, got an expression');",
    reason: 'No graph has an expression, which would be an error on the next line, too.',
  },
  {
    file: 'lib/notifications/parameters.ts',
    changed: 'if (!fields) return name ? [[name, label, value]] : ["Stryker was here"];',
    reason: 'The text is taken for a parameter named S, which a message never shows.',
  },
  {
    file: 'lib/posture/checks/alarms.ts',
    changed: 'metricTransformations = ["Stryker was here"],',
    reason: 'A text has no metric name, so the filter has none either way.',
  },
  {
    file: 'lib/posture/checks/stack.ts',
    changed:
      'const { StackName: name = "Stryker was here!", StackId: resource, LastUpdatedTime, CreationTime } = stack;',
    reason: 'CloudFormation names every stack; only the type of the SDK allows none.',
  },
  {
    file: 'lib/posture/management-events.ts',
    changed: '...(reads ? [{ kind: \'read\' as const, except }] : ["Stryker was here"]),',
    reason: 'A text is not a kind of event, and a selector without read events has write events.',
  },
  {
    file: 'lib/posture/preflight/gone.ts',
    changed: 'const only = (id: string | undefined) => (id === undefined ? ["Stryker was here"] : [id]);',
    reason: 'No resource has this ID, so what the stack has is gone either way.',
  },
  {
    file: 'lib/watchdog/summary/people.ts',
    changed: 'const valueOf = (column: string) => cells[columns.indexOf(column)] ?? "Stryker was here!";',
    reason: 'A missing column is neither true, false, nor a time either way.',
  },
];

export function isEquivalent({ file, line, content }: Mutant): boolean {
  const changed = content.split('\n')[line - 1]?.trim();
  return EQUIVALENTS.some((one) => one.file === file && one.changed === changed);
}
