import { Stack } from 'aws-cdk-lib';
import { Alias, CfnKey, type IKey } from 'aws-cdk-lib/aws-kms';
import { CfnTopic, CfnTopicPolicy, type ITopic } from 'aws-cdk-lib/aws-sns';

/** Services that publish to topics. The policy that SNS gives to a new topic admits only CloudWatch. */
type Service = `${'budgets' | 'cloudwatch' | 'costalerts' | 'events'}.amazonaws.com`;

/**
 * Returns errors about services that may not publish to a topic of the app: AWS shows none, and nobody would
 * receive what they publish. What is not in the app is not known.
 *
 * @param remedy what else admits them, after `or`
 */
export function refusedByTopic(topic: ITopic, services: readonly Service[], remedy: string): string[] {
  if (!(topic.node.defaultChild instanceof CfnTopic)) return [];
  const stack = Stack.of(topic);
  const isTopic = (arn: unknown) => JSON.stringify(arn) === JSON.stringify(stack.resolve(topic.topicArn));
  // Those of other stacks can have topics of other Regions, which this one cannot resolve.
  const policies = stack.node
    .findAll()
    .flatMap((one) =>
      one instanceof CfnTopicPolicy &&
      Stack.of(one) === stack &&
      (stack.resolve(one.topics) as unknown[]).some(isTopic)
        ? [stack.resolve(one.policyDocument) as PolicyJson]
        : [],
    );
  const { masterKey } = topic;
  if (masterKey && 'aliasName' in masterKey && String(masterKey.aliasName).startsWith('alias/aws/')) {
    return [
      `nobody would receive what is published, because ${topic.node.path} has an AWS managed key, which admits no service: give it a key of your own, or none`,
    ];
  }
  const key = keyPolicyOf(masterKey);
  return services
    .filter(
      (service) =>
        !(policies.length > 0 ? allows(policies, service) : service === 'cloudwatch.amazonaws.com') ||
        (key && !allows([key], service)),
    )
    .map(
      (service) =>
        `nobody would receive what ${service} publishes, because the policy of ${topic.node.path} or of its key does not allow it: call topic.grantPublish(new ServicePrincipal('${service}')), or ${remedy}`,
    );
}

/** Without statements, a policy of the CDK is undefined. */
type PolicyJson =
  { readonly Statement?: readonly { readonly Effect: string; readonly Principal?: unknown }[] } | undefined;

function keyPolicyOf(key: IKey | undefined): PolicyJson {
  const { defaultChild } = (key instanceof Alias ? key.aliasTargetKey : key)?.node ?? {};
  return defaultChild instanceof CfnKey
    ? (Stack.of(defaultChild).resolve(defaultChild.keyPolicy) as PolicyJson)
    : undefined;
}

function allows(policies: readonly PolicyJson[], service: string): boolean {
  return policies.some((policy) =>
    [policy?.Statement ?? []].flat().some(({ Effect, Principal }) => {
      const principals = JSON.stringify({ Principal });
      return Effect === 'Allow' && (principals.includes(`"${service}"`) || principals.includes('"*"'));
    }),
  );
}
