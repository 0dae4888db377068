import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';

/**
 * What a role needs to publish to the topics, and nothing else.
 *
 * @param encryptionKey key that encrypts them; undefined where they are not encrypted
 */
export function mayPublish(topics: readonly ITopic[], encryptionKey: IKey | undefined): PolicyStatement[] {
  const publish = new PolicyStatement({
    sid: 'Publish',
    actions: ['sns:Publish'],
    resources: topics.map(({ topicArn }) => topicArn),
  });
  if (!encryptionKey) return [publish];
  return [
    publish,
    // SNS encrypts with the publisher's permissions.
    // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#send-to-encrypted-topic
    new PolicyStatement({
      sid: 'EncryptMessages',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [encryptionKey.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `sns.${Aws.REGION}.amazonaws.com` } },
    }),
  ];
}
