import type { Remedy } from '../finding';

/** The remedy in one line. */
export function remedyText({ text, command }: Remedy): string {
  return command === undefined ? text : `${text} ${command}`;
}
