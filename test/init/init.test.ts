import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runInNewContext } from 'node:vm';
import { parse } from 'yaml';
import { defineBaseline } from '../../lib/config/config';
import { type Answers, optionsOf, projectFiles } from '../../lib/init/project';
import { main } from '../../lib/posture/commands/main';
import type { Options } from '../../lib/posture/commands/options';
import { stackTemplate } from '../synth';

const ANSWERS: Answers = {
  administrators: ['alice', 'bob'],
  emails: ["o'brien@example.com"],
  region: 'eu-central-1',
  repository: 'example-co/aws-account',
};

const question = jest.fn<Promise<string>, [string]>();
jest.mock('node:readline/promises', () => ({
  createInterface: () => ({ question: (text: string) => question(text), close: jest.fn() }),
}));

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'init-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function init(name: string, options: Partial<Options>) {
  const said = jest.spyOn(console, 'log').mockImplementation();
  const complained = jest.spyOn(console, 'error').mockImplementation();
  const lines = (spy: jest.SpyInstance) => spy.mock.calls.flat().join('\n');
  try {
    const code = await main('init', [join(folder, name)], { config: '', color: false, ...options });
    return { code, stdout: lines(said), stderr: lines(complained) };
  } finally {
    said.mockRestore();
    complained.mockRestore();
  }
}

const WITHOUT_QUESTIONS = {
  yes: true,
  administrator: ['alice'],
  email: ['security@example.com'],
};

test('a project has its configuration, the CDK that the package needs, and what must not be committed', async () => {
  const { code, stdout } = await init('account', WITHOUT_QUESTIONS);
  expect(code).toBe(0);
  const read = (file: string) => readFileSync(join(folder, 'account', file), 'utf8');
  expect(read('baseline.config.ts')).toContain("administrators: ['alice'],\n");
  expect(read('baseline.config.ts')).toContain("region: 'us-east-1',\n");
  expect(JSON.parse(read('package.json'))).toMatchObject({
    private: true,
    scripts: {
      diff: 'aws-account-baseline diff',
      deploy: 'cdk deploy --all',
      preflight: 'aws-account-baseline preflight',
      verify: 'aws-account-baseline verify',
    },
    dependencies: { 'aws-account-baseline': expect.any(String), 'aws-cdk-lib': expect.any(String) },
    devDependencies: { 'aws-cdk': expect.any(String) },
  });
  expect(JSON.parse(read('cdk.json'))).toMatchObject({
    app: 'node --single-threaded-gc node_modules/aws-account-baseline/bin/app.mjs',
    context: { '@aws-cdk/core:defaultCrossStackReferences': 'weak' },
  });
  expect(read('.gitignore')).toContain('node_modules\ncdk.out\n');
  expect(existsSync(join(folder, 'account/.github'))).toBe(false);
  expect(stdout).toContain(`  cd ${join(folder, 'account')}\n  npm install\n`);
});

test('what exists is never overwritten', async () => {
  await init('twice', WITHOUT_QUESTIONS);
  const second = await init('twice', { ...WITHOUT_QUESTIONS, administrator: ['mallory'] });
  expect(second.code).toBe(2);
  expect(second.stderr).toMatch(/^init does not overwrite files, but these exist: .*package\.json/);
  expect(readFileSync(join(folder, 'twice/baseline.config.ts'), 'utf8')).toContain("['alice']");
});

test('a file is not a folder for a project', async () => {
  const { code, stderr } = await init('account/package.json', WITHOUT_QUESTIONS);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^init needs a folder, but this is a file: .*account\/package\.json$/);
});

test.each<[string, Partial<Options>, string]>([
  ['nothing at all', {}, 'init needs --administrator NAME and --email ADDRESS without a terminal to ask at'],
  ['no address', { administrator: ['alice'], yes: true }, 'init needs --email ADDRESS with --yes'],
  [
    'a package that is nowhere',
    { ...WITHOUT_QUESTIONS, package: 'nope.tgz' },
    '--package must be a version, the path of a tarball, or an address; received "nope.tgz"',
  ],
  [
    'a name that IAM does not take',
    { administrator: ['al ice'], email: ['a@example.com'] },
    'init wrote nothing:\n  - --administrator: must be an IAM user name: 1 to 64 of A-Z a-z 0-9 + = , . @ _ -; received "al ice"',
  ],
  [
    'a repository that is none',
    { ...WITHOUT_QUESTIONS, pipeline: 'aws-account' },
    'init wrote nothing:\n  - --pipeline: must be a repository on GitHub, such as example-co/website; received "aws-account"',
  ],
])('with %s, and nobody to ask, nothing is written', async (_, options, message) => {
  const { code, stderr } = await init('none', options);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(existsSync(join(folder, 'none'))).toBe(false);
});

test('the path of a tarball is one from the folder of the project', async () => {
  const tarball = relative('.', join(folder, 'x.tgz'));
  writeFileSync(tarball, '');
  const { code, stdout } = await init('packed', {
    ...WITHOUT_QUESTIONS,
    package: tarball,
    pipeline: 'example-co/aws-account',
  });
  expect(code).toBe(0);
  expect(JSON.parse(readFileSync(join(folder, 'packed/package.json'), 'utf8'))).toMatchObject({
    dependencies: { 'aws-account-baseline': 'file:../x.tgz' },
  });
  expect(stdout).toContain(
    'Copy the tarball of --package into the project, and write `file:` and its name into package.json:\nthe pipeline cannot read your machine.',
  );
});

test('a tarball in the project is read by the pipeline, too', async () => {
  mkdirSync(join(folder, 'inside'));
  writeFileSync(join(folder, 'inside/x.tgz'), '');
  const { stdout } = await init('inside', {
    ...WITHOUT_QUESTIONS,
    package: relative('.', join(folder, 'inside/x.tgz')),
    pipeline: 'example-co/aws-account',
  });
  expect(stdout).not.toContain('Copy the tarball');
});

test('several names in an option are separated by commas, as at the questions', async () => {
  await init('commas', { administrator: ['alice,bob'], email: ['a@example.com, b@example.com'] });
  const file = readFileSync(join(folder, 'commas/baseline.config.ts'), 'utf8');
  expect(file).toContain("administrators: ['alice', 'bob'],");
  expect(file).toContain("emails: ['a@example.com', 'b@example.com']");
});

test.each([
  [{ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-north-1' }, 'eu-west-1'],
  [{ AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-north-1' }, 'eu-north-1'],
  [{ AWS_REGION: '', AWS_DEFAULT_REGION: '' }, 'us-east-1'],
])('with %j, the home Region is %s', async (variables, region) => {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  Object.assign(process.env, variables);
  await init(`in-${region}`, WITHOUT_QUESTIONS);
  restore({ AWS_REGION, AWS_DEFAULT_REGION });
  expect(readFileSync(join(folder, `in-${region}/baseline.config.ts`), 'utf8')).toContain(
    `region: '${region}'`,
  );
});

/** Sets variables of the environment, or deletes them. */
function restore(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
}

describe('at a terminal', () => {
  const terminal = process.stdin.isTTY;
  beforeEach(() => {
    question.mockReset();
    Object.assign(process.stdin, { isTTY: true });
  });
  afterEach(() => Object.assign(process.stdin, { isTTY: terminal }));

  test('Ctrl-C at a question stops it, and nothing is written', async () => {
    question.mockRejectedValueOnce(Object.assign(new Error('Aborted with Ctrl+C'), { name: 'AbortError' }));
    expect(await init('stopped', {})).toEqual({
      code: 130,
      stdout: '',
      stderr: '\nStopped at a question. What would have come after it was not done.',
    });
    expect(existsSync(join(folder, 'stopped'))).toBe(false);
  });

  test('a wrong answer is asked for again, and the others are kept', async () => {
    const answers = ['', 'alice, bob smith', 'alice, bob', 'alice', 'alice@example.com', 'nowhere', '', ''];
    for (const answer of answers) question.mockResolvedValueOnce(answer);
    const { code, stderr } = await init('again', {});
    expect(code).toBe(0);
    expect(stderr.split('\n')).toEqual([
      '--administrator: must name at least one administrator; otherwise only the root user could use the account; received []',
      '--administrator: must be an IAM user name: 1 to 64 of A-Z a-z 0-9 + = , . @ _ -; received "bob smith"',
      '--email: must be an e-mail address such as security@example.com; received "alice"',
      '--region: must be a Region such as us-east-1; received "nowhere"',
    ]);
    expect(question).toHaveBeenCalledTimes(answers.length);
    expect(readFileSync(join(folder, 'again/baseline.config.ts'), 'utf8')).toContain("['alice', 'bob']");
  });

  test('existing files are named before the first question', async () => {
    await init('asked', WITHOUT_QUESTIONS);
    const { stderr } = await init('asked', {});
    expect(stderr).toMatch(/^init does not overwrite files/);
    expect(question).not.toHaveBeenCalled();
  });
});

test('the configuration file says what the answers say', () => {
  const { 'baseline.config.ts': file = '' } = projectFiles(ANSWERS);
  const [, written = ''] = /defineBaseline\((\{.*\})\);/s.exec(file) ?? [];
  expect(runInNewContext(`(${written})`)).toEqual(optionsOf(ANSWERS));
  expect(() => defineBaseline(optionsOf(ANSWERS))).not.toThrow();
});

test('the option that a comment of the configuration file offers is valid', () => {
  const { 'baseline.config.ts': file = '' } = projectFiles(ANSWERS);
  const [, written = ''] = /defineBaseline\((\{.*\})\);/s.exec(file.replace('// ids:', 'ids:')) ?? [];
  const options = runInNewContext(`(${written})`) as ReturnType<typeof optionsOf>;
  expect(JSON.stringify(options)).toContain('"ids":{"owner":"1234567","repository":"7654321"}');
  // Values of another context have other prototypes.
  expect(() => defineBaseline(JSON.parse(JSON.stringify(options)) as typeof options)).not.toThrow();
});

test('the workflow assumes the roles that the configuration makes', () => {
  const { '.github/workflows/account.yml': file = '' } = projectFiles(ANSWERS);
  const { jobs } = parse(file) as {
    jobs: Record<string, { environment?: string; steps: { with?: { 'role-to-assume'?: string } }[] }>;
  };
  const roles = Object.values(jobs).flatMap(({ steps }) =>
    steps.flatMap((step) => step.with?.['role-to-assume']?.replace(/^.*:role\//, '') ?? []),
  );
  const made = Object.values(
    stackTemplate('Pipelines', optionsOf(ANSWERS)).findResources('AWS::IAM::Role'),
  ).map(({ Properties }) => (Properties as { RoleName: string }).RoleName);
  expect(roles.sort()).toEqual(made.sort());
  expect(jobs['deploy']?.environment).toBe('production');
});

test('the workflow names commits, because a tag can move', () => {
  const { '.github/workflows/account.yml': file = '' } = projectFiles(ANSWERS);
  const actions = file.match(/uses: .*/g) ?? [];
  expect(actions.length).toBeGreaterThan(0);
  expect(actions.filter((action) => !/@[0-9a-f]{40} # v\d/.test(action))).toEqual([]);
});

test('the workflow is the one that docs/federation.md shows', () => {
  const { '.github/workflows/account.yml': file = '' } = projectFiles(ANSWERS);
  expect(readFileSync('docs/federation.md', 'utf8')).toContain(`\`\`\`yaml\n${file}\`\`\``);
});
