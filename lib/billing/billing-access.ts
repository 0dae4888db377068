import { RemovalPolicy } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ConsoleGroup, type ConsoleUserProps, type FirstSignIn } from '../access/console-group';
import { allowEnrolment, DEVICES, denyWithoutMfa } from '../access/mfa';
import { consoleDomain } from '../console/console-domain';
import { acknowledge, acknowledgeWildcard } from '../functions/nag-suppressions';
import { BILLING_VIEWERS } from './billing-viewers';

export interface BillingAccessProps {
  /**
   * People who may read bills and costs, and nothing else.
   * @default []
   */
  readonly viewers?: readonly ConsoleUserProps[];
  /**
   * Characters that the account's password policy asks for.
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
 * Access to the bills. IAM access to Billing itself is a switch that only root can set, in the console:
 * `activationUrl` leads there.
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/control-access-billing.html
 */
export class BillingAccess extends Construct {
  /** Where root activates IAM access to Billing. */
  readonly activationUrl: string;
  /** The first sign-in of each viewer. */
  readonly firstSignIns: readonly FirstSignIn[];

  constructor(scope: Construct, id: string, props: BillingAccessProps = {}) {
    super(scope, id);
    this.activationUrl = `https://${consoleDomain(this, 'console')}/billing/home#/account`;
    this.firstSignIns = props.viewers?.length ? this.addViewers(props.viewers, props) : [];
  }

  private addViewers(users: readonly ConsoleUserProps[], props: BillingAccessProps): readonly FirstSignIn[] {
    const { group, policy, firstSignIns } = new ConsoleGroup(this, 'Viewers', {
      groupName: BILLING_VIEWERS,
      users,
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AWSBillingReadOnlyAccess')],
      statements: [...allowEnrolment(this), ...denyWithoutMfa(this)],
      minimumPasswordLength: props.minimumPasswordLength,
      removalPolicy: props.removalPolicy,
      // Taking the last viewer off the list must take the permission too; nobody is locked out by it.
      groupRemovalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(group, {
      reason: 'AWS keeps its list of billing actions up to date as services come; it only reads.',
      cdkNag: ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AWSBillingReadOnlyAccess]'],
    });
    acknowledge(policy, {
      reason: 'A person may ask for credentials with MFA, and gets no more than the group allows.',
      checkov: ['CKV_AWS_107'],
    });
    acknowledgeWildcard(policy, DEVICES, 'Names of devices are free; a new one belongs to nobody yet.');
    acknowledgeWildcard(
      policy,
      '*',
      'What these actions read or start knows no resource; see NO_RESOURCE_ACTIONS.',
    );
    return firstSignIns;
  }
}
