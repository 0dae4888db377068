import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as constructs from '../../lib';
import { defineBaseline, type BaselineOptions } from '../../lib/config/config';
import { templatesOf } from '../../lib/stacks/templates';
import { version } from '../../package.json';
import { OPTIONS } from '../../scripts/docs/configuration';
import { API_REPORT, apiReport } from '../../scripts/package/declarations';
import { buildPackage } from '../../scripts/package/build';
import { homeOf } from '../../scripts/package/manifest';
import { pack } from '../../scripts/package/pack';
import { API_REFERENCE, apiReference } from '../../scripts/package/reference';
import { RELEASE_FOLDER, releaseFiles } from '../../scripts/release/files';
import { released, releases } from '../../scripts/release/templates';
import { EVERYTHING } from '../everything';
import { SMALLEST } from '../smallest';
import { Editor } from './editor';

jest.setTimeout(600_000);

/** A user's project, with what is packed and nothing of this repository. */
let project: string;
let tarball: string;
let files: readonly string[];
let api: string;
let reference: string;

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'package-'));
  const built = join(project, 'built');
  buildPackage(built);
  api = apiReport(built);
  reference = apiReference(readFileSync(join(built, 'lib/index.d.ts'), 'utf8'));
  ({ file: tarball, paths: files } = await pack(built, project));
  rmSync(built, { recursive: true });
  cpSync(join(__dirname, 'fixtures'), project, { recursive: true });
  const { devDependencies: versions } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const tools = ['@types/jest', '@types/node', 'jest', 'ts-jest'].map((name) => `${name}@${versions[name]}`);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'project', private: true }));
  execFileSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts', tarball, ...tools],
    { cwd: project, stdio: 'inherit' },
  );
});

afterAll(() => {
  rmSync(project, { recursive: true, force: true });
});

function run(command: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: project,
    encoding: 'utf8',
    // Jest in the project does not end the process as the CDK expects, which then leaves its folders.
    env: { PATH: process.env['PATH'], HOME: project, TMPDIR: project },
    maxBuffer: 100e6,
  });
  return { status, stdout, stderr };
}

const cli = (...args: string[]) => run('npx', '--no-install', 'aws-account-baseline', ...args);

test('the package has bundled code, no tests, no runbooks, and at most 300 kB', () => {
  expect(statSync(tarball).size).toBeLessThanOrEqual(300_000);
  expect(files).toEqual(expect.arrayContaining(['lib/index.js', 'lib/index.d.ts', 'bin/app.mjs', 'LICENSE']));
  expect(files.filter((file) => /^(?:test|scripts|emulator|docs)\//.test(file))).toEqual([]);
  expect(files.filter((file) => file.endsWith('.ts') && !file.startsWith('src/lib/'))).toEqual([
    'lib/index.d.ts',
  ]);
  const { stdout } = run('node', '--print', "JSON.stringify(require('aws-account-baseline').DETECTIONS)");
  const detections = JSON.parse(stdout) as object[];
  expect(detections).toHaveLength(constructs.DETECTIONS.length);
  expect(detections.filter((one) => 'firstMinutes' in one)).toEqual([]);
});

test(`the public API is the one in ${API_REPORT}. Did you mean to change it? Then run \`npm run api-report\`,
read the difference, and tell users in CHANGELOG.md. What is removed, renamed, or newly required breaks
their apps, and makes the next version a major one; what is added makes it a minor one`, () => {
  expect(api).toBe(readFileSync(API_REPORT, 'utf8'));
});

test(`${API_REFERENCE} is up to date: \`npm run api-report\` writes it`, () => {
  expect(reference).toBe(readFileSync(API_REFERENCE, 'utf8'));
});

test.each<[string, Partial<BaselineOptions>]>([
  ['the smallest configuration', {}],
  ['everything', { ...EVERYTHING, federation: { ...EVERYTHING.federation, saml: undefined } }],
])('an ESM project gets the same templates as a clone, byte by byte: %s', (_, written) => {
  const options = { ...SMALLEST, ...written };
  const { stdout, stderr } = run('node', 'suite.mjs', JSON.stringify([options]));
  expect(stderr).not.toContain('Error');
  const [templates] = JSON.parse(stdout) as [Record<string, { Metadata: unknown }>];
  const ours = templatesOf(defineBaseline(options)).map(({ stackName, template }) => [stackName, template]);
  expect(withoutProvenance(templates)).toEqual(
    withoutProvenance(Object.fromEntries(ours) as typeof templates),
  );
});

test('messages of a package that names its repository link to the runbooks of its version', () => {
  const file = join(project, 'node_modules/aws-account-baseline/package.json');
  const manifest = readFileSync(file, 'utf8');
  try {
    writeFileSync(file, JSON.stringify({ ...JSON.parse(manifest), ...homeOf('acme/account-baseline') }));
    const { stdout } = run('node', 'suite.mjs', JSON.stringify([SMALLEST]));
    expect(stdout).toContain(`https://github.com/acme/account-baseline/blob/v${version}/docs/runbooks/`);
  } finally {
    writeFileSync(file, manifest);
  }
});

/** A registry of npm with one version of the package. */
async function registryOf(archive: string, number: string): Promise<Server> {
  const name = 'aws-account-baseline';
  const server = createServer(({ url, headers }, response) => {
    if (url === '/archive.tgz') return response.end(readFileSync(archive));
    const dist = { tarball: `http://${headers.host}/archive.tgz` };
    return response.end(
      JSON.stringify({
        name,
        'dist-tags': { latest: number },
        versions: { [number]: { name, version: number, dist } },
      }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const STRICT = [
  ...['--strict', '--skipLibCheck', 'false', '--noUncheckedIndexedAccess'],
  ...['--module', 'nodenext', '--target', 'es2022', '--types', 'node'],
];

/** The example of each class in declarations, by the name of the class. */
function examplesOf(declarations: string): Record<string, string> {
  const documented = declarations.matchAll(/^\/\*\*\n((?: \*.*\n)*?) \*\/\nexport declare class (\w+)/gm);
  return Object.fromEntries(
    [...documented].flatMap(([, documentation = '', name = '']) => {
      const [, example] = / \* @example\n((?: \* [^@].*\n)+)/.exec(documentation) ?? [];
      return example === undefined ? [] : [[name, example.replaceAll(/^ \* /gm, '')]];
    }),
  );
}

/** Each example in a stack of its own, as `this`. What is not of the package is the CDK's. */
function programOf(examples: Readonly<Record<string, string>>): string {
  return `import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountRootPrincipal, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ${Object.keys(examples).join(', ')} } from 'aws-account-baseline';
const env = { account: '123456789012', region: 'us-east-1' };
${Object.entries(examples)
  .map(
    ([name, example]) => `class ${name}Example extends Stack {
  constructor() {
    super(new App({ analyticsReporting: false, builtinCloudFormationValidation: false }), '${name}', { env });
${example}  }
}
if (Object.keys(Template.fromStack(new ${name}Example()).toJSON()['Resources']).length === 0) throw new Error('${name}');
`,
  )
  .join('')}`;
}

/** The templates say which commit they come from; one of a working directory has none. */
function withoutProvenance(templates: Record<string, { Metadata: unknown }>): unknown {
  return Object.fromEntries(
    Object.entries(templates).map(([name, template]) => [name, { ...template, Metadata: undefined }]),
  );
}

describe('the declarations', () => {
  const PROGRAMS = {
    'hover.ts': `import { defineBaseline, type BaselineOptions } from 'aws-account-baseline';
export type Options = BaselineOptions;
export default defineBaseline({
  administrators: ['alice'],
  notifications: { emails: ['security@example.com'], weeklySummary: true },
  passwordPolicy: { minimumLength: 20 },
  accountSettings: { ebsEncryption: true },
});`,
    'same.ts': `import type { BaselineConfig, BaselineOptions } from 'aws-account-baseline';
import type * as ours from '${resolve('lib/config/config')}';
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
export const options: Same<BaselineOptions, ours.BaselineOptions> = true;
export const config: Same<BaselineConfig, ours.BaselineConfig> = true;
export const more: Same<BaselineOptions, ours.BaselineOptions & { more?: string }> = false;`,
  };
  let editor: Editor;

  beforeAll(() => {
    editor = new Editor(project, PROGRAMS);
  });

  test.each([
    ['administrators', /^IAM user names of the people who administer the account/],
    ['emails', /^Addresses that receive alarms/],
    ['weeklySummary', /^Sends a summary each Monday/],
    ['minimumLength', /^Minimum number of characters/],
    ['ebsEncryption', /^Encrypts new EBS volumes/],
  ])('editors show what the option %s means', (option, meaning) => {
    expect(editor.hover('hover.ts', option)).toMatch(meaning);
  });

  test('have the first sentence about each option in docs/configuration.md, and which have a default', () => {
    const comments = editor.comments('hover.ts', 'Options');
    expect(OPTIONS.map(({ path }) => ({ path, ...comments.get(path) }))).toEqual(
      OPTIONS.map(({ path, summary, default: value }) => ({
        path,
        text: summary.split(/(?<=[.!?])\s+(?=[A-Z'`])/)[0],
        hasDefault: value !== '',
      })),
    );
  });

  test('have the same options and configuration as the schemas', () => {
    expect(editor.errors('same.ts')).toEqual([]);
  });

  test('name every type that they lead to, except for the function behind SettingFunction', () => {
    expect(
      [...api.matchAll(/^(?:declare |abstract )*(?:interface|type|class|const|function) (\w+)/gm)].map(
        ([, name]) => name,
      ),
    ).toEqual(['EntryCode', 'InlineFunction', 'InlineFunctionProps']);
  });

  test("compile with the tsconfig.json that 'cdk init' wrote before NodeNext, and with checks of libraries", () => {
    const folder = join(project, 'classic');
    mkdirSync(folder);
    const compilerOptions = {
      target: 'ES2020',
      module: 'commonjs',
      lib: ['es2020', 'dom'],
      declaration: true,
      strict: true,
      noImplicitReturns: true,
      inlineSourceMap: true,
      inlineSources: true,
      experimentalDecorators: true,
      strictPropertyInitialization: false,
      typeRoots: ['../node_modules/@types'],
      // TypeScript 6 and later look for no types by themselves.
      types: ['node'],
      noEmit: true,
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    for (const name of ['baseline.config.ts', 'constructs.ts'])
      cpSync(join(project, name), join(folder, name));
    const { status, stdout } = run('npx', '--no-install', 'tsc', '-p', 'classic');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });
});

test('a CommonJS project loads the constructs, and no client of the SDK with them', () => {
  const { stdout, stderr } = run('node', 'common.cjs');
  expect(stderr).toBe('');
  const { functions, packages } = JSON.parse(stdout) as { functions: string[]; packages: string[] };
  expect(functions).toEqual(['function', 'function']);
  expect(packages.filter((name) => /^@aws-sdk|^@smithy|^sucrase|^typescript|^cdk-nag/.test(name))).toEqual(
    [],
  );
});

describe('a strict TypeScript project', () => {
  /** Names of the programs that docs/library.md shows, the blocks of a section as one. */
  const programs = readFileSync('docs/library.md', 'utf8')
    .split(/^## /m)
    .flatMap((section, index) => {
      const blocks = [...section.matchAll(/^```ts\n(.*?)^```/gms)].map(([, block = '']) => block);
      return blocks.length > 0 ? [[`library${index}`, blocks.join('\n')] as const] : [];
    });

  test('compiles what uses the package, the example of each construct and channel, and what docs/library.md shows', () => {
    const declarations = readFileSync(
      join(project, 'node_modules/aws-account-baseline/lib/index.d.ts'),
      'utf8',
    );
    const examples = examplesOf(declarations);
    const documented = Object.keys(constructs).filter((name) =>
      new RegExp(
        `^export declare class ${name} (?:extends (?:Construct|SettingFunction)|implements INotificationChannel) `,
        'm',
      ).test(declarations),
    );
    expect(Object.keys(examples).sort()).toEqual([...documented].sort());
    writeFileSync(join(project, 'examples.ts'), programOf(examples));
    for (const [name, text] of programs) writeFileSync(join(project, `${name}.ts`), text);
    const names = ['constructs', 'extend', 'examples', ...programs.map(([name]) => name)];
    const compiled = run('npx', '--no-install', 'tsc', ...STRICT, ...names.map((name) => `${name}.ts`));
    expect(compiled.stdout).toBe('');
  });

  test('synthesizes the example of each construct and channel', () => {
    expect(run('node', 'examples.js')).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('synthesizes what docs/library.md shows', () => {
    const stacks = programs.map(([name]) => {
      // With a folder for its templates, as the CDK CLI gives it, an app synthesizes when its program ends.
      const env = { PATH: process.env['PATH'], CDK_OUTDIR: `${name}.out` };
      const { stderr } = spawnSync('node', [`${name}.js`], { cwd: project, encoding: 'utf8', env });
      expect(stderr).toBe('');
      return readdirSync(join(project, `${name}.out`)).filter((file) => file.endsWith('.template.json'))
        .length;
    });
    expect(stacks).toEqual([10, 2, 1, 1]);
  });

  test('has each construct alone, and two of a kind in one stack unless an account can have only one', () => {
    const { stdout, stderr } = run('node', 'constructs.js');
    expect(stderr).toBe('');
    const counts = JSON.parse(stdout) as Record<string, { alone: number; two: number | string }>;
    const refused = Object.entries(counts).flatMap(([name, { two }]) =>
      typeof two === 'string' ? [[name, two]] : [],
    );
    const once = (construct: string, name: string, id: string, place = 'account') =>
      `${name} is in ${construct}/One/${id} and ${construct}/Two/${id}: an ${place} can have it only once`;
    expect(Object.fromEntries(refused)).toEqual({
      AccountSettings: once('AccountSettings', 'Custom::S3PublicAccessBlock', 'Settings'),
      BillingAccess:
        'BillingViewers is in BillingAccess/One/Billing/Viewers/Group and BillingAccess/Two/Billing/Viewers: an account can have it only once',
      ConfigRecorder: once('ConfigRecorder', 'Custom::ConfigServiceRole', 'Role', 'account and Region'),
      GuardDuty: once('GuardDuty', 'GuardDuty', 'GuardDuty', 'account and Region'),
      SecurityHub: once('SecurityHub', 'Security Hub', 'Hub', 'account and Region'),
      DefaultNetworks: once('DefaultNetworks', 'Custom::DefaultVpc', 'Networks'),
      DetectionFilters: once('DetectionFilters', 'RootUsed', 'FiltersOn', 'account and Region'),
      PasswordPolicy: once('PasswordPolicy', 'Custom::PasswordPolicy', 'PasswordPolicy'),
    });
    // Functions share the log group of their stack.
    expect(
      Object.entries(counts).filter(
        ([, { alone, two }]) => alone === 0 || (typeof two === 'number' && two < 2 * alone - 1),
      ),
    ).toEqual([]);
    // What has a use of its own: the others are parts of these, or need what only they make.
    expect(Object.keys(constructs)).toEqual(expect.arrayContaining(Object.keys(counts)));
  });

  test('adds a detection, a channel, and a setting of its own', () => {
    const { stdout, stderr } = run('node', 'extend.js');
    expect(stderr).toBe('');
    const { patterns, alarms, subscriptions, settings, code } = JSON.parse(stdout) as {
      patterns: string[];
      alarms: string[];
      subscriptions: string[];
      settings: number;
      code: string[];
    };
    expect(patterns).toHaveLength(constructs.DETECTIONS.length + 1);
    expect(patterns.at(-1)).toContain('PutBucketReplication');
    expect(alarms).toContain('BucketReplicated');
    expect(subscriptions).toContain('sqs');
    expect(settings).toBe(1);
    expect(code.filter((text) => text.includes('modifyVpcBlockPublicAccessOptions'))).toHaveLength(1);
  });
});

test('a project with jest can test its app', () => {
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { strict: true, module: 'nodenext', isolatedModules: true } }),
  );
  const { status, stderr } = run('npx', '--no-install', 'jest', '--preset', 'ts-jest', 'baseline.test.ts');
  expect(stderr).toContain('1 passed');
  expect(status).toBe(0);
});

describe('the CLI', () => {
  test('says its version and helps', () => {
    expect(cli('--version').stdout).toBe(`${version}\n`);
    expect(cli('--help').stdout).toContain('Usage: aws-account-baseline');
  });

  test('reads a configuration in TypeScript that imports the package', () => {
    const { stdout, status } = cli('explain', '--template', '--as', 'alice', '--can', 'iam:CreateUser');
    expect(stdout).toContain('iam:CreateUser');
    expect(status).toBe(0);
  });

  test('says what an upgrade from earlier templates changes, and what a removal keeps', () => {
    const [version = ''] = releases();
    const folder = join(project, 'earlier');
    mkdirSync(folder);
    for (const [name, template] of Object.entries(released(version, 'standard'))) {
      writeFileSync(join(folder, `${name}.template.json`), JSON.stringify(template));
    }
    const { stdout, stderr } = cli('diff', '--from', folder);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/Estimated cost, USD a month: \d/);
    expect(cli('uninstall', '--plan').stdout).toContain('Kept: Buckets with log files');
  });

  describe('compares with an earlier version', () => {
    const VERSION = '0.0.1';
    let earlier: string;
    /** A port that nothing listens at. */
    const NO_REGISTRY = 'http://127.0.0.1:9';
    let registry: Server;
    let url: string;

    beforeAll(async () => {
      const folder = join(project, 'earlier-package');
      cpSync(join(project, 'node_modules/aws-account-baseline'), folder, { recursive: true });
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as object;
      writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, version: VERSION }));
      const handler = join(folder, 'src/lib/notifications/explain-alarm.handler.ts');
      writeFileSync(handler, `//! Earlier code.\n${readFileSync(handler, 'utf8')}`);
      appendFileSync(
        join(folder, 'lib/index.js'),
        `const { defineBaseline } = exports;
        exports.defineBaseline = (options) => defineBaseline({ passwordPolicy: { minimumLength: 20 }, ...options });`,
      );
      ({ file: earlier } = await pack(folder, project));
      registry = await registryOf(earlier, VERSION);
      url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
    });

    afterAll(() => registry.close());

    // Not spawnSync, because the registry is in this process.
    const diff = (from: string, registryUrl: string) => {
      const words = ['--no-install', 'aws-account-baseline', 'diff', '--from', from];
      const env = { PATH: process.env['PATH'], HOME: project, npm_config_registry: registryUrl };
      return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
        execFile('npx', words, { cwd: project, env }, (error, stdout, stderr) => {
          resolve({ code: error?.code ?? 0, stdout, stderr });
        });
      });
    };

    test('by its number or its archive, in the configuration of the project, which imports this one', async () => {
      const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
      const { code, stdout, stderr } = await diff(VERSION, url);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(new RegExp(`^From ${VERSION}( \\(.*\\))? to ${version}`));
      expect(stdout.match(/^ {2}\w+: .*$/gm)).toEqual([
        '  changed: function NotificationsExplainer',
        '  changed: account setting PasswordPolicy',
      ]);
      expect(stdout).toMatch(/Estimated cost, USD a month: \d/);
      expect((await diff(earlier, url)).stdout).toBe(stdout);
      // It writes nowhere else.
      expect(existsSync(join(project, 'cdk.out'))).toBe(false);
    });

    test('and says what is wrong: no such version, or no registry', async () => {
      expect(await diff('0.0.2', url)).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(
          /^--from: aws-account-baseline@0\.0\.2 could not be downloaded: .*0\.0\.2/,
        ),
      });
      expect(await diff(VERSION, NO_REGISTRY)).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/could not be downloaded: .*ECONNREFUSED/),
      });
    });
  });

  test('answers a wrong configuration with one message', () => {
    writeFileSync(join(project, 'wrong.config.ts'), 'export default { administrators: [] };');
    const { stderr, status } = cli('verify', '--config', 'wrong.config.ts');
    expect(stderr).toContain('wrong.config.ts has 2 errors');
    expect(status).toBe(2);
  });
});

test('the page of the package shows how to begin, and links to nothing that it lacks', () => {
  const readme = readFileSync(join(project, 'node_modules/aws-account-baseline/README.md'), 'utf8');
  expect(readme.match(/^##? .*$/gm)).toEqual([
    '# AWS account baseline',
    '## Start a project',
    '## Add the suite to an app',
  ]);
  expect(readme.match(/\]\((?!https:)[^)]*\)/g)).toBeNull();
});

test('a project that init made synthesizes', () => {
  expect(cli('init', 'account', '--yes', '--administrator', 'alice', '--email', 'a@example.com').status).toBe(
    0,
  );
  const app = join(project, 'node_modules/aws-account-baseline/bin/app.mjs');
  const { status, stderr } = spawnSync('node', [app], { cwd: join(project, 'account'), encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('the app of the package synthesizes the configuration of the project, with all rules', () => {
  const { status, stdout, stderr } = run('node', 'node_modules/aws-account-baseline/bin/app.mjs');
  expect(`${stdout}${stderr}`).not.toMatch(/error/i);
  expect(status).toBe(0);
  const template = JSON.parse(
    readFileSync(join(project, 'cdk.out/AccountBaseline-Access.template.json'), 'utf8'),
  ) as { Metadata: Record<string, unknown> };
  expect(template.Metadata['AccountBaseline']).toMatchObject({ source: 'aws-account-baseline' });
});

test('the files of a release are complete, and link to the runbooks of its version on GitHub', async () => {
  const home = 'https://github.com/acme/account-baseline';
  expect(await releaseFiles(version, 'Notes\n', 'acme/account-baseline')).toEqual([
    'NOTES.md',
    'SHA256SUMS',
    `aws-account-baseline-${version}.tgz`,
    `day-zero-${version}.tar.gz`,
    `sbom-${version}.cdx.json`,
  ]);
  const inFolder = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: RELEASE_FOLDER, encoding: 'utf8' });
  expect(inFolder('sha256sum', '--check', 'SHA256SUMS').match(/: OK$/gm)).toHaveLength(3);
  const archive = `aws-account-baseline-${version}.tgz`;
  expect(statSync(join(RELEASE_FOLDER, archive)).size).toBeLessThanOrEqual(300_000);
  expect(JSON.parse(inFolder('tar', '-xzOf', archive, 'package/package.json'))).toMatchObject({
    version,
    repository: { type: 'git', url: `git+${home}.git` },
  });
  const dayZero = `day-zero-${version}.tar.gz`;
  expect(inFolder('tar', '-tzf', dayZero).split('\n')).toContain('day-zero/deploy.sh');
  const templates = inFolder('tar', '-xzOf', dayZero);
  expect(templates).toContain(`${home}/blob/v${version}/docs/runbooks/`);
  expect(templates).not.toMatch(/["' ]docs\/runbooks\//);
});
