import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { actualDefaults, OPTIONS } from '../scripts/docs/configuration';
import { decisionRecords, SECTIONS } from '../scripts/docs/decisions';
import { fill } from '../scripts/docs/readme';
import { eachOf } from './each-of';
import { claimsOf, claimsWithoutTest } from './guide/claims';

describe('the documented defaults', () => {
  const literal = (text: string): unknown => JSON.parse(text.replaceAll("'", '"'));
  const defaults = actualDefaults();
  const documented = OPTIONS.filter((option) => option.default.startsWith('`'));

  eachOf(documented, ({ path }) => path)('are what an empty configuration gets', (option) => {
    const [, text] = /^`([^`]*)`/.exec(option.default) ?? [];
    expect(literal(text ?? '')).toEqual(defaults.get(option.path));
  });

  test('leave out no option that has one', () => {
    const undocumented = [...defaults.keys()].filter(
      (path) => !OPTIONS.some((option) => option.path === path),
    );
    expect(undocumented).toEqual([]);
  });
});

describe('a section of the README', () => {
  test('is written anew, and nothing else', () => {
    const text = 'before\n<!-- cost -->\nold\n<!-- /cost -->\nafter\n';
    const filled = fill(text, { cost: '| new |' });
    expect(filled).toBe(
      'before\n<!-- cost -->\n<!-- prettier-ignore -->\n| new |\n\n<!-- /cost -->\nafter\n',
    );
    expect(fill(filled, { cost: '| new |' })).toBe(filled);
  });

  test('that is gone is missed', () => {
    expect(() => fill('', { cost: '' })).toThrow(
      'there is no section between <!-- cost --> and <!-- /cost -->',
    );
  });
});

describe('the README', () => {
  const text = readFileSync('README.md', 'utf8');

  test('has at most 1,200 words', () => {
    expect(text.split(/\s+/).length).toBeLessThanOrEqual(1200);
  });

  test('links to every page of docs/, directly or through one of these', () => {
    const pages = readdirSync('docs').filter((file) => file.endsWith('.md'));
    const linked = (from: string) =>
      [...from.matchAll(/\]\((?:docs\/)?([\w-]+\.md)[#)]/g)].map(([, page]) => page);
    const direct = linked(text);
    const further = direct.flatMap((page) =>
      pages.includes(page ?? '') ? linked(readFileSync(join('docs', page ?? ''), 'utf8')) : [],
    );
    expect(pages.filter((page) => ![...direct, ...further].includes(page))).toEqual([]);
  });
});

describe('the decisions', () => {
  const records = decisionRecords();

  test('each have a number, a title, a status, and the four sections', () => {
    const wrong = records.filter(
      ({ number, title, status, headings }) =>
        !(number > 0 && title && status) || headings.join() !== SECTIONS.join(),
    );
    expect(wrong).toEqual([]);
  });

  test('do not share a number', () => {
    const numbers = records.map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)]);
  });
});

describe('a document', () => {
  const below = readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((file) => join('docs', file));
  const documents = [...readdirSync('.'), ...below].filter((file) => file.endsWith('.md'));

  eachOf(documents)('links to what exists', (document) => {
    const links = [...readFileSync(document, 'utf8').matchAll(/\]\((?!https:|#)([^)#\s]+)[^)]*\)/g)];
    const paths = links.map(([, link = '']) => join(dirname(document), link));
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  test('with the claims names a test for each', () => {
    const claims = claimsOf(readFileSync('docs/proof.md', 'utf8'));
    expect(claims.length).toBeGreaterThan(20);
    expect(claimsWithoutTest(claims)).toEqual([]);
  });
});
