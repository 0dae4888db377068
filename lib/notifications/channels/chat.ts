import { Aws, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { nameTrust } from '../../functions/service-role';

/** Id of the construct, once in a scope. */
const ID = 'Chat';

/**
 * What channels of Amazon Q Developer in chat applications share: a role without permissions. They show
 * messages; nobody can run a command from a channel.
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/what-is.html
 */
export class ChatApplication extends Construct {
  /** The chat application of a scope; created for its first channel. */
  static of(scope: Construct): ChatApplication {
    const existing = scope.node.tryFindChild(ID);
    return existing instanceof ChatApplication ? existing : new ChatApplication(scope, ID);
  }

  private readonly role: Role;

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('chatbot.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      description: 'Of the chat channels, without permissions: they only show messages.',
    });
    nameTrust(this.role, 'ServiceAssumesRole');
  }

  /** The properties of a channel that shows these topics, without the ids of the channel itself. */
  configuration(topics: readonly ITopic[]) {
    return {
      // A person sees it in the console and in the channel.
      configurationName: `${Stack.of(this).stackName}-chat`,
      iamRoleArn: this.role.roleArn,
      // Without a guardrail policy, AWS uses AdministratorAccess.
      guardrailPolicies: [`arn:${Aws.PARTITION}:iam::aws:policy/CloudWatchReadOnlyAccess`],
      snsTopicArns: topics.map(({ topicArn }) => topicArn),
      userRoleRequired: false,
    };
  }
}
