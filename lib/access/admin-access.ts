import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { IGroup, ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { consoleDomain } from '../console/console-domain';
import { flag } from '../fields/basics';
import { checkProps } from '../fields/check-props';
import { groupName } from '../fields/names';
import { acknowledge } from '../functions/nag-suppressions';
import { ConsoleGroup, ConsoleUserProps, consoleUsers, FirstSignIn } from './console-group';
import { GroupPolicy } from './group-policy';
import {
  denyTampering,
  ownProtectedResources,
  type ProtectedResource,
  protectGroup,
  protectSuite,
  type SuiteProtection,
  suiteRules,
} from './guard';
import { denyWithoutMfa } from './mfa';

/** Props of {@link AdminAccess}. */
export interface AdminAccessProps {
  /** Users who administer the account, at least one. */
  readonly administrators: readonly ConsoleUserProps[];
  /**
   * Name of the group.
   * @default 'Administrators'
   */
  readonly groupName?: string;
  /**
   * Name of the group that the administrators are members of instead, if they have their rights from roles.
   * @default - the administrators' group
   */
  readonly membersOf?: string;
  /**
   * Prevents members from changing or deleting the group outside CloudFormation.
   * @default true
   */
  readonly guard?: boolean;
  /**
   * What the guard protects besides the group.
   * @default - only the group
   */
  readonly suite?: SuiteProtection;
  /**
   * What the guard protects besides the group and the suite.
   * @default []
   */
  readonly protectedResources?: readonly ProtectedResource[];
  /**
   * Minimum number of characters of first-time passwords, 6 to 128. It changes no password policy. Give that
   * of the policy if it is over 32, or AWS refuses the first-time password.
   * @default 15
   */
  readonly minimumPasswordLength?: number;
  /**
   * What happens to the group, users, and policies, except the guard and the first-time passwords, when the
   * stack is deleted. By default they are kept. Otherwise, an administrator who deletes the stack would lose
   * the permission to do so halfway, and leave an account that only root can use.
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * The administrators' group and its users, so that root can be locked away. Members need MFA for everything
 * except setting it up. Give the stack no `tags`: they would reset passwords.
 * @example
 * new AdminAccess(this, 'Access', { administrators: [{ userName: 'alice' }, { userName: 'bob' }] });
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html
 */
export class AdminAccess extends Construct {
  /** The administrators' group. */
  readonly group: IGroup;
  /** First sign-in of each administrator. */
  readonly firstSignIns: readonly FirstSignIn[];

  constructor(scope: Construct, id: string, props: AdminAccessProps) {
    super(scope, id);
    checkProps(
      {
        administrators: consoleUsers().min(1, { error: 'must name at least one person' }),
        groupName: groupName().optional(),
        guard: flag().optional(),
        suite: suiteRules().optional(),
        protectedResources: ownProtectedResources().optional(),
      },
      props,
    );
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
    const { group, firstSignIns } = new ConsoleGroup(this, 'Default', {
      groupName: props.groupName ?? 'Administrators',
      users: props.administrators,
      membersOf: props.membersOf,
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess')],
      statements: denyWithoutMfa(this),
      minimumPasswordLength: props.minimumPasswordLength,
      removalPolicy,
    });
    this.group = group;
    this.firstSignIns = firstSignIns;
    acknowledge(group, {
      reason:
        'The group exists to administer the account. Without MFA, its own policy denies everything except setting it up.',
      cdkNag: ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AdministratorAccess]'],
    });

    if (props.guard ?? true) {
      const { protectedResources = [], suite } = props;
      const suiteResources = suite ? protectSuite(this, suite) : [];
      new GroupPolicy(this, 'Guard', {
        group,
        statements: [
          denyTampering([protectGroup(group), ...suiteResources]),
          // An own action may apply to the resources of others.
          ...protectedResources.map((one, index) => denyTampering([one], index + 1)),
        ],
        // The policy only denies. If it were kept, it could not be disabled, and would block the cleanup
        // after a removal.
        removalPolicy: RemovalPolicy.DESTROY,
      });
    }
  }

  /** Sign-in URL of the account's IAM users. */
  get signInUrl(): string {
    return `https://${Aws.ACCOUNT_ID}.${consoleDomain(this, 'signIn')}/console`;
  }
}
