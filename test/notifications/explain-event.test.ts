import { ROOT_TASKS } from '../../lib/catalog/root-tasks';
import type { CloudTrailRecord } from '../../lib/notifications/cloudtrail-event';
import { explain } from '../../lib/notifications/explain-event';
import {
  ACCOUNT,
  call,
  CLOUDFORMATION,
  consoleCall,
  denied,
  failedSignIn,
  type Identity,
  ROOT,
  role,
  root,
  service,
  session,
  signIn,
  signInPage,
  through,
  user,
} from '../detections/events/record';
import { ENVIRONMENT } from './explainer-environment';
import { eachOf } from '../each-of';

type Fields = Readonly<Record<string, unknown>>;

const KEY = 'AKIAIOSFODNN7EXAMPLE';
const SSO = 'AWSReservedSSO_AdministratorAccess_0123456789abcdef';
const TAKEOVER = 'changes who gets in: a takeover, unless it was planned';
const NEEDED = 'may need root: was it planned?';
const NOT_NEEDED = 'not needed, an administrator can do this';

/** The lines of a message about a record, or about anything else. */
function linesOf(event: unknown): string[] {
  return explain(event as CloudTrailRecord, ACCOUNT, ENVIRONMENT.CONSOLE, ENVIRONMENT.ROOT_TASKS);
}

/** What follows a label, if there is such a line. */
function after(label: string, event: unknown): string | undefined {
  return linesOf(event)
    .find((line) => line.startsWith(label))
    ?.slice(label.length)
    .trim();
}

test('a record becomes a few lines', () => {
  const requestParameters = { userName: 'bob', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
  const event = denied('iam', 'AttachUserPolicy', user('bob', false), { requestParameters });
  expect(linesOf({ ...event, eventID: '11111111-2222-4333-8444-555555555555' })).toEqual([
    'Who:  IAM user bob, WITHOUT MFA',
    'What: iam AttachUserPolicy: user bob, policy/AdministratorAccess',
    '      FAILED: AccessDenied',
    'When: 2026-11-24 12:00:00 UTC',
    'From: 198.51.100.7, aws-cli/2.32.6, us-east-1',
    'Link: https://us-east-1.console.aws.amazon.com/cloudtrailv2/home?region=us-east-1#/events/11111111-2222-4333-8444-555555555555',
  ]);
});

describe('who', () => {
  const noName: Identity = { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/bob`, principalId: 'AIDA' };

  test.each<[shows: string, event: Fields, who: string]>([
    ['root signs in', signIn(root(), 'Yes'), 'root user, console, with MFA'],
    ['root signs in, as one page of AWS spells it', signIn(root(), 'YES'), 'root user, console, with MFA'],
    ['root signs in without MFA', signIn(root(), 'No'), 'root user, console, WITHOUT MFA'],
    ['root in the console', consoleCall('s3', 'ListBuckets', ROOT), 'root user, console, with MFA'],
    [
      'root with an access key',
      call('s3', 'ListBuckets', { ...root(), accessKeyId: KEY }),
      `root user, access key ${KEY}`,
    ],
    [
      'root through the sign-in service',
      call('iam', 'CreateAccessKey', through('signin', ROOT)),
      'root user, with MFA, through the console',
    ],
    [
      'a user in the pages of the console that sign their calls themselves',
      call('iam', 'AttachUserPolicy', through('signin', user('bob', true))),
      'IAM user bob, with MFA, through the console',
    ],
    ['a user with an access key', call('s3', 'ListBuckets', user('bob')), `IAM user bob, access key ${KEY}`],
    ['a user with MFA', call('s3', 'ListBuckets', user('bob', true)), 'IAM user bob, with MFA'],
    ['a user without', call('s3', 'ListBuckets', user('bob', false)), 'IAM user bob, WITHOUT MFA'],
    ['a user signs in', signIn(user('bob', true), 'Yes'), 'IAM user bob, console, with MFA'],
    ['a user without a name', call('s3', 'ListBuckets', noName), `IAM user arn:aws:iam::${ACCOUNT}:user/bob`],
    [
      'a user whose name is that of a kind',
      call('s3', 'ListBuckets', user('IdentityCenterUser7')),
      `IAM user IdentityCenterUser7, access key ${KEY}`,
    ],
    ['nor an ARN', call('s3', 'ListBuckets', { ...noName, arn: undefined }), 'IAM user AIDA'],
    [
      'a role, whose session knows nothing of MFA',
      call('s3', 'ListBuckets', role('Deployer', 'alice')),
      'role Deployer, session alice',
    ],
    [
      'somebody federated',
      consoleCall('s3', 'ListBuckets', role(SSO, 'alice@example.com')),
      `role ${SSO}, session alice@example[.]com, console`,
    ],
    [
      'somebody with a long name',
      call('s3', 'ListBuckets', role('r'.repeat(64), 's'.repeat(64))),
      `role ${'r'.repeat(64)}, session ${'s'.repeat(64)}`,
    ],
    [
      'CloudFormation',
      call('s3', 'CreateBucket', CLOUDFORMATION),
      `role cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-us-east-1, session AWSCloudFormation, through cloudformation.amazonaws.com`,
    ],
    [
      'a service',
      call('ec2', 'CreateSecurityGroup', service('eks')),
      'AWS service, through eks.amazonaws.com',
    ],
    ['nobody', {}, ''],
  ])('%s', (_shows, event, who) => {
    expect(after('Who:', event)).toBe(who);
  });
});

describe('what', () => {
  const what = (fields: Fields) => after('What:', call('s3', 'PutBucketPolicy', ROOT, fields));

  test.each<[requestParameters: unknown, named: string]>([
    [{ bucketName: 'orders', Host: 'orders.s3.amazonaws.com' }, ': bucket orders'],
    [{ policy: '{}', userName: 'bob', policyArn: 'arn:x' }, ': user bob, policy arn:x'],
    [{ keyId: '1234' }, ': key 1234'],
    [{ groupId: '', vpcId: 'vpc-1' }, ': vpc-1'],
    [{ idempotencyToken: 'x', namespace: 'y', roleName: 'deployer' }, ': role deployer'],
    [{ groupName: null, groupId: 7 }, ': group 7'],
    [{}, ''],
    [null, ''],
    [undefined, ''],
    ['HIDDEN_DUE_TO_SECURITY_REASONS', ''],
    [['name'], ''],
    [5, ''],
  ])('parameters %j are told so: %j', (requestParameters, told) => {
    expect(what({ requestParameters })).toBe(`s3 PutBucketPolicy${told}`);
  });

  test.each<[fields: Fields, failed: string | undefined]>([
    [{}, undefined],
    [{ errorCode: 'AccessDenied', errorMessage: 'User is not authorized' }, 'AccessDenied'],
    [{ errorMessage: 'Failed authentication' }, 'Failed authentication'],
    [{ errorCode: null, errorMessage: '' }, undefined],
  ])('of %j failed %j', (fields, failed) => {
    expect(after('      FAILED:', call('s3', 'PutBucketPolicy', ROOT, fields))).toBe(failed);
  });
});

describe('from where', () => {
  const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
  const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
  const webKit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

  test.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    [`${mac} ${webKit} Chrome/140.0.0.0 Safari/537.36`, 'Chrome on Mac OS'],
    // As Edge calls itself.
    [`${windows} ${webKit} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`, 'Edg on Windows'],
    [`${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15`, 'Safari on Mac OS'],
    [
      `Mozilla/5.0 (Linux; Android 10; K) ${webKit} Chrome/140.0.0.0 Mobile Safari/537.36`,
      'Chrome on Android',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
      'Safari on iPhone',
    ],
    ['Mozilla/4.0', '? on ?'],
    ['aws-cli/2.32.6 md/awscrt#0.28.4 ua/2.1 os/linux lang/python#3.13.9', 'aws-cli/2.32.6'],
    ['Boto3/1.40.61 md/Botocore#1.40.61 ua/2.1 os/linux', 'Boto3/1.40.61'],
    // S3 writes brackets around it.
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-understanding-s3-entries.html
    ['[aws-cli/2.32.6 md/awscrt#0.28.4 ua/2.1 os/linux]', 'aws-cli/2.32.6'],
    [`[${windows} ${webKit} Chrome/140.0.0.0 Safari/537.36]`, 'Chrome on Windows'],
    [
      'APN/1.0 HashiCorp/1.0 Terraform/1.13.4 (+https://www.terraform.io) terraform-provider-aws/6.18.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.39.4 ua/2.1 os/linux',
      'Terraform/1.13.4',
    ],
    ['cloudformation.amazonaws.com', 'cloudformation.amazonaws.com'],
    ['AWS Internal', 'AWS'],
  ])('with %s', (userAgent, name) => {
    expect(after('From:', call('s3', 'ListBuckets', ROOT, { userAgent }))).toBe(
      `198.51.100.7, ${name}, us-east-1`,
    );
  });

  test('leaves out what a record lacks', () => {
    expect(after('From:', { sourceIPAddress: '198.51.100.7' })).toBe('198.51.100.7');
  });
});

describe('the link', () => {
  test.each<[awsRegion: unknown, eventID: unknown]>([
    [undefined, 'c2a5c2a0'],
    ['us-east-1', undefined],
    ['', ''],
    ['us-east-1', 'x/../y'],
    ['us-east-1', 'x y'],
    ['us-east-1', 'x?y=z'],
    ['us-east-1', '%2e%2e'],
    ['evil.example/', 'x'],
    ['evil.example#', 'x'],
    ['user@evil', 'x'],
    ['us-east-1', ['x']],
    [{ x: 1 }, 'x'],
    [null, null],
  ])('is left out for Region %j and id %j', (awsRegion, eventID) => {
    const event = { ...call('s3', 'ListBuckets', ROOT), awsRegion, eventID };
    expect(after('Link:', event)).toBeUndefined();
  });

  test('leads into the console of the partition', () => {
    const event = { awsRegion: 'cn-north-1', eventID: 'x' } as CloudTrailRecord;
    expect(explain(event, ACCOUNT, 'console.amazonaws.cn')).toContain(
      'Link: https://cn-north-1.console.amazonaws.cn/cloudtrailv2/home?region=cn-north-1#/events/x',
    );
  });
});

describe('whether root was needed', () => {
  const central = root({ ...session(false), assumedRoot: 'true' });

  test.each<[shows: string, event: Fields, judgement: string | undefined]>([
    ['a central session', call('s3', 'DeleteBucketPolicy', central), 'central session of the organization'],
    ['one that failed', denied('s3', 'DeleteBucketPolicy', central), 'central session of the organization'],
    [
      'an event that came late',
      consoleCall('s3', 'ListBuckets', ROOT, { addendum: { reason: 'DELIVERY_DELAY' } }),
      'delivered late by AWS, delivery delay',
    ],
    [
      'an event that came late after an outage',
      consoleCall('s3', 'ListBuckets', ROOT, { addendum: { reason: 'SERVICE_OUTAGE' } }),
      'delivered late by AWS, service outage',
    ],
    [
      'an event that AWS completed',
      consoleCall('s3', 'ListBuckets', ROOT, { addendum: { reason: 'UPDATED_DATA' } }),
      'completed by AWS later',
    ],
    [
      'an event that came late for a reason that is new',
      consoleCall('s3', 'ListBuckets', ROOT, { addendum: { reason: 'OTHER' } }),
      'delivered late by AWS, other',
    ],
    ...[
      'GenerateCredentialReport',
      'GenerateServiceLastAccessedDetails',
      'GenerateOrganizationsAccessReport',
      'SimulatePrincipalPolicy',
      'SimulateCustomPolicy',
    ].map((name): [string, Fields, string] => [
      `a report: ${name}`,
      consoleCall('iam', name, ROOT),
      NOT_NEEDED,
    ]),
    ['a wrong password', failedSignIn(root()), 'failed; who tried?'],
    ['a refused call', denied('ec2', 'RunInstances', ROOT), 'failed; who tried?'],
    ['a sign-in', signIn(root(), 'Yes'), NEEDED],
    ['an access key', consoleCall('iam', 'CreateAccessKey', ROOT), TAKEOVER],
    ['a user made by root', consoleCall('iam', 'CreateUser', ROOT), TAKEOVER],
    ['a device taken away', consoleCall('iam', 'DeactivateMFADevice', ROOT), TAKEOVER],
    ['permissions mended', consoleCall('iam', 'AttachGroupPolicy', ROOT), TAKEOVER],
    ['a look at the users', consoleCall('iam', 'ListUsers', ROOT), NOT_NEEDED],
    ['a look at one user', consoleCall('iam', 'GetUser', ROOT), NOT_NEEDED],
    ['a user', call('iam', 'CreateAccessKey', user('bob')), undefined],
    ['a user called so', call('s3', 'ListBuckets', user('Root')), undefined],
    ['a role called so', call('s3', 'ListBuckets', role('Root', 'Root')), undefined],
  ])('%s', (_shows, event, judgement) => {
    expect(after('Root:', event)).toBe(judgement);
  });

  const tasks = ROOT_TASKS.flatMap(({ id, events }) =>
    events.map(({ source, name }) => [source, name, id] as const),
  );

  eachOf(tasks, ([source, name]) => `${source}:${name}`)(
    'may need it, and is a takeover if it gives access',
    ([source, name]) => {
      expect(after('Root:', consoleCall(source, name, ROOT))).toBe(source === 'iam' ? TAKEOVER : NEEDED);
    },
  );

  test.each([
    ['s3', 'ListBuckets'],
    ['s3', 'PutBucketAcl'],
    ['ec2', 'RunInstances'],
    ['sts', 'GetCallerIdentity'],
    ['cloudtrail', 'StopLogging'],
    ['organizations', 'LeaveOrganization'],
    ['kms', 'ScheduleKeyDeletion'],
    ['sqs', 'DeleteQueue'],
    ['billingconsole', 'GetAccountPreferences'],
    ['s3', 'Put'],
    ['s3', 'PutBucketPolicy DeleteBucketPolicy'],
    ['s3', ''],
  ])('%s:%s does not', (source, name) => {
    expect(after('Root:', consoleCall(source, name, ROOT))).toBe(NOT_NEEDED);
  });

  test('a sign-in page other than those of the tasks does not', () => {
    expect(after('Root:', signInPage('CheckMfa', root()))).toBe(NOT_NEEDED);
  });
});

/** Values that a caller chooses, or that no record should have. */
const HOSTILE: readonly (readonly [shows: string, value: unknown])[] = [
  ['line breaks', '\nWho:  root user\r\nWho:  root user\rLink: x\u0085\u000b\u000c'],
  ['line breaks of Unicode', '\u2028Who:  root user\u2029Who:  root user'],
  ['overrides of direction', '\u202egnp.exe\u202c\u2066x\u2069\u200f\u061c'],
  ['what is not seen', '\u200b\ufeff\u00ad\u{e0041}\u0000\u001b[31m\u007f'],
  ['a bare domain, as an attacker had it', 'www.example-aws-security.com/unlock?account=123456789012'],
  ['a bare domain in brackets', '[www.evil.example]'],
  ['markup', '[x](y) *x* _x_ ~x~ <!channel> <@U0123> @here'],
  ['links', 'http://evil.example https://evil.example HTTP:////evil ftp://x'],
  ['links in pieces', 'http:\u0000//evil.example http:`//evil http"://"evil :://// http:://///evil'],
  ['a link that a shorter name makes', 'http:.amazonaws.com//evil.example'],
  ['a link that a shorter time makes', 'http:T//evil http:Z//evil'],
  ['back-ticks', '```\n<!channel>\n```'],
  ['a browser', 'Mozilla/5.0 \n`Windows http://evil'],
  ['a path', '/../\n/http://evil'],
  ['much text', 'x'.repeat(256_000)],
  ['many blanks', `${' '.repeat(256_000)}x`],
  ['characters of two units', '🔑'.repeat(1000)],
  ['so, shifted by one', `x${'🔑'.repeat(1000)}`],
  ['half characters', '\ud83d \udd11 \ud83d'],
  ['a number', 5],
  ['zero', 0],
  ['a fraction', -1.5e300],
  ['true', true],
  ['false', false],
  ['null', null],
  ['nothing', undefined],
  ['a list', ['\nWho:  x', { a: '`' }]],
  ['a list of lists', [[[[]]]]],
  ['an object', { '\nWho:  x': '\u2028http://evil', name: '`', type: 'Root', userName: ['x'] }],
  [
    'an object that acts as another',
    { toString: 1, length: -1, toJSON: 'x', constructor: null, __proto__: 5 },
  ],
];

const PATHS = [
  ...['eventTime', 'eventSource', 'eventName', 'eventID', 'awsRegion', 'sourceIPAddress', 'userAgent'],
  ...['eventType', 'sessionCredentialFromConsole', 'errorCode', 'errorMessage', 'requestParameters'],
  ...['recipientAccountId', 'responseElements', 'responseElements.ConsoleLogin', 'serviceEventDetails'],
  ...['responseElements.accessKey', 'responseElements.accessKey.accessKeyId'],
  ...['additionalEventData', 'additionalEventData.MFAUsed', 'additionalEventData.UserName'],
  ...['addendum', 'addendum.reason', 'userIdentity'],
  ...['type', 'userName', 'arn', 'principalId', 'accountId', 'accessKeyId', 'identityProvider'].map(
    (name) => `userIdentity.${name}`,
  ),
  ...['invokedBy', 'onBehalfOf', 'onBehalfOf.userId', 'onBehalfOf.identityStoreArn'].map(
    (name) => `userIdentity.${name}`,
  ),
  'userIdentity.sessionContext',
  ...[
    'assumedRoot',
    'sourceIdentity',
    'sessionIssuer',
    'sessionIssuer.type',
    'sessionIssuer.userName',
    'webIdFederationData',
    'webIdFederationData.federatedProvider',
    'attributes',
    'attributes.mfaAuthenticated',
  ].map((name) => `userIdentity.sessionContext.${name}`),
];

/** The record with this value at this path. */
function withValue(event: Fields, [name = '', ...path]: readonly string[], value: unknown): Fields {
  const inner = event[name];
  const fields = typeof inner === 'object' ? (inner as Fields | null) : undefined;
  return { ...event, [name]: path.length > 0 ? withValue(fields ?? {}, path, value) : value };
}

/** The name of a service, which stays as it is. */
const SERVICE = /(?<![\w.-])[\w-]+\.amazonaws\.com(?![\w.\/-])/g;

/** Each line begins as the code begins it, once, and nothing in it does more than be read. */
function expectPlain(lines: readonly string[]): void {
  expect(forged(lines)).toEqual([]);
}

/** The lines that are not as we write them. */
function forged(lines: readonly string[]): readonly string[] {
  const labels = lines.map((line) => /^(?:(?:Who|What|When|From|Root|Link): | {6}FAILED: )/.exec(line)?.[0]);
  return lines.filter(
    (line, index) =>
      labels[index] === undefined ||
      labels.indexOf(labels[index]) !== index ||
      // \p{C} has half characters too; a space is the only separator.
      /[\p{C}`]|(?! )\p{Z}/u.test(line) ||
      line.length >= 1500 ||
      (line.startsWith('Link: ')
        ? !/^Link: https:\/\/[\w-]+\.console\.aws\.amazon\.com\/cloudtrailv2\/home\?region=[\w-]+#\/events\/[\w-]+$/.test(
            line,
          )
        : // A bare domain is a link in mail, but for the names of services.
          /:\/\/|[^\s.]\.\p{L}|<|\]\(|[*~]|(?<!\w)[@_]/u.test(
            line.replace(SERVICE, '').replaceAll('* (any)', ''),
          )),
  );
}

describe('a hostile record makes no line, link or mark of its own:', () => {
  const events: readonly Fields[] = [
    signIn(root(), 'Yes'),
    denied('iam', 'CreateUser', role('Deployer', 'alice')),
    call('s3', 'ListBuckets', through('cloudformation', user('bob', false)), {
      requestParameters: { bucketName: 'orders' },
    }),
  ];

  const each = eachOf(HOSTILE, ([shows]) => shows);

  each('in any one field', ([, value]) => {
    // The longest is tried once, below: it takes a hundred times as long.
    const part = typeof value === 'string' ? value.slice(0, 10_000) : value;
    const wrong = events.flatMap((event) =>
      PATHS.flatMap((path) => forged(linesOf(withValue(event, path.split('.'), part)))),
    );
    expect(wrong).toEqual([]);
  });

  each('in every field', ([, value]) => {
    // All of a record has 256 KB.
    const part = typeof value === 'string' ? value.slice(0, 256_000 / PATHS.length) : value;
    const everywhere = PATHS.reduce<Fields>((event, path) => withValue(event, path.split('.'), part), {});
    expectPlain(linesOf(everywhere));
    expectPlain(linesOf(withValue(everywhere, ['userIdentity', 'type'], 'Root')));
  });

  each('as name and value of a parameter', ([, value]) => {
    const requestParameters = { [`${JSON.stringify(value)}\n\`://name`]: value, Id: value };
    expectPlain(linesOf({ requestParameters }));
  });

  test.each([{}, 5, 'x', [], true, [null], ['x']])('%j instead of a record', (event) => {
    expectPlain(linesOf(Object(event)));
  });

  test('lists in lists, as deep as 256 KB are', () => {
    const deep = JSON.parse('['.repeat(128_000) + ']'.repeat(128_000)) as unknown;
    expectPlain(linesOf({ ...signIn(root(), 'Yes'), eventName: deep, requestParameters: { name: deep } }));
  });
});
