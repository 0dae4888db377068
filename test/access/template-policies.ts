import {
  createValidatedPolicy,
  type ValidatedPolicy,
  validateIdentityPolicy,
  validateResourcePolicy,
  validateTrustPolicy,
} from '@cloud-copilot/iam-policy';
import type { Template } from 'aws-cdk-lib/assertions';
import { MANAGED_POLICIES, type PolicyDocument } from '../../scripts/docs/managed-policies';

/** The account that the template is thought to be deployed into. */
export const ACCOUNT = '123456789012';
const REGION = 'us-east-1';

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/**
 * What a policy of the template may refer to: pseudo parameters and logical ids, by the text inside `${}`.
 */
type Names = ReadonlyMap<string, string>;

/** A policy that was checked once, for all requests. */
export interface Policy extends Omit<ValidatedPolicy<{ readonly name: string }>, 'policyDocument'> {
  readonly policyDocument: PolicyDocument;
}

/** Checks a policy of users or roles. The simulator refuses one with errors. */
export function identityPolicy(name: string, document: PolicyDocument): Policy {
  return createValidatedPolicy(document, validateIdentityPolicy, { name });
}

/** Checks the policy of a resource, or the trust policy of a role. */
export function resourcePolicy(arn: string, document: PolicyDocument): Policy {
  const validate = arn.includes(':role/') ? validateTrustPolicy : validateResourcePolicy;
  return createValidatedPolicy(document, validate, { name: arn });
}

/** Policies of a template, with concrete ARNs. */
export interface TemplatePolicies {
  /** Names of the template, to speak of its resources. */
  readonly names: Names;
  /** Policies of users and roles, by the ARN of the principal. */
  readonly identity: ReadonlyMap<string, readonly Policy[]>;
  /** Policies of buckets, keys, topics, secrets and roles (their trust), by the ARN of the resource. */
  readonly resource: ReadonlyMap<string, Policy>;
}

const PSEUDO: readonly [string, string][] = [
  ['AWS::AccountId', ACCOUNT],
  ['AWS::Partition', 'aws'],
  ['AWS::Region', REGION],
  ['AWS::StackName', 'AccountBaseline'],
  ['AWS::URLSuffix', 'amazonaws.com'],
];

/** `Ref` and `Arn` of a resource, of the types that policies of the baseline speak of. */
const NAMED: Readonly<
  Record<string, (id: string, resource: Resource) => { readonly ref: string; readonly arn?: string }>
> = {
  'AWS::CloudTrail::Trail': (id) => ({
    ref: id,
    arn: `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/account-baseline`,
  }),
  'AWS::Events::Rule': (id) => ({
    ref: nameOf(id),
    arn: `arn:aws:events:${REGION}:${ACCOUNT}:rule/${nameOf(id)}`,
  }),
  'AWS::GuardDuty::Detector': () => ({ ref: 'detector-id' }),
  'AWS::IAM::Group': (id, { Properties }) => named('group', Properties.GroupName ?? nameOf(id)),
  'AWS::IAM::ManagedPolicy': (id) => ({
    ref: `arn:aws:iam::${ACCOUNT}:policy/${nameOf(id)}`,
  }),
  'AWS::IAM::OIDCProvider': (_, { Properties }) => ({
    ref: `arn:aws:iam::${ACCOUNT}:oidc-provider/${String(Properties.Url).replace('https://', '')}`,
  }),
  'AWS::IAM::Role': (id, { Properties }) => named('role', Properties.RoleName ?? nameOf(id)),
  'AWS::IAM::User': (_, { Properties }) => named('user', Properties.UserName),
  'AWS::KMS::Key': (id) => ({ ref: id, arn: `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}` }),
  'AWS::Lambda::Function': (id) => ({
    ref: nameOf(id),
    arn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${nameOf(id)}`,
  }),
  // The attribute of a log group ends in :*.
  'AWS::Logs::LogGroup': (id) => ({
    ref: nameOf(id),
    arn: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${nameOf(id)}:*`,
  }),
  'AWS::S3::Bucket': (id) => ({
    ref: nameOf(id).toLowerCase(),
    arn: `arn:aws:s3:::${nameOf(id).toLowerCase()}`,
  }),
  'AWS::SecretsManager::Secret': (id) => ({
    ref: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${id}-a1b2c3`,
  }),
  'AWS::SecurityHub::Hub': () => ({ ref: `arn:aws:securityhub:${REGION}:${ACCOUNT}:hub/default` }),
  'AWS::SNS::Topic': (id) => ({ ref: `arn:aws:sns:${REGION}:${ACCOUNT}:${nameOf(id)}` }),
};

/** As CloudFormation names what it creates: whichever stack, the prefix of the suite is first. */
function nameOf(id: string): string {
  return `AccountBaseline-Stack-${id}-1A2B3C4D5E6F`;
}

function named(kind: string, name: unknown) {
  return { ref: String(name), arn: `arn:aws:iam::${ACCOUNT}:${kind}/${String(name)}` };
}

/** Puts names into a text that `Fn::Sub` would take. */
export function substitute(text: string, names: Names): string {
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    const value = names.get(name);
    if (value === undefined) throw new Error(`the template has no ${name}`);
    return value;
  });
}

/** Gathers the policies of a template. */
export function templatePolicies(template: Template): TemplatePolicies {
  const json = template.toJSON() as { Resources: Readonly<Record<string, Partial<Resource>>> };
  const Resources = Object.fromEntries(
    Object.entries(json.Resources).map(([id, { Type = '', Properties = {} }]) => [id, { Type, Properties }]),
  );
  const names = new Map([...PSEUDO, ...Object.entries(Resources).flatMap(namesOf)]);
  const all = Object.entries(resolve(Resources, names) as Readonly<Record<string, Resource>>);
  const ofType = (type: string) => all.filter(([, resource]) => resource.Type === type);
  const arn = (id: string) => names.get(`${id}.Arn`) ?? names.get(id) ?? id;
  const ofTemplate = new Map(
    ofType('AWS::IAM::ManagedPolicy').map(([id, { Properties }]) => [
      names.get(id),
      Properties.PolicyDocument as PolicyDocument,
    ]),
  );
  const own = ({ Properties }: Resource): PolicyDocument[] => [
    ...list<string>(Properties.ManagedPolicyArns).map((one) => ofTemplate.get(one) ?? managedPolicy(one)),
    ...list<{ PolicyDocument: PolicyDocument }>(Properties.Policies).map((one) => one.PolicyDocument),
  ];
  const attached = (kind: 'Groups' | 'Roles' | 'Users', name: string) =>
    ofType('AWS::IAM::Policy')
      .filter(([, { Properties }]) => list<string>(Properties[kind]).includes(name))
      .map(([, { Properties }]) => Properties.PolicyDocument as PolicyDocument);
  const groupsOf = (user: string) =>
    ofType('AWS::IAM::UserToGroupAddition')
      .filter(([, { Properties }]) => list<string>(Properties.Users).includes(user))
      .map(([, { Properties }]) => Properties.GroupName);

  const users = ofType('AWS::IAM::User').map(([id, user]): [string, PolicyDocument[]] => {
    const name = String(user.Properties.UserName);
    const groups = ofType('AWS::IAM::Group').filter(([id]) => groupsOf(name).includes(names.get(id)));
    const ofGroups = groups.flatMap(([id, group]) => [
      ...own(group),
      ...attached('Groups', names.get(id) ?? id),
    ]);
    return [arn(id), [...own(user), ...attached('Users', name), ...ofGroups]];
  });
  const roles = ofType('AWS::IAM::Role').map(([id, role]): [string, PolicyDocument[]] => [
    arn(id),
    [...own(role), ...attached('Roles', names.get(id) ?? id)],
  ]);

  const policyOf = (type: string, property: string, targets: (id: string, resource: Resource) => string[]) =>
    ofType(type).flatMap(([id, resource]) =>
      targets(id, resource).map((target): [string, Policy] => [
        target,
        resourcePolicy(target, resource.Properties[property] as PolicyDocument),
      ]),
    );
  return {
    names,
    identity: new Map(
      [...users, ...roles].map(([principal, documents]) => [
        principal,
        documents.map((document, index) => identityPolicy(`${principal} ${index}`, document)),
      ]),
    ),
    resource: new Map([
      ...policyOf('AWS::S3::BucketPolicy', 'PolicyDocument', (_, { Properties }) => [
        `arn:aws:s3:::${String(Properties.Bucket)}`,
      ]),
      ...policyOf('AWS::SNS::TopicPolicy', 'PolicyDocument', (_, { Properties }) => list(Properties.Topics)),
      ...policyOf('AWS::SecretsManager::ResourcePolicy', 'ResourcePolicy', (_, { Properties }) => [
        String(Properties.SecretId),
      ]),
      ...policyOf('AWS::KMS::Key', 'KeyPolicy', (id) => [arn(id)]),
      ...policyOf('AWS::IAM::Role', 'AssumeRolePolicyDocument', (id) => [arn(id)]),
    ]),
  };
}

function managedPolicy(arn: string): PolicyDocument {
  const recorded = MANAGED_POLICIES[arn.split('/').at(-1) ?? ''];
  if (!recorded) throw new Error(`no copy of ${arn} is recorded`);
  return recorded.document;
}

function namesOf([id, resource]: [string, Resource]): [string, string][] {
  const name = NAMED[resource.Type]?.(id, resource);
  if (!name) return [];
  return [[id, name.ref], ...(name.arn === undefined ? [] : [[`${id}.Arn`, name.arn] as [string, string]])];
}

/** Replaces what CloudFormation would. What no policy speaks of stays as it is. */
function resolve(value: unknown, names: Names): unknown {
  if (Array.isArray(value)) return value.map((one) => resolve(one, names));
  if (typeof value !== 'object' || value === null) return value;
  const [[key, argument] = [], ...others] = Object.entries(value) as [string, unknown][];
  if (others.length === 0 && key === 'Fn::GetAtt' && Array.isArray(argument)) {
    return names.get(argument.join('.')) ?? value;
  }
  if (others.length === 0 && typeof argument === 'string') {
    if (key === 'Ref') return names.get(argument) ?? value;
    if (key === 'Fn::Sub') return mentionsOnly(argument, names) ? substitute(argument, names) : value;
  }
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolve(one, names)]));
}

function mentionsOnly(text: string, names: Names): boolean {
  return [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].every(([, name = '']) => names.has(name));
}

function list<T>(value: unknown): T[] {
  return Array.isArray(value) ? (value as T[]) : [];
}
