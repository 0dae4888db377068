import type { BaselineConfig } from '../../lib/config/config';
import type { Check } from '../../lib/posture/checks/check';
import type { Snapshot } from '../../lib/posture/snapshot';
import { CHECKS } from '../../lib/posture/verify';
import { CONFIG, WELL } from './snapshot';

const DENIED = { unknown: 'some:Action is not allowed', permission: 'some:Action' };

type Path = readonly string[];

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isPart = (value: unknown): value is { readonly value: unknown } =>
  isObject(value) && 'value' in value && Object.keys(value).length === 1;

/** The paths of all parts, those within others included. */
function partsIn(value: unknown, path: Path = []): Path[] {
  if (!isObject(value) || value instanceof Date) return [];
  const within = Object.entries(value).flatMap(([name, child]) => partsIn(child, [...path, name]));
  return isPart(value) ? [path, ...within] : within;
}

/** A copy with another value at a path. */
function replaced<T>(value: T, [name, ...rest]: Path, by: unknown): T {
  if (name === undefined) return by as T;
  const child = replaced((value as Record<string, unknown>)[name], rest, by);
  return (
    Array.isArray(value)
      ? value.map((one: unknown, index) => (String(index) === name ? child : one))
      : { ...value, [name]: child }
  ) as T;
}

/** The same, that notes the paths of what is read of it. */
function watched<T>(value: T, read: Set<string>, path: Path = []): T {
  if (!isObject(value) || value instanceof Date) return value;
  return new Proxy(value, {
    get: (target, name, receiver) => {
      const child: unknown = Reflect.get(target, name, receiver);
      if (typeof name === 'symbol' || typeof child === 'function') return child;
      const inner = [...path, name];
      read.add(inner.join('\n'));
      return watched(child, read, inner);
    },
  });
}

const statuses = (check: Check, snapshot: Snapshot, config: BaselineConfig = CONFIG) =>
  check(snapshot, config).map(({ status }) => status);

/** The checks that have something to say of an account in which all is well, by their ID. */
const judging = CHECKS.flatMap((check) => {
  const [first] = check(WELL, CONFIG);
  return first ? [[first.check, check] as const] : [];
});

const PARTS = partsIn(WELL);

test('there are checks and parts to try', () => {
  expect(judging.length).toBeGreaterThan(40);
  expect(PARTS.length).toBeGreaterThan(40);
});

test.each(judging)('%s is unknown without each part that it reads', (id, check) => {
  const read = new Set<string>();
  check(watched(WELL, read), CONFIG);
  // A check may look first at which parts there are.
  const used = PARTS.filter((path) => read.has([...path, 'value'].join('\n')));
  expect({ id, isUsed: used.length > 0 }).toEqual({ id, isUsed: true });
  const passing = used.filter((path) => {
    const seen = statuses(check, replaced(WELL, path, DENIED));
    return seen.length === 0 || !seen.includes('unknown') || seen.includes('fail');
  });
  expect(passing.map((path) => path.join('.'))).toEqual([]);
});
