import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { OUTCOMES } from './docs/hands';
import type { Outcome } from './hands/outcome';
import { batchesOf, CELLS, tryBatches } from './hands/run';

/** Accounts at a time: commands find theirs by the environment, so each account needs a process. */
const ACCOUNTS = 2;

const { values } = parseArgs({ options: { part: { type: 'string' } } });

/** Tries a part of the batches, and prints a line for each outcome. */
async function tryPart(part: number): Promise<void> {
  const own = batchesOf(CELLS).filter((_, index) => index % ACCOUNTS === part);
  await tryBatches(own, (outcome) => {
    console.log(JSON.stringify(outcome));
  });
}

/** The outcomes of a part, from a process of its own. */
async function outcomesOf(part: number): Promise<Outcome[]> {
  const child = spawn(process.execPath, [...process.execArgv, __filename, '--part', String(part)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const outcomes: Outcome[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const outcome = JSON.parse(line) as Outcome;
    outcomes.push(outcome);
    console.log(`${outcome.type} ${outcome.hand}`);
  }
  return outcomes;
}

async function tryAll(): Promise<void> {
  const parts = Array.from({ length: ACCOUNTS }, (_, part) => outcomesOf(part));
  const found = (await Promise.all(parts)).flat();
  const outcomes = CELLS.map(({ row: { type }, kind }) => {
    const outcome = found.find((one) => one.type === type && one.hand === kind);
    if (!outcome) throw new Error(`${type} ${kind} was not tried`);
    return outcome;
  });
  const on = new Date().toISOString().slice(0, 10);
  writeFileSync(OUTCOMES, `${JSON.stringify({ on, outcomes }, undefined, 2)}\n`);
  console.log(`${outcomes.length} hands; now run \`npm run docs\`.`);
}

void (values.part === undefined ? tryAll() : tryPart(Number(values.part)));
