import {
  Aws,
  type CfnCondition,
  CfnDeletionPolicy,
  CfnResource,
  Fn,
  RemovalPolicy,
  Token,
} from 'aws-cdk-lib';
import {
  CfnGroup,
  CfnUser,
  CfnUserToGroupAddition,
  Effect,
  Group,
  IGroup,
  IManagedPolicy,
  IPolicy,
  PolicyDocument,
  PolicyStatement,
  StarPrincipal,
  User,
} from 'aws-cdk-lib/aws-iam';
import { CfnResourcePolicy, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { z } from 'zod';
import { passwordPolicy } from '../config/sections/password-policy';
import { list } from '../fields/basics';
import { checkProps } from '../fields/check-props';
import { userName } from '../fields/names';
import { markPart } from '../functions/mark-part';
import { onlyOnce } from '../functions/only-once';
import { withoutStackTags, withoutTags } from '../functions/without-tags';
import { acknowledge } from '../functions/nag-suppressions';
import { NOT_BY_PEOPLE, OUTSIDE_CLOUDFORMATION } from '../functions/through-cloudformation';
import { GroupPolicy } from './group-policy';

/** A user who signs in to the console. */
export interface ConsoleUserProps {
  /** IAM user name. It is a physical name because the user types it. */
  readonly userName: string;
  /**
   * Construct ID. Required if the user name is a token. Never change it for an existing user.
   * @default - the user name
   */
  readonly id?: string;
  /**
   * Creates the user and its membership only if this condition is true.
   * @default - always
   */
  readonly condition?: CfnCondition;
}

/** Console users, for `checkProps`. IAM compares their names without case. */
export const consoleUsers = () =>
  list(
    z.object({ userName: userName() }, { error: "must be an object such as { userName: 'alice' }" }),
    'users',
  ).refine((users) => new Set(users.map((user) => user.userName.toLowerCase())).size === users.length, {
    error: 'must have names that differ in more than case',
  });

/** Props of {@link ConsoleGroup}. */
export interface ConsoleGroupProps {
  /**
   * Name of the group. It is a physical name because people select it in the console.
   * @default - CloudFormation generates one
   */
  readonly groupName?: string;
  /** Users in the group. */
  readonly users: readonly ConsoleUserProps[];
  /**
   * Name of a group that the users are members of instead, which leaves this one without members. Only their
   * membership changes, never the users.
   * @default - this group
   */
  readonly membersOf?: string;
  /**
   * Managed policies of the group.
   * @default []
   */
  readonly managedPolicies?: IManagedPolicy[];
  /** Statements of the group's inline policy. */
  readonly statements: PolicyStatement[];
  /**
   * Minimum number of characters that the first-time passwords must have, 6 to 128.
   * @default 15
   */
  readonly minimumPasswordLength?: number;
  /**
   * What happens to the group, users, and policies when the stack is deleted.
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * What happens to the group, its policy, and its memberships, if it differs from the users.
   * @default - the removal policy
   */
  readonly groupRemovalPolicy?: RemovalPolicy;
}

/** Construct IDs that the CDK, this group, or every JavaScript object already uses. */
const TAKEN = [
  ...['Default', 'Resource', 'Group', 'Policy', 'Members'],
  ...Object.getOwnPropertyNames(Object.prototype),
];

/** A user's first sign-in, for the person who hands over the password. */
export interface FirstSignIn {
  /** Construct ID of the user: the user name, unless that is a token or reserved. */
  readonly id: string;
  /** Command that prints the password. Run it once. */
  readonly readPasswordCommand: string;
  /** Condition under which the user exists; undefined if it always does. */
  readonly condition?: CfnCondition;
}

/**
 * A group and its console users, with a first-time password for each in Secrets Manager. Users have no access
 * keys, and get permissions only through the group.
 *
 * A user resource must never change after it was created: any update resets the password to the first-time
 * password, and fails after the secret was deleted. That is why membership is its own resource, and why users
 * and secrets have no tags.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
 */
export class ConsoleGroup extends Construct {
  /** The group. */
  readonly group: IGroup;
  /** The group's inline policy. */
  readonly policy: IPolicy;
  /** First sign-in of each user. */
  readonly firstSignIns: readonly FirstSignIn[];

  constructor(scope: Construct, id: string, props: ConsoleGroupProps) {
    super(scope, id);
    checkProps({ minimumPasswordLength: passwordPolicy.unwrap().shape.minimumLength }, props);
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
    const groupRemovalPolicy = props.groupRemovalPolicy ?? removalPolicy;
    const { users } = props;
    const userNames = users.map(({ userName }) => userName);
    onlyOnce(this, userNames, (one) => one instanceof CfnUser && one.userName, 'account');
    if (props.groupName !== undefined) {
      onlyOnce(this, [props.groupName], (one) => one instanceof CfnGroup && one.groupName, 'account');
    }

    this.group = new Group(this, 'Group', {
      groupName: props.groupName,
      managedPolicies: props.managedPolicies,
    });
    this.group.applyRemovalPolicy(groupRemovalPolicy);
    if (props.groupName !== undefined) {
      acknowledge(this.group, {
        reason:
          'People select the group by its name. A changed name replaces the group, and its members move to the new one.',
        guard: ['CFN_NO_EXPLICIT_RESOURCE_NAMES'],
        cfnNag: ['W28'],
      });
    }
    const { defaultChild } = this.group.node;
    if (CfnResource.isCfnResource(defaultChild)) {
      // When a new name replaces the group, its policy and members move to the new one. Do not keep the empty
      // group.
      defaultChild.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.DELETE;
    }
    this.policy = new GroupPolicy(this, 'Policy', {
      group: this.group,
      statements: props.statements,
      removalPolicy: groupRemovalPolicy,
    });

    const length = props.minimumPasswordLength ?? 15;
    const taken = [...TAKEN, ...users.map(({ id }) => id)];
    const members = users.map((user) => this.addUser(user, taken, length, removalPolicy));
    this.firstSignIns = members.map(({ firstSignIn }) => firstSignIn);
    if (members.length === 0) return;
    withoutStackTags(
      this,
      'users',
      'change its users, and a changed user gets its first-time password again',
    );
    const membership = new CfnUserToGroupAddition(this, 'Members', {
      // A changed group is an update without interruption.
      // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-usertogroupaddition.html
      groupName: props.membersOf ?? this.group.groupName,
      users: members.map(({ user, firstSignIn: { condition } }) =>
        condition
          ? Fn.conditionIf(condition.logicalId, user.userName, Aws.NO_VALUE).toString()
          : user.userName,
      ),
    });
    membership.applyRemovalPolicy(groupRemovalPolicy);
    // Users must not become members before the policy that requires MFA exists.
    membership.node.addDependency(this.policy);
  }

  private addUser(
    props: ConsoleUserProps,
    taken: readonly (string | undefined)[],
    minimumLength: number,
    removalPolicy: RemovalPolicy,
  ) {
    const { userName } = props;
    if (props.id === undefined && Token.isUnresolved(userName)) {
      throw new Error('id is required for a user whose name is a token');
    }
    // User names cannot contain an exclamation mark, so this ID is unique.
    const scope = new Construct(this, props.id ?? (taken.includes(userName) ? `${userName}!` : userName));
    const secret = new Secret(scope, 'Password', {
      description: 'First-time password: delete it after the first sign-in.',
      generateSecretString: {
        // By default 32 characters, of each type. A changed length would generate a new password, so the
        // length does not follow every change of the policy.
        passwordLength: minimumLength <= 32 ? undefined : 128,
        // Symbols that the password policy does not count, and characters that are hard to type or to paste
        // into a shell.
        excludeCharacters: ' "\',./:;<>?\\`~$&|{}',
      },
    });
    const user = new User(scope, 'User', {
      userName,
      password: secret.secretValue,
      passwordResetRequired: true,
    });
    user.applyRemovalPolicy(removalPolicy);
    markPart(secret, 'first-password');
    admitPeople(scope, secret, user);

    // Never change these reasons: a changed template can update the user, which resets its password to the
    // first-time password, or fails after the secret was deleted.
    acknowledge(secret, {
      reason: 'Used once, and then deleted.',
      cdkNag: [
        'AwsSolutions-SMG4',
        'NIST.800.53.R5-SecretsManagerRotationEnabled',
        'NIST.800.53.R5-SecretsManagerUsingKMSKey',
      ],
      checkov: ['CKV_AWS_149'],
      guard: ['SECRETSMANAGER_ROTATION_ENABLED_CHECK', 'SECRETSMANAGER_USING_CMK'],
      cfnNag: ['W77'],
    });
    acknowledge(user, {
      reason: 'A member by AWS::IAM::UserToGroupAddition.',
      cdkNag: ['NIST.800.53.R5-IAMUserGroupMembership'],
      guard: ['IAM_USER_MISSING_GROUP_RULE'],
      cfnNag: ['F2000'],
    });

    withoutTags(scope);
    for (const one of scope.node.findAll()) {
      if (CfnResource.isCfnResource(one)) one.cfnOptions.condition = props.condition;
    }

    return {
      user,
      firstSignIn: {
        id: scope.node.id,
        condition: props.condition,
        readPasswordCommand: `aws secretsmanager get-secret-value --region ${Aws.REGION} --secret-id ${secret.secretArn} --query SecretString --output text`,
      } satisfies FirstSignIn,
    };
  }
}

/**
 * Denies reading a first-time password to everyone who does not hand it over: many roles may read every
 * secret. Never change this policy: the update would fail after the secret was deleted.
 */
function admitPeople(scope: Construct, secret: Secret, user: User): void {
  const policy = new CfnResourcePolicy(scope, 'Readers', {
    secretId: secret.secretArn,
    resourcePolicy: new PolicyDocument({
      statements: [
        new PolicyStatement({
          sid: 'OnlyPeople',
          effect: Effect.DENY,
          principals: [new StarPrincipal()],
          // Not its management: Secrets Manager refuses a policy that would lock out the caller, who may be
          // any deployer. Who removes this policy and reads the password triggers FirstPasswordRead.
          actions: ['secretsmanager:GetSecretValue'],
          // In the policy of a secret, * is the secret itself.
          resources: ['*'],
          conditions: { ...OUTSIDE_CLOUDFORMATION, ...NOT_BY_PEOPLE },
        }),
      ],
    }),
  });
  // After the user: CloudFormation reads the password for it for any deployer.
  policy.node.addDependency(user);
  // The policy is deleted with the secret, which people do.
  policy.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
  policy.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
}
