import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FAULTS } from './seeded-errors/all';
import { DeployedAccount } from './silencing/deployed';
import { smallest } from './smallest';
import { positions } from './threats';

/** When all tests behind a page passed. */
export interface Proof {
  /** Date in UTC, such as 2026-11-30. */
  readonly on: string;
  readonly versions: string;
  /** Of what the page lists, without its words. */
  readonly digest: string;
}

/** File of the recorded proofs. */
export const PROVEN = join(__dirname, 'proven.json');

/** Tests of attacks that the page judges itself. */
const OF_THREATS = ['test/threat-model.test.ts', 'test/threat-model.slow.test.ts'];

/** What a page lists, without its words, and the files of the tests that prove it. */
interface Contents {
  readonly lists: unknown;
  readonly tests: readonly string[];
}

/** The pages, by their names. Those of threats are judged in a synthesized account. */
export const PAGES = {
  'seeded-errors': (): Contents => ({
    lists: FAULTS.map(({ stack, of, says }) => [stack, of, says]),
    tests: ['test/emulator/seeded-faults.slow.test.ts'],
  }),
  'threat-model': (): Contents => {
    const shownBy = positions(new DeployedAccount(smallest('standard'))).flatMap(({ threats }) =>
      threats.flatMap((threat) => threat.shownBy.map((proof) => ({ outcome: threat.outcome, ...proof }))),
    );
    return {
      lists: shownBy.map(({ outcome, file, name, request, example }) => [
        outcome,
        file,
        name,
        request?.task,
        example?.title,
      ]),
      tests: [...new Set([...OF_THREATS, ...shownBy.map(({ file }) => file)])],
    };
  },
};

export type Page = keyof typeof PAGES;

/** What a proof says of a page, were its tests to pass today. */
export function proofOf(page: Page): Proof {
  const versions = versionsOf();
  const digest = createHash('sha256')
    .update(JSON.stringify([versions, PAGES[page]().lists]))
    .digest('hex');
  return { on: new Date().toISOString().slice(0, 10), versions, digest };
}

/**
 * The date and the versions of the recorded proof of a page.
 *
 * @throws {Error} if the page lists something else since
 */
export function provenOn(page: Page): string {
  const { on, versions, digest } = (JSON.parse(readFileSync(PROVEN, 'utf8')) as Record<Page, Proof>)[page];
  if (digest !== proofOf(page).digest) {
    throw new Error(`docs/${page}.md lists what was not tried: run \`npm run prove -- ${page}\``);
  }
  return `${on}, with ${versions}`;
}

/** What stands in for AWS, such as "ministack 1.5.33, botocore 1.43.106". */
function versionsOf(): string {
  const read = (path: string) => readFileSync(resolve(__dirname, '../..', path), 'utf8');
  const pins = [
    ...read('emulator/requirements.in').matchAll(/^(ministack|botocore|cfn-lint|jsonschema)==(.*)$/gm),
    ...read('package.json').matchAll(/"(@cloud-copilot\/iam-simulate)": "(.*)"/g),
  ];
  return pins.map(([, name, version]) => `${name} ${version}`).join(', ');
}
