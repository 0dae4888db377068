import Table from 'cli-table3';
import type { Output } from '../commands/output';
import { counted } from '../checks/check';
import type { Finding, Status } from '../finding';
import { groupBy } from '../report/group-by';
import { SEVERITIES, severest } from '../report/score';
import { worst } from '../report/traced-controls';
import { PLAIN } from '../render-posture';
import { allPrintable, printableLines } from '../shell';
import type { MemberPosture } from './verify-member';
import type { OrganizationPosture } from './verify-organization';

/** Areas that members have. */
export const MEMBER_AREAS = {
  root: 'Root',
  people: 'People',
  password: 'Passwords',
  settings: 'Settings',
  stack: 'Stack',
  trail: 'Trail',
} as const satisfies Partial<Record<Finding['area'], string>>;

const PAINT = { pass: 'green', fail: 'red', manual: 'yellow', unknown: 'cyan' } as const;

/** Accounts that the list of problems names. */
const NAMED = 3;

/** An organization as text: a table of accounts and areas, the problems, and a summary line. */
export function renderOrganization(posture: OrganizationPosture, output: Omit<Output, 'print'>): string {
  const { organization, accounts, skipped } = allPrintable(posture);
  const { colors } = output;
  return [
    colors.bold(`Organization ${organization}: ${counted(accounts.length, 'account')}`),
    '',
    tableOf(accounts, output),
    '',
    ...problems(accounts, colors),
    ...unreadable(accounts, colors),
    ...skipped.map(({ id, name, why }) => `Not checked: ${name} (${id}), ${why}`),
    ...(skipped.length > 0 ? [''] : []),
    ...(posture.drift === undefined ? [] : [printableLines(posture.drift), '']),
    summary(accounts),
  ].join('\n');
}

function tableOf(accounts: readonly MemberPosture[], { colors }: Omit<Output, 'print'>): string {
  const table = new Table({
    chars: PLAIN,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    head: ['Account', 'Name', ...Object.values(MEMBER_AREAS), 'Failed', 'Manual', 'Unknown'],
  });
  for (const { account, accountName = '', findings } of accounts) {
    const statusOf = (area: string) =>
      worst(findings.filter((finding) => finding.area === area)) ?? 'unknown';
    const count = (status: Status) => findings.filter((finding) => finding.status === status).length;
    table.push([
      account,
      cut(accountName, 30),
      ...Object.keys(MEMBER_AREAS).map((area) => colors[PAINT[statusOf(area)]](statusOf(area))),
      ...(['fail', 'manual', 'unknown'] as const).map((status) => String(count(status))),
    ]);
  }
  return table.toString().replace(/ +$/gm, '');
}

const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** A check that fails in some accounts. */
export interface Problem {
  readonly check: string;
  readonly title: string;
  readonly severity: Finding['severity'];
  readonly accounts: readonly MemberPosture[];
}

/** The checks that fail, the most severe first, then those of the most accounts. */
export function problemsOf(accounts: readonly MemberPosture[]): Problem[] {
  const failed = accounts.flatMap((account) =>
    account.findings.filter(({ status }) => status === 'fail').map((finding) => ({ account, finding })),
  );
  return [...groupBy(failed, ({ finding }) => finding.check)]
    .map(([check, own]) => ({
      check,
      title: own[0]?.finding.title ?? check,
      severity: severest(own.map(({ finding }) => finding)),
      accounts: [...new Set(own.map(({ account }) => account))],
    }))
    .sort(
      (one, other) =>
        SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
        other.accounts.length - one.accounts.length,
    );
}

function problems(accounts: readonly MemberPosture[], colors: Output['colors']): string[] {
  const found = problemsOf(accounts);
  if (found.length === 0) return [];
  return [
    colors.bold('What fails'),
    '',
    ...found.map(({ check, title, severity, accounts: where }) => {
      const more = where.length - NAMED;
      const names = where.slice(0, NAMED).map(({ account }) => account);
      const list = `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
      return `  ${severity}: ${title} (${check}) in ${counted(where.length, 'account')}: ${list}`;
    }),
    '',
    'How to fix it: npx aws-account-baseline org verify --account <ID>',
    '',
  ];
}

/** Accounts that cannot be read for the same reason are named together. */
function unreadable(accounts: readonly MemberPosture[], colors: Output['colors']): string[] {
  const found = accounts.flatMap(({ account, accountName = '', unreadable: why, findings }) =>
    why === undefined
      ? []
      : [{ name: `${accountName} (${account})`, why: why.replaceAll(account, '<account>'), findings }],
  );
  if (found.length === 0) return [];
  return [
    colors.bold('What could not be read'),
    '',
    ...[...groupBy(found, ({ why }) => why)].flatMap(([why, group]) => [
      `  ${group.map(({ name }) => name).join(', ')}`,
      `    ${why}`,
      ...(group[0]?.findings.flatMap(({ remedy }) => (remedy ? `    ${remedy.text}` : [])).slice(0, 1) ?? []),
    ]),
    '',
  ];
}

function summary(accounts: readonly MemberPosture[]): string {
  const unread = accounts.filter(({ unreadable: why }) => why !== undefined).length;
  const failed = accounts.filter(({ findings }) => findings.some(({ status }) => status === 'fail')).length;
  const open = accounts.filter(
    ({ unreadable: why, findings }) =>
      why === undefined &&
      findings.every(({ status }) => status !== 'fail') &&
      findings.some(({ status }) => status !== 'pass'),
  ).length;
  const passed = accounts.length - unread - failed - open;
  return `${counted(accounts.length, 'account')}: ${passed} passed, ${failed} with failures, ${open} with manual steps or unknown results, ${unread} could not be read`;
}
