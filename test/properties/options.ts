import fc from 'fast-check';
import { SEVERITIES } from '../../lib/detections/detection';
import { DETECTIONS } from '../../lib/detections/rules';
import { PERSON_ROLES } from '../../lib/access/person-roles';
import { LOG_RETENTION_DAYS } from '../../lib/audit/log-retention';
import { PROFILES } from '../../lib/config/profiles';
import type { BaselineOptions } from '../../lib/config/config';
import { CHANNEL_EXAMPLES, SAML } from '../everything';
import { switchesAs } from '../settings/switches';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const UPPER = LOWER.toUpperCase();
const WORD = `${LOWER}${UPPER}${DIGITS}_`;
/** Visible characters of ASCII. */
const VISIBLE = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join('');

/**
 * Names that mean something to the CDK, to the constructs or to JavaScript, next to plain ones and near
 * misses of them.
 */
const NAMES = [
  ...['Default', 'Resource', 'Group', 'Guard', 'User', 'Secret', 'Viewers', 'DayZero', 'Policy', 'Account'],
  ...['constructor', 'toString', '__proto__', 'alice', 'alice.', 'alice2', 'alice@', '@', '+', 'a', 'a2'],
];

/** What looks like a reference, code or the end of a text. */
const TEXTS = ['$', '{AWS::Region}', '"', '`', '\\', "'", '</script>', 'é\u{1f600}', '\n'];

const string = (characters: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from(characters)), minLength, maxLength });

/** Texts one after the other. */
const joined = (...parts: (string | fc.Arbitrary<string>)[]) =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((texts) => texts.join(''));

/** Any of these fields may be there, with a value of its own. */
const some = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

/** Each field with the one value that it has here. */
const constants = <T extends object>(values: T) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, unknown]) => [name, fc.constant(value)]),
  ) as { [K in keyof T]: fc.Arbitrary<T[K]> };

const flag = fc.boolean();
const userName = fc.oneof(fc.constantFrom(...NAMES), string(`${WORD}+=,.@-`, 1, 64));
const email = joined(
  string(LOWER + UPPER, 1, 9),
  fc.constantFrom('', '.a', '+b', '_c', '-d'),
  '@',
  string(LOWER, 1, 9),
  '.example',
);
const url = fc.oneof(
  fc.constantFrom('https://alerts.example.com/aws', 'https://alerts.example.com/?x=$&y="'),
  fc.webUrl({ validSchemes: ['https'], withQueryParameters: true }),
);
const region = fc.constantFrom('us-east-1', 'eu-central-1', 'us-gov-west-1', 'cn-north-1', 'me-central-1');
const uuid = fc.uuid();

const text = (length: number) =>
  fc
    .array(fc.oneof(fc.constantFrom(...TEXTS), fc.string({ maxLength: 8 })), { maxLength: 6 })
    .map((parts) => `a${parts.join('')}`.replaceAll(/[${](?=\{)/g, '$& ').slice(0, length));

const contact = fc.record({
  name: text(64),
  title: text(50),
  email,
  phone: string(`${DIGITS} ()+-`, 1, 25),
});

const deploy = fc.oneof(
  fc.record({ environment: string(`${WORD}.-`, 1, 20).map((name) => `e${name}`) }),
  fc.record({
    branch: fc.constantFrom('main', 'release/1.x', 'a-b'),
    workflow: fc.constant('acme/ci/.github/workflows/deploy.yml@v1'),
  }),
);
const rights = fc.oneof(
  fc.constantFrom('cdk' as const, 'baseline' as const),
  fc.constant({
    plan: ['ReadOnlyAccess'],
    deploy: ['AmazonS3FullAccess', 'arn:aws:iam::123456789012:policy/a'],
  }),
);
/** Names that mean something to constructs, or that differ in characters that logical IDs don't have. */
const pipelineNames = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom(
      'Default',
      'Resource',
      'Provider',
      'Guard',
      'constructor',
      'a.b',
      'a-b',
      'ab',
      'CdkPlanRights',
    ),
    string(`${LOWER}${DIGITS}`, 1, 32),
  ),
  { minLength: 3, maxLength: 6, selector: (name) => name.toLowerCase() },
);
const pipelines = fc
  .tuple(pipelineNames, fc.tuple(deploy, rights, flag, flag), fc.constantFrom('hnb659fds', 'x_1'))
  .map(([[first = '', second = '', ...others], [where, may, withIds, exists], cdkQualifier]) => ({
    cdkQualifier,
    github: [
      {
        repository: 'acme/site.x',
        name: first,
        plan: withIds,
        ...(withIds ? { verify: { branch: 'main' } } : {}),
        deploy: where,
        rights: may,
        ...(withIds ? { ids: { owner: '1', repository: '22' } } : {}),
      },
    ],
    gitlab: [
      {
        project: 'acme/a/site',
        name: second,
        host: 'gitlab.com',
        plan: exists,
        rights: may,
        deploy: { branch: 'main' },
      },
    ],
    others: others.map((name) => ({
      name,
      issuer: 'https://oidc.example.com/a',
      rights: may,
      plan: { sub: ['org:acme:*'] },
      deploy: { sub: ['org:acme:web'], email: ['a@b.example', 'c@d.example'] },
    })),
    existingProviders: exists ? ['https://gitlab.com'] : [],
  }));

const group = fc.constantFrom(
  'a4e8f458-1234-5678-9abc-def012345678',
  '906769aa66-b4e8f458-1234-5678-9abc-def012345678',
);

/** Name of a group. Made once, because the table of all letters takes 0.3 seconds. */
const groupName = fc.stringMatching(/^[\p{L} -]{1,20}$/u);

const members = fc
  .uniqueArray(group, { maxLength: 2 })
  .chain((ids) =>
    fc
      .uniqueArray(groupName, { minLength: ids.length, maxLength: ids.length })
      .map((names) => Object.fromEntries(names.map((name, index) => [name, String(ids[index])]))),
  );
const identityCenter = some({
  sessionHours: fc.integer({ min: 1, max: 12 }),
  powerUsers: members,
  readers: members,
  auditors: members,
  billing: members,
}).map((options) => ({
  ...options,
  instanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
  administrators: { Administrators: 'a4e8f458-1234-5678-9abc-def012345678' },
}));

const accounts = fc.uniqueArray(string(DIGITS, 12, 12), { maxLength: 3 });
const mode = fc.constantFrom('off' as const, 'observe' as const, 'enforce' as const);
// The Regions are those of the home; exceptions and exempting policies depend on others.
const organization = some({
  ous: fc.constant(['ou-a1b2-c3d4e5f6']),
  units: fc.constantFrom(
    { Workloads: 'create', 'Workloads/Production': 'create', 'Work loads': 'create' },
    { Workloads: 'ou-a1b2-c3d4e5f6', 'Workloads/Default': 'create', Default: 'create', Resource: 'create' },
  ),
  // Names that differ in characters that no construct ID has.
  accounts: fc
    .uniqueArray(fc.constantFrom('shop', 'Shop', 'a/b', 'a|b', 'a b', 'Default', 'Resource', "O'Neil (1)"))
    .map((names) =>
      Object.fromEntries(
        names.map((name, index) => [name, { email: `aws+${index}@example.com`, unit: 'ou-a1b2-99999999' }]),
      ),
    ),
  exceptAccounts: accounts,
  trustedAccounts: accounts,
  policies: some({
    protect: fc.constant('enforce' as const),
    root: mode,
    leave: mode,
    regions: mode,
    users: mode,
    instances: fc.constantFrom('off' as const, 'observe' as const),
    outsiders: mode,
  }),
  centralRoot: flag,
  delegatedAdministrator: some({}).map(() => ({ account: '222222222222', services: ['iam' as const] })),
  logArchive: some({
    key: fc.constant(`arn:aws:kms:us-east-1:333333333333:key/1234abcd-12ab-34cd-56ef-1234567890ab`),
  }).map((options) => ({
    ...options,
    bucket: 'log-archive',
  })),
  trail: flag,
  detectors: some({
    guardDuty: flag,
    securityHub: flag,
    accessAnalyzer: flag,
    regions: fc.constant(['eu-central-1']),
    guardDutyPlans: fc.constant(['s3_data_events' as const]),
  }).map(({ guardDutyPlans, ...options }) =>
    // Plans need GuardDuty.
    options.guardDuty && guardDutyPlans ? { ...options, guardDutyPlans } : options,
  ),
  members: some({ contacts: some({ security: contact, operations: contact }), keepOnRemoval: flag }),
  group: some({
    passwordPolicy: some({ minimumLength: fc.integer({ min: 6, max: 128 }), requireSymbols: flag }),
    accountSettings: some({ serialConsoleOff: flag, dailyCheck: flag }),
    contacts: some({ billing: contact }),
    keepOnRemoval: flag,
  }),
}).map(({ group, ...options }) => ({
  ...options,
  // A group needs the list of all OUs.
  ...(group &&
    options.ous && { members: { ...options.members, groups: { Lab: { ...group, ous: options.ous } } } }),
  // Detectors need an administrator, and except nobody.
  ...(options.detectors
    ? { delegatedAdministrator: { account: '222222222222', services: ['iam' as const] }, exceptAccounts: [] }
    : {}),
  id: 'o-a1b2c3d4e5',
  rootId: 'r-a1b2',
  regions: ['us-east-1', 'eu-central-1'],
}));

/** Every option, each of which may be left out, but for those that are related to others. */
const fields = some({
  profile: fc.constantFrom(...PROFILES),
  stackName: joined(string(LOWER + UPPER, 1, 1), string(`${LOWER}${DIGITS}-`, 0, 23)).filter(
    (name) => !/--|-$/.test(name),
  ),
  accountName: string(`${WORD}.-`, 1, 32),
  detections: fc.dictionary(
    fc.constantFrom(...DETECTIONS.map(({ id }) => id)),
    fc.oneof(
      fc.constant<false>(false),
      some({
        threshold: fc.integer({ min: 1, max: 100_000 }),
        period: fc.integer({ min: 1, max: 1440 }).map((minutes) => minutes * 60),
        severity: fc.constantFrom(...SEVERITIES),
      }),
    ),
    { maxKeys: 5 },
  ),
  // mode and people are related to others.
  access: some({
    sessionHours: fc.integer({ min: 1, max: 12 }),
    mfaHours: fc.integer({ min: 1, max: 12 }),
    breakGlass: fc.constant(['sealed=1', 'sealed=2']),
    groupName: fc.oneof(fc.constantFrom('Administrators', 'constructor'), userName),
    guard: flag,
    supportRole: flag,
    delegation: flag,
    keepOnRemoval: flag,
    trustedAccounts: fc.array(string(DIGITS, 12, 12), { maxLength: 2 }),
    trustedProviders: fc.array(fc.constantFrom('identity-center', 'id.example.com/a', 'Okta'), {
      maxLength: 2,
    }),
  }),
  organization,
  federation: some({ saml: fc.constant(SAML), pipelines, identityCenter }),
  passwordPolicy: some({
    minimumLength: fc.integer({ min: 6, max: 128 }),
    requireUppercase: flag,
    requireLowercase: flag,
    requireNumbers: flag,
    requireSymbols: flag,
    passwordReusePrevention: fc.integer({ min: 1, max: 24 }),
    expireAfterDays: fc.integer({ min: 1, max: 1095 }),
    allowWeaker: flag,
    onRemoval: fc.constantFrom('restore', 'retain'),
  }),
  auditTrail: fc.oneof(
    some({
      trailName: joined(string(LOWER + UPPER + DIGITS, 3, 126), fc.constantFrom('', '.a', '-1', '_b')),
      logGroupRetentionDays: fc.constantFrom(...LOG_RETENTION_DAYS),
      expireAfterDays: fc.integer({ min: 1, max: 36_500 }),
      s3DataEvents: flag,
      keepOnRemoval: flag,
    }),
    fc.record({ existingLogGroup: string(`${WORD}.-/#`, 1, 60) }),
  ),
  customerKey: flag,
  detectors: some({ configRecorder: flag, guardDuty: flag, securityHub: flag }),
  accountSettings: some({
    ...switchesAs(flag),
    alias: fc.constantFrom('acme', 'a-1', '123456789012a'),
    contacts: some({ security: contact, billing: contact, operations: contact }),
    regions: fc.uniqueArray(region, { minLength: 1 }),
    dailyCheck: flag,
    keepOnRemoval: flag,
  }),
  terminationProtection: flag,
  tags: fc
    .uniqueArray(
      fc.tuple(
        joined(string(`${WORD}.`, 1, 1), string(`${WORD} .:/=+@-`, 0, 20)),
        string(`${WORD} .:/=+@-`, 1, 20),
      ),
      { maxLength: 3, selector: ([key]) => key.toLowerCase() },
    )
    .map((pairs) => Object.fromEntries(pairs)),
});

/** The options that depend on each other. */
const related = fc
  .record({
    people: fc.uniqueArray(userName, { minLength: 1, maxLength: 4, selector: (name) => name.toLowerCase() }),
    emails: fc.uniqueArray(email, { minLength: 1, maxLength: 3, selector: (name) => name.toLowerCase() }),
    region: fc.option(fc.constantFrom('us-east-1', 'eu-central-1'), { nil: undefined }),
    isTakenOver: flag,
    notifications: some({
      ...constants(CHANNEL_EXAMPLES),
      httpsEndpoints: fc.uniqueArray(url, { maxLength: 3 }),
      slack: fc.record({
        workspaceId: joined('T', string(UPPER + DIGITS, 1, 10)),
        channelId: string(UPPER + DIGITS, 1, 10),
      }),
      teams: fc.record({
        tenantId: uuid,
        teamId: uuid,
        channelId: joined('19%3a', string(`${WORD}-`, 1, 40), '%40thread.tacv2'),
      }),
      notifyOnOk: flag,
      rootNotice: fc.constantFrom(true, false, 'existing-hub' as const),
      weeklySummary: fc.boolean(),
      dashboard: fc.boolean(),
      runbooks: fc.oneof(
        joined('https://git.example.com/', string(VISIBLE, 0, 40), '/').filter(
          (text) => !/[${]\{/.test(text),
        ),
        fc.constantFrom('/', 'docs/`$"\\/', "it's/{Nothing}/"),
      ),
    }),
    billing: some({
      monthlyBudgetUsd: fc.oneof(
        fc.constant<false>(false),
        fc.double({ min: 0.01, max: 999_999_999, noNaN: true }),
      ),
      viewers: fc.constant([]),
    }),
    costAnomalyDetection: flag,
    roles: fc.option(fc.subarray([...PERSON_ROLES], { minLength: 1 }), { nil: undefined }),
  })
  .map(({ people, emails, region, isTakenOver, notifications, billing, costAnomalyDetection, roles }) => {
    const half = Math.ceil(people.length / 2);
    const [administrator = ''] = people;
    const last = people.at(-1) ?? '';
    const isAlone = half === 1 && last === administrator;
    return {
      ...(roles
        ? {
            access: {
              mode: 'roles' as const,
              people: isAlone ? [] : [{ name: last, roles }],
              revokedSessions: [{ name: 'a.b@c', before: '2026-11-29T10:00:00Z' }].slice(roles.length % 2),
            },
          }
        : {}),
      administrators: people.slice(0, half),
      notifications: { ...notifications, emails },
      billing: {
        ...billing,
        ...(billing.viewers ? { viewers: people.slice(half) } : {}),
        ...(region === 'us-east-1' ? { costAnomalyDetection } : {}),
      },
      ...(region === undefined ? {} : { region }),
      ...(isTakenOver
        ? { dayZero: { administrators: ['', administrator], emails: emails.slice(0, 2) } }
        : {}),
    };
  });

/** The options of an organization without what its trail contradicts. */
function withoutContradictions({ organization, auditTrail, ...others }: BaselineOptions): BaselineOptions {
  const { trail, logArchive, ...rest } = { ...organization };
  const isOwn = auditTrail?.existingLogGroup === undefined;
  return {
    ...others,
    ...(auditTrail ? { auditTrail } : {}),
    ...(organization
      ? {
          organization: {
            ...rest,
            ...(isOwn && trail !== undefined ? { trail } : {}),
            ...(isOwn && trail !== false && logArchive ? { logArchive } : {}),
          },
        }
      : {}),
  } as BaselineOptions;
}

/** Anything that the schema and the rules between its fields allow, every option sometimes. */
export const validOptions: fc.Arbitrary<BaselineOptions> = fc.tuple(fields, related).map(([one, other]) =>
  withoutContradictions({
    ...one,
    ...other,
    access: { ...one.access, ...other.access },
  } as BaselineOptions),
);
