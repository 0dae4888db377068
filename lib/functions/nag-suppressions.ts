import { CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** An accepted finding about a resource, with the rule of each scanner that reports it. */
export interface AcknowledgedFinding {
  /** Why it is accepted, for every scanner. */
  readonly reason: string;
  /**
   * Rules of cdk-nag, such as `AwsSolutions-S1`. A single finding of a rule follows it in brackets.
   * @default []
   */
  readonly cdkNag?: readonly string[];
  /**
   * Checks of checkov, such as `CKV_AWS_18`.
   * @default []
   */
  readonly checkov?: readonly string[];
  /**
   * Rules of the AWS Guard Rules Registry, such as `S3_BUCKET_LOGGING_ENABLED`.
   * @default []
   */
  readonly guard?: readonly string[];
  /**
   * Rules of cfn_nag, such as `W35`.
   * @default []
   */
  readonly cfnNag?: readonly string[];
}

/** Type of the construct metadata with each {@link AcknowledgedFinding}. Documents are generated from it. */
export const ACKNOWLEDGED_FINDING = 'account-baseline:acknowledged-finding';

/**
 * Accepts findings of one resource. Synthesis does not fail because of them, and the template includes the
 * reason once, in the metadata that scanners of templates read. cdk-nag reads the constructs, so the template
 * has an entry for it only where no other scanner's entry holds the reason.
 *
 * @param construct the resource, or a construct whose default child it is
 * @see https://github.com/cdklabs/cdk-nag#suppressing-a-rule
 * @see https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html
 * @see https://github.com/aws-cloudformation/aws-guard-rules-registry/blob/main/docs/Using-Guard-Rules-Registry.md
 * @see https://github.com/stelligent/cfn_nag#per-resource-rule-suppression
 */
export function acknowledge(construct: IConstruct, ...findings: readonly AcknowledgedFinding[]): void {
  for (const finding of findings) {
    const { reason, cdkNag = [], checkov = [], guard = [], cfnNag = [] } = finding;
    construct.node.addMetadata(ACKNOWLEDGED_FINDING, finding);
    for (const id of cdkNag) Validations.of(construct).acknowledge({ id, reason });
    const resource = construct.node.defaultChild ?? construct;
    if (!CfnResource.isCfnResource(resource)) continue;
    append(
      resource,
      'checkov',
      'skip',
      checkov.map((id) => ({ id, comment: reason })),
    );
    append(
      resource,
      'cfn_nag',
      'rules_to_suppress',
      cfnNag.map((id) => ({ id, reason })),
    );
    append(resource, 'guard', 'SuppressedRules', guard);
    // Guard has no field for reasons, so without another entry the reason stands beside the rules.
    if ([...checkov, ...cfnNag].length > 0) continue;
    if (guard.length > 0) append(resource, 'guard', 'Reasons', [reason]);
    else append(resource, 'cdk_nag', 'rules_to_suppress', cdkNag.map(nagSuppression(reason)));
  }
}

/**
 * Accepts a single wildcard in the resources of a policy. Scanners other than cdk-nag report only the
 * resource `*`, and only the policy as a whole.
 *
 * @param policy the construct that contains the policy
 * @param resource the resource as in the policy
 * @param reason why the resource cannot be narrower
 */
export function acknowledgeWildcard(policy: IConstruct, resource: string, reason: string): void {
  const cdkNag = [`AwsSolutions-IAM5[Resource::${spell(Stack.of(policy).resolve(resource))}]`];
  acknowledge(
    policy,
    resource === '*'
      ? { reason, cdkNag, checkov: ['CKV_AWS_111'], cfnNag: [policy instanceof Role ? 'W11' : 'W12'] }
      : { reason, cdkNag },
  );
}

/** Converts to the format of cdk-nag's own metadata, which has a separate field for a finding of a rule. */
function nagSuppression(reason: string) {
  return (rule: string): object => {
    const [, id = rule, finding] = /^([^[]*)\[(.*)\]$/.exec(rule) ?? [];
    return { id, reason, ...(finding === undefined ? {} : { applies_to: [finding] }) };
  };
}

/** Adds to a list in the metadata of a resource. */
function append(resource: CfnResource, key: string, list: string, entries: readonly unknown[]): void {
  if (entries.length === 0) return;
  const previous = (resource.getMetadata(key) ?? {}) as Readonly<Record<string, readonly unknown[]>>;
  resource.addMetadata(key, { ...previous, [list]: [...(previous[list] ?? []), ...entries] });
}

/** Formats a resolved value like cdk-nag does in the IDs of its findings. */
function spell(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const [[kind, argument] = ['', undefined]] = Object.entries(value) as [string, unknown][];
  if (kind === 'Ref') return `<${String(argument)}>`;
  if (kind === 'Fn::GetAtt' && Array.isArray(argument)) return `<${argument.join('.')}>`;
  if (kind === 'Fn::Join' && Array.isArray(argument)) {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map(spell).join(separator);
  }
  throw new Error(`cannot format ${JSON.stringify(value)} like cdk-nag`);
}
