import { BaselineConfigError } from '../../lib/config/config';
import { accept, check, message, messageOf, SMALLEST } from './rows';

const ADMINISTRATORS = 'administrators: must be a list of IAM user names; received';

describe('an option that is unknown', () => {
  check([
    [
      'at the top',
      { adminstrators: ['alice'] },
      'adminstrators: is not an option; did you mean administrators?',
    ],
    ['in a section', { access: { gaurd: false } }, 'access.gaurd: is not an option; did you mean guard?'],
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

describe('an option that must be there', () => {
  check([
    [
      'is said to be missing',
      { administrators: undefined, notifications: undefined },
      'administrators: is missing; it must be a list of IAM user names',
      "notifications: is missing; it must be an object such as { emails: ['security@example.com'] }",
    ],
    [
      'must not be empty',
      { administrators: [] },
      'administrators: must name at least one administrator; otherwise only the root user could use the account; received []',
    ],
  ]);
});

describe('what is not an object', () => {
  const WHOLE = 'must be an object such as { administrators: [...], notifications: { emails: [...] } }';

  test.each<[received: string, value: unknown]>([
    ['null', null],
    ['5', 5],
    ['"x"', 'x'],
    ['[]', []],
    ['true', true],
    ['[Function (anonymous)]', () => SMALLEST],
    ['Symbol(x)', Symbol('x')],
    ['1n', 1n],
  ])('is not a configuration: %s', (received, value) => {
    expect(messageOf(value)).toBe(message([`configuration: ${WHOLE}; received ${received}`]));
  });

  test('is not a configuration: nothing', () => {
    expect(messageOf(undefined)).toBe(message([`configuration: is missing; it ${WHOLE}`]));
  });

  check([
    [
      'is not a required section',
      { notifications: 'al@b.io' },
      `notifications: must be an object such as { emails: ['security@example.com'] }; received "al@b.io"`,
    ],
  ]);

  test.each(['access', 'passwordPolicy', 'billing', 'auditTrail', 'detectors', 'accountSettings', 'dayZero'])(
    'is not a section: %s',
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
      'does not hide the other errors',
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

describe('one error is listed once:', () => {
  check([
    [
      'administrators that are a function',
      { administrators: () => 1 },
      `${ADMINISTRATORS} [Function: administrators]`,
    ],
    ['administrators that are an empty text', { administrators: '' }, `${ADMINISTRATORS} ""`],
    ['administrators that are an empty object', { administrators: {} }, `${ADMINISTRATORS} {}`],
  ]);
});

describe('several errors', () => {
  test('are listed at once, a line each', () => {
    const options = {
      administrators: ['al', 'AL', 'a b'],
      notifications: { emails: ['x', 'x'] },
      region: 'moon',
      passwordPolicy: { minimumLength: 5 },
      billing: { costAnomalyDetection: true, viewers: ['al'] },
      auditTrail: { expireAfterDays: 60, keepOnRemoval: 'yes' },
      dayZero: { administrators: ['', 'bo'], emails: ['x'] },
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
        'dayZero.emails[0]: must be an e-mail address such as security@example.com; received "x"',
        'nope: is not an option',
        'administrators[1]: is a duplicate; received "AL"',
        'notifications.emails[1]: is a duplicate; received "x"',
        'billing.viewers[0]: is already an administrator; received "al"',
        "billing.costAnomalyDetection: needs region: 'us-east-1', the only Region where CloudFormation has the " +
          'AWS::CE types; set it to false elsewhere; received true',
        'dayZero.administrators[1]: must also be listed in administrators; received "bo"',
      ]),
    );
  });

  check([
    [
      'are found where the other option is missing',
      { administrators: undefined, notifications: undefined, billing: { viewers: ['bo', 'bo'] } },
      'administrators: is missing; it must be a list of IAM user names',
      "notifications: is missing; it must be an object such as { emails: ['security@example.com'] }",
      'billing.viewers[1]: is a duplicate; received "bo"',
    ],
  ]);

  test('can be read one by one', () => {
    const error = new BaselineConfigError('a file', ['one: is not an option']);
    expect(error).toMatchObject({ name: 'BaselineConfigError', errors: ['one: is not an option'] });
    expect(error.message).toBe('a file has 1 error; nothing was deployed:\n  - one: is not an option');
  });
});

describe('the name of the account', () => {
  accept([['is a word', { accountName: 'acme-prod' }]]);

  check([
    [
      'is one line',
      { accountName: 'acme\nprod' },
      'accountName: must be a name of 1 to 32 letters, digits, dots, hyphens and underscores; received "acme\\nprod"',
    ],
  ]);
});

test('a long value is shortened to 100 characters', () => {
  const [, line = ''] = messageOf({ ...SMALLEST, stackName: 'x'.repeat(300) }).split('\n');
  expect(line.split('received ')[1]).toBe(`"${'x'.repeat(96)}...`);
});

test('a value of 100 characters is shown whole', () => {
  expect(messageOf({ ...SMALLEST, region: 'x'.repeat(98) })).toMatch(new RegExp(`received "x{98}"$`));
});
