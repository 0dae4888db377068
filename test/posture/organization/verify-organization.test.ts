import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { defineBaseline } from '../../../lib/config/config';
import { CallFailed, Clients } from '../../../lib/posture/clients';
import type { RunFile } from '../../../lib/posture/organization/run-file';
import type { MemberPosture } from '../../../lib/posture/organization/verify-member';
import { verifyOrganization } from '../../../lib/posture/organization/verify-organization';
import { SMALLEST_ORGANIZATION as ORGANIZATION } from '../../organization/smallest-organization';
import { SMALLEST } from '../../smallest';
import { REGION, valueOf, WELL } from '../snapshot';

const MANAGEMENT = '123456789012';
const [SHOP, LAB, NEW] = ['shop', 'lab', 'new'].map((name, index) => ({
  id: String(index + 1).repeat(12),
  name,
})) as [{ id: string; name: string }, { id: string; name: string }, { id: string; name: string }];

const collect = jest.fn();
jest.mock('../../../lib/posture/organization/collect-member', () => ({
  collectMember: (...given: unknown[]): unknown => collect(...given),
}));
jest.mock('../../../lib/posture/organization/rollout', () => ({
  ...jest.requireActual<object>('../../../lib/posture/organization/rollout'),
  readRollouts: () => Promise.resolve(new Map()),
  stackOf: (_: unknown, id: string) =>
    id === '333333333333' ? undefined : `arn:aws:cloudformation:${REGION}:${id}:stack/StackSet-a-1/x`,
}));

const sts = mockClient(STSClient);
const CONFIG = defineBaseline({ ...SMALLEST, organization: ORGANIZATION });

beforeEach(() => {
  sts.reset();
  sts.on(AssumeRoleCommand).resolves({
    Credentials: { AccessKeyId: 'a', SecretAccessKey: 'b', SessionToken: 'c', Expiration: new Date() },
  });
  collect.mockReset();
});

async function verified(members = [SHOP, LAB], done: ReadonlyMap<string, MemberPosture> = new Map()) {
  const added: string[] = [];
  const progress: string[] = [];
  const file = { done, add: ({ account }: MemberPosture) => added.push(account) } as unknown as RunFile;
  const skipped = [{ id: '444444444444', name: 'old', why: 'suspended' }];
  const posture = await verifyOrganization(
    { organization: ORGANIZATION.id, managementAccount: MANAGEMENT, members, skipped },
    {
      clients: new Clients({ region: REGION }),
      caller: { account: MANAGEMENT, arn: `arn:aws:iam::${MANAGEMENT}:user/alice`, partition: 'aws' },
      config: CONFIG,
      file,
      onProgress: (one, of) => progress.push(`${one}/${of}`),
    },
  );
  return { ...posture, added, progress };
}

/** A member whose root has these. */
const withRoot = (id: string, summary: object) => ({
  ...WELL,
  caller: { ...WELL.caller, account: id },
  summary: { value: { ...valueOf(WELL.summary), ...summary } },
});

test('members are read in a session of their role, and those with the most severe failures come first', async () => {
  collect.mockImplementation((_: unknown, { account }: { account: string }) =>
    withRoot(account, account === LAB.id ? { AccountAccessKeysPresent: 1, AccountPasswordPresent: 1 } : {}),
  );
  const { accounts, added, progress, skipped, drift } = await verified();
  expect(accounts.map(({ account }) => account)).toEqual([LAB.id, SHOP.id]);
  expect({ added: added.sort(), progress, drift }).toEqual({
    added: [SHOP.id, LAB.id],
    progress: ['0/2', '1/2', '2/2'],
    drift: undefined,
  });
  expect(skipped).toEqual([{ id: '444444444444', name: 'old', why: 'suspended' }]);
  expect(sts.commandCalls(AssumeRoleCommand).map(({ args: [{ input }] }) => input)).toContainEqual({
    RoleArn: expect.stringMatching(`^arn:aws:iam::${SHOP.id}:role/AccountBaseline-.+$`) as string,
    RoleSessionName: 'org-verify',
    DurationSeconds: 900,
  });
});

test('a member that was read before an interruption is not read again', async () => {
  collect.mockImplementation((_: unknown, { account }: { account: string }) => withRoot(account, {}));
  const before = await verified([SHOP]);
  const [known] = before.accounts;
  if (!known) throw new Error('nothing was read');
  collect.mockClear();
  const { accounts, added, progress } = await verified([SHOP, LAB], new Map([[SHOP.id, known]]));
  expect(accounts.map(({ account }) => account).sort()).toEqual([SHOP.id, LAB.id]);
  expect({ added, progress }).toEqual({ added: [LAB.id], progress: ['1/2', '2/2'] });
  expect(collect).toHaveBeenCalledTimes(1);
});

test('a member that cannot be read is unknown, comes first, and says why', async () => {
  sts.on(AssumeRoleCommand).callsFake(({ RoleArn }: { RoleArn: string }) => {
    if (RoleArn.includes(LAB.id)) throw Object.assign(new Error('not authorized'), { name: 'AccessDenied' });
    return { Credentials: { AccessKeyId: 'a', SecretAccessKey: 'b', SessionToken: 'c' } };
  });
  collect.mockImplementation((_: unknown, { account }: { account: string }) => {
    if (account === SHOP.id) throw new CallFailed('iam.GetAccountSummary', new Error('too slow'));
    return withRoot(account, {});
  });
  const { accounts } = await verified([SHOP, LAB, NEW]);
  expect(accounts.map(({ account, unreadable }) => [account, unreadable])).toEqual([
    [SHOP.id, 'The account could not be read: too slow'],
    [
      LAB.id,
      expect.stringMatching(
        `^The role arn:aws:iam::${LAB.id}:role/\\S+ could not be assumed: AccessDenied: not authorized$`,
      ),
    ],
    [NEW.id, 'The stack with the role that reads it is not known.'],
  ]);
});
