import { clean, words } from './cloudtrail-event';

//! Parameters that say nothing, that can be secret, that can be policies as text, and of mere structure.
const SKIPPED = /^(tag|sid|statementId|instanceArn|ipProtocol|fromPort|toPort|condition$)/i;
const SECRET =
  /userData|password$|secret(?!Id|Arn|Name)|environment|variable|metadata|(parameter|argument)s$/i;
const POLICY = /policy(?!Body)|attributeValue/i;
const STRUCTURE = /^(\d+|items?|values?|key|content|AWS|Service|Federated|\w+Request)$/;

//! Parameters whose texts are shown: who gets access, what it is about, and how. Other texts can be anything.
const SHOWN = [
  /^add|^remove|To(Add|Remove)$|principal|grantee|cidr|prefixList|groups|endpoint|email|account(Id)?s|accountWith|owner|acl$|^uri$|authType|instanceType|layer|maxCount|userData|managementEvents|multiRegion|publicly|asDefault|^enable/i,
  /(?<!attribute)(name|arn|id|identifier|url)s?(list)?$|serialNumber/i,
  /(type|status|state|attribute(Name)?|boundary|action|operation|protocol|permission|role|bucket|target|filter|password)s?$/i,
];

/** A value in the parameters, with the name of its parameter and what a message calls it. */
type Parameter = readonly [name: string, label: string, value: unknown];

// Returns what matters in the parameters of a call, in one line of about so many characters.
export function describe(parameters: unknown, account: string, room: number): string {
  const facts = flatten('', parameters).flatMap(([name, label, value]) => {
    const found = SHOWN.findIndex((names) => names.test(name));
    if (found < 0 && typeof value === 'string') return [];
    const text = shorten(value, account);
    //! Everyone and other accounts come first, so that no list hides them.
    const isOutside = /^(\*.*|all|.*\/0|.*Users)$|(?<!\d)\d{12}(?!\d)/i.test(text.replaceAll(account, ''));
    return { label: clean(label, 40), text, rank: (found < 0 ? 3 : found) - (isOutside ? 0.1 : 0) };
  });
  const subject = facts.find(({ rank }) => Math.ceil(rank) === 1)?.label ?? '';
  const groups = new Map<string, Set<string>>(subject ? [[subject, new Set()]] : []);
  for (const { label, text } of facts.sort((one, other) => one.rank - other.rank)) {
    groups.set(label, (groups.get(label) ?? new Set()).add(text));
  }
  const parts: string[] = [];
  for (const [label, [one = '', two, ...more]] of groups) {
    const texts = [one, two, more.length && `${more.length} more`].filter(Boolean).join(' and ');
    const isNamed = one.toLowerCase().startsWith(label.toLowerCase().replaceAll(' ', ''));
    const part = isNamed ? texts : `${label} ${texts}`;
    // The first two are shown in any case.
    if (parts.length < 2 || parts.join(', ').length + part.length < room) parts.push(part);
  }
  return parts.join(', ');
}

// Returns the values in a parameter, without what a policy denies.
function flatten(name: string, value: unknown, rule = '', depth = 0): Parameter[] {
  if (SKIPPED.test(name) || depth > 15 || (value ?? '') === '') return [];
  const label = rule && /cidr|prefixList|groups/i.test(name) ? rule : words(name);
  if (SECRET.test(name)) return [[name, label, '<sensitive>']];
  const fields = fieldsOf(name, value);
  if (!fields) return name ? [[name, label, value]] : [];
  if (fields.some(([, effect]) => effect === 'Deny')) return [];
  // The ports of a security group's rule name its ranges.
  const [protocol, ...ports] = [/^ipProtocol$/i, /^fromPort$/i, /^toPort$/i].map((field) =>
    clean(fields.find(([key]) => field.test(key))?.[1]),
  );
  const own = `${protocol} ${[...new Set(ports)].join('-')} for`.replace(/^-1.*for/, 'all ports for');
  return fields.flatMap(([key, part]) => {
    if (key === 'Condition') return conditions(part);
    const named = /^(add|remove)$/.test(name) ? `${name} ${key}` : key;
    const inner = STRUCTURE.test(key) || name === 'groups' ? name : named;
    return flatten(inner, part, protocol ? own : rule, depth + 1);
  });
}

// Returns what limits a statement of a policy: if aws:SourceAccount 123456789012.
function conditions(value: unknown): Parameter[] {
  return Object.entries({ ...Object(value) } as object).flatMap(([operator, keys]) =>
    Object.entries({ ...Object(keys) } as object).map(([key, values]): Parameter => {
      const label = `${operator.includes('Not') ? 'unless' : 'if'} ${key}`;
      //! These two keys serve as passwords.
      return ['principal', label, /referer|externalId/i.test(key) ? '<sensitive>' : values];
    }),
  );
}

// Returns the fields of an object, or of a policy as text.
function fieldsOf(name: string, value: unknown): [name: string, value: unknown][] | undefined {
  try {
    const object = POLICY.test(name) && typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
    return typeof object === 'object' ? Object.entries({ ...object }) : undefined;
  } catch {
    return undefined;
  }
}

//! Leaves out what names this account or AWS, and of a URL everything but the host: a path can be secret.
function shorten(value: unknown, account: string): string {
  const text = String(value);
  if (text === '*') return '* (any)';
  if (/^(HIDDEN_DUE_TO|<sensitive)/.test(text)) return '(not shown)';
  const short = text
    .replace(new RegExp(`^arn:[\\w-]+:[\\w-]*:[\\w-]*:(aws|${account})?:(?!root$)`), '')
    .replace(/^https?:\/\/(?:(?:sqs|acs)[\w.-]+|(?:[^/]*@)?([^/]+).*)/, '$1');
  return clean(short.replaceAll('*', 'ANY'), 64);
}
