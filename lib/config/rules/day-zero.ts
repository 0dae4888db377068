import { describe } from '../errors';
import type { Related } from './related';

/** The first administrator and address stay listed; lists that have errors of their own are not judged. */
export function dayZeroNotListed({ administrators, notifications, dayZero }: Related): string[] {
  if (!dayZero) return [];
  const isMissing = (listed: readonly string[], name: string) => listed.length > 0 && !listed.includes(name);
  return [
    ...(isMissing(administrators, dayZero.administrator)
      ? [describe('dayZero.administrator', 'must also be listed in administrators', dayZero.administrator)]
      : []),
    ...(isMissing(notifications.emails, dayZero.email)
      ? [describe('dayZero.email', 'must also be listed in notifications.emails', dayZero.email)]
      : []),
  ];
}
