import { GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { GetResourcePolicyCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { z } from 'zod';
import type { StackKind } from '../../stacks/stack-kinds';
import type { Clients } from '../clients';
import { readIfThere } from '../read';
import type { DeployedSuite, Part, ResourcePolicy } from '../snapshot';

/** A resource whose policy a template has. */
interface Governed {
  readonly kind: StackKind;
  readonly resource: string;
  readonly wanted: unknown;
}

type Reader = (clients: Clients, resource: string) => Promise<string | undefined>;

/** Properties with the document and with references to what it governs, and how it is read, by type. */
const TYPES: Readonly<Record<string, readonly [document: string, of: string | undefined, read: Reader]>> = {
  'AWS::KMS::Key': [
    'KeyPolicy',
    undefined,
    async (clients, KeyId) => (await clients.get(KMSClient).send(new GetKeyPolicyCommand({ KeyId }))).Policy,
  ],
  'AWS::S3::BucketPolicy': [
    'PolicyDocument',
    'Bucket',
    async (clients, Bucket) =>
      (await clients.get(S3Client).send(new GetBucketPolicyCommand({ Bucket }))).Policy,
  ],
  'AWS::SNS::TopicPolicy': [
    'PolicyDocument',
    'Topics',
    async (clients, TopicArn) =>
      (await clients.get(SNSClient).send(new GetTopicAttributesCommand({ TopicArn }))).Attributes?.Policy,
  ],
  'AWS::SecretsManager::ResourcePolicy': [
    'ResourcePolicy',
    'SecretId',
    async (clients, SecretId) =>
      (await clients.get(SecretsManagerClient).send(new GetResourcePolicyCommand({ SecretId })))
        .ResourcePolicy,
  ],
};

/** What another check tells: that the resource was deleted, such as a first-time password. */
const GONE = ['NoSuchBucket', 'NotFoundException', 'NotFound', 'ResourceNotFoundException'];
/** The resource exists without a policy. */
const NONE = ['NoSuchBucketPolicy'];

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string().optional(), Properties: z.record(z.string(), z.unknown()).optional() }),
  ),
});
const Reference = z.object({ Ref: z.string() });

/** Reads the policies of the stacks' resources, of those that exist. */
export async function readResourcePolicies(
  clients: Clients,
  suite: Part<DeployedSuite>,
): Promise<Part<readonly ResourcePolicy[]>> {
  if (!('value' in suite)) return suite;
  const policies = await Promise.all(
    governed(suite.value).map(async ({ type, ...one }): Promise<ResourcePolicy[]> => {
      const text = await readIfThere(GONE, async () => ({ policy: await read(clients, type, one.resource) }));
      if (!('value' in text)) return [{ ...one, actual: text }];
      return text.value === undefined ? [] : [{ ...one, actual: { value: text.value.policy } }];
    }),
  );
  return { value: policies.flat() };
}

/** The document; undefined if the resource has none. */
async function read(clients: Clients, type: string, resource: string): Promise<unknown> {
  const [, , reader] = TYPES[type] ?? [];
  const text = await readIfThere(NONE, async () => reader?.(clients, resource));
  if (!('value' in text)) throw new Error(text.unknown);
  return text.value === undefined || text.value === '' ? undefined : (JSON.parse(text.value) as unknown);
}

function governed(suite: DeployedSuite): (Governed & { readonly type: string })[] {
  return suite.flatMap(({ kind, template, resources }) =>
    Object.entries(Template.parse(template).Resources).flatMap(
      ([id, { Type: type = '', Properties = {} }]) => {
        const [document, of] = TYPES[type] ?? [];
        if (document === undefined) return [];
        const ids = of === undefined ? [id] : [Properties[of]].flat().map((one) => Reference.parse(one).Ref);
        return ids.flatMap((logicalId) => {
          const resource = resources.find(({ LogicalResourceId }) => LogicalResourceId === logicalId);
          const wanted = Properties[document];
          return resource?.PhysicalResourceId === undefined
            ? []
            : { kind, type, resource: resource.PhysicalResourceId, wanted };
        });
      },
    ),
  );
}
