import { readFileSync } from 'node:fs';
import * as configServiceRole from '../../lib/detectors/service-role-setting';
import * as accessAnalyzer from '../../lib/settings/access-analyzer';
import { ANALYZER, ORGANIZATION_ANALYZER } from '../../lib/settings/analyzer';
import * as contact from '../../lib/settings/contact';
import * as serviceLinkedRole from '../../lib/settings/service-linked-role';
import type { SettingModule } from '../../lib/settings/setting';
import { NETWORK_SWITCHES, SETTINGS, SWITCHES } from '../../lib/settings/settings';
import { actionsNamed } from '../iam-actions';
import { eachOf } from '../each-of';

test('the function cannot delete the analyzers of the organization, which have a name of their own', () => {
  expect(ORGANIZATION_ANALYZER).toMatch(/^[a-zA-Z][\w.-]*$/);
  const paths = accessAnalyzer.permissions.flatMap(({ resources = [] }) => resources.map(({ path }) => path));
  expect(paths).toContain(`analyzer/${ANALYZER}`);
  expect(paths).not.toContain(`analyzer/${ORGANIZATION_ANALYZER}`);
});

const ALL: readonly SettingModule[] = [...SETTINGS, ...NETWORK_SWITCHES];
const MODULES = [...ALL, configServiceRole].map((module: SettingModule) => ({
  ...module,
  name: module.setting.name,
}));

/** The calls of a setting are in its file, but for those that contacts and service-linked roles share. */
const sourceOf = ({ file, permissions, setting }: SettingModule): string => {
  if (setting.name === configServiceRole.setting.name) return readFileSync(serviceLinkedRole.file, 'utf8');
  const isContact = permissions.some(({ actions }) => actions === contact.CONTACT_ACTIONS);
  return readFileSync(isContact ? contact.file : file, 'utf8');
};

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

describe('each setting', () => {
  const each = eachOf(MODULES, ({ name }) => name);

  each('may do what it calls and nothing else, by actions that AWS has', async (module) => {
    const actions = module.permissions.flatMap((one) => [...one.actions]);
    expect(distinct(actions)).toEqual(distinct(actionsIn(sourceOf(module))));
    const known = await Promise.all(actions.map(actionsNamed));
    expect(distinct(known.flat())).toEqual(distinct(actions));
  });

  each('names what it does not change, if there can be such a thing', (module) => {
    expect(module.mayBeLeftAlone ?? false).toBe(/\bisManaged\(|\bskip\(/.test(sourceOf(module)));
  });

  each(
    'loads no SDK, which synthesis would load too, and no schema, which the function would contain',
    (module) => {
      expect(sourceOf(module)).not.toMatch(/^import (?!type\b)[^;]*'(@aws-sdk|zod)/m);
    },
  );
});

test('names and statements are there once', () => {
  const names = ALL.map(({ setting }) => setting.name);
  expect(distinct(names)).toHaveLength(names.length);
  const sids = ALL.flatMap(({ permissions }) => permissions.map(({ sid }) => sid));
  expect(distinct(sids)).toHaveLength(sids.length);
  for (const sid of sids) expect(sid).toMatch(/^[A-Za-z0-9]+$/);
  // Each switch has one.
  const options = [...SWITCHES, ...NETWORK_SWITCHES].map(({ option }) => Object.keys(option).join());
  expect(distinct(options)).toHaveLength(options.length);
});
