import Table from 'cli-table3';
import type { Output } from './commands/output';
import type { Finding, Posture, Status } from './finding';
import { groupBy } from './report/group-by';
import { allPrintable } from './shell';

/** Headings of the areas. */
export const AREAS: Readonly<Record<Finding['area'], string>> = {
  root: 'Root user',
  people: 'People',
  password: 'Passwords',
  trail: 'Audit trail',
  alarms: 'Alarms',
  notifications: 'Notifications',
  settings: 'Settings',
  billing: 'Billing',
  stack: 'Stack',
};

/** Most urgent first. */
const STATUSES: readonly Status[] = ['fail', 'manual', 'unknown', 'pass'];
const SEVERITIES: readonly Finding['severity'][] = ['critical', 'high', 'medium', 'low'];

const PAINT = { pass: 'green', fail: 'red', manual: 'yellow', unknown: 'cyan' } as const;

/** No borders, because the table is also read in logs. */
export const PLAIN = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/**
 * A posture as text: a table of findings by area, remedies, and a summary line.
 *
 * @param shown findings in the table; the summary counts all
 */
export function renderPosture(
  posture: Posture,
  output: Omit<Output, 'print'>,
  shown: readonly Finding[] = posture.findings,
): string {
  const { colors } = output;
  const { account, accountName, region, stackName } = allPrintable(posture);
  const head = `${colors.bold(accountName === undefined ? account : `${accountName} (${account})`)}, stacks ${stackName}-* in ${region}`;
  const rows = allPrintable(shown);
  return [head, '', tableOf(rows, output), '', ...remedies(rows, colors), counts(posture.findings)].join(
    '\n',
  );
}

function tableOf(findings: readonly Finding[], { colors, width }: Omit<Output, 'print'>): string {
  const table = new Table({
    chars: PLAIN,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    // cli-table3 needs widths to wrap text. The detail gets the remaining width.
    colWidths: [9, 28, width - 41],
    wordWrap: true,
  });
  for (const [area, title] of Object.entries(AREAS)) {
    const own = findings.filter((finding) => finding.area === area).sort(byUrgency);
    if (own.length === 0) continue;
    table.push([{ colSpan: 3, content: colors.bold(title) }]);
    for (const { status, check, detail } of own) table.push([colors[PAINT[status]](status), check, detail]);
  }
  return table.toString().replace(/ +$/gm, '');
}

function byUrgency(one: Finding, other: Finding): number {
  return (
    STATUSES.indexOf(one.status) - STATUSES.indexOf(other.status) ||
    SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
    // An incomplete deployment explains other findings.
    Number(other.check === 'stack') - Number(one.check === 'stack')
  );
}

/**
 * Remedies, most urgent first, and each one once with all that it fixes. Commands are not wrapped, so that
 * they can be copied.
 */
function remedies(findings: readonly Finding[], colors: Output['colors']): string[] {
  const open = findings.filter(({ status }) => status === 'fail' || status === 'manual').sort(byUrgency);
  const steps = [...groupBy(open, ({ status, remedy }) => JSON.stringify([status, remedy])).values()];
  const lines = steps.flatMap(([first, ...others], index) => {
    if (!first) return [];
    const { status, severity, title, detail, remedy } = first;
    return [
      `${index + 1}. ${colors[PAINT[status]](status === 'manual' ? 'needs manual action' : `${severity}, failed`)}: ${title}`,
      `   ${detail}`,
      ...others.map((one) => `   ${one.title === title ? '' : `${one.title}: `}${one.detail}`),
      ...[remedy?.text, remedy?.command && `$ ${remedy.command}`, remedy?.link]
        .filter((line) => line !== undefined && line !== '')
        .map((line) => `   ${line}`),
      '',
    ];
  });
  return lines.length === 0 ? [] : [colors.bold('What to do'), '', ...lines];
}

function counts(findings: readonly Finding[]): string {
  const of = (status: Status) => findings.filter((finding) => finding.status === status).length;
  return `${of('pass')} passed, ${of('fail')} failed, ${of('manual')} need manual action, ${of('unknown')} unknown`;
}
