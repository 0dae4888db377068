import { existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline/promises';
import { defineBaseline } from '../../config/config';
import { BaselineConfigError } from '../../config/errors';
import { type Answers, optionsOf, projectFiles } from '../../init/project';
import { makeFolder } from '../make-folder';
import { printable, shell } from '../shell';
import { EXIT, UsageError } from './exit-code';
import type { Options } from './options';

/**
 * Writes a new project into a folder. It never overwrites a file.
 *
 * @throws {UsageError} if a file exists, if an answer is missing and nobody can be asked, or with every wrong
 * answer
 */
export async function initCommand(options: Options, folder: string): Promise<number> {
  if (statSync(folder, { throwIfNoEntry: false })?.isFile() === true) {
    throw new UsageError(`init needs a folder, but this is a file: ${folder}`);
  }
  const source = sourceFrom(options.package, folder);
  const filesOf = (answers: Answers) =>
    Object.entries(projectFiles(answers)).map(([path, text]) => [join(folder, path), text] as const);
  // Before the questions, and again for the file that depends on an answer.
  refuseExisting(filesOf({ administrators: [], emails: [], region: '' }));
  const answers = { ...(await answersFrom(options)), package: source };
  // Checked before anything is written.
  checkAnswers(answers);
  const files = filesOf(answers);
  refuseExisting(files);
  for (const [path, text] of files) {
    makeFolder(dirname(path));
    writeFileSync(path, text);
    console.log(`wrote ${printable(path)}`);
  }
  console.log(nextSteps(folder, answers));
  return EXIT.ok;
}

/** @throws {UsageError} if a file exists */
function refuseExisting(files: readonly (readonly [path: string, text: string])[]): void {
  const existing = files.map(([path]) => path).filter((path) => existsSync(path));
  if (existing.length > 0) {
    throw new UsageError(`init does not overwrite files, but these exist: ${existing.join(', ')}`);
  }
}

/**
 * Where npm gets the package in the folder of the project: the path of a tarball is one from here.
 *
 * @throws {UsageError} if it is neither a version nor a tarball, nor an address
 */
function sourceFrom(source: string | undefined, folder: string): string | undefined {
  if (source === undefined || /^([\^~]?\d+\.\d+|[a-z+]+:)/.test(source)) return source;
  if (statSync(source, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new UsageError(
      `--package must be a version, the path of a tarball, or an address; received ${JSON.stringify(source)}`,
    );
  }
  return isAbsolute(source) ? source : `file:${relative(resolve(folder), resolve(source))}`;
}

/** The option of an answer, for its path in the configuration. */
const OPTION_OF = [
  [/^administrators(\[\d+\])?/, '--administrator'],
  [/^notifications\.emails(\[\d+\])?/, '--email'],
  [/^region/, '--region'],
  [/^federation\.pipelines\.github\[0\]\.repository/, '--pipeline'],
] as const;

/** @throws {UsageError} with a line for each wrong answer */
function checkAnswers(answers: Answers): void {
  const mistakes = mistakesIn(answers);
  if (mistakes.length > 0) throw new UsageError(['init wrote nothing:', ...mistakes].join('\n  - '));
}

/** A line for each wrong answer. */
function mistakesIn(answers: Answers): string[] {
  try {
    defineBaseline(optionsOf(answers));
    return [];
  } catch (error) {
    if (!(error instanceof BaselineConfigError)) throw error;
    return error.errors.map((line) =>
      OPTION_OF.reduce((text, [path, option]) => text.replace(path, option), line),
    );
  }
}

async function answersFrom(options: Options): Promise<Answers> {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const usual = [AWS_REGION, AWS_DEFAULT_REGION].find((name) => name !== undefined && name !== '');
  const given = {
    // As at the questions: several can be in one option.
    administrators: (options.administrator ?? []).flatMap(listOf),
    emails: (options.email ?? []).flatMap(listOf),
    region: options.region,
    repository: options.pipeline,
  };
  const { administrators, emails, region = usual ?? 'us-east-1' } = given;
  if (options.yes === true || !process.stdin.isTTY) {
    const missing = [
      ...(administrators.length > 0 ? [] : ['--administrator NAME']),
      ...(emails.length > 0 ? [] : ['--email ADDRESS']),
    ];
    if (missing.length > 0) {
      const why = options.yes === true ? 'with --yes' : 'without a terminal to ask at';
      throw new UsageError(`init needs ${missing.join(' and ')} ${why}`);
    }
    return { ...given, region };
  }
  // stdout has only what was written.
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return {
      administrators:
        administrators.length > 0
          ? administrators
          : await ask(
              terminal,
              'IAM user names of the administrators, best two or more, separated by commas: ',
              'administrators',
              listOf,
            ),
      emails:
        emails.length > 0
          ? emails
          : await ask(
              terminal,
              'E-mail addresses that receive the alarms, separated by commas: ',
              'emails',
              listOf,
            ),
      region:
        given.region ??
        (await ask(terminal, `Home Region [${region}]: `, 'region', (text) => text || region)),
      repository:
        given.repository ??
        (await ask(
          terminal,
          'GitHub repository that deploys the project, such as example-co/aws-account [none]: ',
          'repository',
          (text) => text || undefined,
        )),
    };
  } finally {
    terminal.close();
  }
}

/** Asks until the answer is right. The other answers are examples, so that a message is about this one. */
async function ask<K extends keyof Answers>(
  terminal: Interface,
  question: string,
  key: K,
  read: (text: string) => Answers[K],
): Promise<Answers[K]> {
  for (;;) {
    const answer = read((await terminal.question(question)).trim());
    const examples = { administrators: ['alice'], emails: ['alice@example.com'], region: 'us-east-1' };
    const mistakes = mistakesIn({ ...examples, [key]: answer });
    if (mistakes.length === 0) return answer;
    console.error(mistakes.join('\n'));
  }
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function nextSteps(folder: string, { repository, package: source = '' }: Answers): string {
  return [
    '',
    'Next:',
    ...(folder === '.' ? [] : [shell`  cd ${folder}`]),
    '  npm install',
    '  npm run preflight   # existing resources, and what a deployment would do with each',
    '  npm run deploy      # as an administrator; the outputs say how each person signs in',
    '  npm run verify      # after you open the links of both e-mails from AWS and set up MFA',
    ...(repository === undefined
      ? []
      : [
          '',
          `Before the pipeline of ${repository} can deploy: set the IDs that the comment in baseline.config.ts`,
          'asks for, deploy once as an administrator, create the environment production with required reviewers for',
          'the branch main only, set the repository variable AWS_ACCOUNT_ID, and commit package-lock.json.',
          ...(/^(\/|file:\.\.)/.test(source)
            ? [
                'Copy the tarball of --package into the project, and write `file:` and its name into package.json:',
                'the pipeline cannot read your machine.',
              ]
            : []),
        ]),
  ].join('\n');
}
