/**
 * Evaluates JSON filter patterns for FilterLogEvents of the emulated account, and checks patterns of metric
 * filters and event rules. `log_events.py` starts this program and keeps it running. Each input line is JSON
 * with `pattern` and `messages`, or with `events`, an event pattern. Each output line has `hits`, with one
 * Boolean per message, or `problem` if AWS would reject the pattern. The program ends with its input.
 */
import { createInterface } from 'node:readline';
import { eventMatcher } from './event-pattern';
import { matcher } from './filter-pattern';

type Request =
  | { readonly pattern: string; readonly messages: readonly string[] }
  | { readonly events: Readonly<Record<string, unknown>> };

function answer(request: Request): { hits: boolean[] } | { problem: string } {
  try {
    if ('pattern' in request) return { hits: request.messages.map(matcher(request.pattern)) };
    eventMatcher(request.events);
    return { hits: [] };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

createInterface({ input: process.stdin }).on('line', (line) => {
  // The input comes from log_events.py.
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line) as Request))}\n`);
});
