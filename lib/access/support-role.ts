import { Aws } from 'aws-cdk-lib';
import { ArnPrincipal, type IRole, ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { markPart } from '../functions/mark-part';
import { acknowledge } from '../functions/nag-suppressions';
import { nameTrust } from '../functions/service-role';

/**
 * A role for cases with AWS Support. Whoever in the account may assume roles can assume it, with MFA: the administrators.
 * It goes with the stack, for it keeps nothing.
 * @see https://docs.aws.amazon.com/awssupport/latest/user/accessing-support.html
 */
export class SupportRole extends Construct {
  /** The role. CloudFormation names it, so that it meets no role of the account. */
  readonly role: IRole;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const role = new Role(this, 'Default', {
      // The id of the account stands for its root ARN: any principal of the account whose own policies allow it.
      assumedBy: new ArnPrincipal(Aws.ACCOUNT_ID).withConditions({
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      }),
      description:
        'For cases with AWS Support: any principal of the account that may assume roles, with MFA.',
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AWSSupportAccess')],
    });
    this.role = role;
    markPart(role, 'support-role');
    nameTrust(role, 'AccountAssumesRoleWithMfa');
    acknowledge(role, {
      reason:
        'The policy that standards look for; AWS keeps it up to date, and it opens AWS Support and little else.',
      cdkNag: ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AWSSupportAccess]'],
    });
  }
}
