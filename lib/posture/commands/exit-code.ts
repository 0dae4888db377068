/** Exit codes. bin/aws-account-baseline.mjs adds those for invalid arguments (2) and for bugs (4). */
export const EXIT = {
  /**
   * No check failed, and nothing stops a deployment. Unknown results and manual steps are not
   * failures. For `explain`: the request is allowed.
   */
  ok: 0,
  /** A check failed, or something stops a deployment. For `explain`: the request is denied. */
  failed: 1,
  /** The command or the configuration is wrong. */
  usage: 2,
  /** The account could not be read: no credentials, or no connection to AWS. */
  unreadable: 3,
  /** Ctrl-C at a question, as in a shell. */
  stopped: 130,
} as const;

/** A usage error. The message says how to use the command. */
export class UsageError extends Error {}
