import { Duration, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { z } from 'zod';
import { describeProp } from '../config/errors';

/** A construct that another one needs. */
export const construct = () =>
  z.custom<Construct>((value) => Construct.isConstruct(value), { error: 'must be a construct' });

/** A length of time. */
export const duration = () =>
  z.custom<Duration>((value) => value instanceof Duration, {
    error: 'must be a Duration, such as Duration.days(90)',
  });

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
