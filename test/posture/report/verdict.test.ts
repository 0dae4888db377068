import type { Finding } from '../../../lib/posture/finding';
import { trendOf } from '../../../lib/posture/report/trend';
import { verdictOf } from '../../../lib/posture/report/verdict';
import { POSTURE } from '../posture';

const finding = (
  check: string,
  status: Finding['status'],
  severity: Finding['severity'] = 'high',
): Finding => ({
  check,
  title: `Title of ${check}`,
  status,
  severity,
  area: 'root',
  detail: '',
  controls: [],
});

describe('the verdict', () => {
  test.each<[string, Finding[], string, string]>([
    [
      'names the most urgent critical problem',
      [finding('a', 'fail', 'critical'), finding('b', 'fail', 'critical'), finding('c', 'fail', 'critical')],
      'fail',
      'Title of a, and 2 more critical problems.',
    ],
    [
      'counts a check with several findings once',
      [finding('a', 'fail', 'critical'), finding('a', 'fail', 'critical'), finding('b', 'pass')],
      'fail',
      'Title of a.',
    ],
    [
      'says that what failed is not critical, and what could not be read',
      [finding('a', 'fail'), finding('b', 'unknown', 'critical')],
      'fail',
      'Nothing critical, but 1 check failed, and 1 check could not be read.',
    ],
    [
      'says what remains for people',
      [finding('a', 'manual'), finding('b', 'pass')],
      'manual',
      'No check failed; 1 manual step remains.',
    ],
    [
      'never calls the unknown fine',
      [finding('a', 'unknown')],
      'unknown',
      'No check failed, and 1 check could not be read.',
    ],
    ['says so if all is well', [finding('a', 'pass')], 'pass', 'Every check passed.'],
    ['claims nothing if nothing was checked', [], 'unknown', 'Nothing was checked.'],
  ])('%s', (_, findings, status, text) => {
    expect(verdictOf(findings)).toEqual({ status, text });
  });
});

describe('the trend', () => {
  const before = { at: '2026-11-22T08:00:00.000Z' };

  test('names what was fixed and what broke, each check once', () => {
    const was = [
      finding('a', 'fail'),
      finding('b', 'pass'),
      finding('c', 'unknown'),
      finding('gone', 'fail'),
    ];
    const is = [
      finding('a', 'pass'),
      finding('b', 'fail'),
      finding('b', 'fail'),
      finding('c', 'unknown'),
      finding('new', 'fail'),
    ];
    expect(trendOf({ ...before, findings: was }, { ...POSTURE, findings: is })).toEqual({
      since: '2026-11-22 08:00',
      percent: 25,
      fixed: ['Title of a'],
      broken: ['Title of b', 'Title of new'],
    });
  });

  test('calls nothing fixed that cannot be read any more', () => {
    const trend = trendOf(
      { ...before, findings: [finding('a', 'fail')] },
      { ...POSTURE, findings: [finding('a', 'unknown')] },
    );
    expect(trend).toMatchObject({ fixed: [], broken: [] });
  });
});
