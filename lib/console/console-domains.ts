/**
 * Domains of the console and of its sign-in page, by partition.
 * @see https://docs.aws.amazon.com/general/latest/gr/aws-sec-cred-types.html
 */
export const CONSOLE_DOMAINS = {
  aws: { console: 'console.aws.amazon.com', signIn: 'signin.aws.amazon.com' },
  'aws-cn': { console: 'console.amazonaws.cn', signIn: 'signin.amazonaws.cn' },
  'aws-us-gov': { console: 'console.amazonaws-us-gov.com', signIn: 'signin.amazonaws-us-gov.com' },
};
