// Runs the tests behind the pages of threats and of seeded errors, and records when all of them passed:
// npm run prove [-- <page>]
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { type Page, PAGES, PROVEN, proofOf } from './docs/proven';

const isPage = (name: string): name is Page => name in PAGES;
const named = process.argv.slice(2);
const unknown = named.find((name) => !isPage(name));
if (unknown !== undefined) {
  throw new Error(`page must be one of ${Object.keys(PAGES).join(', ')}; received "${unknown}"`);
}

for (const page of Object.keys(PAGES).filter(isPage)) {
  if (named.length > 0 && !named.includes(page)) continue;
  const jest = ['node_modules/.bin/jest', '--maxWorkers', '3', '--runTestsByPath', ...PAGES[page]().tests];
  const { status } = spawnSync(process.execPath, jest, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`The tests of docs/${page}.md fail.`);
  const proven = JSON.parse(readFileSync(PROVEN, 'utf8')) as object;
  writeFileSync(PROVEN, `${JSON.stringify({ ...proven, [page]: proofOf(page) }, undefined, 2)}\n`);
}
console.log('All tests passed; now run `npm run docs`.');
