import type { Finding } from '../../../lib/posture/finding';
import { scoreOf } from '../../../lib/posture/report/score';
import { POSTURE } from '../posture';

const finding = (check: string, wish: Partial<Finding> = {}): Finding => ({
  check,
  title: check,
  area: 'root',
  severity: 'high',
  status: 'pass',
  detail: '',
  controls: [],
  ...wish,
});

test('checks count by severity: 10, 5, 3, 1', () => {
  const severities = ['critical', 'high', 'medium', 'low'] as const;
  expect(scoreOf(severities.map((severity) => finding(severity, { severity })))).toMatchObject({
    got: 19,
    of: 19,
    percent: 100,
  });
});

test.each(['fail', 'manual', 'unknown'] as const)('%s is not met', (status) => {
  expect(scoreOf([finding('one'), finding('other', { status })])).toMatchObject({
    got: 5,
    of: 10,
    percent: 50,
  });
});

test('a check that looks at many things counts once, by its highest severity, and passes as a whole', () => {
  const many = [
    finding('users'),
    finding('users', { severity: 'critical' }),
    finding('users', { status: 'fail' }),
  ];
  expect(scoreOf(many)).toMatchObject({ got: 0, of: 10 });
});

test('is rounded down: 100 means everything', () => {
  const passing = Array.from({ length: 100 }, (_, index) =>
    finding(`check-${index}`, { severity: 'critical' }),
  );
  expect(scoreOf([...passing, finding('last', { severity: 'low', status: 'unknown' })]).percent).toBe(99);
});

test('has no percentage without findings', () => {
  expect(scoreOf([])).toEqual({
    got: 0,
    of: 0,
    percent: undefined,
    areas: [],
    counts: { pass: 0, fail: 0, manual: 0, unknown: 0 },
  });
});

test('its parts add up to the whole', () => {
  const { got, of, areas, counts } = scoreOf(POSTURE.findings);
  expect(areas.reduce((total, area) => total + area.got, 0)).toBe(got);
  expect(areas.reduce((total, area) => total + area.of, 0)).toBe(of);
  expect(Object.values(counts).reduce((total, count) => total + count)).toBe(POSTURE.findings.length);
});
