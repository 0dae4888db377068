import { readFileSync } from 'node:fs';
import { STEPS } from '../live/steps';
import { OPEN_QUESTIONS } from '../live/unproven';
import { table } from './markdown';
import { fill } from './readme';

/** Renders the page about the first real deployment with its derived sections. */
export function livePage(): string {
  return fill(readFileSync('docs/live.md', 'utf8'), { steps: steps(), questions: questions() });
}

function steps(): string {
  const sum = STEPS.reduce((total, { minutes }) => total + minutes, 0);
  return table(
    ['step', 'minutes'],
    [...STEPS.map(({ title, minutes }) => [title, String(minutes)]), ['**All**', `**${sum}**`]],
  );
}

function questions(): string {
  const titleOf = (step: string) => STEPS.find(({ id }) => id === step)?.title ?? step;
  return table(
    ['question', 'step', 'left open by'],
    OPEN_QUESTIONS.map(({ question, by, said }) => [
      question,
      'step' in by ? titleOf(by.step) : `none: ${by.none}`,
      [...new Set(said.map((one) => one.in))].map((path) => `[${path}](${linkTo(path)})`).join(', '),
    ]),
  );
}

/** From a page in docs/. */
const linkTo = (path: string) => (path.startsWith('docs/') ? path.slice('docs/'.length) : `../${path}`);
