import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { BaselineConfig } from '../../config/config';
import { templatesOf } from '../../stacks/templates';
import {
  type Answer,
  decided,
  type Decision,
  decisionsOf,
  type Imports,
  importsOf,
  openOf,
  optionsOf,
  PlanDocument,
} from '../adopt/decisions';
import { readCaller } from '../collect/account';
import { collectSurroundings } from '../collect/preflight';
import type { Entry } from '../preflight/plan';
import { preflight } from '../preflight/preflight';
import { difference, setOption } from '../preflight/write-config';
import { asJson, jsonOf } from '../json';
import { printable, printableLines, shell } from '../shell';
import { EXIT, UsageError } from './exit-code';
import type { Options } from './options';
import { checkWritable, outputOf } from './output';
import { readDocument } from './read-document';
import { reading } from './reading';

/** Asks a question and returns the answer. */
export type Ask = (question: string) => Promise<string>;

/**
 * Asks what should happen to each existing resource, shows the result, and then writes it: the options into
 * the configuration, the resources to import into files for `cdk import`, and the decisions into the plan.
 * Nothing is written before the summary is confirmed, and nothing is changed in AWS.
 *
 * @throws {UsageError} if a decision is missing and nobody can be asked
 */
export async function adoptCommand(options: Options, config: BaselineConfig): Promise<number> {
  if (!process.stdin.isTTY) return adopt(options, config);
  // stdout has only the summary.
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await adopt(options, config, (question) => terminal.question(question));
  } finally {
    terminal.close();
  }
}

/**
 * The command, with a way to ask.
 *
 * @param ask @default - nobody can be asked
 */
export async function adopt(options: Options, config: BaselineConfig, ask?: Ask): Promise<number> {
  const { config: file, plan: document, yes } = options;
  if (document !== undefined) checkWritable('--plan', document);
  const earlier =
    document === undefined || !existsSync(document)
      ? undefined
      : readDocument(document, 'plan', PlanDocument, `--plan could not be read from ${document}`);
  const known = earlier?.decisions ?? {};
  const before = readFileSync(file, 'utf8');
  const stacks = templatesOf(config);
  const plan = await reading(options, config, async (clients) => {
    const caller = await readCaller(clients);
    if (earlier && earlier.account !== caller.account) {
      throw new UsageError(
        `--plan ${document} is for account ${earlier.account}, but you are in ${caller.account}`,
      );
    }
    const templates = stacks.map(({ template }) => template);
    return preflight(await collectSurroundings(clients, caller, config, templates), config, stacks);
  });
  const answers: Answer[] = [];
  for (const decision of decisionsOf(plan)) {
    answers.push({ ...decision, choice: await answerTo(decision, known, yes === true, ask) });
  }
  const after = optionsOf(answers).reduce((source, option) => setOption(source, option, true), before);
  const imports = importsOf(stacks, answers);
  const files = {
    ...(after === before ? {} : { [file]: after }),
    ...Object.fromEntries(
      Object.entries(imports).map(([stackName, mapping]) => [importFile(stackName), json(mapping)]),
    ),
    ...(document === undefined ? {} : { [document]: documentOf(plan.account, known, answers) }),
  };
  const open = openOf(plan, answers);
  const output = outputOf(options);
  output.print(
    options.json === true
      ? asJson({
          account: plan.account,
          answers: answers.map(shown),
          imports,
          files: Object.keys(files),
          open,
        })
      : summary(answers, open, after === before ? '' : difference(file, before, after), imports),
  );
  if (yes !== true && !(await isConfirmed(Object.keys(files), ask))) {
    console.error('Nothing was written.');
    return EXIT.failed;
  }
  for (const [path, text] of Object.entries(files)) {
    writeFileSync(path, text);
    console.error(`${path} was written.`);
  }
  return open.length > 0 ? EXIT.failed : EXIT.ok;
}

const json = (value: unknown) => `${jsonOf(value)}\n`;

const shown = ({ entry, choice }: Answer) => ({ what: entry.what, choice: choice.id });

/** Name of the file with the resources that a stack imports. */
const importFile = (stackName: string) => `${stackName}.import.json`;

/** Keeps decisions that no longer arise, because the plan may be used again. */
function documentOf(
  account: string,
  known: Readonly<Record<string, string>>,
  answers: readonly Answer[],
): string {
  const now = Object.fromEntries(answers.map(({ entry, choice }) => [entry.what, choice.id]));
  return json({ version: 1, account, decisions: { ...known, ...now } } satisfies PlanDocument);
}

async function answerTo(
  decision: Decision,
  known: Readonly<Record<string, string>>,
  yes: boolean,
  ask: Ask | undefined,
): Promise<Answer['choice']> {
  const { entry, choices } = decision;
  const [safest] = choices;
  const before = decided(decision, known) ?? (yes ? safest : undefined);
  if (before) return before;
  if (!ask) {
    throw new UsageError(
      `adopt needs a terminal, or --yes for the first choice of each question, or --plan with a decision about "${printable(entry.what)}": ${choices.map(({ id }) => id).join(', ')}`,
    );
  }
  const lines = [
    '',
    `${printable(entry.what)}: ${printable(entry.why)}`,
    ...choices.map(({ text }, index) => `  ${index + 1}. ${printable(text)}.`),
    `Your choice [1]: `,
  ];
  for (;;) {
    const answer = (await ask(lines.join('\n'))).trim();
    const chosen = answer === '' ? safest : choices[Number(answer) - 1];
    if (chosen) return chosen;
  }
}

function summary(
  answers: readonly Answer[],
  open: readonly Entry[],
  change: string,
  imports: Imports,
): string {
  const stacks = Object.keys(imports);
  const importing = stacks.map(
    (name) => `  $ ${shell`npx cdk import ${name} --resource-mapping ${importFile(name)} --force`}`,
  );
  const takesOver = answers.some(({ choice }) => choice.takesOver === true);
  return [
    'Decisions',
    ...(answers.length === 0 ? ['  Nothing to decide.'] : []),
    ...answers.map(({ entry, choice }) => `  ${printable(entry.what)}: ${printable(choice.text)}.`),
    ...(change === '' ? [] : ['', printableLines(change.trimEnd())]),
    ...(open.length === 0
      ? []
      : [
          '',
          'Still blocking the deployment',
          ...open.flatMap(({ what, why, remedy }) => [
            `  ${printable(what)}: ${printable(why)}`,
            ...(remedy ? [`    ${printable(remedy.text)}`] : []),
            ...(remedy?.command === undefined ? [] : [`    $ ${printable(remedy.command)}`]),
          ]),
        ]),
    '',
    'Next',
    ...(open.length === 0 ? importing : ['  $ npx aws-account-baseline adopt']),
    ...(open.length === 0
      ? [
          `  $ npx cdk deploy --all${takesOver ? ' --import-existing-resources' : ''}`,
          '  $ npx aws-account-baseline verify',
        ]
      : []),
  ].join('\n');
}

async function isConfirmed(files: readonly string[], ask: Ask | undefined): Promise<boolean> {
  if (files.length === 0) return true;
  if (!ask) return false;
  const answer = await ask(`\nWrite ${files.map(printable).join(', ')}? [y/N] `);
  return /^y(es)?$/i.test(answer.trim());
}
