import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { EmulatedSuite, type SuiteStack } from '../../emulator/suite';
import { STATEFUL, type UpgradeSuite } from '../../lib/upgrade/compare';
import { currentSuite, released, releases } from '../../scripts/release/templates';
import { readSettings } from './settings';

jest.setTimeout(60_000);

const stacksOf = (suite: UpgradeSuite): SuiteStack[] =>
  Object.entries(suite).map(([name, template]) => ({ name, template }));

describe.each(releases())('an account with the stacks of %s, a year later', (version) => {
  let emulator: Emulator;
  let suite: EmulatedSuite;
  let before: Awaited<ReturnType<typeof state>>;
  let changed: readonly string[];

  beforeAll(async () => {
    emulator = await startEmulator();
    suite = new EmulatedSuite(emulator);
    expect(failedOf(await suite.deploy(stacksOf(released(version, 'standard'))))).toEqual([]);
    await liveIn();
    before = await state();
    const workSince = suite.watch();
    // A new tag makes CloudFormation update all that can have one, even where the templates are the same.
    const next = currentSuite('standard', { tags: { upgraded: 'yes' } });
    const statuses = await suite.deploy(stacksOf(next));
    if (failedOf(statuses).length > 0) throw new Error(JSON.stringify([statuses, await suite.failures()]));
    changed = workSince().resources;
  });

  afterAll(async () => {
    await emulator.stop();
  });

  const failedOf = (statuses: Record<string, string | undefined>) =>
    Object.entries(statuses).filter(([, status]) => !/^(CREATE|UPDATE)_COMPLETE$/.test(status ?? ''));

  /** Alice has a password of her own, and deleted the first one as advised. The trail wrote a log file. */
  async function liveIn(): Promise<void> {
    const { clientConfig } = emulator;
    await new IAM(clientConfig).updateLoginProfile({ UserName: 'alice', PasswordResetRequired: false });
    const secrets = await suite.find('AWS::SecretsManager::Secret');
    for (const { physicalId: SecretId } of secrets) {
      await new SecretsManager(clientConfig).deleteSecret({ SecretId, ForceDeleteWithoutRecovery: true });
    }
    expect(secrets.length).toBeGreaterThan(0);
    const s3 = new S3({ ...clientConfig, forcePathStyle: true });
    for (const { physicalId: Bucket } of await suite.find('AWS::S3::Bucket')) {
      await s3.putObject({ Bucket, Key: 'log.json.gz', Body: 'evidence' });
    }
  }

  /** What an upgrade must not touch. */
  async function state() {
    const iam = new IAM(emulator.clientConfig);
    const { LoginProfile } = await iam.getLoginProfile({ UserName: 'alice' });
    const { Groups = [] } = await iam.listGroupsForUser({ UserName: 'alice' });
    const stateful = await suite.find(({ type }) => STATEFUL.some((pattern) => pattern.test(type)));
    return {
      login: LoginProfile,
      groups: Groups.map(({ GroupName }) => GroupName),
      settings: await readSettings(emulator),
      resources: stateful.map(({ logicalId, physicalId }) => `${logicalId}: ${physicalId}`).sort(),
    };
  }

  test('takes the current templates, which change much', () => {
    expect(changed.length).toBeGreaterThan(20);
  });

  test('keeps its users, their own passwords, its settings and its evidence', async () => {
    const after = await state();
    expect(after.login).toEqual(before.login);
    expect(after.login?.PasswordResetRequired).toBe(false);
    expect(after.groups).toEqual(before.groups);
    expect(after.settings).toEqual(before.settings);
    expect(before.resources.filter((resource) => !after.resources.includes(resource))).toEqual([]);
  });

  test('has no user and no first-time password updated', () => {
    expect(changed.filter((resource) => /\/AdminAccessalice/.test(resource))).toEqual([]);
  });
});
