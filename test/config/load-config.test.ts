import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';

// The app is started as `cdk.json` starts it, since Jest can't import a TypeScript file that it did not transform.
jest.setTimeout(60_000);

const ROOT = resolve(__dirname, '../..');
const CONFIG = JSON.stringify(join(ROOT, 'lib/config/config'));
const LOADER = JSON.stringify(join(ROOT, 'lib/config/load-config'));

const SMALLEST = `{ administrators: ['alice'], notifications: { emails: ['security@example.com'] } }`;
const TWO_FAULTS = `{ administrators: [], notifications: { emails: ['x'] } }`;

const FILES = {
  'good.ts': `import { defineBaseline } from ${CONFIG};\nexport default defineBaseline(${SMALLEST});`,
  'plain.ts': `export default ${SMALLEST};`,
  'module.mjs': `export default ${SMALLEST};`,
  'faulty.ts': `import { defineBaseline } from ${CONFIG};\nexport default defineBaseline(${TWO_FAULTS});`,
  'faulty-plain.ts': `export default ${TWO_FAULTS};`,
  'without-default.ts': 'export {};',
  'empty.ts': '',
  'named.ts': 'export const a = 1;',
  'named-options.ts': `export const { administrators, notifications } = ${SMALLEST};`,
  'named-options.mjs': `export const { administrators, notifications } = ${SMALLEST};`,
  'throws.ts': `throw new RangeError('no account today');`,
  'throws-text.ts': `throw 'no account today';`,
  'syntax.ts': `export default { administrators: ['alice'`,
  'lost-import.ts': `import lost from './lost';\nexport default lost;`,
};

type File = keyof typeof FILES | 'missing.ts';

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
  const paths = [...Object.keys(FILES), 'missing.ts'].map((file) => join(directory, file));
  outcomes = await loadAll([...paths, missingRelative]);
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

function messageOf(path: string, ...faults: string[]): string {
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  return [`${path} has ${count}; nothing was changed:`, ...faults.map((fault) => `  - ${fault}`)].join('\n');
}

describe('a file that exports a configuration', () => {
  test.each<File>(['good.ts', 'plain.ts', 'module.mjs'])('is loaded: %s', (file) => {
    expect(outcomes[pathOf(file)]).toMatchObject({
      config: { administrators: ['alice'], stackName: 'AccountBaseline' },
    });
  });
});

describe('the message names the file and what is wrong with it:', () => {
  const twoFaults = [
    'administrators: must name at least one administrator, or only root could use the account; received []',
    'notifications.emails[0]: must be an e-mail address such as security@example.com; received "x"',
  ];
  const nothing = [
    'configuration: must be an object such as { administrators: [...], notifications: { emails: [...] } }; ' +
      'received nothing',
  ];

  test.each<[file: File, faults: string[]]>([
    ['missing.ts', ['the file does not exist']],
    ['faulty.ts', twoFaults],
    ['faulty-plain.ts', twoFaults],
    ['without-default.ts', nothing],
    ['empty.ts', nothing],
    ['named.ts', nothing],
    ['named-options.ts', nothing],
    ['named-options.mjs', nothing],
    ['throws.ts', ['no account today']],
    ['throws-text.ts', ['no account today']],
  ])('%s', (file, faults) => {
    const message = messageOf(pathOf(file), ...faults);
    expect(outcomes[pathOf(file)]).toEqual({ error: 'BaselineConfigError', message });
  });

  test('a path is named as it was given', () => {
    expect(outcomes[missingRelative]?.message).toBe(messageOf(missingRelative, 'the file does not exist'));
  });

  test.each<[file: File, text: string]>([
    ['syntax.ts', 'syntax.ts:1:'],
    ['lost-import.ts', "Cannot find module './lost'"],
  ])('%s, in the words of the compiler', (file, text) => {
    const { error, message = '' } = outcomes[pathOf(file)] ?? {};
    expect(error).toBe('BaselineConfigError');
    expect(message).toMatch(`${pathOf(file)} has 1 fault; nothing was changed:\n  - `);
    expect(message).toContain(text);
    expect(message).not.toMatch(/^\s+at /m);
  });
});

describe('the app', () => {
  test('ends with 1 and the message, without a stack', async () => {
    const message = messageOf(pathOf('throws.ts'), 'no account today');
    expect(await run(['bin/app.ts', '--no-validation'], { BASELINE_CONFIG: pathOf('throws.ts') })).toEqual({
      code: 1,
      stdout: '',
      stderr: `\n${message}\n\n`,
    });
  });
});
