import {
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  GetAccessKeyLastUsedCommand,
  GetLoginProfileCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListSigningCertificatesCommand,
} from '@aws-sdk/client-iam';
import { AssumeRootCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { Clients } from '../../../lib/posture/clients';
import {
  type AuditedRoot,
  auditRoots,
  deleteRootCredentials,
  type DeletionRecord,
  recentlyUsed,
} from '../../../lib/posture/organization/audit-roots';
import { describeRoot } from '../../../lib/posture/organization/render-roots';

const sts = mockClient(STSClient);
const iam = mockClient(IAMClient);
const MANAGEMENT = '123456789012';
const CALLER = { account: MANAGEMENT, arn: `arn:aws:iam::${MANAGEMENT}:user/alice`, partition: 'aws' };
const SHOP: AuditedRoot = {
  id: '111111111111',
  name: 'shop',
  credentials: {
    hasPassword: true,
    accessKeys: [{ id: 'AKIA1', status: 'Active', lastUsed: new Date('2026-11-20T08:00:00Z') }],
    certificates: [],
    mfaDevices: ['arn:aws:iam::111111111111:mfa/root'],
  },
};
const LAB: AuditedRoot = { ...SHOP, id: '222222222222', name: 'lab' };

beforeEach(() => {
  sts.reset();
  iam.reset();
  sts.on(AssumeRootCommand).resolves({
    Credentials: { AccessKeyId: 'a', SecretAccessKey: 'b', SessionToken: 'c', Expiration: new Date() },
  });
  iam.onAnyCommand().resolves({});
  iam.on(GetLoginProfileCommand).resolves({ LoginProfile: { UserName: 'root', CreateDate: new Date() } });
  iam.on(ListAccessKeysCommand).resolves({ AccessKeyMetadata: [{ AccessKeyId: 'AKIA1', Status: 'Active' }] });
  iam.on(GetAccessKeyLastUsedCommand).resolves({});
  iam.on(ListSigningCertificatesCommand).resolves({ Certificates: [] });
  iam.on(ListMFADevicesCommand).resolves({
    MFADevices: [
      { UserName: 'root', SerialNumber: 'arn:aws:iam::111111111111:mfa/root', EnableDate: new Date() },
    ],
  });
});

afterAll(() => {
  sts.restore();
  iam.restore();
});

async function remove(roots: readonly AuditedRoot[], wanted: readonly string[]) {
  const records: DeletionRecord[] = [];
  const after = await deleteRootCredentials(roots, {
    clients: new Clients({ region: 'eu-central-1' }),
    caller: CALLER,
    managementAccount: MANAGEMENT,
    isWanted: ({ id }) => Promise.resolve(wanted.includes(id)),
    record: (one) => records.push(one),
  });
  return { after, records: records.map(({ account, what, result }) => `${account} ${what} ${result}`) };
}

const deletions = () =>
  iam
    .calls()
    .flatMap(({ args: [command] }) =>
      /^(Delete|Deactivate)/.test(command.constructor.name) ? command.constructor.name : [],
    );

test('only the wanted accounts are changed, the MFA device last', async () => {
  const { records } = await remove([SHOP, LAB], [SHOP.id]);
  expect(deletions()).toEqual([
    DeleteLoginProfileCommand.name,
    DeleteAccessKeyCommand.name,
    DeactivateMFADeviceCommand.name,
  ]);
  expect(records).toEqual([
    '111111111111 password deleted',
    '111111111111 access key AKIA1 deleted',
    '111111111111 MFA device arn:aws:iam::111111111111:mfa/root deleted',
  ]);
  expect(sts.commandCalls(AssumeRootCommand).map(({ args: [{ input }] }) => input)).toEqual([
    {
      TargetPrincipal: SHOP.id,
      TaskPolicyArn: { arn: 'arn:aws:iam::aws:policy/root-task/IAMDeleteRootUserCredentials' },
      DurationSeconds: 900,
    },
  ]);
});

test('the first failure ends the work in an account, and is recorded', async () => {
  iam.on(DeleteAccessKeyCommand).rejects(new Error('no'));
  const { after, records } = await remove([SHOP], [SHOP.id]);
  expect(records).toEqual([
    '111111111111 password deleted',
    '111111111111 access key AKIA1 failed: iam.DeleteAccessKey: Error: no',
  ]);
  expect(after).toEqual([
    { id: SHOP.id, name: 'shop', unreadable: 'The deletion was stopped: iam.DeleteAccessKey: Error: no' },
  ]);
});

test('what was not shown is not deleted, and nothing else either', async () => {
  iam.on(ListAccessKeysCommand).resolves({
    AccessKeyMetadata: [{ AccessKeyId: 'AKIA1' }, { AccessKeyId: 'AKIA2' }],
  });
  const { after } = await remove([SHOP], [SHOP.id]);
  expect(deletions()).toEqual([]);
  expect(after[0]?.unreadable).toBe('The deletion was stopped: new since it was shown: access key AKIA2');
});

test('the management account is never touched', async () => {
  await expect(remove([{ ...SHOP, id: MANAGEMENT }], [MANAGEMENT])).rejects.toThrow(
    'the management account must not be among the members',
  );
  expect(sts.calls()).toEqual([]);
});

test('an account whose session is refused is unknown, and comes first', async () => {
  sts
    .on(AssumeRootCommand, { TargetPrincipal: LAB.id })
    .rejects(Object.assign(new Error('not authorized'), { name: 'AccessDenied' }));
  const clients = new Clients({ region: 'eu-central-1' });
  const [first, second] = await auditRoots(clients, CALLER, { members: [SHOP, LAB] });
  expect(first).toEqual({
    id: LAB.id,
    name: 'lab',
    unreadable: 'sts.AssumeRoot: AccessDenied: not authorized',
  });
  expect(second?.credentials?.hasPassword).toBe(true);
});

test('everything that root can use is read, with the last use of each key', async () => {
  const lastUsed = new Date('2026-11-20T08:00:00Z');
  iam.on(ListAccessKeysCommand).resolves({
    AccessKeyMetadata: [{ AccessKeyId: 'AKIA1', Status: 'Active' }, { AccessKeyId: 'AKIA2' }],
  });
  iam.on(GetAccessKeyLastUsedCommand, { AccessKeyId: 'AKIA1' }).resolves({
    UserName: 'root',
    AccessKeyLastUsed: { LastUsedDate: lastUsed, ServiceName: 's3', Region: 'us-east-1' },
  });
  iam.on(ListSigningCertificatesCommand).resolves({
    Certificates: [{ UserName: 'root', CertificateId: 'C1', CertificateBody: '', Status: 'Active' }],
  });
  const clients = new Clients({ region: 'eu-central-1' });
  expect(await auditRoots(clients, CALLER, { members: [SHOP] })).toEqual([
    {
      id: SHOP.id,
      name: 'shop',
      credentials: {
        hasPassword: true,
        accessKeys: [
          { id: 'AKIA1', status: 'Active', lastUsed },
          { id: 'AKIA2', status: '' },
        ],
        certificates: ['C1'],
        mfaDevices: ['arn:aws:iam::111111111111:mfa/root'],
      },
    },
  ]);
});

test('a key counts as in use for 90 days', () => {
  const credentials = SHOP.credentials;
  if (!credentials) throw new Error('no credentials');
  expect(recentlyUsed(credentials, new Date('2027-02-17T08:00:00Z'))).toHaveLength(1);
  expect(recentlyUsed(credentials, new Date('2027-02-18T08:00:00Z'))).toHaveLength(0);
});

test('the question shows everything that is deleted', () => {
  expect(describeRoot(SHOP)).toBe(
    [
      'Root of shop (111111111111) has:',
      '  a password',
      '  the access key AKIA1, active, last used on 2026-11-20',
      '  the MFA device arn:aws:iam::111111111111:mfa/root',
    ].join('\n'),
  );
});
