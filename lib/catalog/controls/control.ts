import type { Profile } from '../../config/profiles';

/**
 * The expected value of a property. Objects and lists match partially: every key and item listed must exist,
 * in any order, so `{}` and `[]` match any object or list. `{ words: 'a b' }` matches a text with these
 * words, and `{ json: … }` a text with this JSON.
 */
export type Expected =
  string | number | boolean | readonly Expected[] | { readonly [property: string]: Expected };

/** Resources that the synthesized templates contain, or must not contain. */
export interface Evidence {
  /** CloudFormation type, such as `AWS::CloudTrail::Trail`. */
  readonly type: string;
  /** Properties that the resource must have. */
  readonly properties: Readonly<Record<string, Expected>>;
}

/** What proves the treatment. */
interface Proof {
  /** Resources that must exist. */
  readonly evidence?: readonly Evidence[];
  /** Resources that must not exist. */
  readonly none?: readonly Evidence[];
  /** Tests of the behavior, besides the one that looks for the evidence. */
  readonly tests?: readonly string[];
}

interface Shown extends Proof {
  readonly evidence: readonly Evidence[];
  /** What is not covered. */
  readonly limits?: string;
}

/** Met by resources of the template. */
interface ByResource extends Shown {
  readonly status: 'resource';
}

/** Met by a custom resource, where CloudFormation has no type. */
interface BySetting extends Shown {
  readonly status: 'setting';
}

/** Needs manual action. The evidence helps with it or monitors it. */
interface Manual extends Proof {
  readonly status: 'manual';
  readonly steps: readonly string[];
  /** An AWS page, or one in docs/. */
  readonly link: string;
}

/** Already met in a new account. */
interface ByDefault extends Proof {
  readonly status: 'default';
  readonly reason: string;
  readonly link: string;
}

/** Depends on what you build in the account. The proof is that the baseline's own resources comply. */
interface ByWorkload extends Proof {
  readonly status: 'workload';
  readonly reason: string;
}

/** Not about a single account. */
interface OutOfScope {
  readonly status: 'outOfScope';
  readonly reason: string;
}

/** Intentionally not met. */
interface Exception extends Proof {
  readonly status: 'exception';
  readonly reason: string;
}

export type Treatment = ByResource | BySetting | Manual | ByDefault | ByWorkload | OutOfScope | Exception;

/** Name of each treatment in documents and reports. */
export const TREATMENTS: Readonly<Record<Treatment['status'], string>> = {
  resource: 'met by resources',
  setting: 'met by a setting',
  default: 'met by default',
  manual: 'needs manual action',
  exception: 'intentionally not met',
  workload: 'set in workloads',
  outOfScope: 'out of scope',
};

/** A requirement of a published standard, and how the baseline treats it. */
export interface Control {
  /** ID of the standard. */
  readonly standard: string;
  /** The standard's number for the control. */
  readonly id: string;
  /** What the control requires, in our own words; at most 80 characters. */
  readonly title: string;
  /** How the baseline treats it, except in the profiles below. */
  readonly treatment: Treatment;
  /** How the profiles treat it that differ. */
  readonly inProfile?: Readonly<Partial<Record<Profile, Treatment>>>;
  /** What could not be verified. */
  readonly unverified?: string;
}

/** A published standard. */
export interface Standard {
  readonly id: string;
  readonly name: string;
  /** Version, and which of its controls are covered. */
  readonly version: string;
  readonly link: string;
}

/** How a profile treats a control. */
export function treatmentIn(profile: Profile, { treatment, inProfile }: Control): Treatment {
  return inProfile?.[profile] ?? treatment;
}

/** The text of a treatment: its limits, steps, or reason. */
export function wordsOf(treatment: Treatment): string {
  switch (treatment.status) {
    case 'resource':
    case 'setting':
      return treatment.limits ?? '';
    case 'manual':
      return treatment.steps.join(' ');
    default:
      return treatment.reason;
  }
}
