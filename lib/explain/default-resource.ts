import type { Principal, TemplatePolicies } from './template-policies';

/** What an action is tried on: a resource of the templates, by its type, or else an unused name. */
interface Target {
  /** Actions, as a pattern. The first target that matches is taken. */
  readonly actions: RegExp;
  /** CloudFormation type of the resource. @default - none of the templates */
  readonly type?: string;
  /** What the logical ID contains, if there are several. @default - the first one */
  readonly id?: RegExp;
  /** Service and resource of the ARN, with the prefix of the stacks as `{stack}`. */
  readonly otherwise: '*' | 'own user' | readonly [service: string, resource: string];
}

/** Services without a Region in their ARNs. */
const GLOBAL: readonly string[] = ['iam', 'account', 'billing'];

/**
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const TARGETS: readonly Target[] = [
  {
    actions: /^iam:(List(Users|Groups|Roles|Policies|VirtualMFADevices)|GetAccount|GenerateC)/,
    otherwise: '*',
  },
  { actions: /^iam:\w*AccountPasswordPolicy$/, otherwise: '*' },
  { actions: /^iam:\w*VirtualMFADevice$/, otherwise: ['iam', 'mfa/phone'] },
  {
    actions: /^iam:(ChangePassword|GetUser|\w*(MFADevices?|AccessKeys?|LoginProfile))$/,
    otherwise: 'own user',
  },
  { actions: /^iam:\w*Group/, type: 'AWS::IAM::Group', otherwise: ['iam', 'group/example'] },
  { actions: /^iam:\w*User/, otherwise: ['iam', 'user/new-user'] },
  { actions: /^iam:(CreateRole|PassRole)$/, otherwise: ['iam', 'role/new-role'] },
  { actions: /^iam:\w*Role/, type: 'AWS::IAM::Role', otherwise: ['iam', 'role/example'] },
  { actions: /^iam:\w*Policy/, otherwise: ['iam', 'policy/example'] },
  {
    actions: /^sts:(AssumeRole|TagSession|SetSourceIdentity)/,
    type: 'AWS::IAM::Role',
    id: /^RolesAdministrator|Support/,
    otherwise: ['iam', 'role/example'],
  },
  { actions: /^s3:(ListAllMyBuckets|\w*AccountPublicAccessBlock)$/, otherwise: '*' },
  { actions: /^s3:CreateBucket$/, otherwise: ['s3', 'example-bucket'] },
  { actions: /^s3:\w*Object(?!Lock)/, otherwise: ['s3', 'example-bucket/file'] },
  { actions: /^s3:/, type: 'AWS::S3::Bucket', id: /TrailBucket/, otherwise: ['s3', 'example-bucket'] },
  { actions: /^cloudtrail:(Lookup|List|Describe|Create)/, otherwise: '*' },
  { actions: /^cloudtrail:/, type: 'AWS::CloudTrail::Trail', otherwise: ['cloudtrail', 'trail/example'] },
  { actions: /^sns:List/, otherwise: '*' },
  { actions: /^sns:/, type: 'AWS::SNS::Topic', otherwise: ['sns', 'example'] },
  { actions: /^kms:(List(Keys|Aliases)|CreateKey|GenerateRandom)$/, otherwise: '*' },
  { actions: /^kms:/, type: 'AWS::KMS::Key', otherwise: ['kms', 'key/example'] },
  { actions: /^secretsmanager:(ListSecrets|GetRandomPassword)$/, otherwise: '*' },
  {
    actions: /^secretsmanager:/,
    type: 'AWS::SecretsManager::Secret',
    otherwise: ['secretsmanager', 'secret:example-a1b2c3'],
  },
  { actions: /^lambda:List/, otherwise: '*' },
  { actions: /^lambda:/, type: 'AWS::Lambda::Function', otherwise: ['lambda', 'function:example'] },
  { actions: /^logs:Describe/, otherwise: '*' },
  {
    actions: /^logs:/,
    type: 'AWS::Logs::LogGroup',
    id: /Trail/,
    otherwise: ['logs', 'log-group:example:log-stream:'],
  },
  { actions: /^events:List/, otherwise: '*' },
  { actions: /^events:/, type: 'AWS::Events::Rule', otherwise: ['events', 'rule/example'] },
  { actions: /^cloudwatch:\w*Alarm/, otherwise: ['cloudwatch', 'alarm:{stack}-Alarms-RootUser'] },
  {
    actions: /^cloudformation:\w*(Stack|ChangeSet)/,
    otherwise: ['cloudformation', 'stack/{stack}-Access/id'],
  },
  { actions: /^ec2:(RunInstances|\w*Instances?)$/, otherwise: ['ec2', 'instance/i-0123456789abcdef0'] },
];

/**
 * The resource that an action is tried on if none is given: one of the baseline that the action is for, or an
 * unused name.
 *
 * @returns an ARN, or `*` if the action has no resource or is not known here
 */
export function defaultResource(
  action: string,
  {
    arn,
    kind,
  }: Pick<Principal, 'arn' | 'kind'> | { readonly arn: string; readonly kind: 'root' | 'service' },
  { names, resources }: Pick<TemplatePolicies, 'names' | 'resources'>,
): string {
  const target = TARGETS.find(({ actions }) => actions.test(action));
  if (!target || target.otherwise === '*') return '*';
  const found = resources.filter(({ type }) => type === target.type);
  const [first] = found;
  const resource = found.find(({ id }) => target.id?.test(id)) ?? first;
  // Calls on a log group are checked with the ARN of its streams.
  if (resource) return resource.arn.replace(/(:log-group:.*):\*$/, '$1:log-stream:');
  const [partition = '', region = '', account = '', stack = ''] = [
    'AWS::Partition',
    'AWS::Region',
    'AWS::AccountId',
    'AWS::StackName',
  ].map((name) => names.get(name));
  if (target.otherwise === 'own user') {
    return kind === 'user' || kind === 'group' ? arn : `arn:${partition}:iam::${account}:user/new-user`;
  }
  const [service, named] = target.otherwise;
  const path = named.replace('{stack}', stack);
  if (service === 's3') return `arn:${partition}:s3:::${path}`;
  return `arn:${partition}:${service}:${GLOBAL.includes(service) ? '' : region}:${account}:${path}`;
}
