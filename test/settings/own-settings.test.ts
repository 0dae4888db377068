import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Construct } from 'constructs';
import { AccountSettings } from '../../lib/settings/account-settings';
import * as ebsEncryption from '../../lib/settings/ebs-encryption';
import type { Setting, SettingModule } from '../../lib/settings/setting';
import { AccountSettingFunction, type SettingProps } from '../../lib/settings/setting-function';
import { refused } from '../refused';
import { templateOf } from '../synth';

const folder = mkdtempSync(join(tmpdir(), 'own-'));
const file = join(folder, 'own.ts');
writeFileSync(file, `export const setting = { name: 'Own' };\n`);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A setting of the user's own. */
const own = (setting: Partial<Setting> = {}): SettingModule => ({
  setting: {
    name: 'Own',
    scope: 'account',
    read: () => Promise.resolve(null),
    write: () => Promise.resolve(null),
    ...setting,
  },
  permissions: [{ sid: 'Own', actions: ['s3:PutBucketPolicy'] }],
  file,
});

const withFunction = (
  settings: readonly SettingModule[],
  use: (handler: AccountSettingFunction, stack: Construct) => void,
) =>
  templateOf((scope) => {
    use(new AccountSettingFunction(scope, 'Handler', { settings }), scope);
  });

const set = (setting: Partial<Setting>, props?: SettingProps) => {
  const module = own(setting);
  return withFunction([module], (handler, stack) => handler.set(stack, module, props));
};

test('is set to its value, or to the one that it desires', () => {
  set({}, { value: 'on' }).hasResourceProperties('Custom::Own', { Value: '"on"' });
  set({ desired: () => 'on' }).resourceCountIs('Custom::Own', 1);
});

describe('without a value that somebody gave, null would be written:', () => {
  const MISSING = 'value of Own must be given, got undefined';
  const missing = ({ setting, props }: { setting: Partial<Setting>; props?: SettingProps }) =>
    set(setting, props);
  refused(missing, [
    [{ setting: {} }, MISSING],
    [{ setting: { desired: () => 'on' }, props: { allowWeaker: true } }, MISSING],
    [{ setting: {}, props: { value: 'on', retain: 'false' } }, 'retain must be true or false, got "false"'],
  ]);
});

test('must be one that the function serves, as must those of AccountSettings', () => {
  const serving = (use: (handler: AccountSettingFunction, stack: Construct) => void) => () =>
    withFunction([own()], use);
  const refusal = (name: string) =>
    new Error(`handler must serve ${name}, got one of Own: list it in settings`);
  expect(serving((handler, stack) => handler.set(stack, ebsEncryption))).toThrow(refusal('EbsEncryption'));
  expect(serving((handler, stack) => new AccountSettings(stack, 'Settings', { handler }))).toThrow(
    refusal('S3PublicAccessBlock'),
  );
  // Another one of the same name.
  expect(serving((handler, stack) => handler.set(stack, own(), { value: 'on' }))).toThrow(refusal('Own'));
});

test('cannot share the record of a setting of the baseline', () => {
  const module = own({ name: 'EbsEncryption' });
  const both = () =>
    withFunction([module], (handler, stack) => {
      handler.set(stack, module, { value: 'on', id: 'Own' });
      const baseline = new AccountSettingFunction(stack, 'Baseline');
      new AccountSettings(stack, 'Settings', { handler: baseline });
    });
  expect(both).toThrow(
    /^Custom::EbsEncryption is in (\w+) and \1\/Settings: an account can have it only once$/,
  );
});

const NAME = 'settings[0].setting.name must be 1 to 52 letters and digits, the first in upper case, got';
refused(
  (settings: readonly SettingModule[]) => withFunction(settings, () => undefined),
  [
    [[own({ name: 'My Setting' })], `${NAME} "My Setting"`],
    [[own({ name: 'serve' })], `${NAME} "serve"`],
    [[own({ name: 'A'.repeat(53) })], `${NAME} "${'A'.repeat(53)}"`],
  ],
);

test('has a name of its own in the function', () => {
  expect(() => withFunction([own(), own()], () => undefined)).toThrow(
    /^settings must have different names, got /,
  );
});

test('says nothing of its actions that only its author knows', () => {
  const template = JSON.stringify(set({}, { value: 'on' }).findResources('AWS::IAM::Policy'));
  expect(template).toContain('The setting names no resources.');
  expect(template).not.toContain('No resource-level permissions.');
});
