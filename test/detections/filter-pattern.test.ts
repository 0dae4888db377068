import { matches, parse } from '../../emulator/filter-pattern';
import { eachOf } from '../each-of';

/** What a row shows, the pattern, the event, and whether a metric filter counts the event. */
type Row = [shows: string, pattern: string, event: unknown, counted: boolean];

const YES = true;
const NO = false;

function check(rows: Row[]): void {
  eachOf(rows, ([shows, pattern]) => `${shows}: ${pattern}`)(
    'count what AWS says',
    ([, pattern, event, counted]) => {
      expect(matches(pattern, event)).toBe(counted);
    },
  );
}

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html
describe("AWS's examples of JSON patterns", () => {
  const trail = {
    eventType: 'UpdateTrail',
    sourceIPAddress: '111.111.111.111',
    arrayKey: ['value', 'another value'],
    objectList: [
      { name: 'a', id: 1 },
      { name: 'b', id: 2 },
    ],
    SomeObject: null,
    'cluster.name': 'c',
  };

  check([
    ['text', '{ $.eventType = "UpdateTrail" }', trail, YES],
    ['text that starts otherwise', '{ $.sourceIPAddress != 123.123.* }', trail, YES],
    ['an element of a list', '{ $.arrayKey[0] = "value" }', trail, YES],
    ['a regex', '{ $.eventType = %Trail% }', trail, YES],
    ['a regex on any element', '{ $.arrayKey[*] = %val.{2}% }', trail, YES],
    ['a regex on any field', String.raw`{ $.* = %111\.111\.111\.1[0-9]{1,2}% }`, trail, YES],
    ['a key with a period', `{ $.['cluster.name'] = "c" }`, trail, YES],
    ['a null', '{ $.SomeObject IS NULL }', trail, YES],
    ['an absent field', '{ $.SomeOtherObject NOT EXISTS }', trail, YES],
  ]);
});

describe("AWS's examples of compound patterns", () => {
  const people = {
    user: { id: 1, email: 'John.Stiles@example.com' },
    users: [
      { id: 2, email: 'John.Doe@example.com' },
      { id: 3, email: 'Jane.Doe@example.com' },
    ],
    actions: ['GET', 'PUT', 'DELETE'],
    coordinates: [
      [0, 1, 2],
      [4, 5, 6],
      [7, 8, 9],
    ],
  };
  const stiles = '$.user.email = "John.Stiles@example.com"';

  check([
    ['both hold', '{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', people, YES],
    [
      '&& binds tighter than ||',
      `{ ${stiles} || $.coordinates[0][1] = "nonmatch" && $.actions[2] = "nonmatch" }`,
      people,
      YES,
    ],
    [
      'parentheses bind tighter than &&',
      `{ (${stiles} || $.coordinates[0][1] = "nonmatch") && $.actions[2] = "nonmatch" }`,
      people,
      NO,
    ],
    [
      'neither holds',
      '{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }',
      people,
      NO,
    ],
    // The two in the middle without quotes, as the older page has them.
    [
      '&& first, no quotes',
      `{ ${stiles} || $.coordinates[0][1] = nonmatch && $.actions[2] = nomatch }`,
      people,
      YES,
    ],
    [
      '() first, no quotes',
      `{ (${stiles} || $.coordinates[0][1] = nonmatch) && $.actions[2] = nomatch }`,
      people,
      NO,
    ],
  ]);
});

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html#matching-terms-json-log-events
describe("AWS's examples of numeric patterns", () => {
  check([
    ['greater', '{ $.bandwidth > 75 }', { bandwidth: 76 }, YES],
    ['not greater', '{ $.bandwidth > 75 }', { bandwidth: 75 }, NO],
    ['less', '{ $.latency < 50 }', { latency: 49.9 }, YES],
    ['not less', '{ $.latency < 50 }', { latency: 50 }, NO],
    ['at least', '{ $.refreshRate >= 60 }', { refreshRate: 60 }, YES],
    ['not at least', '{ $.refreshRate >= 60 }', { refreshRate: 59 }, NO],
    ['at most', '{ $.responseTime <= 5 }', { responseTime: 5 }, YES],
    ['not at most', '{ $.responseTime <= 5 }', { responseTime: 6 }, NO],
    ['equal', '{ $.errorCode = 400}', { errorCode: 400 }, YES],
    ['not equal', '{ $.errorCode != 500 }', { errorCode: 400 }, YES],
    ['equal after all', '{ $.errorCode != 500 }', { errorCode: 500 }, NO],
    ['scientific notation with a plus', '{ $.number[0] = 1e+3 }', { number: [1000] }, YES],
    ['scientific notation with a minus', '{ $.number[0] != 1e-3 }', { number: [0.001] }, NO],
  ]);
});

// An older version of the same page, kept in https://github.com/awsdocs/amazon-cloudwatch-logs-user-guide (doc_source)
describe("AWS's older examples", () => {
  const list = { objectList: [{ id: 1 }, { id: 2 }], ThisFlag: true };

  check([
    ['a field of an element', '{ $.objectList[1].id = 2 }', list, YES],
    ['an element of what is not a list', '{ $.objectList[1].id = 2 }', { objectList: { id: 2 } }, NO],
    ['elements that are not objects', '{ $.objectList[1].id = 2 }', { objectList: [1, 2] }, NO],
    ['a flag', '{ $.ThisFlag IS TRUE }', list, YES],
    ['bar', '{$.foo = bar}', { foo: 'bar' }, YES],
    ['bar, not baz', '{$.foo = bar}', { foo: 'baz' }, NO],
    ['baz', '{$.foo = baz }', { foo: 'baz' }, YES],
    ['bar or baz: bar', '{$.foo = bar || $.foo = baz }', { foo: 'bar' }, YES],
    ['bar or baz: baz', '{$.foo = bar || $.foo = baz }', { foo: 'baz' }, YES],
    ['a list equals no value', '{$.users = 1}', { users: [1, 2, 3] }, NO],
    ['a list differs from no value', '{$.users != 1}', { users: [1, 2, 3] }, NO],
    ['any start: Put', '{ $.name = *Event }', { name: 'PutEvent' }, YES],
    ['any start: Get', '{ $.name = *Event }', { name: 'GetEvent' }, YES],
    ['any end: Id', '{ $.name = Event* }', { name: 'EventId' }, YES],
    ['any end: Name', '{ $.name = Event* }', { name: 'EventName' }, YES],
    ['an asterisk in the middle is literal', '{ $.name = Ev*ent }', { name: 'Ev*ent' }, YES],
    ['an asterisk in the middle is not a wildcard', '{ $.name = Ev*ent }', { name: 'Ev-ent' }, NO],
    ['at least', '{ $.latency >= 500 }', { latency: 500 }, YES],
    ['less than ten thousand', '{ $.numbers[0] < 10e3 }', { numbers: [9999] }, YES],
    ['less than a hundredth', '{ $.numbers[0] < 10e-3 }', { numbers: [0.01] }, NO],
    [
      'a decimal',
      '{ $.processes[4].averageRuntime <= 55.5 }',
      { processes: [0, 1, 2, 3, { averageRuntime: 55.5 }] },
      YES,
    ],
    ['equal', '{ $.errorCode = 400 }', { errorCode: 400 }, YES],
    ['not equal', '{ $.errorCode != 500 }', { errorCode: 404 }, YES],
    ['a plus sign', '{ $.latency > +1000 }', { latency: 1001 }, YES],
    ['any value', '{ $.latency = * }', { latency: 12 }, YES],
  ]);
});

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/regex-expressions.html, each regex inside a JSON pattern
describe("AWS's examples of regexes", () => {
  const rows: [regex: string, found: string[], missed: string[]][] = [
    [
      String.raw`AUTHORIZED`,
      ['[ERROR 401] UNAUTHORIZED REQUEST', '[SUCCESS 200] AUTHORIZED REQUEST'],
      ['OK'],
    ],
    [String.raw`\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}`, ['10.10.0.1'], ['10.10.0']],
    [String.raw`[Ee]rror|[Ff]ail`, ['Error', 'error', 'Fail', 'fail'], ['FAIL']],
    [String.raw`^[hc]at`, ['hat', 'cat'], ['a hat']],
    [String.raw`[hc]at$`, ['hat', 'cat'], ['hats']],
    [String.raw`colou?r`, ['color', 'colour'], ['colouur']],
    [String.raw`[abc]`, ['a', 'b', 'c'], ['d']],
    [String.raw`[a-z]`, ['a', 'z'], ['A']],
    [String.raw`[abcx-z]`, ['a', 'b', 'c', 'x', 'y', 'z'], ['d']],
    [String.raw`a{3,5}`, ['aaa', 'aaaa', 'aaaaa'], ['aa']],
    [String.raw`^a{,2}$`, ['', 'a', 'aa'], ['aaa']],
    [String.raw`^a{2,}$`, ['aa', 'aaa'], ['a']],
    [String.raw`gra|ey`, ['gray', 'grey'], ['groy']],
    [
      String.raw`^starting|^initializing|^shutting down`,
      ['starting …', 'shutting down'],
      ['skipping initializing …'],
    ],
    [String.raw`abcc|ab[^c]$`, ['abcc …', 'aba'], ['aac …']],
    [String.raw`\[.\]`, ['[a]', '[b]', '[7]', '[@]', '[]]', '[ ]'], ['[]']],
    [String.raw`10\.10\.0\.1`, ['10.10.0.1'], ['10010,051']],
    [String.raw`10.10.0.1`, ['10010,051'], ['10.10.0']],
    [String.raw`ab*c`, ['ac', 'abc', 'abbbc'], ['ab']],
    [String.raw`ab[0-9]*`, ['ab', 'ab0', 'ab129'], ['a1']],
    [String.raw`ab+c`, ['abc', 'abbc', 'abbbc'], ['ac']],
    [String.raw`.at`, ['hat', 'cat', 'bat', '4at', '#at', ' at'], ['at']],
    [String.raw`\d`, ['0', '9'], ['a']],
    [String.raw`\D`, ['a'], ['0']],
    [String.raw`\s`, ['\t', ' ', '\n'], ['a']],
    [String.raw`\S`, ['a'], ['\t']],
    [String.raw`\w`, ['a', 'Z', '_', '0'], ['-']],
    [String.raw`\W`, ['-'], ['_']],
    [String.raw`\x3A`, [':'], [';']],
    [String.raw`\x28`, ['('], [')']],
  ];
  const columns: Row[] = rows.flatMap(([regex, found, missed]) => [
    ...found.map((text): Row => [
      `finds ${JSON.stringify(text)}`,
      `{ $.message = %${regex}% }`,
      { message: text },
      YES,
    ]),
    ...missed.map((text): Row => [
      `misses ${JSON.stringify(text)}`,
      `{ $.message = %${regex}% }`,
      { message: text },
      NO,
    ]),
  ]);

  check(columns);
});

// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail.html
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html (the first row)
describe("AWS's examples for CloudTrail", () => {
  const large =
    '{ ($.eventName = RunInstances) && (($.requestParameters.instanceType = *.8xlarge) || ($.requestParameters.instanceType = *.4xlarge)) }';
  const run = (instanceType: string) => ({ eventName: 'RunInstances', requestParameters: { instanceType } });
  const failedSignIn = '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }';
  const denied = '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }';

  check([
    ['root', '{$.userIdentity.type = Root}', { userIdentity: { type: 'Root' } }, YES],
    ['an 8xlarge instance', large, run('m5.8xlarge'), YES],
    ['a 4xlarge instance', large, run('m5.4xlarge'), YES],
    ['a small instance', large, run('m5.large'), NO],
    [
      'a failed sign-in',
      failedSignIn,
      { eventName: 'ConsoleLogin', errorMessage: 'Failed authentication' },
      YES,
    ],
    ['a sign-in that worked', failedSignIn, { eventName: 'ConsoleLogin' }, NO],
    ['EC2 refuses', denied, { errorCode: 'Client.UnauthorizedOperation' }, YES],
    ['others refuse', denied, { errorCode: 'AccessDenied' }, YES],
  ]);
});

// https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
describe('the patterns of Security Hub and CIS', () => {
  const root =
    '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}';
  const denied = '{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}';
  const signIn = '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }';
  const userSignIn =
    '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }';
  const keys =
    '{($.eventSource=kms.amazonaws.com) && (($.eventName=DisableKey) || ($.eventName=ScheduleKeyDeletion))}';
  const byRoot = { eventType: 'AwsApiCall', userIdentity: { type: 'Root' } };
  const login = {
    eventName: 'ConsoleLogin',
    userIdentity: { type: 'IAMUser' },
    responseElements: { ConsoleLogin: 'Success' },
  };

  check([
    ['root acts', root, byRoot, YES],
    ['a user acts', root, { ...byRoot, userIdentity: { type: 'IAMUser' } }, NO],
    [
      'a service acts for root',
      root,
      { ...byRoot, userIdentity: { type: 'Root', invokedBy: 'signin.amazonaws.com' } },
      NO,
    ],
    ['a service event', root, { ...byRoot, eventType: 'AwsServiceEvent' }, NO],
    ['an event without its type', root, { userIdentity: { type: 'Root' } }, NO],
    ['EC2 refuses', denied, { errorCode: 'Client.UnauthorizedOperation' }, YES],
    ['others refuse', denied, { errorCode: 'AccessDeniedException' }, YES],
    ['another error', denied, { errorCode: 'Client.UnauthorizedOperation.Malformed' }, NO],
    ['no error', denied, {}, NO],
    ['a sign-in without MFA', signIn, { ...login, additionalEventData: { MFAUsed: 'No' } }, YES],
    ['a sign-in with MFA', signIn, { ...login, additionalEventData: { MFAUsed: 'Yes' } }, NO],
    ['a sign-in that says nothing of MFA', signIn, login, NO],
    ['a user signs in without MFA', userSignIn, { ...login, additionalEventData: { MFAUsed: 'No' } }, YES],
    [
      'a key is to be deleted',
      keys,
      { eventSource: 'kms.amazonaws.com', eventName: 'ScheduleKeyDeletion' },
      YES,
    ],
    ['a key is made', keys, { eventSource: 'kms.amazonaws.com', eventName: 'CreateKey' }, NO],
  ]);
});

// Both pages name the same changes; Security Hub's newer patterns for IAM, AWS Config and routes also name
// the source.
describe('the patterns for changes count each change they name', () => {
  const changes: [what: string, source: string | undefined, names: string][] = [
    [
      'IAM policies',
      'iam',
      'DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy DetachUserPolicy AttachGroupPolicy DetachGroupPolicy',
    ],
    ['trails', undefined, 'CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging'],
    ['keys', 'kms', 'DisableKey ScheduleKeyDeletion'],
    [
      'buckets',
      's3',
      'PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle PutBucketReplication DeleteBucketPolicy DeleteBucketCors DeleteBucketLifecycle DeleteBucketReplication',
    ],
    [
      'AWS Config',
      'config',
      'StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel PutConfigurationRecorder',
    ],
    [
      'security groups',
      undefined,
      'AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup',
    ],
    [
      'network ACLs',
      undefined,
      'CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry ReplaceNetworkAclAssociation',
    ],
    [
      'gateways',
      undefined,
      'CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway DeleteInternetGateway DetachInternetGateway',
    ],
    [
      'routes',
      'ec2',
      'CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute DisassociateRouteTable',
    ],
    [
      'VPCs',
      undefined,
      'CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection DeleteVpcPeeringConnection RejectVpcPeeringConnection AttachClassicLinkVpc DetachClassicLinkVpc DisableVpcClassicLink EnableVpcClassicLink',
    ],
    ['instances', undefined, 'RunInstances RebootInstances StartInstances StopInstances TerminateInstances'],
  ];
  const spellings = [
    { where: 'Security Hub', equals: '=', or: ' || ' },
    { where: 'CloudTrail', equals: ' = ', or: ' || ' },
    { where: 'CloudTrail, for IAM', equals: '=', or: '||' },
  ];

  eachOf(
    changes.flatMap((change) => spellings.map((spelling) => [...change, spelling] as const)),
    ([what, , , { where }]) => `${what} as ${where} writes it`,
  )('and no others', ([, service, list, { equals, or }]) => {
    const names = list.split(' ');
    const source = `${service ?? 'any'}.amazonaws.com`;
    const anyName = names.map((name) => `($.eventName${equals}${name})`).join(or);
    const pattern = service ? `{($.eventSource${equals}${source}) && (${anyName})}` : `{${anyName}}`;

    expect(names.filter((eventName) => !matches(pattern, { eventSource: source, eventName }))).toEqual([]);
    expect(matches(pattern, { eventSource: source, eventName: `${names[0] ?? ''}Status` })).toBe(false);
    expect(matches(pattern, { eventSource: 'x', eventName: names[0] })).toBe(service === undefined);
  });
});

describe('a condition on an absent field is false', () => {
  check([
    ['=', '{ $.a = "x" }', {}, NO],
    ['= anything', '{ $.a = "*" }', {}, NO],
    ['!=', '{ $.a != "x" }', {}, NO], // also seen in AWS: https://github.com/DataBiosphere/azul/issues/5884
    ['>', '{ $.a > 1 }', {}, NO],
    ['IS NULL', '{ $.a IS NULL }', {}, NO],
    ['IS FALSE', '{ $.a IS FALSE }', {}, NO],
    ['but NOT EXISTS', '{ $.a NOT EXISTS }', {}, YES],
    ['but NOT EXISTS below an absent field', '{ $.a.b[0].c NOT EXISTS }', {}, YES],
    ['a null exists', '{ $.a NOT EXISTS }', { a: null }, NO],
    ['undefined does not exist in JSON', '{ $.a NOT EXISTS }', { a: undefined }, YES],
    ['what JavaScript gives every object is not a field', '{ $.constructor NOT EXISTS }', {}, YES],
    ['the way to let absence match', '{ $.a NOT EXISTS || $.a != "x" }', {}, YES],
  ]);
});

describe('values', () => {
  check([
    ['text is case-sensitive', '{ $.a = root }', { a: 'Root' }, NO],
    ['a wildcard on a number', '{ $.a = 4* }', { a: 404 }, YES],
    ['a wildcard that fits no number', '{ $.a = 4* }', { a: 500 }, NO],
    ['an IP address that starts so', '{ $.a = 123.123.* }', { a: '123.123.4.5' }, YES],
    ['an IP address that starts otherwise', '{ $.a = 123.123.* }', { a: '123.12.3.4' }, NO],
    ['a whole IP address without quotes', '{ $.a = 10.0.0.1 }', { a: '10.0.0.1' }, YES],
    ['a wildcard at both ends', '{ $.a = "*dmi*" }', { a: 'admin' }, YES],
    ['other characters are literal', '{ $.a = "a.c" }', { a: 'abc' }, NO],
    ['an account id without quotes', '{ $.a = 012345678901 }', { a: '012345678901' }, YES],
    ['another account id', '{ $.a = 012345678901 }', { a: '12345678901' }, NO],
    ['a number in quotes', '{ $.a = "400" }', { a: 400 }, YES],
    ['a negative number', '{ $.a < -1.5 }', { a: -2 }, YES],
    ['text is not a number', '{ $.a > 1 }', { a: '2' }, NO],
    ['a regex on a number', '{ $.a = %^4[0-9]{2}$% }', { a: 404 }, YES],
    ['a regex that must not be found', '{ $.a != %Trail% }', { a: 'UpdateTrail' }, NO],
    ['a percent sign in quotes', '{ $.a = "%x%" }', { a: '%x%' }, YES],
    ['escaped quotes', String.raw`{ $.a = "say \"hi\" \\" }`, { a: 'say "hi" \\' }, YES],
    ['braces and operators in quotes', '{ $.a = "} && (" }', { a: '} && (' }, YES],
    ['true', '{ $.a IS TRUE }', { a: true }, YES],
    ['false', '{ $.a IS FALSE }', { a: false }, YES],
    ['false is not true', '{ $.a IS TRUE }', { a: false }, NO],
    ['text is not a flag', '{ $.a IS TRUE }', { a: 'true' }, NO],
    ['a flag equals no text', '{ $.a = true }', { a: true }, NO],
    ['a flag differs from no text', '{ $.a != "x" }', { a: true }, NO],
    ['an object differs from no text', '{ $.a != "x" }', { a: {} }, NO],
    ['an object is there', '{ $.a NOT EXISTS }', { a: {} }, NO],
  ]);
});

describe('selectors', () => {
  check([
    ['a hyphen and an underscore', '{ $.a-b_c = 1 }', { 'a-b_c': 1 }, YES],
    ['a quoted key below another', `{ $.a.['b c'].d[1] = 1 }`, { a: { 'b c': { d: [0, 1] } } }, YES],
    ['a list in a list', '{ $.a[1][0] = 1 }', { a: [[], [1]] }, YES],
    ['no element', '{ $.a[*] = 3 }', { a: [1, 2] }, NO],
    ['an element of objects', '{ $.a[*].b = 2 }', { a: [{ b: 1 }, { b: 2 }] }, YES],
    ['one element that differs', '{ $.a[*] != 1 }', { a: [1, 2] }, YES],
    ['no element that differs', '{ $.a[*] != 1 }', { a: [1, 1] }, NO],
    ['any field, one level deep', '{ $.* = 1 }', { a: { b: 1 } }, NO],
    ['any field below a field', '{ $.a.* = 1 }', { a: { b: 1 } }, YES],
  ]);
});

describe('space', () => {
  check([
    ['none', '{$.a=1&&$.b NOT EXISTS||$.c IS NULL}', { a: 1 }, YES],
    ['line breaks and tabs', '\n{\n\t$.a\n=\n1\t&&\n( $.b  NOT\n EXISTS )\n}\n', { a: 1 }, YES],
    ['nested parentheses', '{ ( ( ($.a = 1) ) && (($.b = 2) || ($.b = 3)) ) }', { a: 1, b: 3 }, YES],
  ]);
});

describe('a log event', () => {
  check([
    ['may be the message itself', '{ $.a = 1 }', '{"a":1}', YES],
    ['may not be JSON', '{ $.a NOT EXISTS }', 'START RequestId', NO],
    ['may be a list', '{ $.a NOT EXISTS }', [], NO],
    ['may be nothing', '{ $.a NOT EXISTS }', undefined, NO],
  ]);
});

describe('parse', () => {
  test('gives the conditions as a tree', () => {
    expect(parse(`{ $.a[0].['b c'] != 1e3 && ($.* IS NULL || $.d NOT EXISTS) }`)).toEqual({
      kind: 'and',
      operands: [
        {
          kind: 'equality',
          selector: [{ key: 'a' }, { index: 0 }, { key: 'b c' }],
          operator: '!=',
          operand: { kind: 'number', text: '1e3', value: 1000 },
        },
        {
          kind: 'or',
          operands: [
            { kind: 'is', selector: [{ every: 'field' }], value: null },
            { kind: 'notExists', selector: [{ key: 'd' }] },
          ],
        },
      ],
    });
  });

  const refused: [why: string, pattern: string, position: number, message: string][] = [
    ['nothing', '', 0, 'expected "{"'],
    ['a pattern for plain text', 'ERROR', 0, 'expected "{"'],
    ['no condition', '{ }', 2, 'expected a selector'],
    ['no closing brace', '{ $.a = 1 ', 10, 'expected "&&", "||" or "}"'],
    ['text after the closing brace', '{ $.a = 1 } x', 12, 'expected the end'],
    ['no closing parenthesis', '{ ($.a = 1 }', 11, 'expected "&&", "||" or ")"'],
    ['no operator', '{ $.a }', 6, 'expected an operator'],
    ['no value', '{ $.a = }', 8, 'expected a value'],
    ['two equals signs', '{ $.a == 1 }', 7, 'expected a value'],
    ['nothing after &&', '{ $.a = 1 && }', 13, 'expected a selector'],
    ['a single &', '{ $.a = 1 & $.b = 1 }', 10, 'expected "&&"'],
    ['a selector without $', '{ a = 1 }', 2, 'expected a selector'],
    ['a selector of the root', '{ $ = 1 }', 2, 'expected a selector'],
    ['an element of the root', '{ $[0] = 1 }', 2, 'expected a selector'],
    ['a name as an index', '{ $.a[b] = 1 }', 5, 'expected an operator'],
    ['single quotes', `{ $.a = 'x' }`, 8, 'expected a value'],
    ['an open quote', '{ $.a = "x }', 8, 'expected a value'],
    ['a hyphen without quotes', '{ $.a = us-east-1 }', 10, 'expected "&&"'],
    ['an order of text', '{ $.a > "1" }', 8, 'expected a number after >'],
    ['an order of wildcards', '{ $.a <= 4* }', 9, 'expected a number after <='],
    ['lower-case words', '{ $.a is null }', 6, 'expected an operator'],
    // AWS: "IS NOT" and "EXISTS" are not supported.
    ['EXISTS', '{ $.a EXISTS }', 6, 'AWS supports neither EXISTS nor IS NOT'],
    ['IS NOT', '{ $.a IS NOT NULL }', 6, 'AWS supports neither EXISTS nor IS NOT'],
    ['a regex with !', '{ $.a = %something!% }', 8, 'AWS does not support the regex %something!%'],
    ['a regex with parentheses', '{ $.a = %(a)% }', 8, 'AWS does not support the regex %(a)%'],
    ['a regex of several bytes', '{ $.a = %é% }', 8, 'AWS does not support the regex %é%'],
    ['an empty regex', '{ $.a = %% }', 8, 'AWS does not support the regex %%'],
    ['a broken regex', '{ $.a = %[a% }', 8, '%[a% is not a valid regex'],
    ['three regexes', '{ $.a = %a% || $.a = %b% || $.a = %c% }', 34, 'more than 2 regexes'],
    ['two wildcards in a selector', '{ $.*[*] = 1 }', 2, 'more than one wildcard in a selector'],
    [
      'four wildcards',
      '{ $.* = 1 || $.* = 2 || $.* = 3 || $.* = 4 }',
      35,
      'more than 3 selectors with a wildcard',
    ],
  ];

  eachOf(refused, ([why, pattern]) => `${why}: ${pattern}`)(
    'refuses what AWS refuses',
    ([, pattern, position, message]) => {
      expect(() => parse(pattern)).toThrow(SyntaxError);
      expect(() => parse(pattern)).toThrow(`at position ${position},`);
      expect(() => parse(pattern)).toThrow(message);
    },
  );

  test('takes three wildcards and two regexes', () => {
    expect(() => parse('{ $.*.a = %a% || $.b[*] = %b% || $.* = 1 }')).not.toThrow();
  });

  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
  test('takes 1,024 characters and refuses one more', () => {
    const pattern = `{ $.a = "${'x'.repeat(1024 - 12)}" }`;
    expect(pattern).toHaveLength(1024);
    expect(() => parse(pattern)).not.toThrow();
    expect(() => parse(`${pattern} `)).toThrow('1025 characters are over 1024');
  });

  test('says where and what', () => {
    let thrown: unknown;
    try {
      matches('{ $.a = 1 and $.b = 2 }', {});
    } catch (error) {
      thrown = error;
    }

    expect(thrown).toMatchObject({
      name: 'SyntaxError',
      position: 10,
      message: 'invalid filter pattern at position 10, near "and $.b = 2 }": expected "&&", "||" or "}"',
    });
  });
});
