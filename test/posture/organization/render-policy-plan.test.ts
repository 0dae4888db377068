import { createColors } from 'picocolors';
import type { PlannedDenial } from '../../../lib/posture/organization/plan-policies';
import {
  type PolicyPlanResult,
  renderPolicyPlan,
} from '../../../lib/posture/organization/render-policy-plan';

const denial = (action: string, more: Partial<PlannedDenial> = {}): PlannedDenial => ({
  policy: 'regions',
  principal: 'arn:aws:iam::111111111111:role/Deployer',
  account: '111111111111',
  region: 'us-west-2',
  action,
  statements: ['DenyOtherRegions'],
  calls: 2,
  last: '2026-11-24T08:00:00Z',
  ...more,
});

const PLAN: PolicyPlanResult = {
  logGroup: 'trail',
  since: '2026-11-10T08:00:00.000Z',
  until: '2026-11-24T08:30:00.000Z',
  isCut: false,
  calls: 1200,
  ignored: 0,
  policies: ['regions', 'root'],
  left: [],
  denials: [],
};

const text = (more: Partial<PolicyPlanResult>) =>
  renderPolicyPlan({ ...PLAN, ...more }, { colors: createColors(false), width: 120 });

test('a plan has a table for each policy that would have denied something, a line for each caller', () => {
  const actions = [
    'ec2:RunInstances',
    's3:CreateBucket',
    'sqs:CreateQueue',
    'sns:CreateTopic',
    'kms:CreateKey',
  ];
  const denials = [
    ...actions.map((action) => denial(action)),
    denial('ec2:RunInstances', { principal: 'arn:aws:sts::111111111111:federated-user/bob', calls: 1 }),
    denial('ec2:StopInstances', { unless: 'the events have no aws:SourceVpc' }),
  ];
  const left = [{ policy: 'leave', why: 'a reason' }];
  expect(text({ denials, left, ignored: 2, isCut: true }))
    .toBe(`1200 calls of members, 2026-11-10 08:00 UTC to 2026-11-24 08:30 UTC, in trail

regions: would have denied 11 calls, and perhaps 2 more
  Calls    Caller                Account         Region       Actions                                                                           Denied
  10       role/Deployer         111111111111    us-west-2    ec2:RunInstances, s3:CreateBucket, sqs:CreateQueue, sns:CreateTopic and 1 more    yes
  1        federated-user/bob    111111111111    us-west-2    ec2:RunInstances                                                                  yes
  2        role/Deployer         111111111111    us-west-2    ec2:StopInstances                                                                 perhaps: the events have no aws:SourceVpc

root: would have denied none of them

leave: not evaluated: a reason
The trail has later events: repeat the command with fewer --days, or more --pages.
2 events could not be parsed.
Not included: calls that failed, data events that the trail does not record, and what nobody did in this time.`);
});

test('a plan of which everything was read says nothing of the rest', () => {
  expect(text({ policies: [] }))
    .toBe(`1200 calls of members, 2026-11-10 08:00 UTC to 2026-11-24 08:30 UTC, in trail

Not included: calls that failed, data events that the trail does not record, and what nobody did in this time.`);
});
