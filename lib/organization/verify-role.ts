import { Aws, Duration, Fn } from 'aws-cdk-lib';
import { ArnPrincipal, type IRole, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Trust } from '../access/person-trust';
import { acknowledge, acknowledgeWildcard } from '../functions/nag-suppressions';
import { memberActions } from './member-calls';
import { verifyRolePrefix } from './verify-role-name';

/** Props of {@link VerifyRole}. */
export interface VerifyRoleProps {
  /** Prefix of the names of the stacks, which starts the name of the role. */
  readonly prefix: string;
  /** ID of the organization. Its management account alone is not proof enough: accounts can move. */
  readonly organizationId: string;
  /** ID of the management account. */
  readonly managementAccount: string;
}

/**
 * The role with which `org verify` reads a member: it can read settings, and no data. The management account
 * can assume it, by users with MFA or by sessions of roles.
 *
 * Long-term access keys alone cannot. STS does not say whether somebody who signed in to a role had MFA;
 * their identity provider or the trust policy of their role must require it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principaltype
 */
export class VerifyRole extends Construct {
  /** The role. */
  readonly role: IRole;

  constructor(scope: Construct, id: string, props: VerifyRoleProps) {
    super(scope, id);
    const { prefix, organizationId, managementAccount } = props;
    const trust = (sid: string, conditions: Readonly<Record<string, object>>) =>
      new PolicyStatement({
        sid,
        principals: [new ArnPrincipal(managementAccount)],
        actions: ['sts:AssumeRole'],
        conditions,
      });
    const uuid = Fn.select(2, Fn.split('/', Aws.STACK_ID));
    const ofOrganization = { 'aws:PrincipalOrgID': organizationId };
    const role = new Role(this, 'Default', {
      // As verifyRoleName() computes it.
      roleName: `${verifyRolePrefix(prefix)}${Fn.select(0, Fn.split('-', uuid))}`,
      description: 'org verify reads the settings of this account with it. It changes nothing.',
      maxSessionDuration: Duration.hours(1),
      assumedBy: new Trust([
        trust('UsersWithMfa', {
          StringEquals: ofOrganization,
          Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        }),
        trust('SessionsOfRoles', {
          StringEquals: { ...ofOrganization, 'aws:PrincipalType': 'AssumedRole' },
        }),
      ]),
      inlinePolicies: {
        Read: new PolicyDocument({
          statements: [
            new PolicyStatement({
              sid: 'ReadSettings',
              actions: memberActions(),
              // Settings and lists have no resources that a policy could name.
              resources: ['*'],
            }),
          ],
        }),
      },
    });
    this.role = role;
    acknowledgeWildcard(role, '*', 'Settings and lists of an account have no resources.');
    acknowledge(role, {
      reason: 'The policy is specific to this role.',
      cdkNag: ['NIST.800.53.R5-IAMNoInlinePolicy'],
      guard: ['IAM_NO_INLINE_POLICY_CHECK'],
      cfnNag: ['W28'],
    });
  }
}
