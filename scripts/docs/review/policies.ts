import { property, type Resource, resourcesOf, type Reviewed, list } from './template';
import { code, type Statement, text } from './words';

/** A policy of a template, and whose it is. */
export interface Policy {
  /** Logical id of the resource that holds it. */
  readonly logicalId: string;
  /** Logical ids of what it governs: the identities that have it, or the resource that it protects. */
  readonly of: readonly string[];
  readonly statements: readonly Statement[];
}

/** Property of a resource's own policy, by type. */
const RESOURCE_POLICIES: Readonly<Record<string, { readonly document: string; readonly of?: string }>> = {
  'AWS::KMS::Key': { document: 'KeyPolicy' },
  'AWS::S3::BucketPolicy': { document: 'PolicyDocument', of: 'Bucket' },
  'AWS::SecretsManager::ResourcePolicy': { document: 'ResourcePolicy', of: 'SecretId' },
  'AWS::SNS::TopicPolicy': { document: 'PolicyDocument', of: 'Topics' },
};

/** What identities may do: policies in roles and policies attached to roles and groups. */
export function identityPolicies(stack: Reviewed): Policy[] {
  return resourcesOf(stack).flatMap(([logicalId, resource]): Policy[] => {
    if (resource.Type === 'AWS::IAM::Policy') {
      const of = ['Roles', 'Groups', 'Users'].flatMap((kind) => list(property(resource, kind)));
      return [
        { logicalId, of: of.map((one) => idOf(one, stack)), statements: statements(resource.Properties) },
      ];
    }
    if (resource.Type === 'AWS::IAM::ManagedPolicy') {
      const of = resourcesOf(stack).flatMap(([id, holder]) =>
        list(property(holder, 'ManagedPolicyArns')).some((arn) => idOf(arn, stack) === logicalId) ? id : [],
      );
      const named = ['Roles', 'Groups'].flatMap((kind) => list(property(resource, kind)));
      of.push(...named.map((one) => idOf(one, stack)));
      // Nothing in the stack uses it: people attach it.
      return [
        { logicalId, of: of.length > 0 ? of : [logicalId], statements: statements(resource.Properties) },
      ];
    }
    return list(property(resource, 'Policies')).map((policy) => ({
      logicalId,
      of: [logicalId],
      statements: statements(policy),
    }));
  });
}

/**
 * Who may do something with a resource: policies of keys, buckets, topics and secrets, trust policies, and
 * callers of functions.
 */
export function resourcePolicies(stack: Reviewed): Policy[] {
  return resourcesOf(stack).flatMap(([logicalId, resource]): Policy[] => {
    const known = RESOURCE_POLICIES[resource.Type];
    if (known) {
      const of = known.of ? list(property(resource, known.of)).map((one) => idOf(one, stack)) : [logicalId];
      return [{ logicalId, of, statements: statements(resource.Properties, known.document) }];
    }
    if (resource.Type === 'AWS::IAM::Role') {
      const trust = statements(resource.Properties, 'AssumeRolePolicyDocument');
      return [{ logicalId, of: [logicalId], statements: trust }];
    }
    return resource.Type === 'AWS::Lambda::Permission' ? [invocation(logicalId, resource, stack)] : [];
  });
}

/** What the stack denies to the members of an organization: service and resource control policies. */
export function organizationPolicies(stack: Reviewed): Policy[] {
  return resourcesOf(stack).flatMap(([logicalId, { Type, Properties = {} }]): Policy[] => {
    const content = Type === 'AWS::Organizations::Policy' ? Properties['Content'] : undefined;
    const { Statement } = (content ?? {}) as { readonly Statement?: Statement[] };
    return Statement
      ? [{ logicalId, of: list(Properties['TargetIds']).map(String), statements: Statement }]
      : [];
  });
}

/** AWS managed policies of a role or group, empty if there are none or it is of another stack. */
export function managedPolicies(resource: Resource | undefined, stack: Reviewed): string {
  return resource ? code(property(resource, 'ManagedPolicyArns'), stack) : '';
}

/** Lambda writes a permission as a statement like this into the function's policy. */
function invocation(logicalId: string, resource: Resource, stack: Reviewed): Policy {
  const of = idOf(property(resource, 'FunctionName'), stack);
  return {
    logicalId,
    of: [of],
    statements: [
      {
        Sid: logicalId,
        Effect: 'Allow',
        Principal: { Service: property(resource, 'Principal') },
        Action: property(resource, 'Action'),
        Resource: `\${${of}}`,
        Condition: { ArnLike: { 'aws:SourceArn': property(resource, 'SourceArn') } },
      },
    ],
  };
}

function statements(holder: unknown, name = 'PolicyDocument'): Statement[] {
  const document = (holder as Readonly<Record<string, { readonly Statement: Statement[] } | undefined>>)[
    name
  ];
  if (!document) throw new Error(`a policy has no ${name}`);
  return document.Statement;
}

/** The logical id that a reference is to. */
function idOf(reference: unknown, stack: Reviewed): string {
  return text(reference, stack).replace(/^\$\{(\w+)(\.\w+)?\}/, '$1');
}
