import { z } from 'zod';
import { list, section } from '../../fields/basics';
import { userName } from '../../fields/names';
import { email } from '../../fields/text';

/** Number of administrators, and of e-mail addresses, that the standalone templates have parameters for. */
export const SLOTS = 10;

const slots = <T extends z.ZodType<string>>(item: T, one: string, many: string) =>
  list(z.union([z.literal(''), item], { error: `must be ${one}, or '' for an unused parameter` }), many).max(
    SLOTS,
    { error: `must list at most ${SLOTS} ${many}` },
  );

export const dayZero = section({
  /** Values of the parameters `Administrator1`, `Administrator2` and so on, with `''` for an unused one. */
  administrators: slots(userName(), 'an IAM user name', 'IAM user names'),
  /** Values of the parameters `Email1`, `Email2` and so on, with `''` for an unused one. */
  emails: slots(email(), 'an e-mail address', 'e-mail addresses'),
}).optional();
