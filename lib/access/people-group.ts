import { Aws, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { markPart } from '../functions/mark-part';
import { acknowledge, acknowledgeWildcard } from '../functions/nag-suppressions';
import { ConsoleGroup, type ConsoleUserProps } from './console-group';
import { firstPasswordArns } from './first-passwords';
import { allowEnrolment, DEVICES, denyWithoutMfa } from './mfa';

/** Props of {@link PeopleGroup}. */
export interface PeopleGroupProps {
  /**
   * Users of this group only. Those of other groups become members by `membersOf`.
   * @default []
   */
  readonly users?: readonly ConsoleUserProps[];
  /** Users who hand over first-time passwords. */
  readonly administrators: readonly string[];
  /** ARNs of the roles that members can assume, as far as the trust of the roles names them. */
  readonly roleArns: readonly string[];
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
}

/** Clients of the AWS CLI and the SDKs that sign in with the console. The action knows no other resource. */
const CLI_CLIENTS = `arn:${Aws.PARTITION}:signin:*:${Aws.ACCOUNT_ID}:oauth2/public-client/*`;

/**
 * Users who look after their own credentials and assume roles, and can do nothing else.
 *
 * CloudFormation generates the name of the group: when the people become administrators again, the group is
 * kept without members when its stack is deleted, and a new one must be able to follow.
 */
export class PeopleGroup extends ConsoleGroup {
  constructor(scope: Construct, id: string, props: PeopleGroupProps) {
    super(scope, id, {
      users: props.users ?? [],
      statements: [
        ...allowEnrolment(Stack.of(scope)),
        new PolicyStatement({
          // As in the managed policy SignInLocalDevelopmentAccess, for `aws login`.
          // https://docs.aws.amazon.com/signin/latest/userguide/command-line-sign-in.html
          sid: 'CommandLine',
          actions: ['signin:AuthorizeOAuth2Access', 'signin:CreateOAuth2Token'],
          resources: [CLI_CLIENTS],
        }),
        new PolicyStatement({
          sid: 'AssumeRoles',
          // Who may assume which one is in the trust of each role, whose session has the user's name.
          actions: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
          resources: [...props.roleArns],
        }),
        new PolicyStatement({
          // The session of a role has no MFA, so the policy of the secret denies it: administrators read
          // first-time passwords as users.
          sid: 'HandOverPasswords',
          actions: ['secretsmanager:GetSecretValue'],
          resources: firstPasswordArns(scope),
          conditions: { StringEquals: { 'aws:username': [...props.administrators] } },
        }),
        ...denyWithoutMfa(Stack.of(scope)),
      ],
      minimumPasswordLength: props.minimumPasswordLength,
      removalPolicy: props.removalPolicy,
    });
    markPart(this.group, 'people-group');
    acknowledge(this.policy, {
      reason: 'Users can request credentials with MFA, which allow no more than the group does.',
      checkov: ['CKV_AWS_107'],
    });
    acknowledgeWildcard(
      this.policy,
      DEVICES,
      'Device names are arbitrary. A new device is not assigned to a user.',
    );
    for (const arn of firstPasswordArns(scope)) {
      acknowledgeWildcard(this.policy, arn, 'CloudFormation adds a suffix to the names.');
    }
    acknowledgeWildcard(this.policy, CLI_CLIENTS, 'The ID of the client is that of the AWS CLI or SDK.');
    acknowledgeWildcard(
      this.policy,
      '*',
      'These actions have no resource-level permissions; see NO_RESOURCE_ACTIONS.',
    );
  }
}
