import type { BaselineConfig } from '../../lib/config/config';
import type { Clients } from '../../lib/posture/clients';
import type { Caller } from '../../lib/posture/snapshot';
import type { Person } from './person';
import type { Programs } from './programs';

/**
 * - `expected`: as the documents say
 * - `unexpected`: otherwise; the report lists it first
 * - `unanswered`: not tried, or AWS or the person gave no answer
 */
export type Outcome = 'expected' | 'unexpected' | 'unanswered';

/** What a step found out. */
export interface Observation {
  /** What was looked at, as a sentence without a full stop. */
  readonly what: string;
  readonly outcome: Outcome;
  /** What was seen. @default - nothing to add */
  readonly detail?: string;
  /** Minutes that it took. @default - not measured */
  readonly minutes?: number;
  /** IDs of the open questions that it answers. @default - none */
  readonly answers?: readonly string[];
}

/** A part of the afternoon. It can be repeated: an interrupted step starts again. */
export interface Step {
  readonly id: string;
  readonly title: string;
  /** How long it takes, in minutes, with a person who reads. */
  readonly minutes: number;
  /** Whether the others make no sense without it. @default false */
  readonly isEssential?: boolean;
  readonly run: (live: Live) => Promise<readonly Observation[]>;
}

/** What the steps work with. */
export interface Live {
  readonly config: BaselineConfig;
  readonly caller: Caller;
  readonly region: string;
  readonly clients: Clients;
  readonly person: Person;
  readonly programs: Programs;
  /** What a step has remembered; undefined if none has. */
  readonly recall: (key: string) => unknown;
  /** Remembers what later steps need, also after an interruption. */
  readonly remember: (key: string, value: unknown) => void;
  readonly say: (text: string) => void;
}

/** Wraps what must not end the run: a call that fails is an observation. */
export async function observe(
  what: string,
  action: () => Promise<Omit<Observation, 'what' | 'answers'>>,
  answers?: readonly string[],
): Promise<Observation> {
  try {
    return { what, ...(await action()), answers };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { what, outcome: 'unanswered', detail, answers };
  }
}

/** An outcome by a condition. */
export const expected = (isSo: boolean): Outcome => (isSo ? 'expected' : 'unexpected');
