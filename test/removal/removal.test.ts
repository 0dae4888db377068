import { createColors } from 'picocolors';
import { KEPT } from '../../lib/removal/kept';
import { planRemoval } from '../../lib/removal/plan';
import { renderRemoval } from '../../lib/removal/render';
import type { UpgradeSuite } from '../../lib/upgrade/compare';
import { EVERYTHING } from '../everything';
import { SMALLEST } from '../smallest';
import { suiteTemplates } from '../synth';

const suiteOf = (options: Parameters<typeof suiteTemplates>[0]) =>
  Object.fromEntries(
    Object.entries(suiteTemplates(options)).map(([kind, template]) => [
      `AccountBaseline-${kind}`,
      template.toJSON() as UpgradeSuite[string],
    ]),
  );

const plain = (plan: ReturnType<typeof planRemoval>) => renderRemoval(plan, { colors: createColors(false) });

test('what every configuration keeps is explained', () => {
  expect(planRemoval(suiteOf(EVERYTHING)).unknown).toEqual([]);
});

test('each reason is needed by a configuration', () => {
  const kept = planRemoval(suiteOf(EVERYTHING)).kept.map(({ title }) => title);
  expect(kept).toEqual(KEPT.map(({ title }) => title));
});

describe('the plan of the smallest configuration', () => {
  const plan = planRemoval(suiteOf(SMALLEST));

  test('restores the settings, and keeps people and evidence', () => {
    expect(plan.restored).toContain('AccountImdsV2');
    expect(plan.settled).toEqual([]);
    expect(plan.lost).toEqual([
      'The trail stops recording events.',
      'First-time passwords that nobody has read are gone.',
      'Nobody gets notifications any more.',
    ]);
    expect(plain(plan)).toMatch(/To deploy again while the users exist, .*$/);
    expect(plan.kept.map(({ title, names }) => [title, ...names])).toEqual([
      ['Users', 'AdminAccessaliceUser'],
      ['Groups of people', 'AdminAccessGroup'],
      ['Buckets with log files', 'AuditTrailAccessLogs', 'AuditTrailBucket'],
      ['Log group of the trail', 'AuditTrailLogGroup'],
      ['Encryption key', 'Key'],
      ['Notification hub', 'NoticeHub'],
    ]);
  });

  test('has the commands with a place for the names', () => {
    expect(plain(plan)).toContain('$ aws s3api delete-bucket --bucket <name> --region <home Region>\n');
    expect(plain(plan)).not.toContain('docs/organization.md');
  });
});

test('the plan of deployed stacks has their names, which a shell takes as one word, and their Region', () => {
  const names = new Map([
    ['AccountBaseline-Audit/AuditTrailBucket', 'logs-1234'],
    ['AccountBaseline-Audit/AuditTrailLogGroup', 'a; rm -rf /'],
  ]);
  const text = plain(planRemoval(suiteOf(SMALLEST), names, [], 'eu-central-1'));
  expect(text).toContain('$ aws s3api delete-bucket --bucket logs-1234 --region eu-central-1\n');
  expect(text).toContain(
    "$ aws logs delete-log-group --log-group-name 'a; rm -rf /' --region eu-central-1\n",
  );
});

test('the plan of deployed stacks leaves out what has no name in the account', () => {
  const plan = planRemoval(suiteOf(SMALLEST), new Map([['AccountBaseline-Audit/AuditTrailLogGroup', '']]));
  expect(plan.kept).toEqual([]);
  expect(plain(plan)).not.toContain('--bucket');
  expect(plain(plan)).not.toContain('--log-group-name');
});

test('the roles of services stay, by their names', () => {
  const { kept, restored } = planRemoval(
    suiteOf({ detectors: { configRecorder: true } }),
    new Map([['AccountBaseline-Detectors/ConfigRole', 'config-role']]),
  );
  expect(kept.map(({ title, names }) => [title, ...names])).toEqual([
    ['Service-linked roles', 'AWSServiceRoleForConfig'],
  ]);
  expect(restored.filter((name) => name.startsWith('ConfigRole'))).toEqual([]);
});

test('the plan says how to remove only what one can remove, and says it once', () => {
  const text = plain(planRemoval(suiteOf(SMALLEST)));
  expect(text).toContain(
    '  To remove it:\n    $ aws logs delete-log-group --log-group-name <name> --region <home Region>\n',
  );
  expect(text).toMatch(/Kept: Notification hub\n {2}NoticeHub\n.*\n\n/);
  expect(text.match(/fails if a bucket has objects/g)).toHaveLength(1);
});

test('what a configuration does not keep is deleted, and settings that it keeps stay', () => {
  const plan = planRemoval(
    suiteOf({
      access: { keepOnRemoval: false },
      auditTrail: { keepOnRemoval: false },
      accountSettings: { keepOnRemoval: true },
    }),
  );
  expect(plan.kept.map(({ title }) => title)).toEqual(['Notification hub']);
  expect(plan.settled).toContain('AccountImdsV2');
  expect(plan.deleted).toContainEqual(['bucket', 2]);
  expect(plan.lost).toEqual([
    'The trail stops recording events.',
    'Users are deleted with their passwords.',
    'Recorded events are deleted with the buckets and the log group.',
    'AWS deletes the encryption key after 30 days.',
    'First-time passwords that nobody has read are gone.',
    'Nobody gets notifications any more.',
  ]);
  expect(plain(plan)).toContain("set `notifications: { rootNotice: 'existing-hub' }`");
  expect(plain(plan)).not.toContain('--import-existing-resources');
});

test('the stacks of an organization go first', () => {
  expect(plain(planRemoval(suiteOf(EVERYTHING)))).toMatch(
    /How\n {2}Remove the stacks of the organization first/,
  );
});
