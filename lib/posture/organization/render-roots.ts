import Table from 'cli-table3';
import { counted, day } from '../checks/check';
import type { Output } from '../commands/output';
import { PLAIN } from '../render-posture';
import { allPrintable } from '../shell';
import type { AuditedRoot } from './audit-roots';
import type { Members } from './members';
import { letsIn, type RootAccessKey } from './root-credentials';

/** The root users as text: a table, and a summary line. */
export function renderRoots(
  audited: readonly AuditedRoot[],
  members: Pick<Members, 'organization' | 'skipped'>,
  { colors }: Omit<Output, 'print'>,
): string {
  const roots = allPrintable(audited);
  const { organization, skipped } = allPrintable(members);
  const table = new Table({
    chars: PLAIN,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    head: ['Account', 'Name', 'Password', 'Access keys', 'Certificates', 'MFA devices'],
  });
  for (const { id, name, credentials } of roots) {
    const cells = credentials
      ? [
          credentials.hasPassword ? colors.red('yes') : 'no',
          keysOf(credentials.accessKeys, colors),
          count(credentials.certificates, colors),
          String(credentials.mfaDevices.length),
        ]
      : [1, 2, 3, 4].map(() => colors.cyan('unknown'));
    table.push([id, name, ...cells]);
  }
  const unread = roots.filter(({ unreadable }) => unreadable !== undefined);
  const open = roots.filter(({ credentials }) => credentials && letsIn(credentials)).length;
  return [
    colors.bold(`Root users of the organization ${organization}: ${counted(roots.length, 'member')}`),
    '',
    table.toString().replace(/ +$/gm, ''),
    '',
    ...unread.map(({ id, unreadable = '' }) => `Could not be read: ${id}: ${unreadable}`),
    ...skipped.map(({ id, name, why }) => `Not checked: ${name} (${id}), ${why}`),
    `${counted(open, 'root user')} with credentials, ${roots.length - open - unread.length} without, ${unread.length} could not be read`,
    ...(open > 0
      ? [
          'To delete them, one account at a time: npx aws-account-baseline org root-audit --delete-credentials',
        ]
      : []),
  ].join('\n');
}

function keysOf(keys: readonly RootAccessKey[], colors: Output['colors']): string {
  if (keys.length === 0) return '0';
  const used = keys.flatMap(({ lastUsed }) => lastUsed ?? []).sort((one, other) => +other - +one)[0];
  return colors.red(`${keys.length}, ${used ? `used ${day(used)}` : 'never used'}`);
}

const count = (items: readonly unknown[], colors: Output['colors']) =>
  items.length === 0 ? '0' : colors.red(String(items.length));

/** One root user with everything it has, to decide about. */
export function describeRoot(root: AuditedRoot): string {
  const { id, name, credentials } = allPrintable(root);
  const { hasPassword = false, accessKeys = [], certificates = [], mfaDevices = [] } = credentials ?? {};
  return [
    `Root of ${name} (${id}) has:`,
    ...(hasPassword ? ['  a password'] : []),
    ...accessKeys.map(
      ({ id: key, status, lastUsed }) =>
        `  the access key ${key}, ${status.toLowerCase()}, ${lastUsed ? `last used on ${day(lastUsed)}` : 'never used'}`,
    ),
    ...certificates.map((certificate) => `  the signing certificate ${certificate}`),
    ...mfaDevices.map((device) => `  the MFA device ${device}`),
  ].join('\n');
}
