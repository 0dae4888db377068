import { Aws, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { nameTrust } from '../../functions/service-role';

/** Construct ID. A scope has at most one chat application. */
const ID = 'Chat';

/**
 * The role that channels of Amazon Q Developer in chat applications share. It has no permissions: channels
 * show messages, and nobody can run commands from them.
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/what-is.html
 */
export class ChatApplication extends Construct {
  /** Returns the chat application of a scope, and creates it for the first channel. */
  static of(scope: Construct): ChatApplication {
    const existing = scope.node.tryFindChild(ID);
    return existing instanceof ChatApplication ? existing : new ChatApplication(scope, ID);
  }

  private readonly role: Role;
  /** People see it in the console and in the channel. An account can have it only once. */
  private readonly name: string;

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = Stack.of(this);
    const others = stack.node
      .findAll()
      .filter((one) => one !== this && one instanceof ChatApplication).length;
    this.name = `${stack.stackName}-chat${others > 0 ? `-${others + 1}` : ''}`;
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('chatbot.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      description: 'Used by the chat channels. No permissions: they only show messages.',
    });
    nameTrust(this.role, 'ServiceAssumesRole');
  }

  /** Properties of a channel that shows these topics, without the IDs of the channel itself. */
  configuration(topics: readonly ITopic[]) {
    return {
      configurationName: this.name,
      iamRoleArn: this.role.roleArn,
      // Without a guardrail policy, AWS uses AdministratorAccess.
      guardrailPolicies: [`arn:${Aws.PARTITION}:iam::aws:policy/CloudWatchReadOnlyAccess`],
      snsTopicArns: topics.map(({ topicArn }) => topicArn),
      userRoleRequired: false,
    };
  }
}
