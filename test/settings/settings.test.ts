import { readFileSync } from 'node:fs';
import { configServiceRole } from '../../lib/detectors/service-role-setting';
import type { Setting, Value } from '../../lib/settings/setting';
import { NETWORK_SWITCHES, SETTINGS, SWITCHES } from '../../lib/settings/settings';
import { actionsNamed } from '../iam-actions';

/** Settings and the files that hold them. */
const FILES: readonly (readonly [name: string, file: string, setting: Setting<Value, never>])[] = [
  ...[...SETTINGS, ...NETWORK_SWITCHES].map(
    (setting) =>
      [
        setting.name,
        `lib/settings/${setting.name === 'PasswordPolicy' ? 'password-policy-setting' : setting.name.endsWith('Contact') ? 'contacts' : kebab(setting.name)}.ts`,
        setting,
      ] as const,
  ),
  [configServiceRole.name, 'lib/detectors/service-role-setting.ts', configServiceRole],
];

function kebab(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}

/** What IAM calls the service of a client. */
const SERVICES: Readonly<Record<string, string>> = {
  accessAnalyzer: 'access-analyzer',
  account: 'account',
  ec2: 'ec2',
  iam: 'iam',
  s3Control: 's3',
};

/**
 * Calls whose action has another name, and those that need more than their action.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_DeletePublicAccessBlock.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-using-service-linked-roles.html
 */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  's3:GetPublicAccessBlock': ['s3:GetAccountPublicAccessBlock'],
  's3:PutPublicAccessBlock': ['s3:PutAccountPublicAccessBlock'],
  's3:DeletePublicAccessBlock': ['s3:PutAccountPublicAccessBlock'],
  'access-analyzer:CreateAnalyzer': ['access-analyzer:CreateAnalyzer', 'iam:CreateServiceLinkedRole'],
};

/** Actions behind the calls of the SDK: `iam.getUser(…)` is iam:GetUser. */
function actionsIn(source: string): string[] {
  const calls = source.matchAll(/\b(accessAnalyzer|account|ec2|iam|s3Control)\s*\.([a-z])(\w+)\(/g);
  return [...calls].flatMap(([, client = '', initial = '', rest = '']) => {
    const action = `${SERVICES[client]}:${initial.toUpperCase()}${rest}`;
    return ACTIONS[action] ?? [action];
  });
}

const distinct = (values: readonly string[]) => [...new Set(values)].sort();

describe.each(FILES)('%s', (_, file, { permissions }) => {
  const source = readFileSync(file, 'utf8');
  const actions = permissions.flatMap((one) => [...one.actions]);

  test('may do what it calls and nothing else, by actions that AWS has', async () => {
    expect(distinct(actions)).toEqual(distinct(actionsIn(source)));
    const known = await Promise.all(actions.map(actionsNamed));
    expect(distinct(known.flat())).toEqual(distinct(actions));
  });

  test('loads no SDK: synthesis imports it too', () => {
    expect(source).not.toMatch(/^import (?!type\b)[^;]*'@aws-sdk/m);
  });
});

test('names and statements are there once', () => {
  const all: readonly Setting<Value, never>[] = [...SETTINGS, ...NETWORK_SWITCHES];
  const names = all.map(({ name }) => name);
  expect(distinct(names)).toHaveLength(names.length);
  const sids = all.flatMap(({ permissions }) => permissions.map(({ sid }) => sid));
  expect(distinct(sids)).toHaveLength(sids.length);
  for (const sid of sids) expect(sid).toMatch(/^[A-Za-z0-9]+$/);
  const options = [...SWITCHES, ...NETWORK_SWITCHES].map(({ option }) => option.name);
  expect(distinct(options)).toHaveLength(options.length);
});
