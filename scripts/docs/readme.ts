import { readFileSync } from 'node:fs';
import { PROFILE_DEFAULTS, type ProfileDefaults, PROFILES } from '../../lib/config/profiles';
import { PRICE_LIST, totalOf } from '../../lib/posture/cost';
import { nameOf, usd } from '../cost/format';
import { OPTIONS } from './configuration';
import { type Bills, bills, lineUsd, PROFILE_HEADINGS } from './cost';
import { table } from './markdown';
import { totals } from './recordings';

/** Renders the README with its derived sections. */
export function readme(): string {
  return fill(readFileSync('README.md', 'utf8'), { attacks: totals(), cost: totalCost(bills()) });
}

/** Renders the page about the configuration with its derived sections. */
export function configure(): string {
  const all = bills();
  return fill(readFileSync('docs/configure.md', 'utf8'), { cost: idleCost(all), profiles: profiles(all) });
}

/**
 * Replaces the text between `<!-- name -->` and `<!-- /name -->`.
 *
 * @throws {Error} if there is no such section
 */
export function fill(text: string, sections: Readonly<Record<string, string>>): string {
  return Object.entries(sections).reduce((filled, [name, content]) => {
    const section = new RegExp(`(<!-- ${name} -->\n).*?(<!-- /${name} -->)`, 's');
    if (!section.test(filled))
      throw new Error(`there is no section between <!-- ${name} --> and <!-- /${name} -->`);
    // Prettier would align the cells, so one changed number would change every line.
    return filled.replace(section, (_, start: string, end: string) =>
      [`${start}<!-- prettier-ignore -->`, content, '', end].join('\n'),
    );
  }, text);
}

/** The totals of idle and busy accounts. */
function totalCost(all: readonly Bills[]): string {
  return table(
    ['USD a month, first year, us-east-1', ...PROFILE_HEADINGS],
    (['idle', 'busy'] as const).map((use) => [
      { idle: 'an idle account', busy: 'a small, busy one' }[use],
      ...all.map(({ of }) => usd(totalOf(of(use)))),
    ]),
  );
}

/** Cost of an idle account. */
function idleCost(all: readonly Bills[]): string {
  const idle = all.map(({ of }) => of('idle'));
  const rows = PRICE_LIST.map(([id, price]) => ({
    what: nameOf(price),
    usd: idle.map((lines) => lineUsd(lines, id)),
  })).filter((row) => row.usd.some((value) => value >= 0.005));
  return table(
    ['USD a month, idle, first year, us-east-1', ...PROFILE_HEADINGS],
    [
      ...rows.map((row) => [row.what, ...row.usd.map(usd)]),
      ['**Total**', ...idle.map((lines) => `**${usd(totalOf(lines))}**`)],
    ],
  );
}

/** What each profile enables, and its cost. */
function profiles(all: readonly Bills[]): string {
  const switches = Object.keys(PROFILE_DEFAULTS.free) as (keyof ProfileDefaults)[];
  return table(
    ['switch', 'what', ...PROFILE_HEADINGS],
    [
      ...switches.map((name) => [
        ...described(name),
        ...PROFILES.map((profile) => (PROFILE_DEFAULTS[profile][name] ? 'on' : '–')),
      ]),
      ['', 'USD a month, idle', ...all.map(({ of }) => usd(totalOf(of('idle'))))],
      ['', 'USD a month, small and busy', ...all.map(({ of }) => usd(totalOf(of('busy'))))],
    ],
  );
}

/** Path of an option, and the beginning of its documentation. */
function described(name: string): [path: string, what: string] {
  const option = OPTIONS.find(({ path }) => path.split('.').at(-1) === name);
  if (!option) throw new Error(`no option is named ${name}`);
  return [`\`${option.path}\``, option.summary.split(/[.:]/, 1).join('')];
}
