import { CONTROLS } from '../../lib/catalog/controls';
import { MEMBER_ROOT_CHECKS } from '../../lib/posture/checks/member-root';
import { MEMBER_TRAIL_CHECKS } from '../../lib/posture/checks/member-trail';
import { CHECKS } from '../../lib/posture/verify';
import { CONFIG, WELL } from './snapshot';
import { eachOf } from '../each-of';

const AREAS = 'root people password trail alarms notifications settings billing stack'.split(' ');
const topics = [...CHECKS, ...MEMBER_ROOT_CHECKS, ...MEMBER_TRAIL_CHECKS].map(({ topic }) => topic);

eachOf(topics, ({ check }) => check)('each check has an ID, an area, a severity, and two titles', (topic) => {
  expect(topic).toMatchObject({
    check: expect.stringMatching(/^[a-z\d]+(-[a-z\d]+)*$/),
    area: expect.stringMatching(new RegExp(`^(${AREAS.join('|')})$`)),
    severity: expect.stringMatching(/^(critical|high|medium|low)$/),
    title: expect.stringMatching(/^[A-Z].*[^.]$/),
    problem: expect.stringMatching(/^[A-Z].*[^.]$/),
  });
  expect(topic.title).not.toBe(topic.problem);
});

test('no two checks share an ID', () => {
  const ids = topics.map(({ check }) => check);
  expect(ids).toEqual([...new Set(ids)]);
});

test('the controls of the checks are those of the standards', () => {
  const known = CONTROLS.map(({ standard, id }) => `${standard} ${id}`);
  expect(topics.flatMap(({ controls }) => controls).filter((one) => !known.includes(one))).toEqual([]);
});

/** The checks whose results the report shows for each control, besides those of CIS 5. */
const BY_CONTROL: readonly (readonly [control: string, checks: string])[] = [
  ['CIS 2.2', 'primary-contact'],
  ['CIS 2.3', 'contacts'],
  ['CIS 2.4', 'root-access-keys'],
  ['CIS 2.5', 'root-mfa'],
  ['CIS 2.7', 'root-unused administrators other-users'],
  ['CIS 2.8', 'password-policy'],
  ['CIS 2.9', 'password-policy'],
  ['CIS 2.10', 'administrators-group user-mfa'],
  ['CIS 2.12', 'access-keys'],
  ['CIS 2.13', 'administrators-group administrators own-permissions other-administrators'],
  ['CIS 2.15', 'support-role'],
  ['CIS 2.18', 'access-analyzer'],
  ['CIS 3.1.4', 'trail-bucket s3-account-block'],
  ['CIS 4.1', 'trail-logging trail-events trail-delivery'],
  ['CIS 4.2', 'trail-validation'],
  ['CIS 4.5', 'key-rotation'],
  ['CIS 4.6', 'key-rotation'],
  ['CIS 6.1.1', 'ebs-encryption'],
  ['CIS 6.5', 'default-security-groups'],
  ['CIS 6.7', 'imdsv2'],
  ['SSB ACCT.01', 'contacts'],
  ['SSB ACCT.02', 'root-mfa root-access-keys root-unused'],
  ['SSB ACCT.03', 'administrators first-passwords'],
  ['SSB ACCT.04', 'administrators-group own-permissions outside-administrators other-administrators'],
  ['SSB ACCT.05', 'root-mfa administrators-group user-mfa'],
  ['SSB ACCT.06', 'password-policy'],
  ['SSB ACCT.07', 'trail-logging trail-delivery trail-bucket adopted-bucket'],
  ['SSB ACCT.08', 's3-account-block exposure'],
  ['SSB ACCT.10', 'budget'],
  ['SSB ACCT.11', 'access-analyzer'],
  ['SSB ACCT.13', 'access-keys'],
  ['SSB ACCT.16', 'anomaly-detection'],
  ['FSBP Account.1', 'contacts'],
  ['FSBP CloudTrail.1', 'trail-logging trail-events'],
  ['FSBP CloudTrail.4', 'trail-validation'],
  ['FSBP CloudTrail.5', 'trail-log-group-delivery log-group'],
  ['FSBP Config.1', 'config-recorder'],
  ['FSBP EC2.1', 'snapshot-public-block'],
  ['FSBP EC2.2', 'default-security-groups'],
  ['FSBP EC2.7', 'ebs-encryption'],
  ['FSBP EC2.182', 'snapshot-public-block'],
  ['FSBP GuardDuty.1', 'guard-duty'],
  ['FSBP IAM.2', 'administrators own-permissions other-administrators'],
  ['FSBP IAM.3', 'access-keys'],
  ['FSBP IAM.4', 'root-access-keys'],
  ['FSBP IAM.5', 'user-mfa'],
  ['FSBP IAM.7', 'password-policy'],
  ['FSBP KMS.3', 'key-rotation'],
  ['FSBP S3.1', 's3-account-block'],
];
const MONITORED = [...Array(15).keys()].map((index) => `CIS 5.${index + 1}`);
const checksOf = (control: string) =>
  topics.filter(({ controls }) => controls.includes(control)).map(({ check }) => check);

eachOf(BY_CONTROL, ([control]) => control)(
  'the results of each control are those of its checks',
  ([control, checks]) => {
    expect(checksOf(control)).toEqual(checks.split(' '));
  },
);

eachOf(MONITORED)('each monitored event needs its filter, its alarm, and recipients', (control) => {
  expect(checksOf(control)).toEqual(['filters', 'alarms', 'listening']);
});

test('no check has another control', () => {
  const listed = [...BY_CONTROL.map(([control]) => control), ...MONITORED];
  expect(topics.flatMap(({ controls }) => controls).filter((one) => !listed.includes(one))).toEqual([]);
});

/** Of options that the configuration of the tests does not have. */
const NOT_ASKED_FOR = [
  'people-roles',
  'saml-certificate',
  'break-glass',
  'break-glass-drill',
  'adopted-bucket',
  'config-recorder',
  'guard-duty',
  'security-hub',
  'account-alias',
  'default-vpcs',
  'default-security-groups',
  'anomaly-detection',
];

test('each check that the configuration asks for says something of a healthy account', () => {
  const silent = CHECKS.filter((check) => check(WELL, CONFIG).length === 0).map(({ topic }) => topic.check);
  expect(silent).toEqual(NOT_ASKED_FOR);
});
