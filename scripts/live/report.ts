import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { table } from '../docs/markdown';
import type { State } from './state';
import type { Step } from './step';
import { OPEN_QUESTIONS, type OpenQuestion } from './unproven';

type Observed = State['steps'][string]['observations'][number];

/** What the report is about, besides the state. */
export interface About {
  /** Commit of the clone, if Git knows it. */
  readonly commit: string | undefined;
  readonly version: string;
  /** Whether all steps were run. */
  readonly isComplete: boolean;
}

/**
 * Writes the report as Markdown and JSON, with their checksums.
 *
 * @returns paths of the files
 */
export function writeReport(folder: string, steps: readonly Step[], state: State, about: About): string[] {
  const { account, region, startedAt, steps: done, failed } = state;
  const files = {
    'report.md': markdown(steps, state, about),
    'report.json': `${JSON.stringify({ ...about, account, region, startedAt, steps: done, failed, questions: OPEN_QUESTIONS.map((one) => answerTo(one, state)) }, undefined, 2)}\n`,
  };
  const sums = Object.entries(files).map(
    ([name, text]) => `${createHash('sha256').update(text).digest('hex')}  ${name}\n`,
  );
  const all = { ...files, SHA256SUMS: sums.join('') };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
  return Object.keys(all).map((name) => join(folder, name));
}

/** All observations of a run, also of what was tried again later. */
export function observationsOf(state: State): readonly Observed[] {
  return [...state.failed, ...Object.values(state.steps).flatMap(({ observations }) => observations)];
}

function markdown(steps: readonly Step[], state: State, { commit, version, isComplete }: About): string {
  const unexpected = observationsOf(state).filter(({ outcome }) => outcome === 'unexpected');
  return [
    '# First deployment into a real account\n',
    `Account ${state.account}, ${state.region}, started ${state.startedAt}; version ${version}, commit ${commit ?? 'unknown'}.`,
    isComplete ? '' : '**Not complete: a step failed without which the others make no sense.**',
    '',
    `## Unexpected: ${unexpected.length}\n`,
    ...(unexpected.length === 0 ? ['Nothing.'] : unexpected.map((one) => `- ${sentence(one)}`)),
    '',
    '## Open questions\n',
    table(
      ['question', 'answer', 'said in'],
      OPEN_QUESTIONS.map((one) => [
        one.question,
        answerTo(one, state).answer,
        [...new Set(one.said.map((place) => place.in))].join(', '),
      ]),
    ),
    '',
    ...steps.flatMap(({ id, title }) => {
      const done = state.steps[id];
      if (!done) return [`## ${title}\n`, 'Not run.', ''];
      return [
        `## ${title}\n`,
        `${done.startedAt} to ${done.endedAt}\n`,
        done.observations.length === 0
          ? 'Nothing to observe.'
          : table(
              ['outcome', 'what', 'detail', 'minutes'],
              done.observations.map(({ outcome, what, detail = '', minutes }) => [
                outcome,
                what,
                detail.replaceAll('\n', ' '),
                minutes === undefined ? '' : String(minutes),
              ]),
            ),
        '',
      ];
    }),
  ].join('\n');
}

function sentence({ what, detail }: Observed): string {
  return detail === undefined ? what : `${what}: ${detail.replaceAll('\n', ' ')}`;
}

/** What the observations say to a question: an unexpected one weighs most, then an unanswered one. */
function answerTo(
  { id, question, by }: OpenQuestion,
  state: State,
): { id: string; question: string; answer: string } {
  const outcomes = observationsOf(state)
    .filter(({ answers = [] }) => answers.includes(id))
    .map(({ outcome }) => outcome);
  const count = (outcome: string) => outcomes.filter((one) => one === outcome).length;
  if ('none' in by) return { id, question, answer: `not here: ${by.none}` };
  if (outcomes.length === 0) return { id, question, answer: 'not asked' };
  const parts = [
    [count('expected'), 'as expected'],
    [count('unexpected'), 'unexpected'],
    [count('unanswered'), 'unanswered'],
  ] as const;
  const answer = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return { id, question, answer: answer.join(', ') };
}
