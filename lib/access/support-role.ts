import { Aws } from 'aws-cdk-lib';
import { ArnPrincipal, type IRole, ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { markPart } from '../functions/mark-part';
import { acknowledge } from '../functions/nag-suppressions';
import { nameTrust } from '../functions/service-role';

/**
 * A role for AWS Support cases. Every principal of the account that can assume roles, such as an
 * administrator, can assume it with MFA. It is deleted with the stack, because it holds no data.
 * @example
 * new SupportRole(this, 'Support');
 * @see https://docs.aws.amazon.com/awssupport/latest/user/accessing-support.html
 */
export class SupportRole extends Construct {
  /** The role. CloudFormation generates its name, so it cannot collide with an existing role. */
  readonly role: IRole;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const role = new Role(this, 'Default', {
      // The account ID means its root ARN: any principal of the account whose own policies allow it.
      assumedBy: new ArnPrincipal(Aws.ACCOUNT_ID).withConditions({
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      }),
      description:
        'For AWS Support cases. Principals of the account that can assume roles can assume it, with MFA.',
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AWSSupportAccess')],
    });
    this.role = role;
    markPart(role, 'support-role');
    nameTrust(role, 'AccountAssumesRoleWithMfa');
    acknowledge(role, {
      reason:
        'Standards require this policy. AWS keeps it up to date, and it grants access to AWS Support and little else.',
      cdkNag: ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AWSSupportAccess]'],
    });
  }
}
