import fc from 'fast-check';
import type { Finding } from '../../lib/posture/finding';
import { decisionsOf, importsOf, openOf } from '../../lib/posture/adopt/decisions';
import { preflight } from '../../lib/posture/preflight/preflight';
import { groupBy } from '../../lib/posture/report/group-by';
import type { Snapshot, Surroundings } from '../../lib/posture/snapshot';
import { verify } from '../../lib/posture/verify';
import { templatesOf } from '../../lib/stacks/templates';
import { CONFIG, WELL } from '../posture/snapshot';
import { NEW } from '../posture/surroundings';
import { runs } from './runs';

type Path = readonly string[];

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof Date);

/** The paths of everything in a value. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (!isObject(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([name, child]) => pathsIn(child, [...path, name]))];
}

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((one, name) => (isObject(one) ? Reflect.get(one, name) : undefined), value);

/** A copy with something else at a path; without what is there, if it is undefined. */
function changed<T>(value: T, [name, ...rest]: Path, by: unknown): T {
  if (name === undefined) return by as T;
  if (!isObject(value)) return value;
  const child = changed(Reflect.get(value, name) as unknown, rest, by);
  if (Array.isArray(value)) {
    return value.flatMap((one: unknown, index) =>
      String(index) !== name ? [one] : child === undefined ? [] : [child],
    ) as T;
  }
  const all = { ...value, [name]: child };
  if (child === undefined && rest.length === 0) Reflect.deleteProperty(all, name);
  return all;
}

const isPart = (value: unknown) => isObject(value) && 'value' in value && Object.keys(value).length === 1;

/** Text that a name can hold, or that only looks like one. */
const text = fc.oneof(
  fc.constantFrom(
    '',
    'x',
    '*',
    '__proto__',
    'constructor',
    'toString',
    'root',
    '\u001b[2J',
    '\u202e',
    '\ud800',
    "'; id #",
  ),
  fc.constantFrom(
    'arn:aws:iam::123456789012:user/alice',
    '123456789012',
    'AccountBaseline',
    'eu-central-1',
    'alice',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);

/** Another value of the same kind, which AWS could return in its place. */
function other(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value === 'boolean') return fc.boolean();
  if (typeof value === 'number') return fc.oneof(fc.constantFrom(0, 1, -1, 1e9), fc.nat());
  if (value instanceof Date) return fc.date({ noInvalidDate: true });
  // IAM returns no policy that is none.
  if (typeof value === 'string' && /^%7B|^\{/.test(value))
    return fc.constantFrom(value, encodeURIComponent('{"Version":"2012-10-17","Statement":[]}'));
  if (typeof value === 'string') return text;
  if (Array.isArray(value)) return fc.subarray(value as unknown[]);
  return fc.constant(value);
}

/** What the templates of the baseline say, and types of CloudFormation, which nobody else can choose. */
const isOurs = (path: Path) =>
  path[0] === 'at' ||
  path.some((name) => ['template', 'wanted', 'kind', 'type', 'ResourceType'].includes(name));

/** What AWS names in this way, it may leave out, except the statements of a policy. */
const isOptional = (path: Path) => /^[A-Z](?!tatement$)/.test(path.at(-1) ?? '') && path[0] !== 'suite';

/** Accounts with other names, other values, and without what AWS may leave out. */
function strange<T extends Snapshot | Surroundings>(well: T): fc.Arbitrary<T> {
  const paths = pathsIn(well).filter((path) => path.length > 1 && !isOurs(path));
  const leaves = paths.filter((path) => !isObject(at(well, path)) || Array.isArray(at(well, path)));
  const optional = paths.filter(isOptional);
  const change = fc.oneof(
    {
      weight: 3,
      arbitrary: fc
        .constantFrom(...leaves)
        .chain((path) => fc.tuple(fc.constant(path), other(at(well, path)))),
    },
    {
      weight: optional.length > 0 ? 1 : 0,
      arbitrary: fc
        .constantFrom(...(optional.length > 0 ? optional : leaves))
        .map((path) => [path, undefined] as const),
    },
  );
  return fc
    .array(change, { minLength: 1, maxLength: 12 })
    .map((changes) =>
      changes.reduce(
        (snapshot, [path, by]) => (at(snapshot, path) === undefined ? snapshot : changed(snapshot, path, by)),
        well,
      ),
    );
}

const DENIED = { unknown: 'some:Action is not allowed', permission: 'some:Action' };

/** A copy in which some parts could not be read. */
function partlyUnknown<T extends Snapshot | Surroundings>(
  snapshot: T,
  isChosen: (path: string) => boolean,
): T {
  const unknown = pathsIn(snapshot).filter((path) => isPart(at(snapshot, path)) && isChosen(path.join('.')));
  // The inner ones first.
  return unknown.reverse().reduce((one, path) => changed(one, path, DENIED), snapshot);
}

const chosen = fc.oneof(
  fc.func<[string], boolean>(fc.boolean()),
  fc.func<[string], number>(fc.nat(9)).map((choose) => (path: string) => choose(path) === 0),
);

const byCheck = (findings: readonly Finding[]) => groupBy(findings, ({ check }) => check);

const passes = (findings: readonly Finding[] = []) => findings.every(({ status }) => status === 'pass');

/** A word of JavaScript in a sentence: something was not there, and nobody noticed. */
const GAP = /\bundefined\b|\[object |\bNaN\b|Invalid Date/;

function judged(snapshot: Snapshot): readonly Finding[] {
  const { findings } = verify(snapshot, CONFIG);
  expect(findings.filter(({ title, detail }) => GAP.test(`${title} ${detail}`))).toEqual([]);
  const open = findings.filter(({ status }) => status === 'fail' || status === 'manual');
  expect(open.filter(({ remedy }) => !/\S/.test(remedy?.text ?? ''))).toEqual([]);
  return findings;
}

describe('verify', () => {
  test('judges every account, whatever it has and whatever AWS leaves out', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(strange(WELL), (snapshot) => {
        for (const { check, status } of judged(snapshot)) if (status !== 'pass') seen.add(check);
      }),
      runs(150),
    );
    // Otherwise, the changes mean nothing.
    expect(seen.size).toBeGreaterThan(30);
  });

  test('passes nothing because it could read less', () => {
    let unknown = 0;
    fc.assert(
      fc.property(strange(WELL), chosen, (snapshot, isChosen) => {
        const whole = byCheck(judged(snapshot));
        const part = byCheck(judged(partlyUnknown(snapshot, isChosen)));
        unknown += [...part.values()].flat().filter(({ status }) => status === 'unknown').length;
        const better = [...part].filter(([check, findings]) => passes(findings) && !passes(whole.get(check)));
        expect(better).toEqual([]);
      }),
      runs(80),
    );
    expect(unknown).toBeGreaterThan(500);
  });
});

/** Parts that matter only to options that the configuration does not have, or to an existing log group. */
const NOT_ASKED_FOR = [
  ...['accountAlias', 'metricFilters', 'samlProviders', 'oidcProviders', 'identityCenters'],
  'identityGroups',
];

describe('preflight', () => {
  const STACKS = templatesOf(CONFIG);
  const account: fc.Arbitrary<Surroundings> = strange({
    ...NEW,
    suite: WELL.suite,
    people: WELL.people,
    trails: WELL.trails,
  });

  const planned = (snapshot: Surroundings) => {
    const plan = preflight(snapshot, CONFIG, STACKS);
    expect(plan.entries.filter(({ what, why }) => GAP.test(`${what} ${why}`))).toEqual([]);
    return plan;
  };

  test('plans for every account, and every answer leads to imports that exist', () => {
    fc.assert(
      fc.property(fc.oneof(strange(NEW), account), chosen, fc.nat(), (snapshot, isChosen, choice) => {
        const plan = planned(partlyUnknown(snapshot, isChosen));
        const answers = decisionsOf(plan).flatMap((decision) => {
          const one = decision.choices[choice % decision.choices.length];
          return one ? [{ ...decision, choice: one }] : [];
        });
        expect(openOf(plan, answers).length).toBeLessThanOrEqual(plan.entries.length);
        const names = STACKS.map(({ stackName }) => stackName);
        expect(Object.keys(importsOf(STACKS, answers)).filter((name) => !names.includes(name))).toEqual([]);
      }),
      runs(200),
    );
  });

  test('says which parts could not be read', () => {
    const parts = pathsIn(NEW).filter((path) => isPart(at(NEW, path)) && path.length === 1);
    expect(parts.length).toBeGreaterThan(15);
    const unread = (snapshot: Surroundings) =>
      planned(snapshot).entries.filter(({ action }) => action === 'unknown').length;
    const silent = parts.filter((path) => unread(changed(NEW, path, DENIED)) <= unread(NEW));
    expect(silent.map((path) => path.join('.'))).toEqual(NOT_ASKED_FOR);
  });
});
