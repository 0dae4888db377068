import type { BaselineOptions } from '../../lib/config';
import { DEPLOYMENT_ACTIONS, deploymentActions } from '../../lib/posture/deployment-actions';
import { PROFILES } from '../../lib/catalog/profiles';
import { actionsNamed } from '../iam-actions';
import { baselineTemplate } from '../synth';

const EVERYTHING: Partial<BaselineOptions> = {
  profile: 'strict',
  region: 'us-east-1',
  tags: { Owner: 'security' },
  access: { supportRole: true },
  billing: { viewers: ['carol'], costAnomalyDetection: true },
  notifications: {
    emails: ['a@example.com'],
    httpsEndpoints: ['https://alerts.example.com/aws'],
    slack: { workspaceId: 'T0123', channelId: 'C0123' },
    teams: {
      tenantId: '00000000-0000-0000-0000-000000000000',
      teamId: '00000000-0000-0000-0000-000000000000',
      channelId: '19%3a0123456789abcdef0123456789abcdef%40thread.tacv2',
    },
  },
  accountSettings: {
    alias: 'acme',
    removeDefaultVpcs: true,
    emptyDefaultSecurityGroups: true,
    dailyCheck: true,
  },
};

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

test('AWS has every one of the actions', async () => {
  const { direct, byCloudFormation } = deploymentActions(baselineTemplate(EVERYTHING).toJSON());
  const unknown = [];
  for (const action of [...direct, ...byCloudFormation])
    if ((await actionsNamed(action)).length !== 1) unknown.push(action);
  expect(unknown).toEqual([]);
});

test('what a template lacks is not asked for', () => {
  const free = deploymentActions(baselineTemplate({ profile: 'free' }).toJSON()).byCloudFormation;
  expect(free).toContain('iam:CreateLoginProfile');
  expect(free).not.toContain('kms:CreateKey');
  expect(free).not.toContain('sns:TagResource');
});
