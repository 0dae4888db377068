/**
 * Evaluates JSON filter patterns for FilterLogEvents of the emulated account. `log_events.py` starts this
 * program and keeps it running. Each input line is JSON with `pattern` and `messages`. Each output line has
 * `hits`, with one Boolean per message, or `problem` if AWS would reject the pattern. The program ends with
 * its input.
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
  // The input comes from log_events.py.
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line) as Request))}\n`);
});
