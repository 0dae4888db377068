import type { Remedy } from '../finding';
import type { Unknown } from '../snapshot';

/** What a deployment does about something in the account; `info` is a fact about the account alone. */
export type Action = 'create' | 'adopt' | 'skip' | 'info' | 'stop';

export interface Entry {
  /** Such as "User alice". */
  readonly what: string;
  readonly action: Action;
  /** In a sentence. */
  readonly why: string;
  readonly remedy?: Remedy;
  /** An option that takes in what is there. */
  readonly adoption?: Adoption;
}

/** An option of the configuration, to be set. */
export interface Adoption {
  /** Such as ['auditTrail', 'existingLogGroup']. */
  readonly path: readonly string[];
  readonly value: string;
}

/** What a deployment would meet and do. */
export interface Plan {
  readonly account: string;
  readonly region: string;
  /** Prefix of the names of the stacks. */
  readonly stackName: string;
  readonly entries: readonly Entry[];
}

/** What was not looked at. It stops nothing: the deployment may work, and says so itself when it does not. */
export function notRead(what: string, { unknown, permission }: Unknown): Entry {
  return {
    what,
    action: 'skip',
    why: `Could not be read: ${unknown}.`,
    ...(permission === undefined
      ? {}
      : { remedy: { text: `Grant ${permission}.`, command: 'npx aws-account-baseline policy preflight' } }),
  };
}
