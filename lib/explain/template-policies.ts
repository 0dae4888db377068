import type { Policy } from './evaluate';
import { MANAGED_POLICIES, type PolicyDocument } from './managed-policies';

/** Where a template is assumed to be deployed. */
export interface Place {
  /** Account ID. */
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  /** Prefix of the stack names. */
  readonly stackName: string;
  /**
   * Physical IDs of deployed resources by logical ID.
   * @default - names like those that CloudFormation creates
   */
  readonly physical?: ReadonlyMap<string, string>;
}

/** Values of pseudo parameters and logical IDs, by the text inside `${}`. */
export type Names = ReadonlyMap<string, string>;

/** A user or role, or somebody in a group. */
export interface Principal {
  readonly kind: 'user' | 'role' | 'group';
  readonly name: string;
  /** ARN of the user or role; of anyone in the group. */
  readonly arn: string;
  /** ARN that IAM simulates. */
  readonly policySource: string;
  /** Names of the groups of a user. */
  readonly groups: readonly string[];
  /** Its own policies, those of its groups, and its permissions boundary. */
  readonly policies: readonly Policy[];
}

/** The policies of templates, with the names that they have after a deployment. */
export interface TemplatePolicies {
  readonly names: Names;
  readonly principals: readonly Principal[];
  /** The resources that policies can name. */
  readonly resources: readonly NamedResource[];
  /** Policies of buckets, keys, topics, secrets, and roles (trust policies), by the ARN of the resource. */
  readonly resource: ReadonlyMap<string, Policy>;
}

/** A resource of the templates. */
interface NamedResource {
  /** Logical ID. */
  readonly id: string;
  /** CloudFormation type. */
  readonly type: string;
  readonly arn: string;
}

/** Texts of a template by name of the mapping, first and second key. */
type Mappings = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

interface Template {
  /** A resource may have no properties. */
  readonly Resources: Readonly<Record<string, Pick<Resource, 'Type'> & Partial<Resource>>>;
  readonly Mappings?: Mappings;
}

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** A policy of a principal: a document, or the ARN of a managed policy. */
interface Attachment {
  readonly name: string;
  readonly document?: PolicyDocument;
}

/** `Ref` and `Arn` of a resource. */
interface Named {
  readonly ref: string;
  readonly arn?: string;
}

/** The names of the resources that policies refer to. CloudFormation starts them with the stack name. */
const NAMED: Readonly<
  Record<string, (id: string, properties: Resource['Properties'], place: Place) => Named>
> = {
  'AWS::CloudTrail::Trail': (id, properties, place) => ({
    ref: id,
    arn: arnOf(place, 'cloudtrail', `trail/${text(properties['TrailName']) ?? nameOf(id, place)}`),
  }),
  'AWS::Events::Rule': (id, _, place) => ({
    ref: nameOf(id, place),
    arn: arnOf(place, 'events', `rule/${nameOf(id, place)}`),
  }),
  'AWS::GuardDuty::Detector': () => ({ ref: 'detector-id' }),
  'AWS::IAM::Group': (id, { GroupName }, place) => iam('group', GroupName, id, place),
  'AWS::IAM::ManagedPolicy': (id, { ManagedPolicyName }, place) => {
    const { arn = '' } = iam('policy', ManagedPolicyName, id, place);
    return { ref: arn, arn };
  },
  'AWS::IAM::OIDCProvider': (_, { Url }, place) => {
    const host = (text(Url) ?? '').replace(/^https:\/\//, '');
    const { arn = '' } = iam('oidc-provider', host, host, place);
    return { ref: arn, arn };
  },
  'AWS::IAM::Role': (id, { RoleName }, place) => iam('role', RoleName, id, place),
  'AWS::IAM::SAMLProvider': (id, { Name }, place) => {
    const { arn = '' } = iam('saml-provider', Name, id, place);
    return { ref: arn, arn };
  },
  'AWS::IAM::User': (id, { UserName }, place) => iam('user', UserName, id, place),
  'AWS::KMS::Key': (id, _, place) => {
    const ref = place.physical?.get(id) ?? id;
    return { ref, arn: arnOf(place, 'kms', `key/${ref}`) };
  },
  'AWS::Lambda::Function': (id, _, place) => ({
    ref: nameOf(id, place),
    arn: arnOf(place, 'lambda', `function:${nameOf(id, place)}`),
  }),
  // The attribute of a log group ends in :*.
  'AWS::Logs::LogGroup': (id, _, place) => ({
    ref: nameOf(id, place),
    arn: arnOf(place, 'logs', `log-group:${nameOf(id, place)}:*`),
  }),
  'AWS::S3::Bucket': (id, _, place) => ({
    ref: nameOf(id, place).toLowerCase(),
    arn: bucketArn(nameOf(id, place).toLowerCase(), place),
  }),
  'AWS::SecretsManager::Secret': (id, _, place) => ({
    ref: place.physical?.get(id) ?? arnOf(place, 'secretsmanager', `secret:${id}-a1b2c3`),
  }),
  'AWS::SecurityHub::Hub': (_id, _, place) => ({ ref: arnOf(place, 'securityhub', 'hub/default') }),
  'AWS::SNS::Topic': (id, _, place) => ({
    ref: place.physical?.get(id) ?? arnOf(place, 'sns', nameOf(id, place)),
  }),
};

/** Reads the policies of a template that contains all stacks. */
export function templatePolicies(template: object, place: Place): TemplatePolicies {
  const { Resources: resources, Mappings } = template as Template;
  const Resources = Object.fromEntries(
    Object.entries(resources).map(([id, { Type, Properties = {} }]) => [id, { Type, Properties }]),
  );
  const names = namesOf(Resources, place);
  const all = Object.entries(resolved(Resources, names, Mappings) as typeof Resources);
  const ofType = (type: string) => all.filter(([, { Type }]) => Type === type);
  const arn = (id: string) => names.get(`${id}.Arn`) ?? names.get(id) ?? id;
  const ref = (id: string) => names.get(id) ?? id;

  const managed = new Map(
    ofType('AWS::IAM::ManagedPolicy').map(([id, { Properties }]) => [
      arn(id),
      Properties['PolicyDocument'] as PolicyDocument,
    ]),
  );
  const managedPolicy = (policyArn: string): Attachment => {
    const name = policyArn.split('/').at(-1) ?? policyArn;
    const isOfAws = policyArn.includes(':iam::aws:');
    const document = isOfAws ? MANAGED_POLICIES[name]?.document : managed.get(policyArn);
    return { name: `${isOfAws ? 'AWS managed policy' : 'policy'} ${name}`, document };
  };
  /** What is attached to a user, group, or role, here or in resources of their own. */
  const attachments = (kind: 'Groups' | 'Roles' | 'Users', id: string, own: Resource): Attachment[] => [
    ...list<string>(own.Properties['ManagedPolicyArns']).map(managedPolicy),
    ...list<InlinePolicy>(own.Properties['Policies']).map(inline),
    ...ofType('AWS::IAM::Policy')
      .filter(([, { Properties }]) => list(Properties[kind]).includes(ref(id)))
      .map(([, { Properties }]) => inline(Properties as unknown as InlinePolicy)),
    ...ofType('AWS::IAM::ManagedPolicy')
      .filter(([, { Properties }]) => list(Properties[kind]).includes(ref(id)))
      .map(([policy]) => managedPolicy(arn(policy))),
  ];
  const policies = (of: string, attached: readonly Attachment[]): Policy[] =>
    attached.map(({ name, document }) => ({ kind: 'identity', name: `${name} of ${of}`, document }));
  const boundary = ({ Properties }: Resource): Policy[] => {
    const policyArn = text(Properties['PermissionsBoundary']);
    if (policyArn === undefined) return [];
    const { name, document } = managedPolicy(policyArn);
    return [{ kind: 'boundary', name: `permissions boundary ${name}`, document }];
  };

  const groups = ofType('AWS::IAM::Group').map(([id, group]): Principal => {
    const name = ref(id);
    const member = arn(id).replace(/:group\/.*$/, ':user/anyone');
    const of = `the group ${name}`;
    return {
      kind: 'group',
      name,
      arn: member,
      policySource: arn(id),
      groups: [name],
      policies: policies(of, attachments('Groups', id, group)),
    };
  });
  const users = ofType('AWS::IAM::User').map(([id, user]): Principal => {
    const name = ref(id);
    const memberships = new Set([
      ...list<string>(user.Properties['Groups']),
      ...ofType('AWS::IAM::UserToGroupAddition')
        .filter(([, { Properties }]) => list(Properties['Users']).includes(name))
        .map(([, { Properties }]) => String(Properties['GroupName'])),
    ]);
    const own = groups.filter((group) => memberships.has(group.name));
    return {
      kind: 'user',
      name,
      arn: arn(id),
      policySource: arn(id),
      groups: own.map((group) => group.name),
      policies: [
        ...policies(`the user ${name}`, attachments('Users', id, user)),
        ...own.flatMap((group) => group.policies),
        ...boundary(user),
      ],
    };
  });
  const roles = ofType('AWS::IAM::Role').map(([id, role]): Principal => {
    const name = ref(id);
    return {
      kind: 'role',
      name,
      arn: arn(id),
      policySource: arn(id),
      groups: [],
      policies: [...policies(`the role ${name}`, attachments('Roles', id, role)), ...boundary(role)],
    };
  });

  const policyOf = (
    type: string,
    property: string,
    name: string,
    targets: (id: string, resource: Resource) => string[],
  ) =>
    ofType(type).flatMap(([id, resource]) =>
      targets(id, resource).map((target): [string, Policy] => [
        target,
        { kind: 'resource', name, document: resource.Properties[property] as PolicyDocument },
      ]),
    );
  return {
    names,
    principals: [...users, ...roles, ...groups],
    resources: all.flatMap(([id, { Type: type }]) =>
      arn(id).startsWith('arn:') ? [{ id, type, arn: arn(id) }] : [],
    ),
    resource: new Map([
      ...policyOf('AWS::S3::BucketPolicy', 'PolicyDocument', 'policy of the bucket', (_, { Properties }) => [
        bucketArn(String(Properties['Bucket']), place),
      ]),
      ...policyOf('AWS::SNS::TopicPolicy', 'PolicyDocument', 'policy of the topic', (_, { Properties }) =>
        list(Properties['Topics']),
      ),
      ...policyOf(
        'AWS::SecretsManager::ResourcePolicy',
        'ResourcePolicy',
        'policy of the secret',
        (_, { Properties }) => [String(Properties['SecretId'])],
      ),
      ...policyOf('AWS::KMS::Key', 'KeyPolicy', 'policy of the key', (id) => [arn(id)]),
      ...policyOf('AWS::IAM::Role', 'AssumeRolePolicyDocument', 'trust policy of the role', (id) => [
        arn(id),
      ]),
    ]),
  };
}

interface InlinePolicy {
  readonly PolicyName: string;
  readonly PolicyDocument: PolicyDocument;
}

function inline({ PolicyName, PolicyDocument: document }: InlinePolicy): Attachment {
  return { name: `policy ${PolicyName}`, document };
}

function namesOf(resources: Readonly<Record<string, Resource>>, place: Place): Names {
  const names = new Map([
    ['AWS::AccountId', place.account],
    ['AWS::Partition', place.partition],
    ['AWS::Region', place.region],
    ['AWS::StackName', place.stackName],
    ['AWS::URLSuffix', 'amazonaws.com'],
  ]);
  for (const [id, { Type, Properties = {} }] of Object.entries(resources)) {
    const name = NAMED[Type]?.(id, resolved(Properties, names) as Resource['Properties'], place);
    if (!name) continue;
    names.set(id, name.ref);
    if (name.arn !== undefined) names.set(`${id}.Arn`, name.arn);
  }
  return names;
}

/** Puts names into a text of `Fn::Sub`. */
export function substitute(text: string, names: Names): string {
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_, isLiteral: string, name: string) => {
    if (isLiteral) return `\${${name}}`;
    const value = names.get(name);
    if (value === undefined) throw new Error(`the template has no ${name}`);
    return value;
  });
}

/** Replaces references like CloudFormation. What is not known stays as it is. */
function resolved(value: unknown, names: Names, mappings: Mappings = {}): unknown {
  if (Array.isArray(value)) return value.map((one) => resolved(one, names, mappings));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, resolved(one, names, mappings)] as const);
  const [[key, argument] = [], ...others] = entries;
  const known = key === undefined || others.length > 0 ? undefined : called(key, argument, names, mappings);
  return known ?? Object.fromEntries(entries);
}

/** The value of a function of CloudFormation, whose arguments are resolved. */
function called(key: string, argument: unknown, names: Names, mappings: Mappings): string | undefined {
  if (typeof argument === 'string') {
    if (key === 'Ref') return names.get(argument);
    if (key === 'Fn::Sub' && mentionsOnly(argument, names)) return substitute(argument, names);
  }
  if (!Array.isArray(argument)) return undefined;
  if (key === 'Fn::GetAtt') return names.get(argument.join('.'));
  if (key === 'Fn::FindInMap') {
    const [map, first, second] = argument as string[];
    return mappings[map ?? '']?.[first ?? '']?.[second ?? ''];
  }
  if (key !== 'Fn::Join') return undefined;
  const [separator, parts] = argument as [string, unknown[]];
  return parts.every((part) => typeof part === 'string') ? parts.join(separator) : undefined;
}

function mentionsOnly(text: string, names: Names): boolean {
  return [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].every(([, name = '']) => names.has(name));
}

/** As CloudFormation names what it creates. Which stack it is does not matter: policies name the prefix. */
function nameOf(id: string, { physical, stackName }: Place): string {
  return physical?.get(id) ?? `${stackName}-Stack-${id}-1A2B3C4D5E6F`;
}

function iam(kind: string, name: unknown, id: string, place: Place): Named {
  const ref = text(name) ?? nameOf(id, place);
  return { ref, arn: `arn:${place.partition}:iam::${place.account}:${kind}/${ref}` };
}

function arnOf({ partition, region, account }: Place, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

function bucketArn(name: string, { partition }: Place): string {
  return `arn:${partition}:s3:::${name}`;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function list<T>(value: unknown): T[] {
  return Array.isArray(value) ? (value as T[]) : [];
}

/**
 * The policy of the resource that an action is tried on, if it has one that is known. Any other key is taken
 * to have the default policy, which leaves the decision to the policies of users and roles.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function resourcePolicyOf(
  { resource: policies }: Pick<TemplatePolicies, 'resource'>,
  { action, resource }: { readonly action: string; readonly resource: string },
): Policy | undefined {
  // A trust policy decides only who gets a session of the role.
  if (resource.includes(':role/') && !/^sts:/i.test(action)) return undefined;
  // The policy of a bucket is for its objects too.
  const target = /^arn:[^:]+:s3:::/.test(resource) ? (resource.split('/')[0] ?? '') : resource;
  return (
    policies.get(target) ??
    (/^arn:[^:]+:kms:[^:]+:\d+:key\//.test(resource) ? defaultOf(resource) : undefined)
  );
}

function defaultOf(key: string): Policy {
  const [, partition, , , account] = key.split(':');
  const AWS = `arn:${partition ?? ''}:iam::${account ?? ''}:root`;
  return {
    kind: 'resource',
    name: 'default policy of a key',
    document: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'kms:*', Resource: '*' }],
    },
  };
}
