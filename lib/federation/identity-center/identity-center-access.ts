import { Aws } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyDocument, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnAssignment, CfnPermissionSet } from 'aws-cdk-lib/aws-sso';
import { Construct } from 'constructs';

/** People with the same rights. */
interface Audience {
  /** Name of the permission set, at most 32 characters with the prefix. */
  readonly name: string;
  readonly description: string;
  /** Names of AWS managed policies. */
  readonly policies: readonly string[];
  /** IDs of the groups; without any, there is no permission set. */
  readonly groups: readonly string[];
  /**
   * Statements of the inline policy, which deny.
   * @default []
   */
  readonly denials?: readonly PolicyStatement[];
  /**
   * Name of a customer managed policy of the account that is the permissions boundary.
   * @default - no boundary
   */
  readonly boundary?: string;
  /**
   * Names of customer managed policies of the account.
   * @default []
   */
  readonly ownPolicies?: readonly string[];
}

/** Props of {@link IdentityCenterAccess}. */
export interface IdentityCenterAccessProps {
  /** ARN of the organization instance. */
  readonly instanceArn: string;
  /** Hours after which people sign in again. */
  readonly sessionHours: number;
  /** Prefix of the names, because the permission sets of all accounts are in one instance. */
  readonly prefix: string;
  /** People by their rights. */
  readonly audiences: readonly Audience[];
}

/**
 * Permission sets of IAM Identity Center for this account, and their assignments to groups. Only an
 * organization instance has permission sets; they are deployed from the management account, or from the
 * account that administers the instance.
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/identity-center-instances.html
 */
export class IdentityCenterAccess extends Construct {
  constructor(scope: Construct, id: string, props: IdentityCenterAccessProps) {
    super(scope, id);
    const { instanceArn, sessionHours, prefix, audiences } = props;
    for (const audience of audiences.filter(({ groups }) => groups.length > 0)) {
      const { name, description, policies, groups, denials = [], boundary, ownPolicies = [] } = audience;
      const set = new CfnPermissionSet(this, name, {
        instanceArn,
        name: `${prefix}-${name}`,
        description,
        sessionDuration: `PT${sessionHours}H`,
        managedPolicies: policies.map(
          (policy) => ManagedPolicy.fromAwsManagedPolicyName(policy).managedPolicyArn,
        ),
        ...(denials.length === 0 ? {} : { inlinePolicy: new PolicyDocument({ statements: [...denials] }) }),
        ...(ownPolicies.length === 0
          ? {}
          : { customerManagedPolicyReferences: ownPolicies.map((policy) => ({ name: policy })) }),
        ...(boundary === undefined
          ? {}
          : { permissionsBoundary: { customerManagedPolicyReference: { name: boundary } } }),
      });
      for (const principalId of groups) {
        new CfnAssignment(this, `${name}To${principalId}`, {
          instanceArn,
          permissionSetArn: set.attrPermissionSetArn,
          principalId,
          principalType: 'GROUP',
          targetId: Aws.ACCOUNT_ID,
          targetType: 'AWS_ACCOUNT',
        });
      }
    }
  }
}
