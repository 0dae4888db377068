import { Token } from 'aws-cdk-lib';
import { z } from 'zod';
import { describeProp } from '../config/errors';

/** A construct that another one needs. */
export const construct = () => z.object({}, { error: 'must be a construct' });

/**
 * Checks props with the rules of the configuration. Tokens pass, because their values are not known yet.
 *
 * @param rules rule of each prop, by its name
 * @throws {Error} if a value breaks its rule
 */
export function checkProps(rules: z.core.$ZodLooseShape, props: object | undefined): void {
  const { error } = z.object(rules).safeParse({ ...props }, { reportInput: true });
  const wrong = error?.issues.find(({ input }) => !Token.isUnresolved(input));
  if (wrong) throw new Error(describeProp(wrong));
}
