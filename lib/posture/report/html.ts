import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Eta } from 'eta';
import { ACCESS, ANSWERS, PRINCIPALS } from '../../access/access-matrix';
import { STANDARDS } from '../../catalog/controls';
import { TREATMENTS, treatmentIn, wordsOf } from '../../catalog/controls/control';
import type { Profile } from '../../config/profiles';
import type { Finding, Posture, Status } from '../finding';
import { allPrintable } from '../shell';
import { architecture } from './architecture';
import { consoleLink, isConsole } from './console-link';
import type { Extras } from './extras';
import { groupBy } from './group-by';
import { https } from './https';
import { scoreOf, SEVERITIES, WEIGHTS } from './score';
import { STATUSES, type TracedControl, tracedControls, worst } from './traced-controls';
import { verdictOf } from './verdict';

const VIEWS = join(__dirname, 'views');

const AREAS: Readonly<Record<Finding['area'], string>> = {
  root: 'Root user',
  people: 'People',
  password: 'Password policy',
  trail: 'Audit trail',
  alarms: 'Alarms',
  notifications: 'Notifications',
  settings: 'Account settings',
  billing: 'Billing',
  stack: 'Stack',
};

/** Text of console links. */
export const TO_CONSOLE = 'Open the console';

export const STATUS_NAMES: Readonly<Record<Status, string>> = {
  fail: 'Failed',
  manual: 'Needs manual action',
  unknown: 'Unknown',
  pass: 'Passed',
};

/**
 * The HTML report: one self-contained page, so that it can be mailed and archived. It loads nothing, and the
 * templates escape every value from the account. Script and style run only because of their hashes.
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP
 */
export function html(posture: Posture, extras: Extras): string {
  return page('report', view(allPrintable(posture), extras));
}

/** Renders a template of a whole page with its policy, style and script. */
export function page(template: string, data: object): string {
  const [style, script] = ['report.css', 'report.js'].map((name) => readFileSync(join(VIEWS, name), 'utf8'));
  const policy = [
    "default-src 'none'",
    `style-src ${hash(style)}`,
    `script-src ${hash(script)}`,
    // The empty icon prevents browsers from requesting one.
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return new Eta({ views: VIEWS }).render(template, { ...data, policy, style, script });
}

function hash(text = ''): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** Data of the templates. */
function view(posture: Posture, { cost, docs, paths, profile = 'standard', trend }: Extras) {
  const findings = posture.findings.map((finding, index) => {
    const help = link(finding.remedy?.link, docs);
    return {
      ...finding,
      id: `finding-${index + 1}`,
      help,
      // If the remedy already links to the console, the link of the area adds nothing.
      console: help?.name === TO_CONSOLE ? undefined : consoleLink(finding, posture),
    };
  });
  const controls = tracedControls(findings).map((control) => shownControl(control, profile, docs));
  const score = scoreOf(findings);
  const today = byCheck(findings.filter(needsAction));
  const todo = today[0]?.first;

  return {
    posture,
    title: posture.accountName ?? `Account ${posture.account}`,
    time: `${posture.at.slice(0, 16).replace('T', ' ')} UTC`,
    score,
    verdict: verdictOf([...findings].sort(byUrgency)),
    todo: todo && { ...todo, anchor: `today-${todo.id}` },
    trend,
    change: changeOf(trend?.percent, score.percent),
    weights: SEVERITIES.map((severity) => `${severity} ${WEIGHTS[severity]}`).join(', '),
    today,
    areas: groupBy([...findings].sort(byUrgency), ({ area }) => area),
    controlIds: new Map(controls.map(({ name, id }) => [name, id])),
    standards: STANDARDS.map((standard) => ({
      ...standard,
      controls: controls.filter((control) => control.standard === standard.id),
    })),
    toConsole: TO_CONSOLE,
    names: { areas: AREAS, statuses: STATUS_NAMES, treatments: TREATMENTS },
    statuses: STATUSES,
    severities: SEVERITIES,
    principals: PRINCIPALS,
    access: ACCESS,
    answers: ANSWERS,
    paths,
    // Within a script element, only this character could end the data.
    pathsJson: JSON.stringify({ texts: paths?.texts, paths: paths?.paths }).replaceAll(
      '<',
      String.raw`\u003c`,
    ),
    cost,
    profile,
    drawing: architecture(findings),
  };
}

/** How the score changed, in words; undefined if there is nothing to compare. */
function changeOf(before: number | undefined, now: number | undefined): string | undefined {
  if (before === undefined || now === undefined) return undefined;
  if (before === now) return 'Unchanged';
  return `${before < now ? 'Up' : 'Down'} from ${before}%`;
}

/**
 * Groups findings by check, so that one check in twenty Regions is one entry. Checks and their findings are
 * sorted by urgency.
 */
export function byCheck<Found extends Finding>(
  findings: readonly Found[],
): { first: Found; others: Found[] }[] {
  const urgent = [...findings].sort(byUrgency);
  return [...groupBy(urgent, ({ check }) => check).values()].flatMap(([first, ...others]) =>
    first ? [{ first, others }] : [],
  );
}

/** Whether somebody should do something about a finding. */
export function needsAction({ status }: Finding): boolean {
  return status === 'manual' || status === 'fail';
}

/** Most severe first, then by status. */
export function byUrgency(one: Finding, other: Finding): number {
  return urgency(one) - urgency(other);
}

function urgency({ status, severity }: Finding): number {
  return SEVERITIES.indexOf(severity) * STATUSES.length + STATUSES.indexOf(status);
}

function shownControl<Found extends Finding>(
  control: TracedControl<Found>,
  profile: Profile,
  docs: string | undefined,
) {
  const { id: number, name, title, standard, unverified, findings } = control;
  const treatment = treatmentIn(profile, control);
  return {
    id: `control-${name.replace(/[^A-Za-z0-9.]/g, '-')}`,
    number,
    name,
    title,
    standard,
    treatment: treatment.status,
    how: plain([wordsOf(treatment), unverified && `Not verified: ${unverified}`].filter(Boolean).join(' ')),
    help: 'link' in treatment ? link(treatment.link, docs) : undefined,
    status: worst(findings),
    checks: byCheck(findings),
  };
}

/** Removes Markdown from texts of the catalog. */
function plain(markdown: string): string {
  return markdown.replace(/\*\*|`/g, '');
}

/** Returns an https link. A page of docs/ is linked if its URL is known, and otherwise only named. */
function link(
  target: string | undefined,
  docs: string | undefined,
): { href?: string; name: string } | undefined {
  if (target === undefined) return undefined;
  if (!target.startsWith('docs/')) {
    const href = https(target);
    return href === undefined ? undefined : { href, name: isConsole(href) ? TO_CONSOLE : 'How' };
  }
  return { href: https(docs && `${docs}${target.slice('docs/'.length)}`), name: target };
}
