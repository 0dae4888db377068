/** What the command line ends with; bin/aws-account-baseline.mjs has the one for a wrong command, which is 2 as well. */
export const EXIT = {
  /** Nothing failed, and nothing stops a deployment. What needs manual action, or is unknown, is no failure. */
  ok: 0,
  /** A check failed, or something stops a deployment. */
  failed: 1,
  /** The command or the configuration is wrong. */
  usage: 2,
  /** The account could not be read: no credentials, or no way to AWS. */
  unreadable: 3,
} as const;

/** A person's mistake in a command: the message says what to write instead. */
export class UsageError extends Error {}
