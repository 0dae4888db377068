import type { Emulator } from '../../emulator/emulator';

/** Where a hand acts: the account, and the resource. */
export interface Place {
  readonly emulator: Emulator;
  /** What CloudFormation calls the resource. */
  readonly id: string;
  /** Physical IDs of its stack, by logical IDs. */
  readonly ids: Readonly<Record<string, string | undefined>>;
}

/** What somebody does to a resource, outside CloudFormation. */
export interface Hand {
  /** In a phrase, with the calls, such as `logs:DeleteLogGroup`. */
  readonly what: string;
  readonly act: (place: Place) => Promise<unknown>;
}

/** Why nobody can do it, or why it was not tried. */
interface Without {
  readonly why: string;
}

export const HANDS = ['deleted', 'changed', 'renamed', 'replaced'] as const;

export type HandKind = (typeof HANDS)[number];

type Properties = Readonly<Record<string, unknown>>;

/** A type of resource, and what hands can do to it. */
export interface Row {
  readonly type: string;
  /** The resource that is tried: the last word of its stack, and its logical ID or how that begins. */
  readonly of: readonly [stack: string, logicalId: string];
  readonly hands: Readonly<Record<HandKind, Hand | Without>>;
  /** Other properties of the template, so that CloudFormation updates the resource; or why none does. */
  readonly change: ((properties: Properties) => Properties) | Without;
}

/** A type that is not tried. */
export interface Untried {
  readonly type: string;
  readonly why: string;
}

export const hand = (what: string, act: Hand['act']): Hand => ({ what, act });
export const without = (why: string): Without => ({ why });

/** What most services do not have. */
export const NO_RENAMING = without('AWS cannot rename it.');

/** Why it was not tried. */
export const NO_CALL = 'The emulator has no call for it.';

/** Sets properties. */
export const set =
  (more: Properties) =>
  (properties: Properties): Properties => ({ ...properties, ...more });

interface Document {
  readonly Statement: readonly unknown[];
}

/** Adds a statement to the policy in a property. */
export const admit =
  (property: string, statement: Properties) =>
  (properties: Properties): Properties => {
    const document = properties[property] as Document;
    return { ...properties, [property]: { ...document, Statement: [...document.Statement, statement] } };
  };

/** Another account of AWS. */
export const STRANGER = '210987654321';

/** A policy that lets everybody do everything. */
export const OPEN = (resource: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'Mine', Effect: 'Allow', Principal: { AWS: '*' }, Action: '*', Resource: resource }],
  });
