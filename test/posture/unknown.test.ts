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
      if (Object.hasOwn(target, name)) read.add(inner.join('\n'));
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

/**
 * Fields whose absence a check may read as fine, and why. Of the stacks and of IAM, the types of AWS leave
 * most fields optional, so they are not tried.
 */
const HARMLESS: Readonly<Record<string, string>> = {
  'alarms.N.AlarmName': 'our own alarms are found by their metric',
  'credentials.N.user': 'the collector refuses a report without its columns',
  'credentials.N.hasPassword': 'the collector refuses a report without its columns',
  'credentials.N.hasMfa': 'the collector refuses a report without its columns',
  'credentials.N.accessKeys': 'the collector refuses a report without its columns',
  'topic.subscriptions': 'the collector always sets it; without it, nobody is notified, which fails',
  'topic.subscriptions.N.endsBySignedCallsOnly': 'undefined until a recipient confirms',
  'topic.subscriptions.N.TopicArn': 'only in commands',
  'topic.subscriptions.N.SubscriptionArn': 'only in commands',
  'topic.subscriptions.N.Endpoint': 'only in sentences',
  'alarmTopic.subscriptions': 'the collector always sets it; without it, the function is not subscribed',
  'alarmTopic.subscriptions.N.SubscriptionArn': 'only in commands',
  'topic.arn': 'only in commands',
  'trails.N.trail.TrailARN': 'found by its name too',
  'trails.N.trail.Name': 'found by its ARN too',
  'trails.N.trail.HomeRegion': 'only in commands',
  'trails.N.trail.S3BucketName': 'the bucket is read by the ID of the stack',
  'supportRole.arn': 'only in findings',
  'resourcePolicies.N.wanted.Statement.N.Condition.StringEquals.aws:SourceAccount.Ref': 'of the template',
  'resourcePolicies.N.resource': 'only in findings',
  'resourcePolicies.N.kind': 'only in findings',
  'primaryContact.N': 'another field can stand for it in this list of names',
  'logGroup.retentionInDays': 'AWS leaves it out if events never expire',
  'logGroup.logGroupName': 'only in findings',
  'functions.N.template.name': 'only in findings',
  'functions.N.kind': 'only in findings',
  'functions.N.template.settings.Role.Fn::GetAtt.N': 'of the template',
  'resourcePolicies.N.type': 'only in commands',
  'resources.N.actual.LifecycleConfiguration': 'without a rule, evidence is kept for ever',
  'resources.N.actual.LifecycleConfiguration.ExpirationInDays': 'without it, evidence is kept for ever',
  'resources.N.actual.LifecycleConfiguration.NoncurrentDays': 'without it, evidence is kept for ever',
  'resources.N.actual.Status': 'somebody has confirmed that the address is active',
  'resources.N.kind': 'only in findings',
  'resources.N.resource': 'only in findings',
  'resources.N.type': 'only in commands',
  'resources.N.wanted.EmailAddress': 'of the template',
  'regional.R.analyzer.arn': 'only in commands',
};

test('what AWS leaves out of an answer does not pass, with exceptions', () => {
  const passing = judging.flatMap(([, check]) => {
    const read = new Set<string>();
    check(watched(WELL, read), CONFIG);
    return [...read]
      .map((path) => path.split('\n'))
      .filter(([part = '', ...rest]) => {
        return !['suite', 'people'].includes(part) && rest.includes('value') && rest.at(-1) !== 'value';
      })
      .filter((path) => path.at(-1) !== 'length' && passesWith(check, path, undefined))
      .filter((path) => OTHERS.some((other) => !passesWith(check, path, other)))
      .map((path) =>
        path
          .filter((name) => name !== 'value')
          .map((name, index) =>
            /^\d+$/.test(name) ? 'N' : path[0] === 'regional' && index === 1 ? 'R' : name,
          )
          .join('.'),
      );
  });
  expect([...new Set(passing)].sort()).toEqual(Object.keys(HARMLESS).sort());
});

/** Values of every kind. If each of them passes as well, the field only appears in sentences and commands. */
const OTHERS = ['x', '', 'DISABLED', true, false, 0, -1, 1e9, {}, [], ['x'], { x: 'x' }];

function passesWith(check: Check, path: Path, value: unknown): boolean {
  try {
    const seen = statuses(check, replaced(WELL, path, value));
    return seen.every((status) => status === 'pass');
  } catch {
    // A check that cannot do without a field that AWS always returns.
    return false;
  }
}
