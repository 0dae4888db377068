import { IAM } from '@aws-sdk/client-iam';
import { Organizations } from '@aws-sdk/client-organizations';
import { STS } from '@aws-sdk/client-sts';
import type { Emulator } from './emulator';

/** An organization whose management account is that of the emulator. */
export interface EmulatedOrganization {
  /** ID of the organization. */
  readonly id: string;
  /** ID of its root, which contains the accounts. */
  readonly rootId: string;
  /** IDs of the members, in the order of creation. */
  readonly members: readonly string[];
  /** For AWS SDK v3 clients: acts as the root user of a member, which nothing limits. */
  clientConfigOf(member: string): Emulator['clientConfig'];
  /** Variables for child processes: a session of an administrator's role in the management account. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Makes the emulated account the management account of an organization.
 *
 * @param count number of members, which are named `account-1` and so on
 */
export async function createOrganization(emulator: Emulator, count: number): Promise<EmulatedOrganization> {
  const organizations = new Organizations(emulator.clientConfig);
  const { Organization: { Id: id = '' } = {} } = await organizations.describeOrganization({});
  const { Roots: [{ Id: rootId = '' } = {}] = [] } = await organizations.listRoots({});
  const members: string[] = [];
  const clientConfigOf = (member: string) => ({
    ...emulator.clientConfig,
    credentials: { accessKeyId: member, secretAccessKey: 'test' },
  });
  for (let number = 1; number <= count; number += 1) {
    const { CreateAccountStatus: { AccountId = '' } = {} } = await organizations.createAccount({
      AccountName: `account-${number}`,
      Email: `account-${number}@example.com`,
    });
    members.push(AccountId);
  }
  return { id, rootId, members, clientConfigOf, env: await administrator(emulator) };
}

/** Root assumes no role, so a user does. */
async function administrator(emulator: Emulator): Promise<Record<string, string>> {
  const iam = new IAM(emulator.clientConfig);
  await iam.createUser({ UserName: 'organizer' });
  const { AccessKey: { AccessKeyId = '', SecretAccessKey = '' } = {} } = await iam.createAccessKey({
    UserName: 'organizer',
  });
  const trust = { Effect: 'Allow', Principal: { AWS: emulator.accountId }, Action: 'sts:AssumeRole' };
  const { Role: { Arn: RoleArn = '' } = {} } = await iam.createRole({
    RoleName: 'Organizer',
    AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
  });
  const sts = new STS({
    ...emulator.clientConfig,
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey },
  });
  const { Credentials } = await sts.assumeRole({ RoleArn, RoleSessionName: 'organizer' });
  return {
    ...emulator.env,
    AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey ?? '',
    AWS_SESSION_TOKEN: Credentials?.SessionToken ?? '',
  };
}
