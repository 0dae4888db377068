import type { Remedy } from '../finding';

/** What to do, in one line. */
export function remedyText({ text, command }: Remedy): string {
  return command === undefined ? text : `${text} ${command}`;
}
