import { configuredDetections } from '../../lib/detections/configured';
import { patternOf } from '../../lib/detections/tuning';
import { matches } from '../../emulator/filter-pattern';
import { define, SMALLEST } from '../config/rows';
import { call, CLOUDFORMATION, failedSignIn, root, signIn, user } from '../detections/events/record';
import { ADMIN } from '../detections/events/fixtures';
import { SMALLEST_ORGANIZATION as ORGANIZATION } from './smallest-organization';

const MEMBER = '222222222222';

const detectionsOf = (organization?: object) =>
  configuredDetections(define({ ...SMALLEST, ...(organization ? { organization } : {}) }));

/** The detections that count an event of a member. */
function countedBy(event: object, organization?: object): string[] {
  const names = { prefix: 'AccountBaseline', logGroup: 'logs', account: '123456789012' };
  const inMember = { ...event, recipientAccountId: MEMBER };
  return detectionsOf(organization)
    .filter((detection) => matches(patternOf(detection, names), inMember))
    .map(({ id }) => id);
}

const ROOT_OF_MEMBER = { ...root(), accountId: MEMBER, arn: `arn:aws:iam::${MEMBER}:root` };

/** A role of the member that trusts its own account. */
const trusting = (by: typeof ADMIN) =>
  call('iam', 'CreateRole', by, {
    requestParameters: {
      roleName: 'deploy',
      assumeRolePolicyDocument: `{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${MEMBER}:root"},"Action":"sts:AssumeRole"}]}`,
    },
  });

test('root of a member triggers the critical alarm, as root of this account does', () => {
  expect(countedBy(signIn(ROOT_OF_MEMBER, 'Yes'), ORGANIZATION)).toEqual(
    expect.arrayContaining(['RootUsed', 'RootUsedDirectly']),
  );
  expect(countedBy(failedSignIn(ROOT_OF_MEMBER), ORGANIZATION)).toContain('RootAccessAttempted');
});

test('the baseline of a member is watched by the same prefix, with which StackSets name what they create', () => {
  const parameters = { functionName: `StackSet-AccountBaseline-Settings-1a2b-Settings-AbCdEf` };
  const tampering = call('lambda', 'UpdateFunctionCode20150331v2', user('mallory'), {
    requestParameters: parameters,
  });
  expect(countedBy(tampering, ORGANIZATION)).toContain('BaselineTamperedWith');
});

test('roles that deployments in members create for their own account trigger nothing', () => {
  expect(countedBy(trusting(CLOUDFORMATION), ORGANIZATION)).not.toContain('RoleTrustsOutsider');
  expect(countedBy(trusting(ADMIN), ORGANIZATION)).toContain('RoleTrustsOutsider');
  // Without a trail of the organization, a pattern stays as it is.
  expect(countedBy(trusting(CLOUDFORMATION), { ...ORGANIZATION, trail: false })).toContain(
    'RoleTrustsOutsider',
  );
});

test('the detections of organizations are there with an organization only', () => {
  const added = ['OrganizationRightsChanged', 'StackSetChanged'];
  const ids = (organization?: object) => detectionsOf(organization).map(({ id }) => id);
  expect(ids(ORGANIZATION).filter((id) => !ids().includes(id))).toEqual(added);
});

test('patterns with the condition on members fit a filter', () => {
  const names = { prefix: 'p'.repeat(24), logGroup: 'l'.repeat(80), account: '1'.repeat(12) };
  for (const detection of detectionsOf(ORGANIZATION))
    expect(patternOf(detection, names).length).toBeLessThanOrEqual(1024);
});
