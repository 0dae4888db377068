import { z } from 'zod';
import { matching } from '../../fields/text';

const CHARACTERS = 'letters, digits, spaces and _ . : / = + - @';

/**
 * Tags that every service accepts: no `{{`, which CloudFormation would resolve, and no empty value, which
 * CloudWatch rejects.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
const key = z.string().regex(/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu, {
  error: `is not a valid tag key: 1 to 128 ${CHARACTERS}, not beginning with aws:`,
});

const value = matching(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u, `must be a tag value: 1 to 256 ${CHARACTERS}`);

export const tags = z
  .record(key, value, { error: "must be an object such as { team: 'platform' }" })
  .refine((all) => Object.keys(all).length <= 50, {
    error: ({ input }) => `must have at most 50 tags, but has ${Object.keys(input as object).length}`,
  })
  .default({});
