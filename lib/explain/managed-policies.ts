import recorded from './recorded-policies.json';

type OneOrMore = string | readonly string[];

/** A policy statement, with all names resolved. */
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

/** A policy document. */
export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

interface Recorded {
  /** Default version of the policy when it was copied. */
  readonly version: string;
  /** Day of the last change by AWS. */
  readonly updated: string;
  readonly document: PolicyDocument;
}

/**
 * AWS managed policies by name. Copied from the list that moto 5.2.1 (PyPI, Apache-2.0) reads from IAM. AWS
 * adds permissions over time, so a copy proves only what the policy contained on that day.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const MANAGED_POLICIES: Readonly<Record<string, Recorded>> = recorded;
