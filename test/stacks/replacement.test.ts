import { readFileSync } from 'node:fs';
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import {
  currentSuite,
  RELEASED,
  type ReleasedResource,
  type ReleasedSuite,
  type ReleasedTemplate,
} from '../../scripts/release/templates';

/** What holds evidence, people, settings or subscriptions, and can't be had back when it was replaced. */
const STATEFUL = [
  /^AWS::IAM::(User|Group)$/,
  /^AWS::SecretsManager::(Secret|ResourcePolicy)$/,
  /^AWS::S3::Bucket$/,
  /^AWS::KMS::(Key|Alias)$/,
  /^AWS::Logs::LogGroup$/,
  /^AWS::CloudTrail::Trail$/,
  /^AWS::SNS::(Topic|Subscription)$/,
  /^AWS::Config::(ConfigurationRecorder|DeliveryChannel)$/,
  /^AWS::GuardDuty::Detector$/,
  /^AWS::SecurityHub::Hub$/,
  // Those of settings: deleting one puts back what was there before.
  /^Custom::/,
];

const LOST: Readonly<Partial<Record<ResourceImpact, string>>> = {
  [ResourceImpact.WILL_REPLACE]: 'would be replaced',
  [ResourceImpact.MAY_REPLACE]: 'may be replaced',
  [ResourceImpact.WILL_DESTROY]: 'would be removed',
  [ResourceImpact.WILL_ORPHAN]: 'would be left behind',
};

/** What any update does to resources that belong to a secret, which people delete. */
const HARMED_BY_UPDATE: Readonly<Record<string, string>> = {
  'AWS::IAM::User': 'would get its first password again',
  'AWS::SecretsManager::ResourcePolicy': 'could not be updated where the secret is deleted',
};

/**
 * What people with the released stack would lose by an update, unless the change log says so by its logical
 * id.
 */
function losses(before: ReleasedTemplate, after: ReleasedTemplate, unreleased: string): string[] {
  const found: string[] = [];
  fullDiff(before, after).resources.forEachDifference((id, { changeImpact, oldResourceType = '' }) => {
    if (!STATEFUL.some((type) => type.test(oldResourceType))) return;
    const isUpdated = changeImpact === ResourceImpact.WILL_UPDATE;
    const loss = (isUpdated ? HARMED_BY_UPDATE[oldResourceType] : undefined) ?? LOST[changeImpact];
    if (loss !== undefined && !unreleased.includes(`\`${id}\``)) found.push(`${id} ${loss}`);
  });
  return found;
}

/** The section of the change log about what is not released yet. */
function unreleasedSection(): string {
  const [, section] =
    /^## \[Unreleased\]$([^]*?)(?=^## |$(?![^]))/m.exec(readFileSync('CHANGELOG.md', 'utf8')) ?? [];
  if (section === undefined) throw new Error('CHANGELOG.md has no section [Unreleased]');
  return section;
}

function released(profile: string): ReleasedSuite {
  return JSON.parse(readFileSync(RELEASED[profile] ?? '', 'utf8')) as ReleasedSuite;
}

/** A stack that is gone loses all that it had. */
function suiteLosses(before: ReleasedSuite, after: ReleasedSuite, unreleased: string): string[] {
  return Object.entries(before).flatMap(([stackName, template]) =>
    losses(template, after[stackName] ?? { Resources: {} }, unreleased),
  );
}

test.each(Object.keys(RELEASED))(
  'a suite of the last release with the %s profile loses nothing by an update that the change log does not tell',
  (profile) => {
    expect(suiteLosses(released(profile), currentSuite(profile), unreleasedSection())).toEqual([]);
  },
);

test('the released templates hold something of each kind that must not be lost', () => {
  const types = Object.keys(RELEASED).flatMap((profile) =>
    Object.values(released(profile)).flatMap(({ Resources }) =>
      Object.values(Resources).map(({ Type }) => Type),
    ),
  );
  expect(STATEFUL.filter((pattern) => !types.some((type) => pattern.test(type)))).toEqual([]);
});

describe('a loss is found when', () => {
  // One template is enough to see each kind of loss in.
  const before: ReleasedTemplate = {
    Resources: Object.assign({}, ...Object.values(released('standard')).map(({ Resources }) => Resources)),
  };

  /** The released template with one resource changed, renamed or taken away. */
  function changed(id: string, change: (resource: ReleasedResource) => Record<string, ReleasedResource>) {
    const { [id]: resource, ...others } = before.Resources;
    if (!resource) throw new Error(`there is no ${id}`);
    return { ...before, Resources: { ...others, ...change(resource) } };
  }

  const withProperty = (id: string, name: string, value: unknown) =>
    changed(id, (resource) => ({
      [id]: { ...resource, Properties: { ...resource.Properties, [name]: value } },
    }));

  test.each<[shows: string, after: ReleasedTemplate, ...losses: string[]]>([
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
      'AdminAccessaliceUser would get its first password again',
    ],
    [
      'the policy of a first password is updated',
      withProperty('AdminAccessaliceReaders', 'BlockPublicPolicy', true),
      'AdminAccessaliceReaders could not be updated where the secret is deleted',
    ],
    [
      'a setting becomes another one',
      changed('AccountImdsV2', (one) => ({ AccountImdsV2: { ...one, Type: 'Custom::Imds' } })),
      'AccountImdsV2 would be replaced',
    ],
  ])('%s', (_, after, ...expected) => {
    expect(losses(before, after, '')).toEqual(expect.arrayContaining(expected));
    expect(losses(before, before, '')).toEqual([]);
  });

  test('the change log says nothing of it, and not when it does', () => {
    const after = changed('AuditTrailBucket', () => ({}));
    expect(losses(before, after, 'The bucket `AuditTrailAccessLogs` is gone.')).toHaveLength(1);
    expect(losses(before, after, 'The bucket `AuditTrailBucket` is gone.')).toEqual([]);
  });

  test('a whole stack is gone', () => {
    const suite = released('standard');
    const others = Object.fromEntries(
      Object.entries(suite).filter(([name]) => name !== 'AccountBaseline-Audit'),
    );
    expect(suiteLosses(suite, others, '')).toContain('AuditTrailBucket would be left behind');
    expect(suiteLosses(suite, suite, '')).toEqual([]);
  });

  test('none is when a property changes that CloudFormation updates in place', () => {
    expect(losses(before, withProperty('AuditTrailTrail', 'EnableLogFileValidation', false), '')).toEqual([]);
  });
});

test.each(Object.keys(RELEASED))(
  'users and first-time passwords of the %s profile are to the letter what was released: any update acts on them again',
  (profile) => {
    const pinned = (suite: ReleasedSuite) =>
      Object.values(suite)
        .flatMap(({ Resources }) => Object.entries(Resources))
        .filter(([, { Type }]) => ['AWS::IAM::User', 'AWS::SecretsManager::Secret'].includes(Type));
    expect(pinned(released(profile))).not.toEqual([]);
    expect(pinned(currentSuite(profile))).toEqual(pinned(released(profile)));
  },
);
