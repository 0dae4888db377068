import { CONTROLS } from '../../lib/catalog/controls';
import { MEMBER_ROOT_CHECKS } from '../../lib/posture/checks/member-root';
import { MEMBER_TRAIL_CHECKS } from '../../lib/posture/checks/member-trail';
import { CHECKS } from '../../lib/posture/verify';
import { CONFIG, WELL } from './snapshot';

const AREAS = 'root people password trail alarms notifications settings billing stack'.split(' ');
const topics = [...CHECKS, ...MEMBER_ROOT_CHECKS, ...MEMBER_TRAIL_CHECKS].map(({ topic }) => topic);

test.each(topics)('$check has an ID, an area, a severity, and two titles', (topic) => {
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

test.each([...Array(15).keys()].map((index) => `CIS 5.${index + 1}`))(
  '%s, a monitored event, needs its filter, its alarm, and recipients',
  (control) => {
    const checks = topics.filter(({ controls }) => controls.includes(control)).map(({ check }) => check);
    expect(checks).toEqual(['filters', 'alarms', 'listening']);
  },
);

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
  'anomaly-detection',
];

test('each check that the configuration asks for says something of a healthy account', () => {
  const silent = CHECKS.filter((check) => check(WELL, CONFIG).length === 0).map(({ topic }) => topic.check);
  expect(silent).toEqual(NOT_ASKED_FOR);
});
