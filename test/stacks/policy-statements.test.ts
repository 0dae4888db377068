import type { Template } from 'aws-cdk-lib/assertions';
import { PROFILES } from '../../lib/config/profiles';
import { EVERYTHING } from '../everything';
import { baselineTemplate, type Statement } from '../synth';

/** Every list of policy statements below a value, by its path. */
function documentsIn(value: unknown, path: string): [path: string, statements: Statement[]][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Record<string, unknown>).flatMap(([key, child]) =>
    key === 'Statement' && Array.isArray(child)
      ? [[path, child as Statement[]] as [string, Statement[]]]
      : documentsIn(child, `${path}.${key}`),
  );
}

test.each<[string, () => Template]>([
  ...PROFILES.map((profile): [string, () => Template] => [profile, () => baselineTemplate({ profile })]),
  ['everything', () => baselineTemplate(EVERYTHING)],
])(
  'each statement of the template %s has a name, of letters and digits, that its document has once',
  (_, template) => {
    const { Resources } = template().toJSON() as { Resources: Record<string, { Properties: unknown }> };
    const documents = Object.entries(Resources).flatMap(([id, { Properties }]) =>
      documentsIn(Properties, id),
    );
    expect(documents.length).toBeGreaterThan(6);
    const faults = documents.flatMap(([path, statements]) => {
      const names = statements.map(({ Sid = '' }) => Sid);
      const isFine =
        names.every((name) => /^[A-Za-z0-9]+$/.test(name)) && new Set(names).size === names.length;
      return isFine ? [] : [`${path}: ${names.join(', ')}`];
    });
    expect(faults).toEqual([]);
  },
);
