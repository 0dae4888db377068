import { describe } from '../errors';
import type { Related } from './related';

/** Names in the standalone templates must stay listed. Lists with their own errors are not checked. */
export function dayZeroNotListed({ administrators, notifications, dayZero }: Related): string[] {
  if (!dayZero) return [];
  return [
    ...notListed('administrators', dayZero.administrators, 'administrators', administrators),
    ...notListed('emails', dayZero.emails, 'notifications.emails', notifications.emails),
  ];
}

function notListed(
  option: string,
  slots: readonly string[],
  path: string,
  listed: readonly string[],
): string[] {
  if (listed.length === 0) return [];
  return slots.flatMap((name, index) =>
    name === '' || listed.includes(name)
      ? []
      : [describe(`dayZero.${option}[${index}]`, `must also be listed in ${path}`, name)],
  );
}
