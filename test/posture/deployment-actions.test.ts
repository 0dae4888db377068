import type { BaselineOptions } from '../../lib/config/config';
import { DEPLOYMENT_ACTIONS, deploymentActions } from '../../lib/posture/deployment-actions';
import { PROFILES } from '../../lib/config/profiles';
import { EVERYTHING } from '../everything';
import { actionsNamed } from '../iam-actions';
import { baselineTemplate } from '../synth';

interface Template {
  readonly Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>;
}

const resources = (options: Partial<BaselineOptions>) =>
  Object.values((baselineTemplate(options).toJSON() as Template).Resources);

test.each([...PROFILES.map((profile) => ({ profile })), EVERYTHING])(
  'every resource type of $profile has its actions',
  (options) => {
    const types = new Set(resources(options).map(({ Type }) => Type.replace(/^Custom::.*/, 'Custom::*')));
    expect([...types].filter((type) => !(type in DEPLOYMENT_ACTIONS))).toEqual([]);
  },
);

test('every row is of a type, or of a property, that a template has', () => {
  const rows = new Set(
    resources(EVERYTHING).flatMap(({ Type, Properties = {} }) => [
      Type.replace(/^Custom::.*/, 'Custom::*'),
      ...Object.keys(Properties).map((property) => `${Type}.${property}`),
    ]),
  );
  expect(Object.keys(DEPLOYMENT_ACTIONS).filter((row) => !rows.has(row))).toEqual([]);
});

test('a row names what CloudFormation calls, except that of a policy, whose calls depend on its targets', () => {
  const empty = Object.entries(DEPLOYMENT_ACTIONS).filter(([, actions]) => actions.length === 0);
  expect(empty.map(([row]) => row)).toEqual(['AWS::IAM::Policy']);
});

test('AWS has every one of the actions', async () => {
  const { direct, byCloudFormation } = deploymentActions([baselineTemplate(EVERYTHING).toJSON()]);
  const unknown = [];
  for (const action of [...direct, ...byCloudFormation])
    if ((await actionsNamed(action)).length !== 1) unknown.push(action);
  expect(unknown).toEqual([]);
});

test('what a template lacks is not asked for', () => {
  const free = deploymentActions([baselineTemplate({ profile: 'free' }).toJSON()]).byCloudFormation;
  expect(free).toContain('iam:CreateLoginProfile');
  expect(free).not.toContain('kms:CreateKey');
  expect(free).not.toContain('sns:TagResource');
});
