import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import {
  type ContextEntry,
  type EvaluationResult,
  GetContextKeysForPrincipalPolicyCommand,
  type GroupDetail,
  IAMClient,
  type ManagedPolicyDetail,
  paginateGetAccountAuthorizationDetails,
  paginateSimulatePrincipalPolicy,
  type PolicyDetail,
  type RoleDetail,
  type UserDetail,
} from '@aws-sdk/client-iam';
import { GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { GetResourcePolicyCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Policy } from '../../explain/evaluate';
import type { IamAnswer } from '../../explain/iam-answer';
import type { PolicyDocument } from '../../explain/managed-policies';
import type { ContextKeys } from '../../explain/request';
import type { Principal } from '../../explain/template-policies';
import { CallFailed, type Clients } from '../clients';
import { decoded } from '../iam-statements';
import { all, read, readIfThere } from '../read';
import type { Part } from '../snapshot';

/** The users, groups and roles of the account, with their policies, and the trust policies of the roles. */
export interface AccountPrincipals {
  readonly principals: readonly Principal[];
  /** Trust policies by the ARN of the role. */
  readonly trust: ReadonlyMap<string, Policy>;
}

/**
 * Reads all policies of users, groups and roles, AWS managed policies included.
 *
 * @throws {CallFailed} without the permission
 */
export async function readPrincipals(clients: Clients): Promise<AccountPrincipals> {
  const client = clients.get(IAMClient);
  // The default is 100 a page; 1000 is the maximum.
  const pages = await all(paginateGetAccountAuthorizationDetails({ client }, { MaxItems: 1000 }), (page) => [
    page,
  ]);
  const managed = new Map(
    pages.flatMap(({ Policies = [] }) => Policies).map((policy) => [policy.Arn, defaultVersion(policy)]),
  );
  const groups = pages
    .flatMap(({ GroupDetailList = [] }) => GroupDetailList)
    .map((one) => groupOf(one, managed));
  const roles = pages.flatMap(({ RoleDetailList = [] }) => RoleDetailList);
  return {
    principals: [
      ...pages
        .flatMap(({ UserDetailList = [] }) => UserDetailList)
        .map((one) => userOf(one, managed, groups)),
      ...roles.map((one) => roleOf(one, managed)),
      ...groups,
    ],
    trust: new Map(
      roles.flatMap(({ Arn, AssumeRolePolicyDocument: document }) =>
        Arn === undefined || document === undefined
          ? []
          : [[Arn, { kind: 'resource', name: 'trust policy of the role', document: documentOf(document) }]],
      ),
    ),
  };
}

type Managed = ReadonlyMap<string | undefined, PolicyDocument | undefined>;

function groupOf(
  { GroupName: name = '', Arn: arn = '', ...attached }: GroupDetail,
  managed: Managed,
): Principal {
  const policies = policiesOf(
    `the group ${name}`,
    attached.GroupPolicyList,
    attached.AttachedManagedPolicies,
    managed,
  );
  return {
    kind: 'group',
    name,
    arn: arn.replace(/:group\/.*$/, ':user/anyone'),
    policySource: arn,
    groups: [name],
    policies,
  };
}

function userOf(
  { UserName: name = '', Arn: arn = '', GroupList = [], PermissionsBoundary, ...attached }: UserDetail,
  managed: Managed,
  groups: readonly Principal[],
): Principal {
  return {
    kind: 'user',
    name,
    arn,
    policySource: arn,
    groups: GroupList,
    policies: [
      ...policiesOf(`the user ${name}`, attached.UserPolicyList, attached.AttachedManagedPolicies, managed),
      ...groups.filter((group) => GroupList.includes(group.name)).flatMap(({ policies }) => policies),
      ...boundaryOf(PermissionsBoundary?.PermissionsBoundaryArn, managed),
    ],
  };
}

function roleOf(
  { RoleName: name = '', Arn: arn = '', PermissionsBoundary, ...attached }: RoleDetail,
  managed: Managed,
): Principal {
  return {
    kind: 'role',
    name,
    arn,
    policySource: arn,
    groups: [],
    policies: [
      ...policiesOf(`the role ${name}`, attached.RolePolicyList, attached.AttachedManagedPolicies, managed),
      ...boundaryOf(PermissionsBoundary?.PermissionsBoundaryArn, managed),
    ],
  };
}

function policiesOf(
  of: string,
  inline: readonly PolicyDetail[] = [],
  attached: readonly { readonly PolicyArn?: string; readonly PolicyName?: string }[] = [],
  managed: Managed,
): Policy[] {
  return [
    ...attached.map(({ PolicyArn = '', PolicyName = '' }): Policy => ({
      kind: 'identity',
      name: `${PolicyArn.includes(':iam::aws:') ? 'AWS managed policy' : 'policy'} ${PolicyName} of ${of}`,
      document: managed.get(PolicyArn),
    })),
    ...inline.map(({ PolicyName = '', PolicyDocument: document }): Policy => ({
      kind: 'identity',
      name: `policy ${PolicyName} of ${of}`,
      document: document === undefined ? undefined : documentOf(document),
    })),
  ];
}

function boundaryOf(arn: string | undefined, managed: Managed): Policy[] {
  if (arn === undefined) return [];
  const name = `permissions boundary ${arn.split('/').at(-1) ?? arn}`;
  return [{ kind: 'boundary', name, document: managed.get(arn) }];
}

function defaultVersion({ PolicyVersionList = [] }: ManagedPolicyDetail): PolicyDocument | undefined {
  const { Document } = PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion === true) ?? {};
  return Document === undefined ? undefined : documentOf(Document);
}

/** A policy with a list of statements: a single one needs no list in IAM. */
function documentOf(encoded: string): PolicyDocument {
  return withList(decoded(encoded));
}

function withList(parsed: unknown): PolicyDocument {
  const { Version = '2008-10-17', Statement = [] } = parsed as {
    Version?: string;
    Statement?: PolicyDocument['Statement'] | PolicyDocument['Statement'][number];
  };
  return { Version, Statement: [Statement].flat() };
}

/** Physical IDs by stack name and logical ID, of the stacks that are deployed. */
export async function readPhysicalIds(
  clients: Clients,
  stackNames: readonly string[],
): Promise<Map<string, Map<string, string>>> {
  const client = clients.get(CloudFormationClient);
  const stacks = await Promise.all(
    stackNames.map(async (StackName) => {
      try {
        const found = await all(
          paginateListStackResources({ client }, { StackName }),
          (page) => page.StackResourceSummaries,
        );
        const ids = found.map(
          ({ LogicalResourceId = '', PhysicalResourceId = '' }) =>
            [LogicalResourceId, PhysicalResourceId] as const,
        );
        return [StackName, new Map(ids)] as const;
      } catch (error) {
        // CloudFormation has no specific error for a missing stack.
        if (error instanceof CallFailed && /does not exist/.test(error.message)) return undefined;
        throw error;
      }
    }),
  );
  return new Map(stacks.filter((stack) => stack !== undefined));
}

/** How the policies of resources are read, by their ARNs. */
const READERS: readonly {
  readonly arn: RegExp;
  readonly name: string;
  readonly read: (clients: Clients, name: string) => Promise<string | undefined>;
}[] = [
  {
    arn: /^arn:[^:]+:s3:::([^/]+)/,
    name: 'policy of the bucket',
    read: async (clients, Bucket) =>
      (await clients.get(S3Client).send(new GetBucketPolicyCommand({ Bucket }))).Policy,
  },
  {
    arn: /^(arn:[^:]+:sns:.+)$/,
    name: 'policy of the topic',
    read: async (clients, TopicArn) =>
      (await clients.get(SNSClient).send(new GetTopicAttributesCommand({ TopicArn }))).Attributes?.['Policy'],
  },
  {
    arn: /^(arn:[^:]+:kms:.+:key\/.+)$/,
    name: 'policy of the key',
    read: async (clients, KeyId) =>
      (await clients.get(KMSClient).send(new GetKeyPolicyCommand({ KeyId }))).Policy,
  },
  {
    arn: /^(arn:[^:]+:secretsmanager:.+)$/,
    name: 'policy of the secret',
    read: async (clients, SecretId) =>
      (await clients.get(SecretsManagerClient).send(new GetResourcePolicyCommand({ SecretId })))
        .ResourcePolicy,
  },
];

/** Error names that mean that the resource, or its policy, does not exist. */
const NONE = [
  'NoSuchBucket',
  'NoSuchBucketPolicy',
  'NotFound',
  'NotFoundException',
  'ResourceNotFoundException',
];

/** Reads the policy of a resource; undefined if it has none, or if its type is not known here. */
export async function readResourcePolicy(
  clients: Clients,
  resource: string,
): Promise<Part<Policy | undefined>> {
  const reader = READERS.find(({ arn }) => arn.test(resource));
  const [, id] = reader?.arn.exec(resource) ?? [];
  if (!reader || id === undefined) return { value: undefined };
  return readIfThere(NONE, async (): Promise<Policy | undefined> => {
    const text = await reader.read(clients, id);
    if (text === undefined || text === '') return undefined;
    return { kind: 'resource', name: reader.name, document: withList(JSON.parse(text)) };
  });
}

/** A request that IAM simulates. */
export interface Simulated {
  /** ARN of the user, group or role. */
  readonly policySource: string;
  readonly action: string;
  readonly resource: string;
  readonly context: ContextKeys;
}

/**
 * Asks IAM. The simulation covers identity policies, permissions boundaries, and service control policies.
 *
 * @throws {CallFailed} without the permission, or if IAM does not know the action
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export async function askIam(
  clients: Clients,
  { policySource: PolicySourceArn, action, resource, context }: Simulated,
): Promise<IamAnswer> {
  const client = clients.get(IAMClient);
  const named = await read(async () => {
    const { ContextKeyNames = [] } = await client.send(
      new GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn }),
    );
    return ContextKeyNames;
  });
  const given = new Set(Object.keys(context).map((key) => key.toLowerCase()));
  const results = await all(
    paginateSimulatePrincipalPolicy(
      { client },
      {
        PolicySourceArn,
        ActionNames: [action],
        ...(resource === '*' ? {} : { ResourceArns: [resource] }),
        ContextEntries: Object.entries(context).map(([key, value]) => entry(key, value)),
      },
    ),
    (page) => page.EvaluationResults,
  );
  const [result] = results;
  if (!result) throw new Error(`IAM returned no answer for ${action}`);
  return {
    ...answerOf(result),
    missing: 'value' in named ? named.value.filter((key) => !given.has(key.toLowerCase())) : [],
  };
}

function answerOf({
  EvalDecision,
  MatchedStatements = [],
  OrganizationsDecisionDetail,
  PermissionsBoundaryDecisionDetail,
}: EvaluationResult): Omit<IamAnswer, 'missing'> {
  return {
    allowed: EvalDecision === 'allowed',
    isExplicit: EvalDecision === 'explicitDeny',
    byOrganization: OrganizationsDecisionDetail?.AllowedByOrganizations === false,
    byBoundary: PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false,
    policies: MatchedStatements.flatMap(({ SourcePolicyId }) => SourcePolicyId ?? []),
  };
}

/** Types of condition keys that are not strings. */
const TYPES: Readonly<Record<string, ContextEntry['ContextKeyType']>> = {
  'aws:CalledVia': 'stringList',
  'aws:CurrentTime': 'date',
  'aws:EpochTime': 'numeric',
  'aws:MultiFactorAuthAge': 'numeric',
  'aws:MultiFactorAuthPresent': 'boolean',
  'aws:SecureTransport': 'boolean',
  'aws:SourceIp': 'ip',
  'aws:ViaAWSService': 'boolean',
};

function entry(key: string, value: string | readonly string[]): ContextEntry {
  return {
    ContextKeyName: key,
    ContextKeyType: TYPES[key] ?? 'string',
    ContextKeyValues: [value].flat(),
  };
}
