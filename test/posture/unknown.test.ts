import type { BaselineConfig } from '../../lib/config/config';
import type { Check } from '../../lib/posture/checks/check';
import type { Finding } from '../../lib/posture/finding';
import type { Snapshot } from '../../lib/posture/snapshot';
import { CHECKS } from '../../lib/posture/verify';
import { CONFIG, WELL } from './snapshot';
import { eachOf } from '../each-of';

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

/** The same, that notes the paths of what is read of it, and of what is looked for and not there. */
function watched<T>(value: T, read: Set<string>, path: Path = [], absent = new Set<string>()): T {
  if (!isObject(value) || value instanceof Date) return value;
  return new Proxy(value, {
    get: (target, name, receiver) => {
      const child: unknown = Reflect.get(target, name, receiver);
      if (typeof name === 'symbol' || typeof child === 'function') return child;
      const inner = [...path, name];
      (name in target ? read : absent).add(inner.join('\n'));
      return watched(child, read, inner, absent);
    },
  });
}

const statuses = (check: Check, snapshot: Snapshot, config: BaselineConfig = CONFIG) =>
  check(snapshot, config).map(({ status }) => status);

/** The checks that have something to say about an account in which all is well, by their ID. */
const judging = CHECKS.flatMap((check) => {
  const [first] = check(WELL, CONFIG);
  return first ? [[first.check, check] as const] : [];
});

const PARTS = partsIn(WELL);

test('there are checks and parts to try', () => {
  expect(judging.length).toBeGreaterThan(40);
  expect(PARTS.length).toBeGreaterThan(40);
});

eachOf(judging, ([id]) => id)('each check is unknown without each part that it reads', ([id, check]) => {
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

/**
 * Fields of a healthy account without which a check still passes, although with some other value it does not,
 * and why that is right. Of the stacks, the types of AWS leave most fields optional, so they are not tried.
 */
const HARMLESS: Readonly<Record<string, string>> = {
  'logGroup.retentionInDays': 'CloudWatch Logs leaves it out if events never expire, which is long enough',
  'people.roles.N.AssumeRolePolicyDocument': 'every role has one',
  'people.users.N.AttachedManagedPolicies': 'the user has none',
  'people.users.N.UserPolicyList': 'the user has none',
  'resources.N.actual.LifecycleConfiguration.ExpirationInDays': 'no rule expires evidence',
  'resources.N.actual.LifecycleConfiguration.NoncurrentDays': 'no rule expires old versions',
};

/** Fields that checks look for and a healthy account does not have, and what their absence means on AWS. */
const ABSENT: Readonly<Record<string, string>> = {
  'alarms.N.DatapointsToAlarm': 'as many as there are periods',
  'alarms.N.Dimensions': 'the metric has none',
  'alarms.N.InsufficientDataActions': 'the alarm has none',
  'alarms.N.OKActions': 'the alarm has none',
  'alarms.N.Unit': 'data of every unit counts',
  'credentials.N.passwordLastUsed': 'never, or not since IAM keeps a record',
  'functions.N.state.reservedConcurrency': 'none is reserved',
  'logGroup.dataProtectionStatus': 'there has been no data protection policy',
  'logGroup.logGroupClass': 'regions without other classes leave it out',
  'logGroup.inheritedProperties': 'the account has no data protection policy',
  'metricFilters.N.applyOnTransformedLogs': 'the filter reads the original events',
  'metricFilters.N.fieldSelectionCriteria': 'the filter reads the events of every account and Region',
  'metricFilters.N.metricTransformations.N.dimensions': 'the metric has none',
  'passwordPolicy.HardExpiry': 'passwords do not expire',
  'passwordPolicy.MaxPasswordAge': 'passwords do not expire',
  'selectors.basic.N.ExcludeManagementEventSources': 'no source is excluded',
  'trails.N.status.LatestCloudWatchLogsDeliveryError': 'the last delivery succeeded',
  'trails.N.status.LatestDeliveryError': 'the last delivery succeeded',
};

/** Whether a field comes from an answer about the account, and not from a template. */
const isOfTheAccount = ([part = '', ...rest]: Path) =>
  !['suite', 'confirmed', 'driftDetection'].includes(part) &&
  !rest.includes('wanted') &&
  !rest.includes('template');

/** A path with N for places in lists, and R for Regions. */
const nameOf = (path: Path) =>
  path
    .filter((name) => name !== 'value')
    .map((name, index) => (/^\d+$/.test(name) ? 'N' : path[0] === 'regional' && index === 1 ? 'R' : name))
    .join('.');

test('what AWS leaves out of an answer does not pass, with exceptions', () => {
  const passing = judging.flatMap(([, check]) => {
    const read = new Set<string>();
    check(watched(WELL, read), CONFIG);
    return [...read]
      .map((path) => path.split('\n'))
      .filter((path) => isOfTheAccount(path) && path.includes('value') && path.at(-1) !== 'value')
      .filter((path) => path.at(-1) !== 'length' && passesWith(check, path, undefined))
      .filter((path) => othersOf(valueAt(path)).some((other) => !passesWith(check, path, other)))
      .map(nameOf);
  });
  expect([...new Set(passing)].sort()).toEqual(Object.keys(HARMLESS).sort());
});

/** Entries without which checks still pass, although they judge them, by the reason why that is right. */
const DISPENSABLE: Readonly<Record<string, readonly string[]>> = {
  'the templates say which entries there are': [
    'event-rules: resources.N',
    'function-code: functions.N',
    'functions: functions.N',
    'functions: resources.N',
    'resource-policies: resourcePolicies.N',
    'root-notice-rules: resources.N',
    'root-notice: resources.N',
    'topic-keys: resources.N',
    'trail-bucket: resources.N',
  ],
  'what does not exist has no rights': [
    'identity-providers: people.roles.N',
    'other-administrators: people.roles.N',
    'outside-administrators: people.roles.N',
    'outside-roles: people.roles.N',
    'own-permissions: people.users.N',
    'service-credentials: people.users.N',
  ],
  'administrators-group reports a missing group': ['group-policies: people.groups.N'],
  'trail-logging reports a missing trail': ['key-rotation: trails.N', 'trail-bucket: trails.N'],
  'listening and explainer report missing subscriptions': [
    'subscribers: alarmTopic.subscriptions.N',
    'subscribers: topic.subscriptions.N',
    'unsubscribe: topic.subscriptions.N',
  ],
  'the report is up to four hours old, and other-users reports newer users': [
    'access-keys: credentials.N',
    'service-credentials: credentials.N',
  ],
};

test('an entry that AWS leaves out of a list does not pass, with exceptions', () => {
  const passing = judging.flatMap(([id, check]) => {
    const read = new Set<string>();
    check(watched(WELL, read), CONFIG);
    const paths = [...read].map((path) => path.split('\n'));
    const matters = (entry: Path) =>
      paths
        .filter((path) => path.join('\n').startsWith(`${entry.join('\n')}\n`) && path.at(-1) !== 'length')
        .some((path) => othersOf(valueAt(path)).some((other) => !passesWith(check, path, other)));
    return paths
      .filter((path) => isOfTheAccount(path) && /^\d+$/.test(path.at(-1) ?? '') && matters(path))
      .filter((path) => {
        const list = path.slice(0, -1);
        const others = (valueAt(list) as unknown[]).filter((_, index) => String(index) !== path.at(-1));
        return passesWith(check, list, others);
      })
      .map((path) => `${id}: ${nameOf(path)}`);
  });
  expect([...new Set(passing)].sort()).toEqual(Object.values(DISPENSABLE).flat().sort());
});

test('what a healthy account does not have is known', () => {
  const absent = new Set<string>();
  for (const [, check] of judging) check(watched(WELL, new Set(), [], absent), CONFIG);
  const names = [...absent]
    .map((path) => path.split('\n'))
    .filter(isOfTheAccount)
    .map(nameOf);
  expect([...new Set(names)].sort()).toEqual(Object.keys(ABSENT).sort());
});

const valueAt = (path: Path): unknown =>
  path.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], WELL);

/** Other values of the same kind. If each of them passes as well, the field is only shown. */
function othersOf(value: unknown): unknown[] {
  if (typeof value === 'string') return ['', 'x'];
  if (typeof value === 'boolean') return [true, false];
  if (typeof value === 'number') return [0, 1, 1e9];
  return Array.isArray(value) ? [[], ['x']] : [{}, { x: 'x' }];
}

function passesWith(check: Check, path: Path, value: unknown): boolean {
  try {
    return statuses(check, replaced(WELL, path, value)).every((status) => status === 'pass');
  } catch {
    // A check that cannot do without a field that AWS always returns.
    return false;
  }
}

describe('whatever AWS answers', () => {
  const findings = judging.flatMap(([, check]) => {
    const read = new Set<string>();
    check(watched(WELL, read), CONFIG);
    return (
      [...read]
        .map((path) => path.split('\n'))
        .filter((path) => path.includes('value') && path.at(-1) !== 'length')
        .flatMap((path) => othersOf(valueAt(path)).map((other) => [path, other] as const))
        // No answer has an empty name, or an entry of another kind.
        .filter(([, other]) => other !== '' && !(isObject(other) && Object.keys(other).length > 0))
        .filter(([path, other]) => !isObject(other) || Array.isArray(valueAt(path)))
        .flatMap(([path, other]) => {
          try {
            return check(replaced(WELL, path, other), CONFIG);
          } catch {
            return [];
          }
        })
    );
  });
  const said = ({ check, detail }: Finding) => `${check}: ${detail}`;
  const problems = findings.filter(({ status }) => status === 'fail' || status === 'manual');

  test('most checks find something wrong', () => {
    expect(new Set(problems.map(({ check }) => check)).size).toBeGreaterThan(40);
  });

  test('a finding is a sentence', () => {
    expect(findings.map(({ detail }) => detail).filter((text) => !/^\S.*[.)]$/.test(text))).toEqual([]);
  });

  test('a problem has a remedy, in words', () => {
    const without = problems.filter(({ remedy }) => !/^\S.*\.$/s.test(remedy?.text ?? ''));
    expect(without.map(said)).toEqual([]);
  });

  test('a command of a remedy can be run', () => {
    const commands = problems.flatMap(({ remedy }) => remedy?.command ?? []);
    expect(commands.filter((text) => !/^(aws|npx|for region in) \S/.test(text))).toEqual([]);
    expect(commands.filter((text) => /undefined|\[object| {2}/.test(text))).toEqual([]);
  });

  test('what a finding is about has a name', () => {
    const nameless = findings.filter(({ resource, region }) => resource === '' || region === '');
    expect(nameless.map(said)).toEqual([]);
  });
});
