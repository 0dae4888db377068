import { Aws, Duration } from 'aws-cdk-lib';
import {
  ArnPrincipal,
  PolicyDocument,
  PolicyStatement,
  PrincipalBase,
  PrincipalPolicyFragment,
} from 'aws-cdk-lib/aws-iam';

/** Statements of a trust policy, as the principal of a role. */
export class Trust extends PrincipalBase {
  constructor(private readonly statements: readonly PolicyStatement[]) {
    super();
  }

  override get policyFragment(): PrincipalPolicyFragment {
    throw new Error('a trust is not a principal of a statement; its statements have principals');
  }

  override dedupeString(): undefined {
    return undefined;
  }

  override addToAssumeRolePolicy(document: PolicyDocument): void {
    document.addStatements(...this.statements);
  }
}

/** Props of {@link trustUsers}. */
export interface UserTrustProps {
  /** Names of the IAM users. They need not exist. */
  readonly userNames: readonly string[];
  /** How long after the sign-in with MFA the users can assume the role. */
  readonly mfaValidFor: Duration;
}

/**
 * Lets IAM users of the account assume a role, in a session that has their name.
 *
 * The names are a condition, not principals: IAM replaces a principal by its unique ID, and refuses one that
 * does not exist yet. `aws:username` exists for IAM users only, so no role or federated session meets it.
 *
 * - The console names the session after the user. The AWS CLI does it with `role_session_name`.
 * - A source identity must be the user's name, if it is set. It cannot be required: the console cannot switch
 *   to a role that requires one, and a profile of the AWS CLI cannot set it.
 * - The age of the MFA exists whenever MFA is present, which is required.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_rolesessionname
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthage
 */
export function trustUsers({ userNames, mfaValidFor }: UserTrustProps): PolicyStatement[] {
  // The account ID means its root ARN: any principal of the account whose own policies allow it.
  const principals = [new ArnPrincipal(Aws.ACCOUNT_ID)];
  return [
    new PolicyStatement({
      sid: 'PeopleWithMfa',
      principals,
      actions: ['sts:AssumeRole'],
      conditions: {
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        NumericLessThanEquals: { 'aws:MultiFactorAuthAge': String(mfaValidFor.toSeconds()) },
        StringEquals: { 'aws:username': [...userNames], 'sts:RoleSessionName': '${aws:username}' },
      },
    }),
    // A request with a source identity needs both actions. This one does not know the session's name.
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
    new PolicyStatement({
      sid: 'OwnNameAsSourceIdentity',
      principals,
      actions: ['sts:SetSourceIdentity'],
      conditions: { StringEquals: { 'sts:SourceIdentity': '${aws:username}' } },
    }),
  ];
}
