import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { SAML as SAML_METADATA } from '../everything';
import { message } from './rows';

// The app is started as `cdk.json` starts it, since Jest can't import a TypeScript file that it did not
// transform.
jest.setTimeout(60_000);

const ROOT = resolve(__dirname, '../..');
const CONFIG = JSON.stringify(join(ROOT, 'lib/config/config'));
const LOADER = JSON.stringify(join(ROOT, 'lib/config/load-config'));

const SMALLEST = `{ administrators: ['alice'], notifications: { emails: ['security@example.com'] } }`;
const TWO_ERRORS = `{ administrators: [], notifications: { emails: ['x'] } }`;

const SAML = "{ name: 'Okta', metadata: './idp.xml', roles: [{ role: 'ReadOnly' }] }";

const FILES = {
  'good.ts': `import { defineBaseline } from ${CONFIG};\nexport default defineBaseline(${SMALLEST});`,
  'plain.ts': `export default ${SMALLEST};`,
  'module.mjs': `export default ${SMALLEST};`,
  'wrong.ts': `import { defineBaseline } from ${CONFIG};\nexport default defineBaseline(${TWO_ERRORS});`,
  'wrong-plain.ts': `export default ${TWO_ERRORS};`,
  'without-default.ts': 'export {};',
  'empty.ts': '',
  'named.ts': 'export const a = 1;',
  'named-options.ts': `export const { administrators, notifications } = ${SMALLEST};`,
  'named-options.mjs': `export const { administrators, notifications } = ${SMALLEST};`,
  'saml.ts': `import { defineBaseline } from ${CONFIG};\nexport default defineBaseline({ ...${SMALLEST}, federation: { saml: ${SAML} } });`,
  'throws.ts': `throw new RangeError('no account today');`,
  'throws-text.ts': `throw 'no account today';`,
  'syntax.ts': `export default { administrators: ['alice'`,
  'lost-import.ts': `import lost from './lost';\nexport default lost;`,
};

type File = keyof typeof FILES | 'missing.ts' | 'folder';

/** What loading a file came to. */
interface Outcome {
  readonly error?: string;
  readonly message?: string;
  readonly config?: object;
}

const directory = mkdtempSync(join(tmpdir(), 'load-config-'));
const pathOf = (file: File): string => join(directory, file);
let outcomes: Partial<Record<string, Outcome>>;

/** Runs node with TypeScript in the project's directory. */
async function run(args: string[], env: Record<string, string> = {}) {
  try {
    const options = { cwd: ROOT, env: { ...process.env, ...env } };
    const { stdout, stderr } = await promisify(execFile)('node', ['--import', 'tsx', ...args], options);
    return { code: 0, stdout, stderr };
  } catch (error) {
    // What execFile rejects with when the process fails.
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

/** Loads each file in one process, for a start of it takes a second. */
async function loadAll(paths: readonly string[]): Promise<Partial<Record<string, Outcome>>> {
  const script = `
    const { loadConfig } = require(${LOADER});
    const load = (file) => Promise.resolve().then(() => loadConfig(file)).then(
      (config) => ({ config }),
      ({ name, message }) => ({ error: name, message }),
    );
    Promise.all(${JSON.stringify(paths)}.map(async (file) => [file, await load(file)]))
      .then((outcomes) => console.log(JSON.stringify(Object.fromEntries(outcomes))));
  `;
  const { stdout } = await run(['--eval', script]);
  return JSON.parse(stdout) as Partial<Record<string, Outcome>>;
}

const missingRelative = relative(ROOT, pathOf('missing.ts'));

beforeAll(async () => {
  for (const [file, text] of Object.entries(FILES)) writeFileSync(join(directory, file), text);
  copyFileSync(SAML_METADATA.metadata, join(directory, 'idp.xml'));
  mkdirSync(join(directory, 'folder'));
  const paths = [...Object.keys(FILES), 'missing.ts', 'folder'].map((file) => join(directory, file));
  outcomes = await loadAll([...paths, missingRelative]);
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe('a file that exports a configuration', () => {
  test.each<File>(['good.ts', 'plain.ts', 'module.mjs'])('is loaded: %s', (file) => {
    expect(outcomes[pathOf(file)]).toMatchObject({
      config: { administrators: ['alice'], stackName: 'AccountBaseline' },
    });
  });
});

test('names files relative to itself, whatever the working directory is', () => {
  expect(outcomes[pathOf('saml.ts')]).toMatchObject({
    config: { federation: { saml: { metadata: join(directory, 'idp.xml') } } },
  });
});

describe('the message names the file and what is wrong with it:', () => {
  const twoErrors = [
    'administrators: must name at least one administrator; otherwise only the root user could use the account; received []',
    'notifications.emails[0]: must be an e-mail address such as security@example.com; received "x"',
  ];
  const nothing = ['The file has no default export'];
  const missing = ['The file does not exist: choose another with --config, or write one with init'];

  test.each<[file: File, errors: string[]]>([
    ['missing.ts', missing],
    ['folder', ['It is a folder: name a file with --config']],
    ['wrong.ts', twoErrors],
    ['wrong-plain.ts', twoErrors],
    ['without-default.ts', nothing],
    ['empty.ts', nothing],
    ['named.ts', nothing],
    ['named-options.ts', nothing],
    ['named-options.mjs', nothing],
    ['throws.ts', ['no account today']],
    ['throws-text.ts', ['no account today']],
  ])('%s', (file, errors) => {
    expect(outcomes[pathOf(file)]).toEqual({
      error: 'BaselineConfigError',
      message: message(errors, pathOf(file)),
    });
  });

  test('a path is named as it was given', () => {
    expect(outcomes[missingRelative]?.message).toBe(message(missing, missingRelative));
  });

  test.each<[file: File, text: string]>([
    ['syntax.ts', 'syntax.ts:1:'],
    ['lost-import.ts', "Cannot find module './lost'"],
  ])('%s, in the words of the compiler', (file, text) => {
    const { error, message: shown = '' } = outcomes[pathOf(file)] ?? {};
    expect(error).toBe('BaselineConfigError');
    expect(shown).toMatch(`${pathOf(file)} has 1 error; nothing was deployed:\n  - `);
    expect(shown).toContain(text);
    expect(shown).not.toMatch(/^\s+at |^Require stack/m);
  });
});

describe('the app', () => {
  test('ends with 1 and the message, without a stack', async () => {
    const shown = message(['no account today'], pathOf('throws.ts'));
    expect(await run(['bin/app.ts', '--no-validation'], { BASELINE_CONFIG: pathOf('throws.ts') })).toEqual({
      code: 1,
      stdout: '',
      stderr: `\n${shown}\n\n`,
    });
  });
});
