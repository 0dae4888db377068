import { section } from '../fields/basics';
import { userName } from '../fields/names';
import { email } from '../fields/text';

export const dayZero = section({
  /** The administrator that was named then. */
  administrator: userName(),
  /** The e-mail address that was named then. */
  email: email(),
}).optional();
