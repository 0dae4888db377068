import { DETECTIONS } from '../../../lib/detections/rules';
import { accept, check, define, SMALLEST } from '../rows';

describe('duplicates', () => {
  check([
    ['the same user', { administrators: ['al', 'al'] }, 'administrators[1]: is a duplicate; received "al"'],
    [
      'the same user in other case',
      { administrators: ['al', 'bo', 'AL'] },
      'administrators[2]: is a duplicate; received "AL"',
    ],
    [
      'a user three times',
      { administrators: ['al', 'al', 'al'] },
      'administrators[1]: is a duplicate; received "al"',
      'administrators[2]: is a duplicate; received "al"',
    ],
    [
      'the same address',
      { notifications: { emails: ['al@b.io', 'Al@B.io'] } },
      'notifications.emails[1]: is a duplicate; received "Al@B.io"',
    ],
    [
      'the same endpoint, but not one in other case',
      {
        notifications: {
          ...SMALLEST.notifications,
          httpsEndpoints: ['https://a.example/A', 'https://a.example/a', 'https://a.example/a'],
        },
      },
      'notifications.httpsEndpoints[2]: is a duplicate; received "https://a.example/a"',
    ],
    [
      'the same viewer',
      { billing: { viewers: ['bo', 'Bo'] } },
      'billing.viewers[1]: is a duplicate; received "Bo"',
    ],
    [
      'the same Region',
      { accountSettings: { regions: ['us-east-1', 'us-east-1'] } },
      'accountSettings.regions[1]: is a duplicate; received "us-east-1"',
    ],
    [
      'the same tag in other case',
      { tags: { team: 'a', owner: 'b', Team: 'c' } },
      'tags: must not have keys that differ only in case, which IAM ignores; received ["team","Team"]',
    ],
  ]);
});

describe('people', () => {
  accept([
    [
      'the people of day zero are listed, and some parameters unused',
      { dayZero: { administrators: ['', '', 'alice'], emails: ['security@example.com', ''] } },
    ],
  ]);

  check([
    [
      'viewers in the group of the administrators',
      { access: { groupName: 'billingviewers' }, billing: { viewers: ['bo'] } },
      'access.groupName: is the name of the group of billing viewers; received "billingviewers"',
    ],
    [
      'a viewer who is an administrator',
      { billing: { viewers: ['bo', 'ALICE'] } },
      'billing.viewers[1]: is already an administrator; received "ALICE"',
    ],
    [
      'an administrator of day zero who is not listed',
      { dayZero: { administrators: ['alice', 'bo'], emails: ['security@example.com'] } },
      'dayZero.administrators[1]: must also be listed in administrators; received "bo"',
    ],
    [
      'an address of day zero that is not listed',
      { dayZero: { administrators: ['alice'], emails: ['al@b.io'] } },
      'dayZero.emails[0]: must also be listed in notifications.emails; received "al@b.io"',
    ],
    [
      'two parameters of one person',
      { dayZero: { administrators: ['alice', 'alice'], emails: ['security@example.com'] } },
      'dayZero.administrators[1]: is a duplicate; received "alice"',
    ],
  ]);
});

describe('cost anomaly detection', () => {
  const ANOMALY =
    "billing.costAnomalyDetection: needs region: 'us-east-1', the only Region where CloudFormation has the AWS::CE " +
    'types; set it to false elsewhere; received true';

  accept([['in us-east-1', { region: 'us-east-1', billing: { costAnomalyDetection: true } }]]);

  check([
    ['without a Region', { billing: { costAnomalyDetection: true } }, ANOMALY],
    ['in another Region', { region: 'eu-central-1', billing: { costAnomalyDetection: true } }, ANOMALY],
  ]);
});

describe('an existing trail', () => {
  const LONG =
    'makes the filter pattern of BaselineTamperedWith longer than 1,024 characters; use a shorter name, or set detections.BaselineTamperedWith to false';

  accept([
    ['gets no name from us', { auditTrail: { existingLogGroup: 'theirs', s3DataEvents: false } }],
    [
      'may have a long log group name where no filter pattern holds it',
      { auditTrail: { existingLogGroup: 'g'.repeat(512) }, detections: { BaselineTamperedWith: false } },
    ],
  ]);

  check([
    [
      'has its own data events and its own name',
      { auditTrail: { existingLogGroup: 'theirs', s3DataEvents: true, trailName: 'account-baseline' } },
      'auditTrail.trailName: needs the baseline\'s own trail; remove it, or remove existingLogGroup; received "account-baseline"',
      "auditTrail.s3DataEvents: needs the baseline's own trail; with existingLogGroup, enable data events on your own trail; received true",
    ],
    [
      'has a log group whose name is too long for a filter pattern',
      { auditTrail: { existingLogGroup: 'g'.repeat(500) } },
      `auditTrail.existingLogGroup: ${LONG}; received "${'g'.repeat(96)}...`,
    ],
  ]);
});

test('no pattern is too long with the longest prefix', () => {
  expect(DETECTIONS.length).toBeGreaterThan(0);
  const stackName = 's'.repeat(24);
  expect(define({ ...SMALLEST, stackName })).toMatchObject({ stackName });
});

describe('an item that is not a string', () => {
  const dayZero = { administrators: ['alice'], emails: ['security@example.com'] };
  const NAME = 'must be an IAM user name: 1 to 64 of A-Z a-z 0-9 + = , . @ _ -; received 5';

  check([
    [
      'does not make the listed ones missing',
      { administrators: [5, 'alice'], dayZero },
      `administrators[0]: ${NAME}`,
    ],
    [
      'does not make the listed addresses missing',
      { notifications: { emails: [...dayZero.emails, null] }, dayZero },
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
      'billing.viewers[0]: is already an administrator; received "al"',
    ],
    [
      'is not a duplicate of another',
      { administrators: ['al', 5, 5] },
      `administrators[1]: ${NAME}`,
      `administrators[2]: ${NAME}`,
    ],
  ]);
});
