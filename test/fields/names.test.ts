import { LONGEST_PREFIX } from '../../lib/fields/names';
import { accept, check, type Row } from '../config/rows';

describe('a user name', () => {
  const USER = 'must be an IAM user name: 1 to 64 of A-Z a-z 0-9 + = , . @ _ -';

  accept([
    ['of 64 characters', { administrators: ['a'.repeat(64)] }],
    ['of every character', { administrators: ['Az09_+=,.@-'] }],
  ]);

  check([
    ['that is a number', { administrators: ['alice', 5] }, `administrators[1]: ${USER}; received 5`],
    ['that is empty', { administrators: [''] }, `administrators[0]: ${USER}; received ""`],
    ['with a space', { administrators: ['a b'] }, `administrators[0]: ${USER}; received "a b"`],
    [
      'of 65 characters',
      { administrators: ['a'.repeat(65)] },
      `administrators[0]: ${USER}; received "${'a'.repeat(65)}"`,
    ],
  ]);
});

describe('a group name', () => {
  const GROUP = 'access.groupName: must be an IAM group name: 1 to 128 of A-Z a-z 0-9 + = , . @ _ -';

  accept([['of 128 characters', { access: { groupName: 'g'.repeat(128) } }]]);

  check([
    ['with a slash', { access: { groupName: 'a/b' } }, `${GROUP}; received "a/b"`],
    ['that is null', { access: { groupName: null } }, `${GROUP}; received null`],
  ]);
});

describe('a prefix of stacks', () => {
  const PREFIX =
    'stackName: must be a prefix of stack names: a letter, then up to 23 letters and digits, with single hyphens between them';
  const RESERVED =
    'stackName: must not begin with sthree or amzn-s3-demo, which S3 does not allow in bucket names';

  accept([
    ['of one letter', { stackName: 'a' }],
    ['of 24 characters', { stackName: 's'.repeat(24) }],
    ['with hyphens and digits', { stackName: 'Acme-2-Baseline' }],
    ['that begins like one that S3 reserves', { stackName: 'sthrees' }],
  ]);

  check([
    ...['', '1a', 'a_b', 'a-', '-a', 'xn--a', 's'.repeat(25), 'a b', 'é'].map((stackName): Row => [
      JSON.stringify(stackName),
      { stackName },
      `${PREFIX}; received "${stackName}"`,
    ]),
    ['that is a number', { stackName: 1 }, `${PREFIX}; received 1`],
    ...['sthree', 'SThree-a', 'amzn-s3-demo', 'Amzn-S3-Demo-Bucket'].map((stackName): Row => [
      `that S3 reserves: ${stackName}`,
      { stackName },
      `${RESERVED}; received "${stackName}"`,
    ]),
  ]);

  /** How CloudFormation shortens a name, as far as the names that it generated show. */
  function generatedName(stack: string, logicalId: string, suffix: string, limit: number): string {
    const whole = `${stack}-${logicalId}-${suffix}`;
    if (whole.length <= limit) return whole;
    const room = limit - suffix.length - 2;
    const cut = Math.ceil(room / 2);
    return `${stack.slice(0, cut)}-${logicalId.slice(0, room - cut)}-${suffix}`;
  }

  test.each([
    [
      'chineseboostanalyticsstack',
      'rainlyticslogsbucket8df4cafe',
      'hdst4ohfvdif',
      63,
      /^chineseboostanalyticsstac-rainlyticslogsbucket8df4-/,
    ],
    [
      'ChineseboostAnalyticsStack',
      'RainlyticsSummariesJobFunction',
      'UjecjFhpdr1d',
      64,
      /^ChineseboostAnalyticsStac-RainlyticsSummariesJobFun-/,
    ],
    [
      'mylongerapp-playground-new',
      'InstancesLifecycleHandler',
      '1GRP3N0TVA1LD',
      64,
      /^mylongerapp-playground-ne-InstancesLifecycleHandle-/,
    ],
  ])('the rule explains the names of %s', (stack, logicalId, suffix, limit, seen) => {
    expect(generatedName(stack, logicalId, suffix, limit)).toMatch(seen);
  });

  test.each([
    [63, 12],
    [64, 12],
    [64, 13],
  ])('survives whole, with its hyphen, in a name of %d characters with a suffix of %d', (limit, suffix) => {
    const prefix = `${'p'.repeat(LONGEST_PREFIX)}-`;
    for (let length = 1; length < 100; length += 1) {
      const name = generatedName(`${prefix}Organization`, 'L'.repeat(length), 's'.repeat(suffix), limit);
      expect(name.slice(0, prefix.length)).toBe(prefix);
    }
  });
});

describe('a trail name', () => {
  const TRAIL =
    'auditTrail.trailName: must be a trail name: 3 to 128 letters and digits, with single . _ - between them; not an IP address';
  const trail = (trailName: unknown) => ({ auditTrail: { trailName } });

  accept([
    ['of 3 characters', trail('a-1')],
    ['of 128 characters', trail('t'.repeat(128))],
    ['that begins with a digit', trail('2_trail.of-ours')],
    ['of numbers that are not an address', trail('1.2.3')],
  ]);

  check(
    ['', 'ab', 't'.repeat(129), '-abc', 'abc.', 'a..b', 'a-_b', 'a b c', '192.168.5.4', 'trail/a'].map(
      (name): Row => [
        JSON.stringify(name),
        trail(name),
        `${TRAIL}; received ${name.length > 98 ? `"${name.slice(0, 96)}...` : JSON.stringify(name)}`,
      ],
    ),
  );
});

describe('an account alias', () => {
  const ALIAS =
    'accountSettings.alias: must be an account alias: 3 to 63 lower-case letters and digits, with single hyphens between them; not an account ID';

  accept([
    ['of the shortest kind', { accountSettings: { alias: 'a-1' } }],
    ['of 63 characters', { accountSettings: { alias: 'a'.repeat(63) } }],
    ['of digits that is not an account ID', { accountSettings: { alias: '12345678901' } }],
  ]);

  check(
    ['ab', 'a'.repeat(64), 'My-company', 'a--b', '-ab', 'ab-', 'a_b', '123456789012'].map((alias): Row => [
      alias,
      { accountSettings: { alias } },
      `${ALIAS}; received "${alias}"`,
    ]),
  );
});
