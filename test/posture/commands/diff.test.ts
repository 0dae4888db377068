import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineBaseline } from '../../../lib/config/config';
import { diffCommand } from '../../../lib/posture/commands/diff';
import type { Options } from '../../../lib/posture/commands/options';
import { templatesOf } from '../../../lib/stacks/templates';
import type { UpgradeSuite, UpgradeTemplate } from '../../../lib/upgrade/compare';
import type { Upgrade } from '../../../lib/upgrade/render';
import { SMALLEST } from '../../smallest';

let deployed: object;

jest.mock<object>('../../../lib/stacks/templates', () => jest.requireActual('./templates-once'));
jest.mock('../../../lib/posture/collect/deployed-templates', () => ({
  readDeployedTemplates: () => Promise.resolve(deployed),
}));

const REGION = 'eu-central-1';
const CONFIG = defineBaseline(SMALLEST);
const suiteOf = (config = CONFIG): UpgradeSuite =>
  Object.fromEntries(
    templatesOf(config).map(({ stackName, template }) => [stackName, template as UpgradeTemplate]),
  );
const printed = jest.spyOn(process.stdout, 'write').mockReturnValue(true);

beforeEach(() => {
  printed.mockClear();
  deployed = {
    templates: suiteOf(),
    place: { region: REGION, account: '123456789012' },
    parameters: {},
    rolledBack: [],
    unprotected: [],
  };
});

afterAll(() => {
  printed.mockRestore();
});

async function diff(more: Partial<Options> = {}, config = CONFIG) {
  const code = await diffCommand({ config: '', color: false, quiet: true, region: REGION, ...more }, config);
  return { code, text: printed.mock.calls.join('') };
}

const upgradeTo = async (config: typeof CONFIG, more: Partial<Options> = {}) => {
  const { code, text } = await diff({ json: true, ...more }, config);
  return { code, ...(JSON.parse(text) as Upgrade) };
};

test('deployed stacks that the configuration does not change are not changed, and cost the same', async () => {
  const { code, text } = await diff();
  expect(code).toBe(0);
  expect(text).toMatch(
    /^From (\S+).* to \1.*\n\nNothing changes in the account\.\n\nEstimated cost, USD a month: \d+\.\d\d in an idle account, \d+\.\d\d in a small, busy one\n$/,
  );
});

test('termination protection that the configuration turns off, or on again, is said', async () => {
  const off = await diff({}, defineBaseline({ ...SMALLEST, terminationProtection: false }));
  expect(off.code).toBe(0);
  expect(off.text).toMatch(
    /^From .*\n\nTermination protection is turned off for AccountBaseline-Settings, .*, AccountBaseline-\w+\.\n\nEst/,
  );
  printed.mockClear();
  deployed = { ...deployed, unprotected: ['AccountBaseline-Audit'] };
  const on = await diff();
  expect(on.text).toMatch(
    /^From .*\n\nTermination protection is turned on for AccountBaseline-Audit\.\n\nEstimated cost/,
  );
});

const SAME_PROTECTION = { protectedStacks: [], unprotectedStacks: [] };

test('termination protection of templates is not known, nor that of a stack that comes or goes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'diff-'));
  try {
    for (const [name, template] of Object.entries(suiteOf())) {
      writeFileSync(join(folder, `${name}.template.json`), JSON.stringify(template));
    }
    expect(await upgradeTo(CONFIG, { from: folder })).toMatchObject(SAME_PROTECTION);
  } finally {
    rmSync(folder, { recursive: true });
  }
  printed.mockClear();
  deployed = { ...deployed, rolledBack: ['AccountBaseline-Audit'], unprotected: ['AccountBaseline-Audit'] };
  expect(await upgradeTo(CONFIG)).toMatchObject(SAME_PROTECTION);
});

test('a stack whose first deployment failed is a new one', async () => {
  deployed = { ...deployed, rolledBack: ['AccountBaseline-Audit'] };
  const { code, createdStacks, changes } = await upgradeTo(CONFIG);
  expect(code).toBe(0);
  expect(createdStacks).toEqual(['AccountBaseline-Audit']);
  expect(changes.map(({ effect }) => effect)).toEqual(changes.map(() => 'created'));
});

test('a Region that only the configuration names is that of the deployed stacks', async () => {
  const { changes } = await upgradeTo(defineBaseline({ ...SMALLEST, region: REGION }));
  expect(changes).toEqual([]);
});

test('another person is created, which loses nothing', async () => {
  const { code, changes } = await upgradeTo(
    defineBaseline({ ...SMALLEST, administrators: ['alice', 'bob'] }),
  );
  expect(code).toBe(0);
  expect(changes).toContainEqual(
    expect.objectContaining({
      stackName: 'AccountBaseline-Access',
      type: 'AWS::IAM::User',
      effect: 'created',
    }),
  );
});

test('a person who leaves is a loss, which fails the command', async () => {
  const before = defineBaseline({ ...SMALLEST, administrators: ['alice', 'bob'] });
  deployed = { ...deployed, templates: suiteOf(before) };
  const { code, changes } = await upgradeTo(CONFIG);
  expect(code).toBe(1);
  expect(changes.filter(({ type, loss }) => type === 'AWS::IAM::User' && loss !== undefined)).toHaveLength(1);
  const ofSecret = changes.filter(({ type }) => type.startsWith('AWS::SecretsManager::'));
  expect(ofSecret.map(({ type, effect, loss }) => [type, effect, loss])).toEqual([
    ['AWS::SecretsManager::Secret', 'removed', 'would be removed'],
    ['AWS::SecretsManager::ResourcePolicy', 'removed', 'would be removed'],
  ]);
});

test('stacks that come and go are named, with the cost before and after', async () => {
  const { createdStacks, removedStacks, removeCommands, cost } = await upgradeTo(
    defineBaseline({
      ...SMALLEST,
      detectors: { guardDuty: true },
      notifications: { ...SMALLEST.notifications, rootNotice: false },
    }),
  );
  expect(createdStacks).toEqual(['AccountBaseline-Detectors']);
  expect(removedStacks).toEqual(['AccountBaseline-RootNotice']);
  const stack = '--stack-name AccountBaseline-RootNotice --region us-east-1';
  expect(removeCommands).toEqual({
    'AccountBaseline-RootNotice': `aws cloudformation update-termination-protection --no-enable-termination-protection ${stack} && aws cloudformation delete-stack ${stack}`,
  });
  expect(cost.busy[1]).toBeGreaterThan(cost.busy[0]);
});

test('a parameter has the value that the deployed stack has', async () => {
  const templates = suiteOf();
  const access = templates['AccountBaseline-Access'] as UpgradeTemplate;
  const isUser = ([, { Type }]: [string, { Type: string }]) => Type === 'AWS::IAM::User';
  const [id = '', user] = Object.entries(access.Resources).find(isUser) ?? [];
  const named = {
    ...user,
    Type: 'AWS::IAM::User',
    Properties: { ...user?.Properties, UserName: { Ref: 'Name' } },
  };
  deployed = {
    ...deployed,
    templates: {
      ...templates,
      'AccountBaseline-Access': { ...access, Resources: { ...access.Resources, [id]: named } },
    },
    parameters: { 'AccountBaseline-Access': { Name: 'alice' } },
  };
  expect((await upgradeTo(CONFIG)).changes).toEqual([]);
});

test('what is lost or left behind is said with its name in the account', async () => {
  const id = Object.entries(suiteOf()['AccountBaseline-Audit']?.Resources ?? {}).find(
    ([, { Type }]) => Type === 'AWS::KMS::Key',
  )?.[0];
  deployed = { ...deployed, physicalIds: new Map([[`AccountBaseline-Audit/${id}`, '1234-abcd']]) };
  const { text } = await diff({}, defineBaseline({ ...SMALLEST, customerKey: false }));
  expect(text).toContain(
    `The encryption key ${id} (1234-abcd) of AccountBaseline-Audit would be left behind.`,
  );
  expect(text).toMatch(/, \d\.\d\d \(now \d\.\d\d\) in a small, busy one, without what is left behind\n$/);
});

test('templates that name no version are told from this one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'diff-'));
  try {
    writeFileSync(join(folder, 'AccountBaseline-Own.template.json'), '{"Resources": {}}');
    const { from, to, removedStacks } = await upgradeTo(CONFIG, { from: folder });
    expect({ from, removedStacks }).toEqual({
      from: 'templates without a version',
      removedStacks: ['AccountBaseline-Own'],
    });
    expect(to).toMatch(/^\d+\.\d+\.\d+/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
