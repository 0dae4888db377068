import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';

/**
 * Returns the permissions that a role needs to publish to the topics.
 *
 * @param encryptionKey key that encrypts the topics; undefined if they are not encrypted
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
    // SNS uses the publisher's permissions to encrypt messages.
    // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#send-to-encrypted-topic
    new PolicyStatement({
      sid: 'EncryptMessages',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [encryptionKey.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `sns.${Aws.REGION}.amazonaws.com` } },
    }),
  ];
}
