import {
  createValidatedPolicy,
  type ValidatedPolicy,
  validateIdentityPolicy,
  validateResourcePolicy,
  validateTrustPolicy,
} from '@cloud-copilot/iam-policy';
import type { Template } from 'aws-cdk-lib/assertions';
import type { Policy as NamedPolicy } from '../../lib/explain/evaluate';
import type { PolicyDocument } from '../../lib/explain/managed-policies';
import {
  type Names,
  type Place,
  substitute,
  type TemplatePolicies as Resolved,
  templatePolicies as resolvedPolicies,
} from '../../lib/explain/template-policies';

export { substitute };

/** The account that the template is thought to be deployed into. */
export const ACCOUNT = '123456789012';

/** Where the templates are thought to be deployed. */
export const PLACE: Place = {
  account: ACCOUNT,
  partition: 'aws',
  region: 'us-east-1',
  stackName: 'AccountBaseline',
};

/** A policy that was checked once, for all requests. */
export interface Policy extends Omit<ValidatedPolicy<{ readonly name: string }>, 'policyDocument'> {
  readonly policyDocument: PolicyDocument;
}

/** Checks a policy of users or roles. The simulator refuses one with errors. */
export function identityPolicy(name: string, document: PolicyDocument): Policy {
  return createValidatedPolicy(document, validateIdentityPolicy, { name });
}

/** Checks the policy of a resource, or the trust policy of a role. */
export function resourcePolicy(arn: string, document: PolicyDocument): Policy {
  const validate = arn.includes(':role/') ? validateTrustPolicy : validateResourcePolicy;
  return createValidatedPolicy(document, validate, { name: arn });
}

/** Policies of an account, with concrete ARNs. */
export interface IamPolicies {
  /** Names of the template, to speak of its resources. */
  readonly names: Names;
  /** Policies of users and roles, by the ARN of the principal. */
  readonly identity: ReadonlyMap<string, readonly Policy[]>;
  /**
   * Permissions boundary, by the ARN of the principal.
   * @default - nobody has one
   */
  readonly boundary?: ReadonlyMap<string, Policy>;
  /** Policies of buckets, keys, topics, secrets and roles (their trust), by the ARN of the resource. */
  readonly resource: ReadonlyMap<string, Policy>;
}

/** Policies of a template. */
export interface TemplatePolicies extends IamPolicies {
  /** The same, as the command `explain` has them. */
  readonly resolved: Resolved;
}

/** Gathers the policies of a template. */
export function templatePolicies(template: Template): TemplatePolicies {
  const resolved = resolvedPolicies(template.toJSON(), PLACE);
  const documentOf = ({ name, document }: NamedPolicy): PolicyDocument => {
    if (!document) throw new Error(`no copy of the ${name} is recorded`);
    return document;
  };
  return {
    names: resolved.names,
    identity: new Map(
      resolved.principals
        .filter(({ kind }) => kind !== 'group')
        .map(({ arn, policies }) => [
          arn,
          policies
            .filter(({ kind }) => kind === 'identity')
            .map((policy, index) => identityPolicy(`${arn} ${index}`, documentOf(policy))),
        ]),
    ),
    resource: new Map(
      [...resolved.resource].map(([arn, policy]) => [arn, resourcePolicy(arn, documentOf(policy))]),
    ),
    resolved,
  };
}
