import markdown from '@eslint/markdown';
import awscdk from 'eslint-plugin-awscdk';
import { readFileSync } from 'node:fs';
import tseslint from 'typescript-eslint';

const AGPL = { group: ['@cloud-copilot/*'], message: 'AGPL: a tool of the tests, which ship nothing.' };
const EMULATOR = {
  group: ['**/emulator/*'],
  message: 'The emulator is for tests and scripts; nothing ships it.',
};
const TESTS = {
  group: ['**/test/**'],
  message: 'Nothing but tests imports test/: move what both need to scripts/ or lib/.',
};
const OUTSIDE_EMULATOR = {
  group: ['../*', '**/lib/**', '**/test/**', '**/scripts/**', '**/bin/**', '!aws-cdk-lib/**'],
  message: 'The emulator is a package of its own, which knows nothing of the baseline.',
};

/** Code spans in the first cells of a section of docs/style.md, with the cell beside each. */
const [WORDS, NAMES, EXCEPTIONS] = ['Words', 'Names', 'Exceptions'].map((title) =>
  readFileSync('docs/style.md', 'utf8')
    .split('\n## ')
    .find((section) => section.startsWith(title))
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, cell]) => cell?.startsWith('`'))
    .flatMap(([, cell, write]) =>
      cell.split(', ').map((text) => ({ text: text.replaceAll('`', ''), write })),
    ),
);

/** Entries of a word list as selectors of no-restricted-syntax, with TEXT for the value in the selector. */
const restrict = (selector, entries, flags = '') =>
  entries.map(({ text, write }) => {
    const pattern = (part) => part.replaceAll(/[.()]/g, '\\$&').replaceAll(' ', '\\s+');
    const exceptions = EXCEPTIONS.filter((exception) => exception.text.includes(text)).map(
      ({ text: whole }) => {
        const start = whole.indexOf(text);
        return `(?<!${pattern(whole.slice(0, start))}(?=${pattern(whole.slice(start))}))`;
      },
    );
    const value = `/(?<![\\w-])${exceptions.join('')}${pattern(text)}(?![\\w=-])/${flags}`;
    return {
      selector: selector.replace('TEXT', value),
      message: `Write “${write}” instead of “${text}” (docs/style.md).`,
    };
  });

export default tseslint.config(
  {
    ignores: ['cdk.out', 'dist', 'node_modules', 'coverage', '.emulator', 'test/package/fixtures'],
  },
  {
    files: ['**/*.md'],
    // History is not rewritten.
    ignores: ['CHANGELOG.md'],
    extends: [markdown.configs.recommended],
    language: 'markdown/gfm',
    rules: {
      'no-restricted-syntax': [
        'error',
        ...restrict('text[value=TEXT]', WORDS, 'i'),
        ...restrict('text[value=TEXT]', NAMES),
      ],
    },
  },
  {
    files: ['**/*.{ts,js}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Prettier wraps code, and no comment.
      'max-len': ['error', { code: 10_000, comments: 110, ignoreUrls: true }],
    },
  },
  {
    files: ['{bin,lib,scripts,emulator}/**/*.{ts,mjs}'],
    // The threat model names tests by their titles.
    ignores: ['scripts/docs/threats/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        // A text has blanks; other strings are names.
        ...restrict('Literal[value=/\\s/][value=TEXT]', WORDS, 'i'),
        ...restrict('TemplateElement[value.cooked=/\\s/][value.cooked=TEXT]', WORDS, 'i'),
      ],
      'no-warning-comments': ['error', { terms: WORDS.map(({ text }) => text), location: 'anywhere' }],
    },
  },
  {
    files: ['lib/**/*.ts', 'bin/**/*.ts'],
    ...awscdk.configs.strict,
    rules: {
      ...awscdk.configs.strict.rules,
      // Loops over data and a subscription for each address need ids that are data too.
      'awscdk/no-variable-construct-id': 'off',
      // A person's user and secret share a scope of their own.
      'awscdk/require-passing-this': 'off',
      // Sees the constructor only, not the private methods that it hands the props to.
      'awscdk/no-unused-props': 'off',
      // The configuration is the props of the whole: one name for it everywhere.
      'awscdk/props-name-convention': 'off',
      // Does not know a default value for props.
      'awscdk/construct-constructor-property': 'off',
    },
  },
  // The script of the report runs in a browser, as it is, without types.
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
  {
    // No construct is in there, and the rule does not end at a type that contains itself.
    files: [
      'lib/**/*.handler.ts',
      'lib/settings/*.ts',
      'lib/detectors/service-role-setting.ts',
      'lib/functions/custom-resource.ts',
    ],
    rules: { 'awscdk/no-construct-in-interface': 'off' },
  },
  {
    files: ['scripts/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [AGPL, TESTS] }] },
  },
  {
    files: ['lib/**/*.ts', 'bin/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [AGPL, EMULATOR, TESTS] }] },
  },
  {
    files: ['emulator/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [OUTSIDE_EMULATOR] }] },
  },
  {
    files: ['test/**/*.ts'],
    // Matchers of jest such as expect.stringContaining are any.
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
);
