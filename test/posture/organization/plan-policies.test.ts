import { PolicyPlan, type PlannedPolicy } from '../../../lib/posture/organization/plan-policies';
import type { TrailEvent } from '../../../lib/posture/organization/trail-events';

const MEMBER = '111111111111';
const OTHER = '222222222222';
const SCOPE = {
  organization: 'o-a1b2c3d4e5',
  accounts: new Set([MEMBER, OTHER, '123456789012']),
  covered: new Set([MEMBER]),
};

const policy = (
  statement: Partial<PlannedPolicy['document']['Statement'][number]>,
  kind: PlannedPolicy['kind'] = 'scp',
): PlannedPolicy => ({
  name: 'tested',
  kind,
  document: {
    Version: '2012-10-17',
    Statement: [{ Sid: 'Deny', Effect: 'Deny', Action: '*', Resource: '*', ...statement }],
  },
});

const event = (more: Partial<TrailEvent> = {}): TrailEvent => ({
  eventSource: 'ec2.amazonaws.com',
  eventName: 'RunInstances',
  eventTime: '2026-11-24T08:00:00Z',
  awsRegion: 'eu-central-1',
  recipientAccountId: MEMBER,
  userIdentity: {
    type: 'AssumedRole',
    arn: `arn:aws:sts::${MEMBER}:assumed-role/Deployer/session-1`,
    accountId: MEMBER,
    sessionContext: { sessionIssuer: { arn: `arn:aws:iam::${MEMBER}:role/Deployer` } },
  },
  ...more,
});

function planned(one: PlannedPolicy, ...events: readonly TrailEvent[]) {
  const plan = new PolicyPlan([one], SCOPE);
  for (const each of events) plan.add(each);
  return plan.denials;
}

const REGIONS = policy({
  Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1'] } },
});

test('calls in a Region that the policy denies are counted by caller and action', () => {
  const away = event({ awsRegion: 'us-west-2' });
  expect(planned(REGIONS, event(), away, { ...away, eventTime: '2026-11-25T08:00:00Z' })).toEqual([
    {
      policy: 'tested',
      principal: `arn:aws:iam::${MEMBER}:role/Deployer`,
      account: MEMBER,
      region: 'us-west-2',
      action: 'ec2:RunInstances',
      statements: ['Deny'],
      calls: 2,
      last: '2026-11-25T08:00:00Z',
    },
  ]);
});

const EVERYTHING = policy({});

test.each<[string, Partial<TrailEvent>]>([
  [
    'accounts that the policies do not cover',
    { userIdentity: { accountId: OTHER, arn: `arn:aws:iam::${OTHER}:user/a` } },
  ],
  ['AWS services', { userIdentity: { type: 'AWSService', invokedBy: 'config.amazonaws.com' } }],
  [
    'service-linked roles',
    {
      userIdentity: {
        accountId: MEMBER,
        sessionContext: {
          sessionIssuer: { arn: `arn:aws:iam::${MEMBER}:role/aws-service-role/config.amazonaws.com/A` },
        },
      },
    },
  ],
])('calls of %s are never denied', (_, more) => {
  expect(planned(EVERYTHING, event(more))).toEqual([]);
});

test('a central root session is not the root user', () => {
  const root = policy({
    Condition: {
      ArnLike: { 'aws:PrincipalArn': 'arn:*:iam::*:root' },
      Null: { 'aws:AssumedRoot': 'true' },
    },
  });
  const userIdentity = { type: 'Root', accountId: MEMBER, arn: `arn:aws:iam::${MEMBER}:root` };
  expect(planned(root, event({ userIdentity }))).toHaveLength(1);
  expect(
    planned(root, event({ userIdentity: { ...userIdentity, sessionContext: { assumedRoot: 'true' } } })),
  ).toEqual([]);
});

test('a condition on what events do not say makes the denial possible, not certain', () => {
  const one = policy({
    Condition: {
      StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1'], 'aws:SourceVpc': ['vpc-1'] },
    },
  });
  expect(planned(one, event())).toEqual([]);
  expect(planned(one, event({ awsRegion: 'us-west-2' }))).toMatchObject([
    { unless: 'the events have no aws:SourceVpc' },
  ]);
});

test('a resource is known by its ARN, or perhaps by its name', () => {
  const one = policy({ Action: 'iam:DeleteRole*', Resource: 'arn:*:iam::*:role/stacksets-exec-*' });
  const call = { eventSource: 'iam.amazonaws.com', eventName: 'DeleteRole' };
  const named = (roleName: string) => event({ ...call, requestParameters: { roleName } });
  const arn = (name: string) =>
    event({ ...call, resources: [{ ARN: `arn:aws:iam::${MEMBER}:role/${name}` }] });
  expect(planned(one, named('Deployer'), arn('Deployer'))).toEqual([]);
  expect(planned(one, arn('stacksets-exec-1'))).toMatchObject([{ calls: 1 }]);
  expect(planned(one, arn('stacksets-exec-1'))[0]?.unless).toBeUndefined();
  expect(planned(one, named('stacksets-exec-1'))).toMatchObject([
    { unless: 'the events name the resource, and not its ARN' },
  ]);
});

test('a resource control policy denies outsiders what belongs to a member', () => {
  const outsiders = policy(
    {
      Principal: '*',
      Action: 's3:*',
      Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': [SCOPE.organization] } },
    },
    'rcp',
  );
  const read = (accountId: string) =>
    event({
      eventSource: 's3.amazonaws.com',
      eventName: 'GetObject',
      userIdentity: { accountId, arn: `arn:aws:iam::${accountId}:user/a` },
    });
  expect(planned(outsiders, read(OTHER), read('123456789012'))).toEqual([]);
  expect(planned(outsiders, read('999999999999'))).toMatchObject([{ action: 's3:GetObject', calls: 1 }]);
});

test.each([
  ['s3.amazonaws.com', 'ListBuckets', 's3:ListAllMyBuckets'],
  ['lambda.amazonaws.com', 'CreateFunction20150331', 'lambda:CreateFunction'],
  ['lambda.amazonaws.com', 'UpdateFunctionCode20150331v2', 'lambda:UpdateFunctionCode'],
  ['monitoring.amazonaws.com', 'PutMetricAlarm', 'cloudwatch:PutMetricAlarm'],
])('%s %s is the action %s', (eventSource, eventName, action) => {
  expect(planned(EVERYTHING, event({ eventSource, eventName }))).toMatchObject([{ action }]);
});
