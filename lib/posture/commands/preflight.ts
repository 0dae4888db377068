import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline/promises';
import type { BaselineConfig } from '../../config/config';
import { readCaller } from '../collect/account';
import { collectSurroundings } from '../collect/preflight';
import { type Entry, type Plan, withImports } from '../preflight/plan';
import { preflight } from '../preflight/preflight';
import { asJson } from '../json';
import { printableLines } from '../shell';
import { renderPlan } from '../render-plan';
import { templatesOf } from '../../stacks/templates';
import { EXIT } from './exit-code';
import type { Options } from './options';
import { outputOf, shownOf } from './output';
import { READING, reading, SYNTHESIZING } from './reading';
import { fails } from './selection';

const load = createRequire(__filename);

/** Prints existing resources, and what a deployment would do with them. */
export async function preflightCommand(options: Options, config: BaselineConfig): Promise<number> {
  const plan = await reading(options, config, async (clients, say) => {
    say(SYNTHESIZING);
    const stacks = templatesOf(config);
    const templates = stacks.map(({ template }) => template);
    say(READING);
    const snapshot = await collectSurroundings(clients, await readCaller(clients), config, templates);
    const found = preflight(snapshot, config, stacks);
    return options.importExistingResources === true ? withImports(found) : found;
  });
  const output = outputOf(options);
  const isStop = ({ action }: Entry) =>
    action === 'stop' || action === 'gone' || (action === 'unknown' && fails(options, action));
  const entries = shownOf(options, plan.entries, isStop);
  if (options.json === true) output.print(asJson(plan));
  else if (entries) output.print(renderPlan({ ...plan, entries }, output));
  if (options.write === true) await write(options, plan);
  return plan.entries.some(isStop) ? EXIT.failed : EXIT.ok;
}

/** Adds adoptable resources to the configuration file. Messages go to stderr, because stdout may be JSON. */
async function write({ config: file, yes }: Options, plan: Plan): Promise<void> {
  // The TypeScript compiler takes half a second to load, and only this needs it.
  const { difference, setOption } = load(
    '../preflight/write-config',
  ) as typeof import('../preflight/write-config');
  const adoptions = plan.entries.flatMap(({ adoption }) => adoption ?? []);
  const before = readFileSync(file, 'utf8');
  const after = adoptions.reduce((source, adoption) => setOption(source, adoption), before);
  if (after === before) {
    console.error(`There is nothing to adopt. ${file} was not changed.`);
    return;
  }
  console.error(printableLines(difference(file, before, after)));
  if (yes === true || (await isWanted(`Write ${file}? [y/N] `))) {
    writeFileSync(file, after);
    console.error(`${file} was written.`);
  } else {
    console.error(`${file} was not changed. Use --yes to write it without asking.`);
  }
}

async function isWanted(question: string): Promise<boolean> {
  // Without a terminal, nobody can answer.
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(question);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
