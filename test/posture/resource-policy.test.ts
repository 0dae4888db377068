import { GetKeyPolicyCommand, KMSClient, KMSServiceException } from '@aws-sdk/client-kms';
import { GetBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { GetResourcePolicyCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { Clients } from '../../lib/posture/clients';
import { readResourcePolicy } from '../../lib/posture/collect/explain';

const s3 = mockClient(S3Client);
const sns = mockClient(SNSClient);
const kms = mockClient(KMSClient);
const secrets = mockClient(SecretsManagerClient);

const STATEMENT = { Effect: 'Allow', Action: '*', Resource: '*' };
const POLICY = JSON.stringify({ Version: '2012-10-17', Statement: STATEMENT });
const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:alarms';
const KEY = 'arn:aws-cn:kms:cn-north-1:123456789012:key/1111-2222';
const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:alice-a1b2c3';

const read = (arn: string) => readResourcePolicy(new Clients({ region: 'eu-central-1' }), arn);

beforeEach(() => {
  for (const mock of [s3, sns, kms, secrets]) mock.reset();
  s3.on(GetBucketPolicyCommand, { Bucket: 'logs' }).resolves({ Policy: POLICY });
  sns.on(GetTopicAttributesCommand, { TopicArn: TOPIC }).resolves({ Attributes: { Policy: POLICY } });
  kms.on(GetKeyPolicyCommand, { KeyId: KEY }).resolves({ Policy: POLICY });
  secrets.on(GetResourcePolicyCommand, { SecretId: SECRET }).resolves({ ResourcePolicy: POLICY });
});

test.each([
  ['arn:aws:s3:::logs', 'policy of the bucket'],
  ['arn:aws:s3:::logs/AWSLogs/x', 'policy of the bucket'],
  [TOPIC, 'policy of the topic'],
  [KEY, 'policy of the key'],
  [SECRET, 'policy of the secret'],
])('%s has the %s', async (arn, name) => {
  expect(await read(arn)).toEqual({
    value: { kind: 'resource', name, document: { Version: '2012-10-17', Statement: [STATEMENT] } },
  });
});

test.each(['arn:aws:iam::123456789012:user/alice', 'arn:aws:kms:eu-central-1:123456789012:alias/x', '*'])(
  '%s has no policy that is read',
  async (arn) => {
    expect(await read(arn)).toEqual({ value: undefined });
    expect(kms.calls()).toHaveLength(0);
  },
);

test('a resource that does not exist, or has no policy, has none', async () => {
  secrets.on(GetResourcePolicyCommand).resolves({});
  kms
    .on(GetKeyPolicyCommand)
    .rejects(
      new KMSServiceException({ name: 'NotFoundException', message: 'no', $fault: 'client', $metadata: {} }),
    );
  expect(await read(SECRET)).toEqual({ value: undefined });
  expect(await read(KEY)).toEqual({ value: undefined });
});
