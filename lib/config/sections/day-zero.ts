import { section } from '../../fields/basics';
import { userName } from '../../fields/names';
import { email } from '../../fields/text';

export const dayZero = section({
  /** The administrator name used in that deployment. */
  administrator: userName(),
  /** The e-mail address used in that deployment. */
  email: email(),
}).optional();
