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
  CfnUserToGroupAddition,
  Group,
  IGroup,
  IManagedPolicy,
  IPolicy,
  PolicyStatement,
  User,
} from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { markPart } from '../functions/mark-part';
import { acknowledge } from '../functions/nag-suppressions';
import { GroupPolicy } from './group-policy';

/** A person who signs in to the console. */
export interface ConsoleUserProps {
  /** IAM user name. A physical name, because a person types it. */
  readonly userName: string;
  /**
   * Construct id. Give one when the user name is a token; keep it for the life of the user.
   * @default - the user name
   */
  readonly id?: string;
  /**
   * Creates the user, and makes it a member, only if this is true.
   * @default - always
   */
  readonly condition?: CfnCondition;
}

export interface ConsoleGroupProps {
  /**
   * Name of the group. A physical name, because people pick it in the console.
   * @default - CloudFormation makes one
   */
  readonly groupName?: string;
  /** The people in the group. */
  readonly users: readonly ConsoleUserProps[];
  /**
   * What the group may do.
   * @default []
   */
  readonly managedPolicies?: IManagedPolicy[];
  /** Statements of the group's own policy, beside the managed ones. */
  readonly statements: PolicyStatement[];
  /**
   * Characters that the account's password policy asks for.
   * @default 15
   */
  readonly minimumPasswordLength?: number;
  /**
   * What becomes of group, users and policies when the stack is deleted.
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * What becomes of the group, its policy and memberships, when it differs from that of the users.
   * @default - the removal policy
   */
  readonly groupRemovalPolicy?: RemovalPolicy;
}

/** Construct ids with a meaning of their own: to the CDK, to the group, or to JavaScript in any object. */
const TAKEN = [
  ...['Default', 'Resource', 'Group', 'Policy', 'Members'],
  ...Object.getOwnPropertyNames(Object.prototype),
];

/** A user's first sign-in, for whoever hands the password over. */
export interface FirstSignIn {
  /** Construct id of the user: its name, unless that is a token or has a meaning of its own. */
  readonly id: string;
  /** Prints the password; run it once. */
  readonly readPasswordCommand: string;
  /** Whether there is this user; undefined if there always is. */
  readonly condition?: CfnCondition;
}

/**
 * A group, its people as console users, and a first-sign-in password for each in Secrets Manager. Permissions come
 * through the group alone, and there are no access keys.
 *
 * A user resource never changes after it was made: any update of it would set the first password again, and fail once
 * the secret is deleted. So membership is a resource of its own, and users and secrets carry no tags.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
 */
export class ConsoleGroup extends Construct {
  /** The group. */
  readonly group: IGroup;
  /** The group's own policy. */
  readonly policy: IPolicy;
  /** The first sign-in of each person. */
  readonly firstSignIns: readonly FirstSignIn[];

  constructor(scope: Construct, id: string, props: ConsoleGroupProps) {
    super(scope, id);
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
    const groupRemovalPolicy = props.groupRemovalPolicy ?? removalPolicy;
    const { users } = props;
    if (users.length === 0) throw new Error('users must name at least one person, got none');

    this.group = new Group(this, 'Group', {
      groupName: props.groupName,
      managedPolicies: props.managedPolicies,
    });
    this.group.applyRemovalPolicy(groupRemovalPolicy);
    if (props.groupName !== undefined) {
      acknowledge(this.group, {
        reason: 'People pick the group by its name; a changed one replaces the group, whose members follow.',
        guard: ['CFN_NO_EXPLICIT_RESOURCE_NAMES'],
        cfnNag: ['W28'],
      });
    }
    const { defaultChild } = this.group.node;
    if (CfnResource.isCfnResource(defaultChild)) {
      // One that gets another name hands its policy and its members over, and must not stay without them.
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
    const membership = new CfnUserToGroupAddition(this, 'Members', {
      groupName: this.group.groupName,
      users: members.map(({ user, firstSignIn: { condition } }) =>
        condition
          ? Fn.conditionIf(condition.logicalId, user.userName, Aws.NO_VALUE).toString()
          : user.userName,
      ),
    });
    membership.applyRemovalPolicy(groupRemovalPolicy);
    // Nobody is a member before MFA is demanded of members.
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
    // No user name has an exclamation mark, so that this is the id of nobody else.
    const scope = new Construct(this, props.id ?? (taken.includes(userName) ? `${userName}!` : userName));
    const secret = new Secret(scope, 'Password', {
      description: 'First-time password of an IAM user. Delete this secret after the first sign-in.',
      generateSecretString: {
        // Changing the length would make a new password, so it does not follow the policy's length step by step.
        passwordLength: minimumLength <= 32 ? 32 : 128,
        requireEachIncludedType: true,
        // Symbols that the password policy does not count, and those that a shell or a person stumbles over.
        excludeCharacters: ' "\',./:;<>?\\`~$&|{}',
      },
    });
    const user = new User(scope, 'User', {
      userName,
      password: secret.secretValue,
      passwordResetRequired: true,
    });
    user.applyRemovalPolicy(removalPolicy);
    markPart(secret, 'first-password', user);

    // These reasons never change: a changed word in the template may be an update, which fails once the secret is
    // deleted, and gives the user its first-time password again.
    acknowledge(
      secret,
      {
        reason: 'Used once, at the first sign-in, and then deleted.',
        cdkNag: ['AwsSolutions-SMG4', 'NIST.800.53.R5-SecretsManagerRotationEnabled'],
        guard: ['SECRETSMANAGER_ROTATION_ENABLED_CHECK'],
      },
      {
        reason: 'Worthless after the first sign-in; the AWS managed key is enough.',
        cdkNag: ['NIST.800.53.R5-SecretsManagerUsingKMSKey'],
        checkov: ['CKV_AWS_149'],
        guard: ['SECRETSMANAGER_USING_CMK'],
        cfnNag: ['W77'],
      },
    );
    acknowledge(user, {
      reason: 'In the group by AWS::IAM::UserToGroupAddition: the user itself never changes.',
      cdkNag: ['NIST.800.53.R5-IAMUserGroupMembership'],
      guard: ['IAM_USER_MISSING_GROUP_RULE'],
      cfnNag: ['F2000'],
    });

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
