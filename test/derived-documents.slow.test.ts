import { readFileSync } from 'node:fs';
import { DOCUMENTS } from '../scripts/docs';

test.each(Object.entries(DOCUMENTS))('%s is up to date; `npm run docs` writes it', async (path, render) => {
  expect(readFileSync(path, 'utf8')).toBe(await render());
});
