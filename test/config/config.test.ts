import { LOG_RETENTION_DAYS } from '../../lib/audit/log-retention';
import { PROFILE_DEFAULTS, PROFILES } from '../../lib/config/profiles';
import { BaselineConfigError, type BaselineOptions, defineBaseline } from '../../lib/config/config';

const SMALLEST = { administrators: ['alice'], notifications: { emails: ['security@example.com'] } };

/** What a row shows, what it adds to the smallest configuration, and every fault it has. */
type Row = [shows: string, change: object, ...faults: string[]];

/** The configuration as someone without a type checker may write it. */
function define(options: unknown) {
  return defineBaseline(options as BaselineOptions);
}

function messageOf(options: unknown): string {
  try {
    define(options);
  } catch (error) {
    if (error instanceof BaselineConfigError) return error.message;
    throw error;
  }
  return 'no fault';
}

function message(faults: readonly string[]): string {
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  return [
    `the configuration has ${count}; nothing was changed:`,
    ...faults.map((fault) => `  - ${fault}`),
  ].join('\n');
}

function check(rows: Row[]): void {
  test.each(rows)('%s', (_shows, change, ...faults) => {
    expect(messageOf({ ...SMALLEST, ...change })).toBe(message(faults));
  });
}

function accept(rows: [shows: string, change: object][]): void {
  test.each(rows)('%s', (_shows, change) => {
    expect(define({ ...SMALLEST, ...change })).toMatchObject(change);
  });
}

describe('the smallest configuration', () => {
  test('has these defaults', () => {
    expect(defineBaseline(SMALLEST)).toStrictEqual({
      administrators: ['alice'],
      notifications: {
        emails: ['security@example.com'],
        httpsEndpoints: [],
        notifyOnOk: false,
        runbooks: 'docs/runbooks/',
      },
      profile: 'standard',
      stackName: 'AccountBaseline',
      detections: {},
      access: { groupName: 'Administrators', guard: true, supportRole: true, keepOnRemoval: true },
      passwordPolicy: {
        minimumLength: 15,
        requireUppercase: true,
        requireLowercase: true,
        requireNumbers: true,
        requireSymbols: true,
        passwordReusePrevention: 24,
        allowWeaker: false,
        onRemoval: 'restore',
      },
      billing: { monthlyBudgetUsd: 50, costAnomalyDetection: false, viewers: [] },
      auditTrail: {
        logGroupRetentionDays: 365,
        expireAfterDays: 2557,
        s3DataEvents: false,
        keepOnRemoval: true,
      },
      customerKey: true,
      detectors: { configRecorder: false, guardDuty: false, securityHub: false },
      accountSettings: {
        s3PublicAccessBlock: true,
        ebsEncryption: true,
        requireImdsV2: true,
        snapshotPublicAccessBlock: true,
        amiPublicAccessBlock: true,
        serialConsoleOff: true,
        accessAnalyzer: true,
        removeDefaultVpcs: false,
        emptyDefaultSecurityGroups: false,
        contacts: {},
        dailyCheck: false,
        keepOnRemoval: false,
      },
      terminationProtection: true,
      tags: {},
    });
  });

  test('is frozen deeply', () => {
    const objects = (value: unknown): object[] =>
      typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(objects)] : [];
    const all = objects(defineBaseline(SMALLEST));
    expect(all).toHaveLength(15);
    expect(all.filter((object) => !Object.isFrozen(object))).toEqual([]);
  });

  test('is a copy: what the caller wrote stays as it was', () => {
    const options = { ...SMALLEST, administrators: ['alice'], tags: { team: 'platform' } };
    defineBaseline(options);
    options.administrators.push('bob');
    expect(options).toEqual({ ...SMALLEST, administrators: ['alice', 'bob'], tags: { team: 'platform' } });
  });

  test('does not change when it is checked again, as the app does with what the file exports', () => {
    const config = defineBaseline(SMALLEST);
    expect(define(config)).toStrictEqual(config);
  });

  test('keeps the other defaults of a section of which one option is set', () => {
    const { access } = defineBaseline({ ...SMALLEST, access: { guard: false } });
    expect(access).toStrictEqual({
      groupName: 'Administrators',
      guard: false,
      supportRole: true,
      keepOnRemoval: true,
    });
  });
});

describe('a profile', () => {
  const switches = (options: object) => {
    const { customerKey, auditTrail, detectors } = define({ ...SMALLEST, ...options });
    return { customerKey, s3DataEvents: auditTrail.s3DataEvents, ...detectors };
  };

  test.each(PROFILES)('%s sets its switches', (profile) => {
    expect(switches({ profile })).toEqual(PROFILE_DEFAULTS[profile]);
  });

  test.each([false, true])('changes no switch that is set: %s', (value) => {
    const set = {
      customerKey: value,
      auditTrail: { s3DataEvents: value },
      detectors: { configRecorder: value, guardDuty: value, securityHub: value },
    };
    for (const profile of PROFILES) {
      expect([...new Set(Object.values(switches({ profile, ...set })))]).toEqual([value]);
    }
  });

  test('changes nothing but its switches', () => {
    const [free, standard, strict] = PROFILES.map((profile) => {
      const { customerKey, detectors, ...rest } = define({ ...SMALLEST, profile });
      expect([customerKey, detectors]).toBeDefined();
      return { ...rest, profile: '', auditTrail: { ...rest.auditTrail, s3DataEvents: '' } };
    });
    expect(free).toEqual(standard);
    expect(strict).toEqual(standard);
  });

  test('strict logs no data events on a trail that is not the baseline’s', () => {
    expect(switches({ profile: 'strict', auditTrail: { existingLogGroup: 'theirs' } }).s3DataEvents).toBe(
      false,
    );
  });

  check([
    [
      'that is none',
      { profile: 'paranoid' },
      'profile: must be one of free, standard, strict; received "paranoid"',
    ],
    [
      'aside, data events need a trail of the baseline',
      { auditTrail: { existingLogGroup: 'theirs', s3DataEvents: true } },
      'auditTrail.s3DataEvents: needs a trail of the baseline; with existingLogGroup, set it on your own trail; received true',
    ],
  ]);
});

describe('account settings', () => {
  const ALIAS =
    'accountSettings.alias: must be an account alias: 3 to 63 lower-case letters, digits and single hyphens inside, and no account id';
  const ann = { name: 'Ann Lee', title: 'CISO', email: 'security@example.com', phone: '+1 (555) 01-00' };
  const contact = (change: object) => ({
    accountSettings: { contacts: { security: { ...ann, ...change } } },
  });

  accept([
    ['an alias of the shortest kind', { accountSettings: { alias: 'a-1' } }],
    ['an alias of 63 characters', { accountSettings: { alias: 'a'.repeat(63) } }],
    ['an alias of digits that is no account id', { accountSettings: { alias: '12345678901' } }],
    ['a contact', contact({})],
    ['all contacts', { accountSettings: { contacts: { security: ann, billing: ann, operations: ann } } }],
    ['Regions', { accountSettings: { regions: ['us-east-1', 'us-gov-west-1'] } }],
  ]);

  check([
    ...['ab', 'a'.repeat(64), 'My-company', 'a--b', '-ab', 'ab-', 'a_b', '123456789012'].map((alias): Row => [
      `alias ${alias}`,
      { accountSettings: { alias } },
      `${ALIAS}; received "${alias}"`,
    ]),
    [
      'no Regions',
      { accountSettings: { regions: [] } },
      'accountSettings.regions: must name at least one Region; received []',
    ],
    [
      'no Region',
      { accountSettings: { regions: ['Virginia'] } },
      'accountSettings.regions[0]: must be a Region such as us-east-1; received "Virginia"',
    ],
    [
      'a Region twice',
      { accountSettings: { regions: ['us-east-1', 'us-east-1'] } },
      'accountSettings.regions[1]: is a duplicate; received "us-east-1"',
    ],
    [
      'a contact that is no object',
      { accountSettings: { contacts: { security: 'ann@example.com' } } },
      "accountSettings.contacts.security: must be an object such as { name: 'Ann Lee', title: 'CISO', email: 'security@example.com', phone: '+1 555 0100' }; received \"ann@example.com\"",
    ],
    [
      'a contact of a kind that AWS does not have',
      { accountSettings: { contacts: { legal: ann } } },
      'accountSettings.contacts.legal: is not an option',
    ],
    [
      'a blank name',
      contact({ name: ' ' }),
      'accountSettings.contacts.security.name: must be a text of 1 to 64 characters; received " "',
    ],
    [
      'a long title',
      contact({ title: 'x'.repeat(51) }),
      `accountSettings.contacts.security.title: must be a text of 1 to 50 characters; received "${'x'.repeat(51)}"`,
    ],
    [
      'no address',
      contact({ email: 'ann' }),
      'accountSettings.contacts.security.email: must be an e-mail address such as security@example.com; received "ann"',
    ],
    [
      'no telephone number',
      contact({ phone: 'ask Ann' }),
      'accountSettings.contacts.security.phone: must be a telephone number: 1 to 25 digits, spaces, ( ) + and -; received "ask Ann"',
    ],
  ]);
});

describe('accepts the limits:', () => {
  accept([
    [
      'the shortest lengths',
      { passwordPolicy: { minimumLength: 6, passwordReusePrevention: 1, expireAfterDays: 1 } },
    ],
    [
      'the longest lengths',
      { passwordPolicy: { minimumLength: 128, passwordReusePrevention: 24, expireAfterDays: 1095 } },
    ],
    [
      '10 addresses',
      { notifications: { emails: Array.from({ length: 10 }, (_, n) => `p${n}@example.com`) } },
    ],
    ['a user name of 64 characters', { administrators: ['a'.repeat(64)] }],
    ['every character of a user name', { administrators: ['Az09_+=,.@-'] }],
    ['a group name of 128 characters', { access: { groupName: 'g'.repeat(128) } }],
    [
      'a stack name of 128 characters',
      { stackName: 's'.repeat(128), detections: { BaselineTamperedWith: false } },
    ],
    ['no budget', { billing: { monthlyBudgetUsd: false } }],
    ['a budget of one cent', { billing: { monthlyBudgetUsd: 0.01 } }],
    ['a budget just below the limit', { billing: { monthlyBudgetUsd: 999_999_999.99 } }],
    ['an expiry after one day', { auditTrail: { expireAfterDays: 1 } }],
    ['a Region of the longest form', { region: 'us-gov-west-1' }],
    ['anomaly detection in us-east-1', { region: 'us-east-1', billing: { costAnomalyDetection: true } }],
    ['a tag key in any script', { tags: { 'équipe 鍵': 'x' } }],
    ['a dayZero that is listed', { dayZero: { administrator: 'alice', email: 'security@example.com' } }],
    ...LOG_RETENTION_DAYS.map((days): [string, object] => [
      `a retention of ${days} days`,
      { auditTrail: { logGroupRetentionDays: days } },
    ]),
  ]);
});

describe('an option that is unknown', () => {
  check([
    ['at the top', { adminstrators: ['alice'] }, 'adminstrators: is not an option'],
    ['in a section', { access: { gaurd: false } }, 'access.gaurd: is not an option'],
    [
      'two of them, each in a line of its own',
      { one: 1, billing: { two: 2 } },
      'billing.two: is not an option',
      'one: is not an option',
    ],
    ['without a name', { '': 1 }, '[""]: is not an option'],
    ['with a line break in its name', { tags: { team: 'a' }, 'a\nb': 1 }, '["a\\nb"]: is not an option'],
    ['with the name of a method', { toString: 1 }, 'toString: is not an option'],
  ]);
});

describe('people', () => {
  const USER = 'must be an IAM user name: 1 to 64 of A-Z a-z 0-9 + = , . @ _ -';
  const EMAIL = 'must be an e-mail address such as security@example.com';
  const LIST = 'must name at least one administrator, or only root could use the account';
  const eleven = Array.from({ length: 11 }, (_, n) => `p${n}@b.io`);

  check([
    ['no administrators', { administrators: [] }, `administrators: ${LIST}; received []`],
    [
      'administrators left out',
      { administrators: undefined },
      'administrators: must be a list of IAM user names; received nothing',
    ],
    ['a number', { administrators: ['alice', 5] }, 'administrators[1]: must be an IAM user name; received 5'],
    ['an empty user name', { administrators: [''] }, `administrators[0]: ${USER}; received ""`],
    ['a user name with a blank', { administrators: ['a b'] }, `administrators[0]: ${USER}; received "a b"`],
    [
      'the same user twice',
      { administrators: ['al', 'al'] },
      'administrators[1]: is a duplicate; received "al"',
    ],
    [
      'in other case',
      { administrators: ['al', 'bo', 'AL'] },
      'administrators[2]: is a duplicate; received "AL"',
    ],
    [
      'a user three times',
      { administrators: ['al', 'al', 'al'] },
      'administrators[1]: is a duplicate; received "al"',
      'administrators[2]: is a duplicate; received "al"',
    ],
    ['no e-mail', { notifications: { emails: ['al'] } }, `notifications.emails[0]: ${EMAIL}; received "al"`],
    [
      'no addresses',
      { notifications: { emails: [] } },
      'notifications.emails: must name at least one address, or nobody would hear an alarm; received []',
    ],
    [
      'an address that is no list',
      { notifications: { emails: 'al@b.io' } },
      'notifications.emails: must be a list of e-mail addresses; received "al@b.io"',
    ],
    [
      '11 addresses',
      { notifications: { emails: eleven } },
      'notifications.emails: must name at most 10 addresses; use a mailing list; ' +
        `received ${JSON.stringify(eleven).slice(0, 97)}...`,
    ],
    [
      'the same address twice',
      { notifications: { emails: ['al@b.io', 'Al@B.io'] } },
      'notifications.emails[1]: is a duplicate; received "Al@B.io"',
    ],
    [
      'viewers in the group of the administrators',
      { access: { groupName: 'billingviewers' }, billing: { viewers: ['bo'] } },
      'access.groupName: is the group of the billing viewers; received "billingviewers"',
    ],
    [
      'a viewer who is an administrator',
      { billing: { viewers: ['bo', 'ALICE'] } },
      'billing.viewers[1]: is an administrator already; received "ALICE"',
    ],
    [
      'the same viewer twice',
      { billing: { viewers: ['bo', 'Bo'] } },
      'billing.viewers[1]: is a duplicate; received "Bo"',
    ],
    [
      'an administrator of day zero who is not listed',
      { dayZero: { administrator: 'bo', email: 'security@example.com' } },
      'dayZero.administrator: must be listed in administrators too; received "bo"',
    ],
    [
      'an address of day zero that is not listed',
      { dayZero: { administrator: 'alice', email: 'al@b.io' } },
      'dayZero.email: must be listed in notifications.emails too; received "al@b.io"',
    ],
  ]);
});

describe('channels', () => {
  const notifications = (change: object) => ({ notifications: { ...SMALLEST.notifications, ...change } });
  const UUID = 'a UUID';
  const TEAM = '1d2c3b4a-2f44-4c0e-9c62-0d1d7d9b0a22';

  accept([
    ['an endpoint', notifications({ httpsEndpoints: ['https://alerts.example.com/aws'] })],
    ['Slack', notifications({ slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' } })],
    ['runbooks', notifications({ runbooks: 'https://git.example.com/docs/runbooks/' })],
    ['a name', { accountName: 'acme-prod' }],
  ]);

  check([
    [
      'an endpoint without TLS',
      notifications({ httpsEndpoints: ['http://alerts.example.com'] }),
      'notifications.httpsEndpoints[0]: must be an https URL such as https://alerts.example.com/aws; ' +
        'received "http://alerts.example.com"',
    ],
    [
      'an endpoint twice',
      notifications({
        httpsEndpoints: ['https://a.example/A', 'https://a.example/a', 'https://a.example/a'],
      }),
      'notifications.httpsEndpoints[2]: is a duplicate; received "https://a.example/a"',
    ],
    [
      'an endpoint with what CloudFormation takes for a reference',
      notifications({ httpsEndpoints: ['https://a.example/?a=${b}'] }),
      'notifications.httpsEndpoints[0]: must not contain ${; received "https://a.example/?a=${b}"',
    ],
    [
      'runbooks with what CloudFormation takes for a reference',
      notifications({ runbooks: '${b}/' }),
      'notifications.runbooks: must not contain ${; received "${b}/"',
    ],
    [
      'a Teams channel by name',
      notifications({ teams: { tenantId: TEAM, teamId: TEAM, channelId: 'alarms' } }),
      'notifications.teams.channelId: must be the URL-encoded id of a channel, as in its link: 19%3a…%40thread.tacv2; received "alarms"',
    ],
    [
      'a Slack channel by name',
      notifications({ slack: { workspaceId: 'T0123ABCD', channelId: '#alarms' } }),
      'notifications.slack.channelId: must be the id of a Slack channel, such as C0123ABCD; received "#alarms"',
    ],
    [
      'a team without its tenant',
      notifications({
        teams: { teamId: '1d2c3b4a-2f44-4c0e-9c62-0d1d7d9b0a22', channelId: '19%3ab6%40thread.tacv2' },
      }),
      `notifications.teams.tenantId: must be the id of a tenant, ${UUID}; received nothing`,
    ],
    [
      'runbooks that are no folder',
      notifications({ runbooks: 'https://git.example.com/runbooks' }),
      'notifications.runbooks: must be an https URL, or a path, that ends in /; received "https://git.example.com/runbooks"',
    ],
    [
      'runbooks without TLS',
      notifications({ runbooks: 'http://git.example.com/runbooks/' }),
      'notifications.runbooks: must be an https URL, or a path, that ends in /; received "http://git.example.com/runbooks/"',
    ],
    [
      'an account name with a line break',
      { accountName: 'acme\nprod' },
      'accountName: must be a name of 1 to 32 letters, digits, dots, hyphens and underscores; received "acme\\nprod"',
    ],
  ]);
});

describe('detections', () => {
  accept([
    ['one off', { detections: { RootUsed: false } }],
    [
      'two tuned',
      { detections: { CallDenied: { threshold: 100 }, SignInFailed: { period: 600, severity: 'high' } } },
    ],
  ]);

  check([
    [
      'one that does not exist',
      { detections: { RootUse: false } },
      'detections.RootUse: is no detection; did you mean RootUsed?; received "RootUse"',
    ],
    [
      'a switch that is on',
      { detections: { RootUsed: true } },
      "detections.RootUsed: must be false, or an object such as { threshold: 50, period: 300, severity: 'high' }; received true",
    ],
    [
      'a list in place of one',
      { detections: { RootUsed: [] } },
      "detections.RootUsed: must be false, or an object such as { threshold: 50, period: 300, severity: 'high' }; received []",
    ],
    [
      'a threshold of nothing',
      { detections: { RootUsed: { threshold: 0 } } },
      'detections.RootUsed.threshold: must be a whole number of events from 1 to 100000; received 0',
    ],
    [
      'a period that an alarm can’t have',
      { detections: { RootUsed: { period: 90 } } },
      'detections.RootUsed.period: must be a number of seconds: a multiple of 60 up to 86400; received 90',
    ],
    [
      'a filter that the stack’s name makes too long',
      { stackName: 'S'.repeat(100) },
      `stackName: makes the filter of BaselineTamperedWith longer than 1,024 characters; use a shorter name, or set detections.BaselineTamperedWith to false; received "${'S'.repeat(96)}...`,
    ],
    [
      'a filter that the log group’s name makes too long',
      { auditTrail: { existingLogGroup: 'g'.repeat(500) } },
      `auditTrail.existingLogGroup: makes the filter of BaselineTamperedWith longer than 1,024 characters; use a shorter name, or set detections.BaselineTamperedWith to false; received "${'g'.repeat(96)}...`,
    ],
    [
      'another severity',
      { detections: { RootUsed: { severity: 'urgent' } } },
      'detections.RootUsed.severity: must be one of low, medium, high, critical; received "urgent"',
    ],
  ]);
});

describe('names', () => {
  const GROUP = 'must be an IAM group name: 1 to 128 of A-Z a-z 0-9 + = , . @ _ -';
  const STACK = 'must be a CloudFormation stack name: a letter, then up to 127 letters, digits and hyphens';
  const REGION = 'must be a Region such as us-east-1';

  check([
    ['a group with a slash', { access: { groupName: 'a/b' } }, `access.groupName: ${GROUP}; received "a/b"`],
    [
      'a group of no name',
      { access: { groupName: null } },
      'access.groupName: must be an IAM group name; received null',
    ],
    ['a stack with an underscore', { stackName: 'a_b' }, `stackName: ${STACK}; received "a_b"`],
    ['a stack that starts with a digit', { stackName: '1a' }, `stackName: ${STACK}; received "1a"`],
    [
      'a stack name that is a number',
      { stackName: 1 },
      'stackName: must be a CloudFormation stack name; received 1',
    ],
    ['a Region of another cloud', { region: 'eastus' }, `region: ${REGION}; received "eastus"`],
    ['a zone', { region: 'us-east-1a' }, `region: ${REGION}; received "us-east-1a"`],
    ['a Region that is a number', { region: 1 }, `region: ${REGION}; received 1`],
    [
      'a log group with a colon',
      { auditTrail: { existingLogGroup: 'a:b' } },
      'auditTrail.existingLogGroup: must be the name of a log group; received "a:b"',
    ],
    ['a tag key of AWS', { tags: { 'aws:x': '1' } }, 'tags.aws:x: is not a valid tag key; received "aws:x"'],
    ['an empty tag key', { tags: { '': '1' } }, 'tags[""]: is not a valid tag key; received ""'],
    [
      'an empty tag value, which alarms do not take',
      { tags: { team: '' } },
      'tags.team: must be a tag value; received ""',
    ],
    ['a tag value that is a number', { tags: { team: 1 } }, 'tags.team: must be a tag value; received 1'],
    [
      'a tag value with a percent sign',
      { tags: { team: '%' } },
      'tags.team: must be a tag value; received "%"',
    ],
    ['a list of tags', { tags: [] }, `tags: must be an object such as { team: 'platform' }; received []`],
  ]);
});

describe('numbers and flags', () => {
  const LENGTH = 'passwordPolicy.minimumLength: must be a whole number of characters from 6 to 128';
  const REUSE = 'passwordPolicy.passwordReusePrevention: must be a whole number of passwords from 1 to 24';
  const EXPIRY = 'passwordPolicy.expireAfterDays: must be a whole number of days from 1 to 1095';
  const RETENTION =
    'auditTrail.logGroupRetentionDays: must be a retention that CloudWatch Logs offers: ' +
    '1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653';
  const BUDGET =
    'billing.monthlyBudgetUsd: must be an amount in USD above 0 and below 1000000000, or false for no budget';
  const ANOMALY =
    "billing.costAnomalyDetection: needs region: 'us-east-1', the only one where CloudFormation has the AWS::CE " +
    'types; leave it off elsewhere; received true';
  const DAYS = 'must be a whole number of days from 1 to 36500';

  check([
    ...[5, 129, 15.5, '15', null].map((minimumLength): Row => [
      `a length of ${JSON.stringify(minimumLength)}`,
      { passwordPolicy: { minimumLength } },
      `${LENGTH}; received ${JSON.stringify(minimumLength)}`,
    ]),
    ...[0, 25].map((passwordReusePrevention): Row => [
      `${passwordReusePrevention} remembered passwords`,
      { passwordPolicy: { passwordReusePrevention } },
      `${REUSE}; received ${passwordReusePrevention}`,
    ]),
    ...[0, 1096].map((expireAfterDays): Row => [
      `an expiry after ${expireAfterDays} days`,
      { passwordPolicy: { expireAfterDays } },
      `${EXPIRY}; received ${expireAfterDays}`,
    ]),
    [
      'a removal of another kind',
      { passwordPolicy: { onRemoval: 'keep' } },
      `passwordPolicy.onRemoval: must be 'restore' or 'retain'; received "keep"`,
    ],
    [
      'a word for a flag',
      { passwordPolicy: { requireNumbers: 'yes' } },
      'passwordPolicy.requireNumbers: must be true or false; received "yes"',
    ],
    ['a number for a flag', { customerKey: 1 }, 'customerKey: must be true or false; received 1'],
    ['a retention of 2 days', { auditTrail: { logGroupRetentionDays: 2 } }, `${RETENTION}; received 2`],
    ...[-1, 0, 1e9, true, '50', null].map((monthlyBudgetUsd): Row => [
      `a budget of ${JSON.stringify(monthlyBudgetUsd)}`,
      { billing: { monthlyBudgetUsd } },
      `${BUDGET}; received ${JSON.stringify(monthlyBudgetUsd)}`,
    ]),
    ['anomaly detection without a Region', { billing: { costAnomalyDetection: true } }, ANOMALY],
    [
      'anomaly detection in another Region',
      { region: 'eu-central-1', billing: { costAnomalyDetection: true } },
      ANOMALY,
    ],
    [
      'an expiry after no days',
      { auditTrail: { expireAfterDays: 0 } },
      `auditTrail.expireAfterDays: ${DAYS}; received 0`,
    ],
    [
      'an expiry after 36501 days',
      { auditTrail: { expireAfterDays: 36501 } },
      `auditTrail.expireAfterDays: ${DAYS}; received 36501`,
    ],
  ]);

  test.each([NaN, Infinity, -Infinity])('%s is no length and no budget', (value) => {
    const options = { passwordPolicy: { minimumLength: value }, billing: { monthlyBudgetUsd: value } };
    expect(messageOf({ ...SMALLEST, ...options })).toBe(
      message([`${LENGTH}; received ${value}`, `${BUDGET}; received ${value}`]),
    );
  });
});

describe('what is no object', () => {
  const WHOLE = 'must be an object such as { administrators: [...], notifications: { emails: [...] } }';

  test.each<[received: string, value: unknown]>([
    ['null', null],
    ['nothing', undefined],
    ['5', 5],
    ['"x"', 'x'],
    ['[]', []],
    ['true', true],
    ['[Function (anonymous)]', () => SMALLEST],
    ['Symbol(x)', Symbol('x')],
    ['1n', 1n],
  ])('is no configuration: %s', (received, value) => {
    expect(messageOf(value)).toBe(message([`configuration: ${WHOLE}; received ${received}`]));
  });

  check([
    [
      'is no section that must be there',
      { notifications: 'al@b.io' },
      `notifications: must be an object such as { emails: ['security@example.com'] }; received "al@b.io"`,
    ],
    [
      'is no user name: a function',
      { administrators: [() => 'alice'] },
      'administrators[0]: must be an IAM user name; received [Function (anonymous)]',
    ],
  ]);

  test.each(['access', 'passwordPolicy', 'billing', 'auditTrail', 'detectors', 'accountSettings', 'dayZero'])(
    'is no section: %s',
    (section) => {
      expect(messageOf({ ...SMALLEST, [section]: 5 })).toBe(
        message([`${section}: must be an object; received 5`]),
      );
    },
  );
});

describe('a value that JSON has no words for', () => {
  const REGION = 'region: must be a Region such as us-east-1; received';
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;

  check([
    ['holds a bigint', { region: { a: 1n } }, `${REGION} { a: 1n }`],
    ['is a circle', { region: circle }, `${REGION} <ref *1> { self: [Circular *1] }`],
    ['becomes nothing', { region: { toJSON: () => undefined } }, `${REGION} { toJSON: [Function: toJSON] }`],
    [
      'does not hide the other faults',
      { region: { a: 1n }, customerKey: 1, nope: true },
      `${REGION} { a: 1n }`,
      'customerKey: must be true or false; received 1',
      'nope: is not an option',
    ],
  ]);

  test('is shortened as well', () => {
    const many = Array.from({ length: 60 }, () => 1n);
    const [, line = ''] = messageOf({ ...SMALLEST, region: many }).split('\n');
    const text = `[ ${many.map(() => '1n').join(', ')} ]`;
    expect(line.split('received ')[1]).toBe(`${text.slice(0, 97)}...`);
  });
});

describe('one fault is told once:', () => {
  const LIST = 'administrators: must be a list of IAM user names; received';

  check([
    ['administrators that are a function', { administrators: () => 1 }, `${LIST} [Function: administrators]`],
    ['administrators that are an empty text', { administrators: '' }, `${LIST} ""`],
    ['administrators that are an empty object', { administrators: {} }, `${LIST} {}`],
    [
      'a number of days that is too large to be exact',
      { auditTrail: { expireAfterDays: 2 ** 60 } },
      `auditTrail.expireAfterDays: must be a whole number of days from 1 to 36500; received ${2 ** 60}`,
    ],
  ]);
});

describe('an item that is no string', () => {
  const dayZero = { administrator: 'alice', email: 'security@example.com' };
  const NAME = 'must be an IAM user name; received 5';

  check([
    [
      'does not make the listed ones missing',
      { administrators: [5, 'alice'], dayZero },
      `administrators[0]: ${NAME}`,
    ],
    [
      'does not make the listed addresses missing',
      { notifications: { emails: [dayZero.email, null] }, dayZero },
      'notifications.emails[1]: must be an e-mail address such as security@example.com; received null',
    ],
    [
      'does not hide a duplicate',
      { administrators: ['al', 'AL', 5] },
      `administrators[2]: ${NAME}`,
      'administrators[1]: is a duplicate; received "AL"',
    ],
    [
      'does not hide a viewer who is an administrator',
      { administrators: [5, 'al'], billing: { viewers: ['al'] } },
      `administrators[0]: ${NAME}`,
      'billing.viewers[0]: is an administrator already; received "al"',
    ],
    [
      'is no duplicate of another',
      { administrators: ['al', 5, 5] },
      `administrators[1]: ${NAME}`,
      `administrators[2]: ${NAME}`,
    ],
  ]);
});

describe('several faults', () => {
  test('are listed at once, a line each', () => {
    const options = {
      administrators: ['al', 'AL', 'a b'],
      notifications: { emails: ['x', 'x'] },
      region: 'moon',
      passwordPolicy: { minimumLength: 5 },
      billing: { costAnomalyDetection: true, viewers: ['al'] },
      auditTrail: { expireAfterDays: 60, keepOnRemoval: 'yes' },
      dayZero: { administrator: 'bo', email: 'x' },
      nope: true,
    };
    expect(messageOf(options)).toBe(
      message([
        'administrators[2]: must be an IAM user name: 1 to 64 of A-Z a-z 0-9 + = , . @ _ -; received "a b"',
        'notifications.emails[0]: must be an e-mail address such as security@example.com; received "x"',
        'notifications.emails[1]: must be an e-mail address such as security@example.com; received "x"',
        'region: must be a Region such as us-east-1; received "moon"',
        'passwordPolicy.minimumLength: must be a whole number of characters from 6 to 128; received 5',
        'auditTrail.keepOnRemoval: must be true or false; received "yes"',
        'dayZero.email: must be an e-mail address such as security@example.com; received "x"',
        'nope: is not an option',
        'administrators[1]: is a duplicate; received "AL"',
        'notifications.emails[1]: is a duplicate; received "x"',
        'billing.viewers[0]: is an administrator already; received "al"',
        "billing.costAnomalyDetection: needs region: 'us-east-1', the only one where CloudFormation has the " +
          'AWS::CE types; leave it off elsewhere; received true',
        'dayZero.administrator: must be listed in administrators too; received "bo"',
      ]),
    );
  });

  check([
    [
      'are found where the other field is missing',
      { administrators: undefined, notifications: undefined, billing: { viewers: ['bo', 'bo'] } },
      'administrators: must be a list of IAM user names; received nothing',
      "notifications: must be an object such as { emails: ['security@example.com'] }; received nothing",
      'billing.viewers[1]: is a duplicate; received "bo"',
    ],
  ]);

  test('can be read one by one', () => {
    const error = new BaselineConfigError('a file', ['one: is not an option']);
    expect(error).toMatchObject({ name: 'BaselineConfigError', faults: ['one: is not an option'] });
    expect(error.message).toBe('a file has 1 fault; nothing was changed:\n  - one: is not an option');
  });
});

test('a long value is shortened to 100 characters', () => {
  const [, line = ''] = messageOf({ ...SMALLEST, stackName: 'x'.repeat(300) }).split('\n');
  expect(line.split('received ')[1]).toBe(`"${'x'.repeat(96)}...`);
});

test('a value of 100 characters is shown whole', () => {
  expect(messageOf({ ...SMALLEST, region: 'x'.repeat(98) })).toMatch(new RegExp(`received "x{98}"$`));
});
