/** Exit codes. bin/aws-account-baseline.mjs has those of a command that commander refuses (2) and of a bug (4). */
export const EXIT = {
  /** Nothing failed, and nothing stops a deployment. What needs manual action, or is unknown, is no failure. */
  ok: 0,
  /** A check failed, or something stops a deployment. */
  failed: 1,
  /** The command or the configuration is wrong. */
  usage: 2,
  /** The account could not be read: no credentials, or no connection to AWS. */
  unreadable: 3,
} as const;

/** A mistake in a command: the message says what to write instead. */
export class UsageError extends Error {}
