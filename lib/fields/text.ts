import { z } from 'zod';

/** A string that matches a pattern, with one error message for everything else. */
export const matching = (form: RegExp, error: string) =>
  z.string({ error }).regex(form, { error, abort: true });

/** CloudFormation replaces `${…}` in Fn::Sub and `{{resolve:…}}` everywhere: the text would change. */
export const UNREPLACED = [
  /^(?!.*(?:\$\{|\{\{))/s,
  { error: 'must not contain ${ or {{, which CloudFormation replaces' },
] as const;

/** A string with at least one visible character. */
export const text = (length: number) => {
  const error = `must be a text of 1 to ${length} characters`;
  return matching(/\S/, error)
    .max(length, { error })
    .regex(...UNREPLACED);
};

/** An e-mail address. */
export const email = () => z.email({ error: 'must be an e-mail address such as security@example.com' });

/** In a URL, credentials end with an @ before the path. */
export const WITHOUT_CREDENTIALS = [
  /^(?!https:\/\/[^/?#]*@)/i,
  {
    error: 'must not contain a user name or password, which everyone who can read the template would see',
  },
] as const;

const HTTPS_URL = 'must be an https URL such as https://alerts.example.com/aws';

/**
 * An https URL that messages can be sent to. Input that only browsers accept, such as backslashes, is
 * rejected.
 */
export const httpsUrl = () =>
  z
    .url({ protocol: /^https$/, abort: true, error: HTTPS_URL })
    .regex(/^https:\/\/[^\s\\/][^\s\\]*$/i, { abort: true, error: HTTPS_URL })
    .regex(...UNREPLACED)
    .regex(...WITHOUT_CREDENTIALS);
