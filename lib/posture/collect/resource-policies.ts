import { GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetPolicyCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { GetResourcePolicyCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import type { StackKind } from '../../stacks/stack-kinds';
import { CallFailed, type Clients } from '../clients';
import { readIfThere } from '../read';
import type { DeployedStack, DeployedSuite, Part, ResourcePolicy } from '../snapshot';
import type { ReadTopicAttributes } from './notifications';

/** A resource whose policy a template has. */
interface Governed {
  readonly kind: StackKind;
  readonly type: string;
  readonly resource: string;
  readonly wanted: unknown;
}

interface GovernedType {
  /** The property with the document. @default - its statements are resources of their own */
  readonly document?: string;
  /** The property that refers to what the policy governs. @default - the resource itself */
  readonly of?: string;
  /** Error names that mean that the resource has no policy. */
  readonly none?: readonly string[];
  readonly read: (
    clients: Clients,
    resource: string,
    topics: ReadTopicAttributes,
  ) => Promise<string | undefined>;
}

const FUNCTION = 'AWS::Lambda::Function';

/** By CloudFormation type. */
const TYPES: Readonly<Record<string, GovernedType>> = {
  'AWS::KMS::Key': {
    document: 'KeyPolicy',
    read: async (clients, KeyId) =>
      (await clients.get(KMSClient).send(new GetKeyPolicyCommand({ KeyId }))).Policy,
  },
  [FUNCTION]: {
    // A missing function has the same error; another check finds it.
    none: ['ResourceNotFoundException'],
    read: async (clients, FunctionName) =>
      (await clients.get(LambdaClient).send(new GetPolicyCommand({ FunctionName }))).Policy,
  },
  'AWS::S3::BucketPolicy': {
    document: 'PolicyDocument',
    of: 'Bucket',
    none: ['NoSuchBucketPolicy'],
    read: async (clients, Bucket) =>
      (await clients.get(S3Client).send(new GetBucketPolicyCommand({ Bucket }))).Policy,
  },
  'AWS::SNS::TopicPolicy': {
    document: 'PolicyDocument',
    of: 'Topics',
    read: async (_, topicArn, topics) => (await topics(topicArn)).Policy,
  },
  'AWS::SecretsManager::ResourcePolicy': {
    document: 'ResourcePolicy',
    of: 'SecretId',
    read: async (clients, SecretId) =>
      (await clients.get(SecretsManagerClient).send(new GetResourcePolicyCommand({ SecretId })))
        .ResourcePolicy,
  },
};

/** What another check reports: that the resource was deleted, such as a first-time password. */
const GONE = ['NoSuchBucket', 'NotFoundException', 'NotFound', 'ResourceNotFoundException'];

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string().optional(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
});
const Reference = z.object({ Ref: z.string() });

/** Reads the policies of the stacks' resources that exist. */
export async function readResourcePolicies(
  clients: Clients,
  topics: ReadTopicAttributes,
  suite: Part<DeployedSuite>,
): Promise<Part<readonly ResourcePolicy[]>> {
  if (!('value' in suite)) return suite;
  const policies = await Promise.all(
    suite.value.flatMap(governed).map(async (one): Promise<ResourcePolicy[]> => {
      const found = await readIfThere(GONE, async () => ({ policy: await read(clients, topics, one) }));
      if (!('value' in found)) return [{ ...one, actual: found }];
      return found.value === undefined ? [] : [{ ...one, actual: { value: found.value.policy } }];
    }),
  );
  return { value: policies.flat() };
}

/** The document; undefined if the resource has none. */
async function read(
  clients: Clients,
  topics: ReadTopicAttributes,
  { type, resource }: Governed,
): Promise<unknown> {
  const { none = [], read: reader } = TYPES[type] ?? {};
  try {
    const text = await reader?.(clients, resource, topics);
    return text === undefined || text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch (error) {
    if (error instanceof CallFailed && none.includes(error.code)) return undefined;
    throw error;
  }
}

function governed({ kind, template, resources }: DeployedStack): Governed[] {
  const all = Template.parse(template).Resources;
  return Object.entries(all).flatMap(([id, { Type: type = '', Properties }]) => {
    const governedType = TYPES[type];
    if (!governedType) return [];
    const { document, of } = governedType;
    const ids = of === undefined ? [id] : [Properties[of]].flat().map((one) => Reference.parse(one).Ref);
    return ids.flatMap((logicalId) => {
      const found = resources.find(({ LogicalResourceId }) => LogicalResourceId === logicalId);
      if (found?.PhysicalResourceId === undefined) return [];
      const wanted =
        document === undefined ? { Statement: permissionsOf(id, Object.values(all)) } : Properties[document];
      return [{ kind, type, resource: found.PhysicalResourceId, wanted }];
    });
  });
}

const Permission = z.object({
  Action: z.string(),
  FunctionName: z.union([
    Reference.transform(({ Ref }) => Ref),
    z.object({ 'Fn::GetAtt': z.array(z.string()) }).transform((one) => one['Fn::GetAtt'][0]),
  ]),
  Principal: z.string(),
  SourceArn: z.unknown().optional(),
});

/**
 * The statements that Lambda creates from the permissions of a function.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
function permissionsOf(
  functionId: string,
  resources: readonly { readonly Type?: string; readonly Properties: unknown }[],
): unknown[] {
  return resources.flatMap(({ Type, Properties }) => {
    if (Type !== 'AWS::Lambda::Permission') return [];
    const { Action, FunctionName, Principal: Service, SourceArn } = Permission.parse(Properties);
    if (FunctionName !== functionId) return [];
    return [
      {
        Effect: 'Allow',
        Principal: { Service },
        Action,
        Resource: { 'Fn::GetAtt': [functionId, 'Arn'] },
        ...(SourceArn === undefined ? {} : { Condition: { ArnLike: { 'AWS:SourceArn': SourceArn } } }),
      },
    ];
  });
}
