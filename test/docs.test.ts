import { readFileSync } from 'node:fs';
import { DOCUMENTS } from '../scripts/docs';
import { actualDefaults, options } from '../scripts/docs/configuration';

test.each(Object.entries(DOCUMENTS))('%s is up to date; `npm run docs` writes it', (path, render) => {
  expect(readFileSync(path, 'utf8')).toBe(render());
});

describe('the documented defaults', () => {
  const literal = (text: string): unknown => JSON.parse(text.replaceAll("'", '"'));
  const defaults = actualDefaults();
  const documented = options().filter((option) => option.default.startsWith('`'));

  test.each(documented)('of $path is what an empty configuration gets', (option) => {
    const [, text] = /^`([^`]*)`/.exec(option.default) ?? [];
    expect(literal(text ?? '')).toEqual(defaults.get(option.path));
  });

  test('leave out no option that has one', () => {
    const undocumented = [...defaults.keys()].filter(
      (path) => !options().some((option) => option.path === path),
    );
    expect(undocumented).toEqual([]);
  });
});
