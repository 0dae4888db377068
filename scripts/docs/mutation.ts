import { EQUIVALENTS } from '../mutation/equivalents';
import {
  change,
  CHECKED,
  FLOOR,
  type Measurement,
  measurements,
  percent,
  scoreOf,
  SEED,
  WATCHED,
} from '../mutation/results';
import { SLOW_FOLDERS } from '../mutation/suites';
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
- Only tests of the folder itself count, those that import the changed file, and two that read the policies of all stacks. A snapshot of a
  template does not count, nor does a test that needs the emulator. Of the slow tests, only those of
  ${SLOW_FOLDERS.map(code).join(', ')} count.
- Texts for people are not changed. Actions, ARNs, conditions, patterns, commands, and keys are.
- Code that only acknowledges findings of scanners (\`acknowledge…()\`) is not changed. \`npm run judge\` and the slow tests of validation
  fail without it.
- A test that is late on a busy machine kills nothing: a change that makes tests wait or ends their process counts as killed only if the
  same tests pass in time without it, right afterwards. Random input of tests has the same seed each time.

CI runs \`npm run mutation -- --check\`, which repeats ${CHECKED} changes of each watched folder. It fails if a killed change survives, or if
the score, with what it found, is less than ${percent(FLOOR)}.

## Watched folders

${scores(measured.filter(isWatched))}

With other seeds. Tests were written for what survived with seed 2; the scores of seeds 3 and 4 are from before any:

${scores(all.filter(({ seed }) => seed !== SEED))}

## Everything else

\`lib/catalog\` is data, which has no mutants here.

${scores(measured.filter((one) => !isWatched(one)))}

## Changes that no test can notice

${
  EQUIVALENTS.length === 0
    ? 'None.'
    : table(
        ['file', 'line with the change', 'reason'],
        EQUIVALENTS.map(({ file, changed, reason }) => [file, spanned(changed), reason]),
      )
}

## Survivors

With seed 1. They are the next tests to write:

${survivors(measured)}
`;
}

function scores(rows: readonly Measurement[]): string {
  if (rows.length === 0) return 'None.';
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
    all.map(({ file, original, replacement }) => [file, spanned(change(original, replacement))]),
  );
}

/** Code that may contain backticks. */
function spanned(text: string): string {
  return `\`\` ${text} \`\``;
}
