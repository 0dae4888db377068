import { RemovalPolicy } from 'aws-cdk-lib';
import { type IGroup, ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ConsoleGroup, type ConsoleUserProps, consoleUsers, type FirstSignIn } from '../access/console-group';
import { allowEnrolment, DEVICES, denyWithoutMfa } from '../access/mfa';
import { consoleDomain } from '../console/console-domain';
import { checkProps } from '../fields/check-props';
import { acknowledge, acknowledgeWildcard } from '../functions/nag-suppressions';
import { BILLING_VIEWERS } from './billing-viewers';

/** Props of {@link BillingAccess}. */
export interface BillingAccessProps {
  /**
   * Users who can view bills and costs, and nothing else.
   * @default []
   */
  readonly viewers?: readonly ConsoleUserProps[];
  /**
   * Name of the group that the viewers are members of instead, if they have their rights from roles.
   * @default - the group of billing viewers
   */
  readonly membersOf?: string;
  /**
   * Minimum number of characters in the account's password policy.
   * @default 15
   */
  readonly minimumPasswordLength?: number;
  /**
   * What happens to the viewers' users when you delete the stack.
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Access to the bills. Only root can activate IAM access to Billing, in the console at `activationUrl`. Give
 * the stack no `tags`: they would reset passwords.
 * @example
 * new BillingAccess(this, 'Billing', { viewers: [{ userName: 'carol' }] });
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/control-access-billing.html
 */
export class BillingAccess extends Construct {
  /** Group of the viewers; undefined without viewers. */
  readonly group?: IGroup;
  /** First sign-in of each viewer. */
  readonly firstSignIns: readonly FirstSignIn[] = [];

  constructor(scope: Construct, id: string, props: BillingAccessProps = {}) {
    super(scope, id);
    checkProps({ viewers: consoleUsers().optional() }, props);
    if (!props.viewers?.length) return;
    const viewers = this.addViewers(props.viewers, props);
    this.group = viewers.group;
    this.firstSignIns = viewers.firstSignIns;
  }

  /** Console page where root activates IAM access to Billing. */
  get activationUrl(): string {
    return `https://${consoleDomain(this, 'console')}/billing/home#/account`;
  }

  private addViewers(users: readonly ConsoleUserProps[], props: BillingAccessProps): ConsoleGroup {
    const viewers = new ConsoleGroup(this, 'Viewers', {
      groupName: BILLING_VIEWERS,
      users,
      membersOf: props.membersOf,
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AWSBillingReadOnlyAccess')],
      statements: [...allowEnrolment(this), ...denyWithoutMfa(this)],
      minimumPasswordLength: props.minimumPasswordLength,
      removalPolicy: props.removalPolicy,
      // Removing the last viewer from the list must also remove the permission. Nobody is locked out.
      groupRemovalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(viewers.group, {
      reason: 'AWS keeps the list of billing actions up to date. The policy is read-only.',
      cdkNag: ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AWSBillingReadOnlyAccess]'],
    });
    acknowledge(viewers.policy, {
      reason: 'Users can request credentials with MFA, which allow no more than the group does.',
      checkov: ['CKV_AWS_107'],
    });
    acknowledgeWildcard(
      viewers.policy,
      DEVICES,
      'Device names are arbitrary. A new device is not assigned to a user.',
    );
    acknowledgeWildcard(
      viewers.policy,
      '*',
      'These actions have no resource-level permissions; see NO_RESOURCE_ACTIONS.',
    );
    return viewers;
  }
}
