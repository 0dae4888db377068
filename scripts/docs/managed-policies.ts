import recorded from './managed-policies.json';

type OneOrMore = string | readonly string[];

/** A statement of a policy, with every name resolved. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: '*' | Readonly<Record<string, OneOrMore>>;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
}

export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

interface Recorded {
  /** Default version of the policy then. */
  readonly version: string;
  /** Day on which AWS last changed it. */
  readonly updated: string;
  readonly document: PolicyDocument;
}

/**
 * AWS managed policies as AWS publishes them, by name. Copied from the list that moto 5.2.1 (PyPI, Apache-2.0) reads from IAM;
 * AWS adds permissions from time to time, so that a copy proves what the policy said on that day.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const MANAGED_POLICIES: Readonly<Record<string, Recorded>> = recorded;
