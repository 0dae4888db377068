import type { Template } from 'aws-cdk-lib/assertions';
import type { BaselineOptions } from '../../lib/config/config';
import { PROFILES } from '../../lib/config/profiles';
import { EVERYTHING } from '../everything';
import { baselineTemplate, type Statement } from '../synth';

const ROLES: Partial<BaselineOptions> = { access: { ...EVERYTHING.access, mode: 'roles' } };

/** Every list of policy statements below a value, by its path. */
function documentsIn(value: unknown, path: string): [path: string, statements: Statement[]][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Record<string, unknown>).flatMap(([key, child]) =>
    key === 'Statement' && Array.isArray(child)
      ? [[path, child as Statement[]] as [string, Statement[]]]
      : documentsIn(child, `${path}.${key}`),
  );
}

const TEMPLATES: [string, () => Template][] = [
  ...PROFILES.map((profile): [string, () => Template] => [profile, () => baselineTemplate({ profile })]),
  ['everything', () => baselineTemplate(EVERYTHING)],
  ['everything, with roles', () => baselineTemplate({ ...EVERYTHING, ...ROLES })],
];

/** Every policy document of a template, by its path. */
function documentsOf(template: Template): [path: string, statements: Statement[]][] {
  const { Resources } = template.toJSON() as { Resources: Record<string, { Properties: unknown }> };
  return Object.entries(Resources).flatMap(([id, { Properties }]) => documentsIn(Properties, id));
}

test.each(TEMPLATES)(
  'each statement of the template %s has a name, of letters and digits, that its document has once',
  (_, template) => {
    const documents = documentsOf(template());
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

describe.each(TEMPLATES)('each statement of the template %s', (_, template) => {
  const all = documentsOf(template()).flatMap(([path, statements]) =>
    statements.map((one) => [`${path} ${one.Sid ?? ''}`, one] as const),
  );
  const wrong = (isFine: (one: Statement) => boolean) =>
    all.flatMap(([path, one]) => (isFine(one) ? [] : [path]));
  /** With X for what only CloudFormation knows. */
  const texts = (value: unknown) =>
    [value ?? []].flat().map((one) => (typeof one === 'string' ? one : textOf(one)));

  test('names actions of services', () => {
    const isAction = (text: string) => text === '*' || /^[a-z][a-z\d-]*:(\*|[A-Z*][\w*?]*)$/.test(text);
    expect(
      wrong(({ Action, NotAction }) => {
        const actions = texts(Action ?? NotAction);
        return actions.length > 0 && actions.every(isAction);
      }),
    ).toEqual([]);
  });

  test('is about resources with a service and a name', () => {
    const isResource = (text: string) =>
      text === '*' || /^X(\/.+)?$|^arn:X?[^:]*:[a-z][\w-]*:[^:]*:[^:]*:[^/:]/.test(text);
    expect(wrong(({ Resource, NotResource }) => texts(Resource ?? NotResource).every(isResource))).toEqual(
      [],
    );
  });
});

/** A text that consists of parts, with X for what only CloudFormation knows. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[name, inner] = ['', undefined]] = Object.entries(value as object);
  if (name === 'Fn::Join') {
    const [separator, parts] = inner as [string, unknown[]];
    return parts.map(textOf).join(separator);
  }
  if (name === 'Fn::Sub') return String([inner].flat()[0]).replaceAll(/\$\{[^}]*\}/g, 'X');
  return 'X';
}
