import type { Remedy } from '../finding';
import type { Unknown } from '../snapshot';

/**
 * What a deployment does with a resource. `info` is only a fact about the account, and `unknown` could not be
 * read. What is `gone` was deleted outside CloudFormation, and a deployment does not create it again.
 */
export type Action = 'create' | 'adopt' | 'skip' | 'info' | 'unknown' | 'gone' | 'stop';

/** A line of the plan. */
export interface Entry {
  /** The resource, such as "User alice". */
  readonly what: string;
  readonly action: Action;
  /** The reason, in a sentence. */
  readonly why: string;
  readonly remedy?: Remedy;
  /** The option that adopts the existing resource. */
  readonly adoption?: Adoption;
  /**
   * What people can do about it, the safest first.
   * @default - there is nothing to decide
   */
  readonly choices?: readonly Choice[];
}

/** An answer to the question of what should happen to an existing resource. */
export interface Choice {
  /** Name of the choice in a plan document. */
  readonly id: string;
  /** What it means, in a sentence without a full stop. */
  readonly text: string;
  /** Options that it sets. @default - none */
  readonly options?: readonly Adoption[];
  /** Whether the deployment imports the resource, by the name that it has in the template. @default false */
  readonly takesOver?: boolean;
  /** The resource without a name that is imported before the deployment. @default - none */
  readonly imports?: { readonly type: string; readonly identifier: Readonly<Record<string, string>> };
  /** Whether the deployment would still fail. @default false */
  readonly isOpen?: boolean;
}

/** A configuration option to set. */
export interface Adoption {
  /** Path of the option, such as ['auditTrail', 'existingLogGroup']. */
  readonly path: readonly string[];
  readonly value: string | boolean | readonly string[];
}

/** What a deployment would find and do. */
export interface Plan {
  readonly account: string;
  readonly region: string;
  /** Prefix of the names of the stacks. */
  readonly stackName: string;
  readonly entries: readonly Entry[];
}

/** The plan of a deployment with `--import-existing-resources`. */
export function withImports(plan: Plan): Plan {
  const entries = plan.entries.map((entry): Entry => {
    const isImported = entry.choices?.some(({ takesOver }) => takesOver === true) === true;
    return isImported
      ? { what: entry.what, action: 'adopt', why: 'The deployment imports it into the stack.' }
      : entry;
  });
  return { ...plan, entries };
}

/**
 * An entry for something that could not be read. It does not stop the deployment, which may work or fail
 * with its own error.
 */
export function notRead(what: string, { unknown, permission }: Unknown): Entry {
  return {
    what,
    action: 'unknown',
    why: `Could not be read, so the deployment may fail because of it: ${unknown}.`,
    ...(permission === undefined
      ? {}
      : { remedy: { text: `Grant ${permission}.`, command: 'npx aws-account-baseline policy preflight' } }),
  };
}
