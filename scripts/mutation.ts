/**
 * Changes the code in small ways, one at a time, and counts the changes that no test notices:
 * `npm run mutation`. Writes scripts/mutation/results.json, or compares with it: `--check`. With `--again`,
 * it tries only what no test has killed before.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { isEquivalent } from './mutation/equivalents';
import { type Mutant, mutantsOf, sample } from './mutation/mutants';
import {
  change,
  CHECKED,
  type Measurement,
  measurements,
  percent,
  record,
  recorded,
  scoreOf,
  SEED,
  WATCHED,
  worse,
} from './mutation/results';
import { suitesFor } from './mutation/suites';
import { type Task, Worker } from './mutation/workers';

/** Sizes of the samples. */
const MEASURED = 120;
const MEASURED_ELSEWHERE = 15;

/** How often a mutant is tried whose tests are late, if they are late without it, too. */
const ATTEMPTS = 3;

/** Suites by the mutants that they killed. */
type Killers = Record<string, string>;

interface Outcome {
  readonly killed: Killers;
  readonly survived: Mutant[];
}

/** Runs the tests on each mutant. */
class Runner {
  readonly #workers: readonly Worker[];
  readonly #suitesFor = suitesFor();
  /** Suites that pass without a mutant. */
  readonly #sound = new Set<string>();
  /** How many mutants of a file, and of a folder, each suite has killed. */
  readonly #kills = new Map<string, number>();

  /** @param killers suites by the mutants that they killed before */
  constructor(
    workers: number,
    readonly killers: Readonly<Killers>,
  ) {
    this.#workers = Array.from({ length: workers }, (_, index) => new Worker(index));
  }

  async run(mutants: readonly Mutant[]): Promise<Outcome> {
    const outcome: Outcome = { killed: {}, survived: [] };
    const queue = [...mutants];
    const work = async (worker: Worker) => {
      for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
        const killedBy = await this.#killer(worker, mutant);
        if (killedBy === undefined) outcome.survived.push(mutant);
        else outcome.killed[mutant.id] = killedBy;
        const { file, line, mutator, original, replacement } = mutant;
        console.log(`${killedBy ?? 'SURVIVED'} ${file}:${line} ${mutator} ${change(original, replacement)}`);
      }
    };
    await Promise.all(this.#workers.map(work));
    return outcome;
  }

  stop(): void {
    for (const worker of this.#workers) worker.stop();
  }

  async #killer(worker: Worker, { id, file, content }: Mutant): Promise<string | undefined> {
    const kills = (suite: string) => {
      const [ofFile = 0, ofFolder = 0] = [file, dirname(file)].map((path) =>
        this.#kills.get(`${path} ${suite}`),
      );
      return suite === this.killers[id] ? Infinity : 1000 * ofFile + ofFolder;
    };
    const suites = this.#suitesFor(file).sort((a, b) => kills(b) - kills(a));
    if (suites.length === 0) return undefined;
    const killer = await this.#decided(worker, { file, content, suites });
    if (killer === undefined || !suites.includes(killer)) return killer;
    await this.#mustBeSound(worker, file, killer);
    for (const path of [file, dirname(file)]) {
      const key = `${path} ${killer}`;
      this.#kills.set(key, (this.#kills.get(key) ?? 0) + 1);
    }
    return killer;
  }

  /** On a busy machine, tests are late and processes end without a mutant, too. */
  async #decided(worker: Worker, task: Task): Promise<string | undefined> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const killer = await worker.run(task);
      if (killer === undefined || task.suites.includes(killer)) return killer;
      if ((await worker.run({ ...task, content: readFileSync(task.file, 'utf8') })) === undefined)
        return killer;
    }
    throw new Error(`the tests of ${task.file} are late without a mutant`);
  }

  /** A suite that fails without a mutant, too, says nothing. */
  async #mustBeSound(worker: Worker, file: string, suite: string): Promise<void> {
    if (this.#sound.has(suite)) return;
    const failed = await worker.run({ file, content: readFileSync(file, 'utf8'), suites: [suite] });
    if (failed !== undefined) throw new Error(`${suite} fails without a mutant`);
    this.#sound.add(suite);
  }
}

/** Folders of lib, with those of lib/posture as folders of their own, and without what is data. */
function folders(): string[] {
  const below = (folder: string) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name));
  return [...below('lib'), ...below('lib/posture')].filter((folder) => folder !== 'lib/catalog').sort();
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: folder !== 'lib/posture', encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .sort();
}

function version(): string {
  const file = join(require.resolve('@stryker-mutator/instrumenter/package.json'));
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** What is measured. */
interface Options {
  /** Tries only what no test has killed before. */
  readonly again: boolean;
  /** Compares with the recorded measurement, and writes nothing. */
  readonly check: boolean;
  readonly seed: string;
  readonly sampleOf: (folder: string) => number;
}

async function measure(
  folder: string,
  runner: Runner,
  { again, check, seed, sampleOf }: Options,
): Promise<Measurement> {
  const mutants = (await Promise.all(filesOf(folder).map(mutantsOf))).flat();
  const sampled = sample(mutants, seed, check ? MEASURED : sampleOf(folder));
  const counted = sampled.filter((mutant) => !isEquivalent(mutant));
  const before = recorded(folder, seed);
  const killedBefore = new Map(Object.entries(before?.killed ?? {}));
  const survivedBefore = new Set(before?.survived.map(({ id }) => id));
  const part = new Set(counted.slice(0, sampleOf(folder)));
  // A check does not spend its time on what survives anyway, or on what makes tests wait.
  const isTried = (mutant: Mutant) =>
    check
      ? part.has(mutant) && !survivedBefore.has(mutant.id) && killedBefore.get(mutant.id) !== 'timeout'
      : !(again && killedBefore.has(mutant.id));
  const tried = await runner.run(counted.filter(isTried));
  const rest = counted.filter((mutant) => !isTried(mutant));
  return {
    folder,
    seed,
    date: new Date().toISOString().slice(0, 10),
    stryker: version(),
    node: process.versions.node,
    mutants: mutants.length,
    equivalent: sampled.length - counted.length,
    killed: {
      ...Object.fromEntries(rest.flatMap(({ id }) => [...killedBefore].filter(([killed]) => killed === id))),
      ...tried.killed,
    },
    survived: [...tried.survived, ...rest.filter(({ id }) => survivedBefore.has(id))].map(
      ({ id, file, mutator, original, replacement }) => ({ id, file, mutator, original, replacement }),
    ),
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      again: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      folder: { type: 'string', multiple: true },
      sample: { type: 'string' },
      seed: { type: 'string', default: SEED },
      workers: { type: 'string', default: String(Math.min(availableParallelism(), 4)) },
    },
  });
  const { check } = values;
  const options: Options = {
    ...values,
    sampleOf: (folder) =>
      Number(values.sample ?? (check ? CHECKED : WATCHED.includes(folder) ? MEASURED : MEASURED_ELSEWHERE)),
  };
  const killers = Object.assign({}, ...measurements().map(({ killed }) => killed)) as Killers;
  const runner = new Runner(Number(values.workers), killers);
  const problems: string[] = [];
  try {
    for (const folder of values.folder ?? (check ? WATCHED : folders())) {
      const measured = await measure(folder, runner, options);
      console.log(
        `${folder}: ${percent(scoreOf(measured))} of a sample of ${measured.mutants.toLocaleString('en-US')} mutants`,
      );
      if (check) problems.push(...worse(measured));
      else record(measured);
    }
  } finally {
    runner.stop();
  }
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exitCode = 1;
  }
}

void main();
