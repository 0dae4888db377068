import type { Profile } from '../../config/profiles';

/**
 * What a property must hold. Objects and lists match in part: every key, and every item in any order, must be there; so
 * `{}` and `[]` ask only that there is an object or a list. `{ words: 'a b' }` is a text with these words, and `{ json: … }`
 * one that says this in JSON.
 */
export type Expected =
  string | number | boolean | readonly Expected[] | { readonly [property: string]: Expected };

/** Resources of the synthesized template. */
export interface Evidence {
  /** Their type, such as `AWS::CloudTrail::Trail`. */
  readonly type: string;
  /** Properties that they all have. */
  readonly properties: Readonly<Record<string, Expected>>;
}

/** What the synthesized template shows. */
interface Proof {
  /** Each is found. */
  readonly evidence?: readonly Evidence[];
  /** None of these is found. */
  readonly none?: readonly Evidence[];
  /** Tests of the behaviour, beside the one that finds the evidence. */
  readonly tests?: readonly string[];
}

interface Shown extends Proof {
  readonly evidence: readonly Evidence[];
  /** What the claim does not cover. */
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

/** Needs manual action; the evidence is what helps or watches. */
interface Manual extends Proof {
  readonly status: 'manual';
  readonly steps: readonly string[];
  /** A page of AWS, or one in docs/. */
  readonly link: string;
}

/** A new account has it. */
interface ByDefault extends Proof {
  readonly status: 'default';
  readonly reason: string;
  readonly link: string;
}

/** Depends on what is built in the account; the proof is that the baseline's own resources keep to it. */
interface ByWorkload extends Proof {
  readonly status: 'workload';
  readonly reason: string;
}

/** Not about a single account. */
interface OutOfScope {
  readonly status: 'outOfScope';
  readonly reason: string;
}

/** Not met, on purpose. */
interface Exception extends Proof {
  readonly status: 'exception';
  readonly reason: string;
}

export type Treatment = ByResource | BySetting | Manual | ByDefault | ByWorkload | OutOfScope | Exception;

/** What pages and reports call each treatment. */
export const TREATMENTS: Readonly<Record<Treatment['status'], string>> = {
  resource: 'met by resources',
  setting: 'met by a setting',
  default: 'default',
  manual: 'needs manual action',
  exception: 'not met, on purpose',
  workload: 'left to workloads',
  outOfScope: 'out of scope',
};

/** A requirement of a published standard, and how the baseline treats it. */
export interface Control {
  /** Id of its standard. */
  readonly standard: string;
  /** The standard's own number. */
  readonly id: string;
  /** What it asks for, in our words; 80 characters at most. */
  readonly title: string;
  /** How the baseline treats it, in every profile that is not named below. */
  readonly treatment: Treatment;
  /** How profiles treat it that do otherwise. */
  readonly inProfile?: Readonly<Partial<Record<Profile, Treatment>>>;
  /** What could not be checked. */
  readonly unverified?: string;
}

/** A published standard. */
export interface Standard {
  readonly id: string;
  readonly name: string;
  /** Its version, and which of its requirements are here. */
  readonly version: string;
  readonly link: string;
}

/** How a profile treats a requirement. */
export function treatmentIn(profile: Profile, { treatment, inProfile }: Control): Treatment {
  return inProfile?.[profile] ?? treatment;
}

/** What a treatment says in words: its limits, its steps or its reason. */
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
