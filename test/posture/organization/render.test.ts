import { createColors } from 'picocolors';
import type { Finding } from '../../../lib/posture/finding';
import type { AuditedRoot } from '../../../lib/posture/organization/audit-roots';
import { problemsOf, renderOrganization } from '../../../lib/posture/organization/render-organization';
import { renderRoots } from '../../../lib/posture/organization/render-roots';
import type { MemberPosture } from '../../../lib/posture/organization/verify-member';
import { POSTURE } from '../posture';

const OUTPUT = { colors: createColors(false), width: 120 };
const SKIPPED = [{ id: '555555555555', name: 'closed', why: 'suspended' }];

const finding = (
  check: string,
  severity: Finding['severity'],
  status: Finding['status'] = 'fail',
): Finding => ({
  check,
  title: `${check} is wrong`,
  area: check === 'root-mfa' ? 'root' : 'settings',
  severity,
  status,
  detail: 'x',
  controls: [],
});

const member = (digit: number, findings: Finding[], more: Partial<MemberPosture> = {}): MemberPosture => ({
  ...POSTURE,
  account: String(digit).repeat(12),
  accountName: `member ${digit}`,
  findings,
  ...more,
});

const MEMBERS = [
  member(1, [finding('root-mfa', 'critical'), finding('imdsv2', 'low'), finding('imdsv2', 'low')]),
  member(2, [finding('ebs-encryption', 'medium'), finding('imdsv2', 'low')]),
  member(3, [
    finding('imdsv2', 'low', 'pass'),
    finding('contacts', 'medium'),
    finding('ebs-encryption', 'medium'),
  ]),
  member(4, [finding('imdsv2', 'low'), finding('root-mfa', 'critical', 'manual')]),
  member(5, [finding('imdsv2', 'low', 'pass'), finding('contacts', 'medium', 'unknown')]),
  member(6, [finding('imdsv2', 'low', 'pass')]),
  member(7, [{ ...finding('root-mfa', 'critical', 'unknown'), remedy: { text: 'Deploy the role.' } }], {
    unreadable: 'The role arn:aws:iam::777777777777:role/R could not be assumed',
  }),
  member(8, [finding('imdsv2', 'low')]),
];

test('the most severe problems come first, then those of the most accounts', () => {
  expect(
    problemsOf(MEMBERS).map(({ check, severity, accounts }) => [check, severity, accounts.length]),
  ).toEqual([
    ['root-mfa', 'critical', 1],
    ['ebs-encryption', 'medium', 2],
    ['contacts', 'medium', 1],
    ['imdsv2', 'low', 4],
  ]);
});

test('an organization is a table of its accounts, what fails, what could not be read, and a summary', () => {
  const posture = {
    organization: 'o-a1b2c3d4e5',
    managementAccount: '123456789012',
    at: POSTURE.at,
    accounts: MEMBERS,
    skipped: SKIPPED,
    drift: 'Drift was detected today.',
  };
  expect(renderOrganization(posture, OUTPUT)).toBe(`Organization o-a1b2c3d4e5: 8 accounts

Account       Name      Root     People   Passwords  Settings  Stack    Trail    Failed  Manual  Unknown
111111111111  member 1  fail     unknown  unknown    fail      unknown  unknown  3       0       0
222222222222  member 2  unknown  unknown  unknown    fail      unknown  unknown  2       0       0
333333333333  member 3  unknown  unknown  unknown    fail      unknown  unknown  2       0       0
444444444444  member 4  manual   unknown  unknown    fail      unknown  unknown  1       1       0
555555555555  member 5  unknown  unknown  unknown    unknown   unknown  unknown  0       0       1
666666666666  member 6  unknown  unknown  unknown    pass      unknown  unknown  0       0       0
777777777777  member 7  unknown  unknown  unknown    unknown   unknown  unknown  0       0       1
888888888888  member 8  unknown  unknown  unknown    fail      unknown  unknown  1       0       0

What fails

  critical: root-mfa is wrong (root-mfa) in 1 account: 111111111111
  medium: ebs-encryption is wrong (ebs-encryption) in 2 accounts: 222222222222, 333333333333
  medium: contacts is wrong (contacts) in 1 account: 333333333333
  low: imdsv2 is wrong (imdsv2) in 4 accounts: 111111111111, 222222222222, 444444444444 and 1 more

How to fix it: npx aws-account-baseline org verify --account <ID>

What could not be read

  member 7 (777777777777)
    The role arn:aws:iam::<account>:role/R could not be assumed
    Deploy the role.

Not checked: closed (555555555555), suspended

Drift was detected today.

8 accounts: 1 passed, 5 with failures, 1 with manual steps or unknown results, 1 could not be read`);
});

test('root users are a table, with the last use of any of their keys', () => {
  const none = { hasPassword: false, accessKeys: [], certificates: [], mfaDevices: [] };
  const key = (id: string, day?: string) => ({
    id,
    status: 'Active',
    ...(day === undefined ? {} : { lastUsed: new Date(`${day}T08:00:00Z`) }),
  });
  const roots: AuditedRoot[] = [
    { id: '111111111111', name: 'new', unreadable: 'refused' },
    {
      id: '222222222222',
      name: 'lab',
      credentials: {
        hasPassword: true,
        accessKeys: [key('A', '2026-11-01'), key('B', '2026-11-20')],
        certificates: ['C'],
        mfaDevices: ['M'],
      },
    },
    { id: '333333333333', name: 'old', credentials: { ...none, accessKeys: [key('D')] } },
    { id: '444444444444', name: 'shop', credentials: none },
  ];
  const members = { organization: 'o-a1b2c3d4e5', skipped: SKIPPED };
  expect(renderRoots(roots, members, OUTPUT)).toBe(`Root users of the organization o-a1b2c3d4e5: 4 members

Account       Name  Password  Access keys         Certificates  MFA devices
111111111111  new   unknown   unknown             unknown       unknown
222222222222  lab   yes       2, used 2026-11-20  1             1
333333333333  old   no        1, never used       0             0
444444444444  shop  no        0                   0             0

Could not be read: 111111111111: refused
Not checked: closed (555555555555), suspended
2 root users with credentials, 1 without, 1 could not be read
To delete them, one account at a time: npx aws-account-baseline org root-audit --delete-credentials`);
  expect(renderRoots(roots.slice(3), { ...members, skipped: [] }, OUTPUT)).not.toContain('To delete them');
});
