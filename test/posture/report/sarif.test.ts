import { readFileSync } from 'node:fs';
import Ajv04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { Log } from 'sarif';
import { render } from '../../../lib/posture/report';
import { HOSTILE_POSTURE, POSTURE } from '../posture';

// One pattern of the schema is not a regular expression with the flag u.
const validator = new Ajv04({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(validator);
const valid = validator.compile(
  JSON.parse(
    readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
  ) as object,
);

const log = (posture = POSTURE) => JSON.parse(render(posture, 'sarif')) as Log;
const run = log().runs[0];

test.each(Object.entries({ POSTURE, HOSTILE_POSTURE, empty: { ...POSTURE, findings: [] } }))(
  'SARIF of %s keeps to the schema of OASIS',
  (_, posture) => {
    valid(log(posture));
    expect(valid.errors).toBeNull();
  },
);

test('the schema would refuse a level of our own', () => {
  const wrong = log();
  expect(
    valid({ ...wrong, runs: [{ ...run, results: [{ message: { text: '' }, level: 'critical' }] }] }),
  ).toBe(false);
});

test('each check is a rule, and each finding a result', () => {
  const rules = run?.tool.driver.rules?.map(({ id }) => id);
  expect(rules).toEqual([...new Set(POSTURE.findings.map(({ check }) => check))]);
  expect(run?.results?.map(({ ruleId }) => ruleId)).toEqual(POSTURE.findings.map(({ check }) => check));
});

test('only what fails has a level', () => {
  const seen = new Set(run?.results?.map(({ kind, level }) => `${kind ?? ''} ${level ?? ''}`));
  expect([...seen].sort()).toEqual(['fail error', 'fail warning', 'open none', 'pass none', 'review none']);
});

test('findings of one check differ in their fingerprints, and keep them in the next run', () => {
  const fingerprints = (at: string) =>
    log({ ...POSTURE, at }).runs[0]?.results?.map(({ partialFingerprints }) =>
      JSON.stringify(partialFingerprints),
    );
  expect(new Set(fingerprints(POSTURE.at)).size).toBe(POSTURE.findings.length);
  expect(fingerprints('2027-01-01T00:00:00.000Z')).toEqual(fingerprints(POSTURE.at));
});

test('a rule has the tags that code scanning filters by: its area, and the controls', () => {
  const [first, ...rest] = POSTURE.findings;
  if (!first) throw new Error('there is no finding');
  const findings = [{ ...first, area: 'root' as const, controls: ['CIS 2.5', 'CIS 2.5'] }, ...rest];
  expect(log({ ...POSTURE, findings }).runs[0]?.tool.driver.rules?.[0]?.properties).toMatchObject({
    tags: ['security', 'root', 'CIS 2.5'],
  });
});
