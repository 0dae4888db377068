import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { IGroup, ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { consoleDomain } from '../console/console-domain';
import { acknowledge } from '../functions/nag-suppressions';
import { ConsoleGroup, ConsoleUserProps, FirstSignIn } from './console-group';
import { GroupPolicy } from './group-policy';
import {
  denyTampering,
  denyTamperingWithKey,
  protectGroup,
  protectSuite,
  type SuiteProtection,
} from './guard';
import { denyWithoutMfa } from './mfa';

export interface AdminAccessProps {
  /** The people who administer the account, at least one. */
  readonly administrators: readonly ConsoleUserProps[];
  /**
   * Name of the group.
   * @default 'Administrators'
   */
  readonly groupName?: string;
  /**
   * Keeps members from changing or removing the group outside CloudFormation.
   * @default true
   */
  readonly guard?: boolean;
  /**
   * What the guard protects besides the group.
   * @default - the group alone
   */
  readonly suite?: SuiteProtection;
  /**
   * Characters that the account's password policy asks for.
   * @default 15
   */
  readonly minimumPasswordLength?: number;
  /**
   * What becomes of group, users and policies when the stack is deleted. By default they stay, or an administrator
   * who deletes the stack would lose the permission to do so half-way and leave an account that only root can enter.
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * The administrators: a group that may do everything with MFA and nothing without it, and its people, so that root
 * can be locked away.
 *
 * @throws {Error} if no administrator is given
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html
 */
export class AdminAccess extends Construct {
  /** The administrators' group. */
  readonly group: IGroup;
  /** URL where the account's IAM users sign in. */
  readonly signInUrl: string;
  /** The first sign-in of each administrator. */
  readonly firstSignIns: readonly FirstSignIn[];

  constructor(scope: Construct, id: string, props: AdminAccessProps) {
    super(scope, id);
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
    const { group, firstSignIns } = new ConsoleGroup(this, 'Default', {
      groupName: props.groupName ?? 'Administrators',
      users: props.administrators,
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess')],
      statements: denyWithoutMfa(this),
      minimumPasswordLength: props.minimumPasswordLength,
      removalPolicy,
    });
    this.group = group;
    this.firstSignIns = firstSignIns;
    this.signInUrl = `https://${Aws.ACCOUNT_ID}.${consoleDomain(this, 'signIn')}/console`;
    acknowledge(group, {
      reason:
        'Administering the account is what the group is for; without MFA its own policy denies everything.',
      cdkNag: ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AdministratorAccess]'],
    });

    if (props.guard ?? true) {
      const { suite } = props;
      new GroupPolicy(this, 'Guard', {
        group,
        statements: [
          denyTampering([protectGroup(group), ...(suite ? protectSuite(this, suite) : [])]),
          ...(suite?.keyAlias === undefined ? [] : [denyTamperingWithKey(this, suite.keyAlias)]),
        ],
        // It only denies: kept, it could not be switched off, and would stop the clean-up after a removal.
        removalPolicy: RemovalPolicy.DESTROY,
      });
    }
  }
}
