import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeployedAccount } from '../scripts/docs/silencing/deployed';
import { smallest } from '../scripts/docs/smallest';
import { positions } from '../scripts/docs/threats';
import { proofs } from './access/proofs';
import { decide } from './access/simulator';
import { standardPolicies } from './access/templates';
import { eachOf } from './each-of';

interface Results {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly ancestorTitles: string[]; readonly title: string }[];
  }[];
}

/** The tests in these files, as Jest names them; none of them runs. */
function testsIn(files: readonly string[]): Set<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tests-'));
  try {
    const output = join(folder, 'names.json');
    const filter = [
      '--testNamePattern',
      'no test has this name',
      '--json',
      '--outputFile',
      output,
      '--silent',
    ];
    // Jest sets NODE_OPTIONS and others for itself; the names need none of them.
    execFileSync(
      process.execPath,
      ['node_modules/.bin/jest', '--maxWorkers', '2', ...filter, '--runTestsByPath', ...files],
      { env: { PATH: process.env['PATH'], HOME: process.env['HOME'] }, stdio: 'pipe' },
    );
    const { testResults } = JSON.parse(readFileSync(output, 'utf8')) as Results;
    return new Set(
      testResults.flatMap(({ name, assertionResults }) =>
        assertionResults.map((one) => keyOf(name, [...one.ancestorTitles, one.title])),
      ),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const keyOf = (file: string, name: readonly string[]) => `${file}: ${name.join(' › ')}`;

const threats = positions(new DeployedAccount(smallest('standard'))).flatMap(({ threats: own }) => own);
const rows = proofs('standard');
const policies = standardPolicies();

eachOf(
  threats.flatMap(({ attack, outcome, shownBy }) =>
    shownBy.flatMap(({ request }) => (request ? [{ attack, outcome, ...request }] : [])),
  ),
  ({ attack, heading, task }) => `${attack}: ${heading} ${task}`,
)('IAM answers each request as the page says', async ({ outcome, heading, task, answer }) => {
  const title = `${task}: ${answer}`;
  const found = rows.filter((row) => row.heading === heading && row.title === title);
  expect(found).toHaveLength(1);
  for (const { actions, ...request } of found) {
    for (const action of actions) expect(await decide(policies, request, action)).toBe(answer);
  }
  // What IAM allows prevents nothing.
  expect(answer === 'yes' && outcome === 'prevented').toBe(false);
});

test('each test that the threat model names exists', () => {
  const shown = threats.flatMap(({ shownBy }) => shownBy);
  const existing = testsIn([...new Set(shown.map(({ file }) => file))]);
  const named = shown.map(({ file, name }) => keyOf(join(process.cwd(), file), name));
  expect(named.filter((one) => !existing.has(one))).toEqual([]);
}, 300_000);
