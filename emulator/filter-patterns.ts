/**
 * Evaluates JSON filter patterns for FilterLogEvents of the emulated account: `log_events.py` starts this program and
 * keeps it. One JSON line in, `{ pattern, messages }`; one out, `{ hits }` with a boolean a message, or `{ problem }`
 * for a pattern that AWS refuses. It ends with its input.
 */
import { createInterface } from 'node:readline';
import { matcher } from './filter-pattern';

interface Request {
  readonly pattern: string;
  readonly messages: readonly string[];
}

function answer({ pattern, messages }: Request): { hits: boolean[] } | { problem: string } {
  try {
    return { hits: messages.map(matcher(pattern)) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

createInterface({ input: process.stdin }).on('line', (line) => {
  // Written by log_events.py, next to this file.
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line) as Request))}\n`);
});
