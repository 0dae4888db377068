import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../../emulator/emulator';

/** Seed of the sample that `--check` tries. Others show whether tests were written for this one only. */
export const SEED = '1';

/** Folders whose score `--check` watches. */
export const WATCHED = ['lib/access', 'lib/detections', 'lib/posture/checks', 'lib/settings'];

/** Their least score, under what is measured, so that some new code may be without its test for a while. */
export const FLOOR = 0.9;

/** How many mutants of a watched folder `--check` tries. */
export const CHECKED = 10;

/** A mutant that no test notices. */
interface Survivor {
  readonly id: string;
  readonly file: string;
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
}

/** The measurement of a folder with a seed. */
export interface Measurement {
  readonly folder: string;
  readonly seed: string;
  readonly date: string;
  readonly stryker: string;
  readonly node: string;
  /** Mutants of the folder, of which the sample was taken. */
  readonly mutants: number;
  /** Mutants of the sample that change nothing, by scripts/mutation/equivalents.ts. */
  readonly equivalent: number;
  /** Suites by the mutants that they killed. */
  readonly killed: Readonly<Record<string, string>>;
  readonly survived: readonly Survivor[];
}

const FILE = join(REPOSITORY, 'scripts/mutation/results.json');

export function measurements(): Measurement[] {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Measurement[]) : [];
}

/** Records a measurement in place of the previous one of the folder with the seed. */
export function record(measurement: Measurement): void {
  const key = ({ seed, folder }: Measurement) => `${seed} ${folder}`;
  const all = [...measurements().filter((one) => key(one) !== key(measurement)), measurement];
  all.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  writeFileSync(FILE, `${JSON.stringify(all, undefined, 1)}\n`);
}

/** The recorded measurement of a folder with a seed. */
export function recorded(folder: string, seed: string): Measurement | undefined {
  return measurements().find((one) => one.folder === folder && one.seed === seed);
}

/** What is worse than the floor, or than what was recorded. */
export function worse({ folder, seed, ...now }: Measurement): string[] {
  const killed = recorded(folder, seed)?.killed ?? {};
  return [
    ...(scoreOf(now) < FLOOR ? [`${folder}: ${percent(scoreOf(now))} is less than ${percent(FLOOR)}`] : []),
    ...now.survived
      .filter(({ id }) => id in killed)
      .map(({ file, original, replacement }) => `${file}: no test notices ${change(original, replacement)}`),
  ];
}

/** Share of the mutants that a test notices, of those that change anything. */
export function scoreOf({ killed, survived }: Pick<Measurement, 'killed' | 'survived'>): number {
  const count = Object.keys(killed).length;
  return count / (count + survived.length || 1);
}

export function percent(score: number): string {
  return `${(Math.floor(score * 1000) / 10).toFixed(1)} %`;
}

/** A change on one line. */
export function change(original: string, replacement: string): string {
  const short = (text: string) => {
    const line = text.replaceAll(/\s+/g, ' ');
    return line.length > 80 ? `${line.slice(0, 78)} …` : line;
  };
  return `${short(original)} → ${short(replacement)}`;
}
