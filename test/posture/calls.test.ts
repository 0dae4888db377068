import { readFileSync } from 'node:fs';
import { actionOf, actionsOf, callsOf, type Reader } from '../../lib/posture/calls';
import { partitionOf } from '../../lib/posture/partition';
import { policyFor } from '../../lib/posture/policy';
import { eachOf } from '../each-of';

/** The files that each reader's calls are in. */
// What `member` needs, test/posture/organization.test.ts counts.
const SOURCES: Readonly<
  Record<Exclude<Reader, 'member' | 'orgRootAudit' | 'rootSession'>, readonly string[]>
> = {
  account: ['collect/account.ts', 'collect/find-stack.ts', 'collect/trails.ts'],
  verify: [
    'collect/verify.ts',
    'collect/adopted-bucket.ts',
    'collect/budgets.ts',
    'collect/deployed-resources.ts',
    'collect/detectors.ts',
    'collect/exposure.ts',
    'collect/functions.ts',
    'collect/log-group.ts',
    'collect/networks.ts',
    'collect/notifications.ts',
    'collect/oidc-providers.ts',
    'collect/people.ts',
    'collect/regional.ts',
    'collect/resource-policies.ts',
    'collect/settings.ts',
    'collect/trail.ts',
    'collect/ways-in.ts',
    'detect-drift.ts',
  ],
  preflight: [
    'collect/preflight.ts',
    'collect/adopted-bucket.ts',
    'collect/existing.ts',
    'collect/identity-center.ts',
    'collect/log-group.ts',
    'collect/oidc-providers.ts',
    'collect/open-regions.ts',
    'collect/permissions.ts',
  ],
  diff: ['collect/deployed-templates.ts', 'collect/find-stack.ts'],
  explain: ['collect/explain.ts'],
  orgPreflight: [
    'organization/collect-surroundings.ts',
    'organization/collect-structure.ts',
    'collect/trails.ts',
  ],
  testAlert: ['test-alert.ts'],
  organization: ['organization/members.ts'],
  orgPlan: ['organization/trail-events.ts'],
  orgVerify: ['organization/verify-organization.ts'],
  rollout: ['organization/rollout.ts'],
};

/**
 * The calls in a source, such as `iam.GetAccountSummary`: the commands and paginators that it imports from
 * the SDK.
 */
function callsIn(file: string): string[] {
  const source = readFileSync(`lib/posture/${file}`, 'utf8');
  return [...source.matchAll(/\{([^{}]*)\} (?:from |= load\(\s*)'@aws-sdk\/client-([\w-]+)'/g)].flatMap(
    ([, names = '', service = '']) =>
      [...names.matchAll(/\b(?:(\w+)Command\b(?! as \w+Command\w)|paginate(\w+))/g)]
        .map(([, command, paginated]) => command ?? paginated ?? '')
        .filter((name) => !name.startsWith('GetAccountPublicAccessBlock'))
        .map((name) => `${service}.${name}`),
  );
}

eachOf(Object.entries(SOURCES), ([reader]) => reader)(
  'the list of a reader holds the calls of its sources and no other',
  ([reader, files]) => {
    const calls = [...new Set(files.flatMap(callsIn))].sort();
    expect(calls.length).toBeGreaterThan(0);
    expect(callsOf(reader as Reader).sort()).toEqual(calls);
  },
);

test('the policy of verify is read-only', () => {
  const [statement] = policyFor('verify').Statement;
  expect(statement?.Action).toContain('sns:ListSubscriptionsByTopic');
  // They make a report, and change nothing: AWS counts them among the reading actions.
  const verbs =
    /:(Get|List|Describe|Lookup|View)|^iam:GenerateCredentialReport$|^cloudformation:DetectStackDrift$/;
  expect(statement?.Action.filter((action) => !verbs.test(action))).toEqual([]);
});

test('the policy of a test alarm adds the one call that changes something', () => {
  const without = actionsOf('account', 'verify');
  const added = actionsOf('account', 'verify', 'testAlert').filter((action) => !without.includes(action));
  expect(added).toEqual(['cloudwatch:SetAlarmState', 'logs:FilterLogEvents']);
});

test('a call whose action has another name is known by it', () => {
  expect(actionOf('budgets.DescribeBudgets')).toBe('budgets:ViewBudget');
  expect(actionOf('cloudcontrol.ListResources')).toBe('cloudformation:ListResources');
  expect(actionOf('s3-control.GetPublicAccessBlock')).toBe('s3:GetAccountPublicAccessBlock');
});

test.each(['org-verify', 'org-root-audit'] as const)(
  'the policy of %s names resources in its partition',
  (command) => {
    const { Statement } = policyFor(command, { partition: partitionOf('us-gov-west-1') });
    const text = JSON.stringify(Statement);
    expect(text).toContain('arn:aws-us-gov:iam::');
    expect(text).not.toContain('arn:aws:');
  },
);

test.each([
  [undefined, 'aws'],
  ['eu-central-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-iso-east-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['eusc-de-east-1', 'aws-eusc'],
])('the Region %s is in the partition %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});
