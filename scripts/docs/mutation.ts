import { EQUIVALENTS } from '../mutation/equivalents';
import { change, type Measurement, measurements, percent, scoreOf, SEED, WATCHED } from '../mutation/results';
import { table } from './markdown';

const code = (text: string) => `\`${text}\``;

/** docs/mutation.md */
export function mutation(): string {
  const all = measurements();
  const measured = all.filter(({ seed }) => seed === SEED);
  const isWatched = ({ folder }: Measurement) => WATCHED.includes(folder);
  return `# Mutation testing

<!-- Derived from scripts/mutation/results.json: npm run mutation, npm run docs -->

Would a test notice if the code were different? \`npm run mutation\` changes the code in small ways, as
[Stryker](https://stryker-mutator.io) does: another comparison, an empty list, a condition that always holds. Then it runs the
tests. A change that makes a test fail is killed; one that does not has survived. The score is the share of killed changes.

- Each folder has a random sample. The seed decides which changes it has, and a change keeps its place while other lines change.
- Only tests of the folder itself count, and those that import the changed file. A snapshot of a template does not count, nor do tests that
  need the emulator or take long.
- Texts for people are not changed. Actions, ARNs, conditions, patterns, commands, and keys are.

\`npm run mutation -- --check\` repeats a part of the sample, and fails if a score falls below 80 % or a killed change survives.

## Watched folders

${scores(measured.filter(isWatched))}

With other seeds, for which no test was written:

${scores(all.filter(({ seed }) => seed !== SEED))}

## Everything else

\`lib/catalog\` is data, which has no mutants here.

${scores(measured.filter((one) => !isWatched(one)))}

## Changes that no test can notice

${
  EQUIVALENTS.length === 0
    ? 'None.'
    : table(
        ['file', 'change', 'reason'],
        EQUIVALENTS.map(({ file, original, replacement, reason }) => [
          file,
          coded(original, replacement),
          reason,
        ]),
      )
}

## Survivors in the watched folders

${survivors(measured.filter(isWatched))}
`;
}

function scores(rows: readonly Measurement[]): string {
  return table(
    ['folder', 'score', 'killed', 'survived', 'equivalent', 'of', 'seed', 'date', 'Stryker', 'Node'],
    rows.map((row) => [
      code(row.folder),
      percent(scoreOf(row)),
      String(Object.keys(row.killed).length),
      String(row.survived.length),
      String(row.equivalent),
      row.mutants.toLocaleString('en-US'),
      row.seed,
      row.date,
      row.stryker,
      row.node,
    ]),
  );
}

function survivors(rows: readonly Measurement[]): string {
  const all = rows.flatMap(({ survived }) => survived);
  if (all.length === 0) return 'None.';
  return table(
    ['file', 'change'],
    all.map(({ file, original, replacement }) => [file, coded(original, replacement)]),
  );
}

/** A change as code, which may contain backticks. */
function coded(original: string, replacement: string): string {
  return `\`\` ${change(original, replacement)} \`\``;
}
