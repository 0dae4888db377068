import { isDeepStrictEqual } from 'node:util';
import type { ResourceChange, UpgradeResource } from './compare';

/** What a resource is, and what its change means for people. */
interface Words {
  readonly noun: string;
  /** For a change in place. @default - the names of the changed properties */
  readonly changed?: (change: ResourceChange) => readonly string[];
  /** For a new one. @default - nothing */
  readonly created?: string;
  /** For one that replaces another. @default - nothing */
  readonly replaced?: string;
  /** For one that is removed. @default - nothing */
  readonly removed?: string;
}

const policy = (noun: string, document = 'PolicyDocument'): Words => ({
  noun,
  changed: (change) => statementChanges(change, document),
});

/** By type of resource. */
const WORDS: Readonly<Record<string, Words>> = {
  'AWS::Budgets::Budget': { noun: 'budget' },
  'AWS::CE::AnomalyMonitor': { noun: 'cost anomaly monitor' },
  'AWS::CE::AnomalySubscription': { noun: 'recipients of cost anomalies' },
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration': { noun: 'channel in Teams' },
  'AWS::Chatbot::SlackChannelConfiguration': { noun: 'channel in Slack' },
  'AWS::CloudFormation::StackSet': { noun: 'StackSet for members of the organization' },
  'AWS::CloudTrail::Trail': { noun: 'audit trail' },
  'AWS::CloudWatch::Alarm': {
    noun: 'alarm',
    created: 'It can send notifications that you did not get before.',
  },
  'AWS::CloudWatch::Dashboard': { noun: 'dashboard' },
  'AWS::Config::ConfigurationRecorder': { noun: 'recorder of AWS Config' },
  'AWS::Config::DeliveryChannel': { noun: 'delivery channel of AWS Config' },
  'AWS::Events::Rule': { noun: 'event rule' },
  'AWS::GuardDuty::Detector': { noun: 'detector of GuardDuty' },
  'AWS::IAM::Group': { noun: 'group' },
  'AWS::IAM::ManagedPolicy': policy('managed policy'),
  'AWS::IAM::OIDCProvider': { noun: 'identity provider of pipelines' },
  'AWS::IAM::Policy': policy('permissions'),
  'AWS::IAM::Role': policy('role', 'AssumeRolePolicyDocument'),
  'AWS::IAM::SAMLProvider': { noun: 'identity provider of people' },
  'AWS::IAM::User': { noun: 'user', created: 'A person with a first-time password.' },
  'AWS::IAM::UserToGroupAddition': { noun: 'members of a group', changed: memberChanges },
  'AWS::KMS::Alias': { noun: 'name of the key' },
  'AWS::KMS::Key': policy('encryption key', 'KeyPolicy'),
  'AWS::Lambda::EventInvokeConfig': { noun: 'retries of a function' },
  'AWS::Lambda::Function': { noun: 'function', changed: functionChanges },
  'AWS::Lambda::Permission': { noun: 'permission to invoke a function' },
  'AWS::Logs::LogGroup': { noun: 'log group' },
  'AWS::Logs::MetricFilter': {
    noun: 'filter of a detection',
    changed: filterChanges,
    created: 'It counts events that no filter counted before.',
    removed: 'No alarm counts its events any more.',
  },
  'AWS::Notifications::ChannelAssociation': { noun: 'recipient of the second notification' },
  'AWS::Notifications::EventRule': { noun: 'event rule of the second notification' },
  'AWS::Notifications::NotificationConfiguration': { noun: 'second notification' },
  'AWS::Notifications::NotificationHub': { noun: 'notification hub' },
  'AWS::NotificationsContacts::EmailContact': {
    noun: 'address of the second notification',
    created: 'It must be activated, with the code in an e-mail from AWS.',
    replaced:
      'It must be activated again, with the code in an e-mail from AWS. Until then, it receives nothing.',
  },
  'AWS::Organizations::Account': { noun: 'account of the organization' },
  'AWS::Organizations::OrganizationalUnit': { noun: 'organizational unit' },
  'AWS::Organizations::Policy': policy('policy of the organization', 'Content'),
  'AWS::S3::Bucket': { noun: 'bucket' },
  'AWS::S3::BucketPolicy': policy('bucket policy'),
  'AWS::SecretsManager::ResourcePolicy': policy('policy of a first-time password', 'ResourcePolicy'),
  'AWS::SecretsManager::Secret': { noun: 'first-time password' },
  'AWS::SecurityHub::Hub': { noun: 'Security Hub' },
  'AWS::SNS::Subscription': {
    noun: 'subscription',
    created: 'An e-mail address must confirm it, with the link in an e-mail from AWS.',
    replaced:
      'An e-mail address must confirm it again, with the link in an e-mail from AWS. Until then, it receives nothing.',
  },
  'AWS::SNS::Topic': { noun: 'topic' },
  'AWS::SNS::TopicPolicy': policy('topic policy'),
  'AWS::SSO::Assignment': { noun: 'assignment of a permission set' },
  'AWS::SSO::PermissionSet': policy('permission set', 'InlinePolicy'),
};

/** What a resource is, such as `role` or `account setting`. */
export function nounOf(type: string): string {
  return WORDS[type]?.noun ?? (type.startsWith('Custom::') ? 'account setting' : type);
}

/** What a change means, in sentences. */
export function meaningOf(change: ResourceChange): string[] {
  const { type, effect } = change;
  const words = WORDS[type];
  if (effect === 'removed' && type.startsWith('Custom::')) return ['The previous value is restored.'];
  if (effect === 'kept') return [];
  if (effect === 'created' || effect === 'removed') {
    const sentence = words?.[effect];
    return sentence === undefined ? [] : [sentence];
  }
  const again = effect === 'changed' || words?.replaced === undefined ? [] : [words.replaced];
  const said = words?.changed?.(change) ?? [];
  const others = propertyChanges(change, said.length > 0 ? SAID : []);
  return [...said, ...others, ...again];
}

/** Properties that have words of their own. */
const SAID = [
  ...['PolicyDocument', 'AssumeRolePolicyDocument', 'KeyPolicy', 'ResourcePolicy', 'Content', 'InlinePolicy'],
  ...['Code', 'FilterPattern', 'Metadata', 'Users'],
];

/** Who leaves and who joins a group, by their logical IDs. */
function memberChanges({ before, after }: ResourceChange): string[] {
  const idsOf = (one: UpgradeResource | undefined) => {
    const { Users = [] } = (one?.Properties ?? {}) as { Users?: readonly { Ref?: string }[] };
    return Users.map((user) => user.Ref ?? JSON.stringify(user));
  };
  const [were, are] = [idsOf(before), idsOf(after)];
  const changes = [
    ...were.filter((id) => !are.includes(id)).map((id) => `${id} leaves.`),
    ...are.filter((id) => !were.includes(id)).map((id) => `${id} joins.`),
  ];
  return changes.length > 0 || isDeepStrictEqual(were, are) ? changes : ['Only their order changes.'];
}

/** The values that differ, before and after. */
function propertyChanges({ type, names, before, after }: ResourceChange, said: readonly string[]): string[] {
  const others = names.filter((name) => name !== 'Metadata' && !said.includes(name));
  const shown =
    type === 'AWS::SecretsManager::Secret'
      ? others
      : others.flatMap((name) => valueChanges(name, valueOf(before, name), valueOf(after, name)));
  return shown.length === 0 ? [] : [`Changed: ${listed(shown)}.`];
}

function valueOf(resource: UpgradeResource | undefined, name: string): unknown {
  return resource?.Properties?.[name] ?? resource?.[name];
}

/** The parts of a value that differ, each with its path. */
function valueChanges(path: string, before: unknown, after: unknown): string[] {
  const [one, other] = [parsed(before), parsed(after)];
  if (isDeepStrictEqual(one, other)) return [];
  if (/(?:secret|password|token|key)$/i.test(path) || isUrl(one) || isUrl(other)) return [path];
  if (!hasParts(one) || !hasParts(other)) return [`${path}: ${excerpts(text(one), text(other))}`];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) =>
    valueChanges(`${path}.${key}`, one[key], other[key]),
  );
}

/** An HTTPS endpoint can contain a token. */
const isUrl = (value: unknown) => typeof value === 'string' && value.startsWith('https:');

/** What JSON in a property says, such as the value of a setting. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Whether a value is an object, or a list of them, and no function of CloudFormation. */
function hasParts(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((one) => typeof one === 'object');
  return !Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));
}

const LONGEST = 60;

/** Two texts, cut so that the first difference shows. */
function excerpts(one: string, other: string): string {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  const start = same < LONGEST / 2 ? 0 : same - 10;
  const cut = (all: string) => {
    const shown = start > 0 ? `…${all.slice(start)}` : all;
    return shown.length > LONGEST ? `${shown.slice(0, LONGEST - 1)}…` : shown;
  };
  return `${cut(one)} → ${cut(other)}`;
}

const text = (value: unknown) =>
  value === undefined ? 'none' : JSON.stringify(value).replace(/^"|"$/g, '').replaceAll('\\"', '"');

function functionChanges({ before, after }: ResourceChange): string[] {
  const [one, other] = [valueOf(before, 'Code'), valueOf(after, 'Code')];
  if (isDeepStrictEqual(one, other)) return [];
  const size = (code: unknown) => {
    const source = (code as { ZipFile?: unknown } | undefined)?.ZipFile;
    return typeof source === 'string' ? source.split('\n').length : undefined;
  };
  const [lines, now] = [size(one), size(other)];
  const sizes = lines === undefined || now === undefined ? '' : ` (${lines} lines become ${now})`;
  return [`Different code runs in your account${sizes}; \`cdk diff\` shows it.`];
}

function filterChanges({ before, after }: ResourceChange): string[] {
  const same = isDeepStrictEqual(valueOf(before, 'FilterPattern'), valueOf(after, 'FilterPattern'));
  return same ? [] : ['It counts different events; see docs/runbooks/alarms.md for each detection.'];
}

interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
}

/** The statements that are added, removed, or changed, by Sid. */
function statementChanges({ before, after }: ResourceChange, document: string): string[] {
  const [one, other] = [statementsOf(valueOf(before, document)), statementsOf(valueOf(after, document))];
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((sid) => {
    const [was, is] = [one.get(sid), other.get(sid)];
    if (is === undefined) return was === undefined ? [] : [`No longer ${verbOf(was)} (${sid}).`];
    if (was === undefined) return [`Also ${verbOf(is)} (${sid}).`];
    if (isDeepStrictEqual(was, is)) return [];
    const [actions, now] = [actionsOf(was), actionsOf(is)];
    const added = now.filter((action) => !actions.includes(action));
    const gone = actions.filter((action) => !now.includes(action));
    return [
      ...(added.length > 0 ? [`${sid} also ${verb(is)} ${listed(added)}.`] : []),
      ...(gone.length > 0 ? [`${sid} no longer ${verb(was)} ${listed(gone)}.`] : []),
      ...(added.length + gone.length === 0
        ? [`${sid} applies to other resources, callers, or conditions.`]
        : []),
    ];
  });
}

/** The statements of a document by their Sid, or by their place. */
function statementsOf(document: unknown): Map<string, Statement> {
  const { Statement = [] } = (document ?? {}) as { Statement?: Statement | Statement[] };
  return new Map([Statement].flat().map((one, index) => [one.Sid ?? `statement ${index + 1}`, one]));
}

const verb = ({ Effect }: Statement) => (Effect === 'Deny' ? 'denies' : 'allows');

function verbOf(statement: Statement): string {
  const except = statement.Action === undefined ? 'everything except ' : '';
  return `${verb(statement)} ${except}${listed(actionsOf(statement))}`;
}

function actionsOf({ Action, NotAction }: Statement): string[] {
  return [Action ?? NotAction ?? []].flat().map(String);
}

const MOST = 5;

/** Up to five names, and how many more there are. */
function listed(names: readonly string[]): string {
  const more = names.length - MOST;
  return names.slice(0, MOST).join(', ') + (more > 0 ? `, and ${more} more` : '');
}
