import { existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
  const answers = await answersFrom(options);
  // Checked before anything is written.
  checkAnswers(answers);
  if (statSync(folder, { throwIfNoEntry: false })?.isFile() === true) {
    throw new UsageError(`init needs a folder, but this is a file: ${folder}`);
  }
  const files = Object.entries(projectFiles(answers)).map(
    ([path, text]) => [join(folder, path), text] as const,
  );
  const existing = files.map(([path]) => path).filter((path) => existsSync(path));
  if (existing.length > 0) {
    throw new UsageError(`init does not overwrite files, but these exist: ${existing.join(', ')}`);
  }
  for (const [path, text] of files) {
    makeFolder(dirname(path));
    writeFileSync(path, text);
    console.log(`wrote ${printable(path)}`);
  }
  console.log(nextSteps(folder, answers));
  return EXIT.ok;
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
  try {
    defineBaseline(optionsOf(answers));
  } catch (error) {
    if (!(error instanceof BaselineConfigError)) throw error;
    const lines = error.errors.map((line) =>
      OPTION_OF.reduce((text, [path, option]) => text.replace(path, option), line),
    );
    throw new UsageError(['init wrote nothing:', ...lines].join('\n  - '));
  }
}

async function answersFrom(options: Options): Promise<Answers> {
  const given = {
    administrators: options.administrator ?? [],
    emails: options.email ?? [],
    region: options.region,
    repository: options.pipeline,
    package: options.package,
  };
  const { administrators, emails, region = 'us-east-1' } = given;
  if (options.yes === true || !process.stdin.isTTY) {
    const missing = [
      ...(administrators.length > 0 ? [] : ['--administrator NAME']),
      ...(emails.length > 0 ? [] : ['--email ADDRESS']),
    ];
    if (missing.length > 0) throw new UsageError(`init needs ${missing.join(' and ')}`);
    return { ...given, region };
  }
  // stdout has only what was written.
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return {
      ...given,
      administrators:
        administrators.length > 0
          ? administrators
          : await askList(
              terminal,
              'IAM user names of the administrators, two or more, separated by commas: ',
            ),
      emails:
        emails.length > 0
          ? emails
          : await askList(terminal, 'E-mail addresses that receive the alarms, separated by commas: '),
      region: given.region ?? ((await ask(terminal, 'Home Region [us-east-1]: ')) || region),
      repository:
        given.repository ??
        ((await ask(
          terminal,
          'GitHub repository that deploys the project, such as example-co/aws-account [none]: ',
        )) ||
          undefined),
    };
  } finally {
    terminal.close();
  }
}

async function ask(terminal: Interface, question: string): Promise<string> {
  return (await terminal.question(question)).trim();
}

async function askList(terminal: Interface, question: string): Promise<string[]> {
  const answer = await ask(terminal, question);
  return answer
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function nextSteps(folder: string, { repository }: Answers): string {
  return [
    '',
    'Next:',
    ...(folder === '.' ? [] : [shell`  cd ${folder}`]),
    '  npm install',
    '  npm run preflight   # existing resources, and what a deployment would do with each',
    '  npm run deploy      # as an administrator; the outputs say how each person signs in',
    '  npm run verify      # after you confirm the e-mail subscription and set up MFA',
    ...(repository === undefined
      ? []
      : [
          '',
          `Before the pipeline of ${repository} can deploy: deploy once as an administrator, create the environment`,
          'production with required reviewers, and set the repository variable AWS_ACCOUNT_ID.',
        ]),
  ].join('\n');
}
