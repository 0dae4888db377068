import type { Explanation, Step } from '../explain/explain';
import type { Output } from './commands/output';
import { allPrintable } from './shell';

const PAINT = { allowed: 'green', denied: 'red' } as const;
const WIDTH = 'Identity policies'.length;

/** An explanation as text: the decision, numbered steps, what would change it, and what it leaves out. */
export function renderExplanation(
  explanation: Explanation,
  { colors, width }: Omit<Output, 'print'>,
): string {
  const { decision, request, steps, changes, limits } = allPrintable(explanation);
  const paint = colors[PAINT[decision]];
  const verdict = paint(colors.bold(decision === 'allowed' ? 'Allowed' : 'Denied'));
  const line = (step: Step, index: number) => {
    const number = `${String(index + 1).padStart(2)}. `;
    const indent = number.length + WIDTH + 2;
    const text = wrapped(step.text, width - indent).join(`\n${' '.repeat(indent)}`);
    const name = step.name.padEnd(WIDTH);
    return step.result === 'info'
      ? `${number}${name}  ${text}`
      : `${number}${colors[PAINT[step.result]](name)}  ${text}`;
  };
  const listed = (texts: readonly string[]) =>
    texts.flatMap((text) => `- ${wrapped(text, width - 2).join('\n  ')}`);
  return [
    `${verdict}: ${request.action} on ${request.resource}`,
    '',
    ...steps.map(line),
    ...(changes.length === 0
      ? []
      : [
          '',
          colors.bold(decision === 'denied' ? 'What would have to change' : 'What it depends on'),
          ...listed(changes),
        ]),
    '',
    ...limits.map((text) => colors.dim(wrapped(text, width).join('\n'))),
  ].join('\n');
}

/** Lines of at most this many characters, if no word is longer. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
