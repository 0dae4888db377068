import { readFileSync } from 'node:fs';
import { PROFILES } from '../../lib/config/profiles';
import {
  compareSuites,
  compareTemplates,
  STATEFUL,
  type UpgradeResource,
  type UpgradeSuite,
  type UpgradeTemplate,
} from '../../lib/upgrade/compare';
import { currentSuite, released, releases } from '../../scripts/release/templates';

/** Each release with each profile. */
const RELEASED = releases().flatMap((version) => PROFILES.map((profile) => [version, profile] as const));

/**
 * What people with the released stacks would lose by an update, unless the change log says so by its logical
 * id.
 */
function losses(changes: ReturnType<typeof compareSuites>, unreleased: string): string[] {
  return changes.flatMap(({ id, loss }) =>
    loss === undefined || unreleased.includes(`\`${id}\``) ? [] : `${id} ${loss}`,
  );
}

/** The section of the change log about what is not released yet. */
function unreleasedSection(): string {
  const [, section] =
    /^## \[Unreleased\]$([^]*?)(?=^## |$(?![^]))/m.exec(readFileSync('CHANGELOG.md', 'utf8')) ?? [];
  if (section === undefined) throw new Error('CHANGELOG.md has no section [Unreleased]');
  return section;
}

/** The current templates, synthesized once. */
const CURRENT = new Map(PROFILES.map((profile) => [profile, currentSuite(profile)]));
const current = (profile: (typeof PROFILES)[number]) => CURRENT.get(profile) ?? {};

test.each(RELEASED)(
  'a suite of %s with the %s profile loses nothing by an update that the change log does not tell',
  (version, profile) => {
    expect(losses(compareSuites(released(version, profile), current(profile)), unreleasedSection())).toEqual(
      [],
    );
  },
);

test('the released templates hold something of each kind that must not be lost', () => {
  const types = RELEASED.flatMap(([version, profile]) =>
    Object.values(released(version, profile)).flatMap(({ Resources }) =>
      Object.values(Resources).map(({ Type }) => Type),
    ),
  );
  expect(STATEFUL.filter((pattern) => !types.some((type) => pattern.test(type)))).toEqual([]);
});

describe('a loss is found when', () => {
  // One template is enough to see each kind of loss in.
  const suite = released(releases().at(-1) ?? '', 'standard');
  const before: UpgradeTemplate = {
    Resources: Object.assign({}, ...Object.values(suite).map(({ Resources }) => Resources)),
  };
  const between = (after: UpgradeTemplate, unreleased = '') =>
    losses(compareTemplates('Stack', before, after), unreleased);

  /** The released template with one resource changed, renamed or taken away. */
  function changed(id: string, change: (resource: UpgradeResource) => Record<string, UpgradeResource>) {
    const { [id]: resource, ...others } = before.Resources;
    if (!resource) throw new Error(`there is no ${id}`);
    return { ...before, Resources: { ...others, ...change(resource) } };
  }

  const withProperty = (id: string, name: string, value: unknown) =>
    changed(id, (resource) => ({
      [id]: { ...resource, Properties: { ...resource.Properties, [name]: value } },
    }));

  test.each<[shows: string, after: UpgradeTemplate, ...losses: string[]]>([
    ['a bucket is gone', changed('AuditTrailBucket', () => ({})), 'AuditTrailBucket would be left behind'],
    ['a setting is gone', changed('AccountImdsV2', () => ({})), 'AccountImdsV2 would be removed'],
    [
      'a topic has another logical id',
      changed('NotificationsTopic', (topic) => ({ Renamed: topic })),
      'NotificationsTopic would be removed',
    ],
    [
      'a group gets another name',
      withProperty('AdminAccessGroup', 'GroupName', 'Admins'),
      'AdminAccessGroup would be replaced',
    ],
    [
      'a trail gets another name',
      withProperty('AuditTrailTrail', 'TrailName', 'other'),
      'AuditTrailTrail would be replaced',
    ],
    [
      'a user is updated in place',
      withProperty('AdminAccessaliceUser', 'Tags', [{ Key: 'a', Value: 'b' }]),
      'AdminAccessaliceUser would get its first-time password again',
    ],
    [
      'the policy of a first password is updated',
      withProperty('AdminAccessaliceReaders', 'BlockPublicPolicy', true),
      'AdminAccessaliceReaders could not be updated if the secret was deleted as advised',
    ],
    [
      'a first-time password is updated, which fails for those who deleted it as advised',
      changed('AdminAccessalicePassword', (secret) => ({
        AdminAccessalicePassword: { ...secret, Properties: { ...secret.Properties, Description: 'x' } },
      })),
      'AdminAccessalicePassword counts as replaced: it could not be updated if it was deleted as advised',
    ],
    [
      'a setting becomes another one',
      changed('AccountImdsV2', (one) => ({ AccountImdsV2: { ...one, Type: 'Custom::Imds' } })),
      'AccountImdsV2 would be replaced',
    ],
  ])('%s', (_, after, ...expected) => {
    expect(between(after)).toEqual(expect.arrayContaining(expected));
    expect(between(before)).toEqual([]);
  });

  test('the change log says nothing of it, and not when it does', () => {
    const after = changed('AuditTrailBucket', () => ({}));
    expect(between(after, 'The bucket `AuditTrailAccessLogs` is gone.')).toHaveLength(1);
    expect(between(after, 'The bucket `AuditTrailBucket` is gone.')).toEqual([]);
  });

  test('a whole stack is gone', () => {
    const others = Object.fromEntries(
      Object.entries(suite).filter(([name]) => name !== 'AccountBaseline-Audit'),
    );
    expect(losses(compareSuites(suite, others), '')).toContain(
      'AuditTrailBucket stays, even if you delete the stack',
    );
    expect(losses(compareSuites(suite, suite), '')).toEqual([]);
  });

  test('none is when a property changes that CloudFormation updates in place', () => {
    expect(between(withProperty('AuditTrailTrail', 'EnableLogFileValidation', false))).toEqual([]);
  });
});

test.each(RELEASED)(
  'users and first-time passwords of %s with the %s profile are to the letter what was released: any update acts on them again',
  (version, profile) => {
    const pinned = (suite: UpgradeSuite) =>
      Object.values(suite)
        .flatMap(({ Resources }) => Object.entries(Resources))
        .filter(([, { Type }]) => ['AWS::IAM::User', 'AWS::SecretsManager::Secret'].includes(Type));
    expect(pinned(released(version, profile))).not.toEqual([]);
    expect(pinned(current(profile))).toEqual(pinned(released(version, profile)));
  },
);
