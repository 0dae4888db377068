import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { earlierReport } from '../../../lib/posture/commands/earlier-report';
import { render } from '../../../lib/posture/report';
import { POSTURE } from '../posture';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
  file = join(folder, 'report.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('a report as JSON is read again, with each finding', () => {
  writeFileSync(file, render(POSTURE, 'json'));
  const { account, at, findings } = earlierReport(file);
  expect({ account, at }).toEqual({ account: POSTURE.account, at: POSTURE.at });
  expect(findings.map(({ check, severity, status }) => [check, severity, status])).toEqual(
    POSTURE.findings.map(({ check, severity, status }) => [check, severity, status]),
  );
});

test.each([
  ['that is not there', undefined, /^--since .*report\.json does not exist: write a report with/],
  ['that is not JSON', 'findings', /^--since .*report\.json could not be read: Unexpected token/],
  [
    'of something else',
    '{"account": "123456789012"}',
    /^--since .*report\.json is not a report: write a report with/,
  ],
])('a file %s is a usage error', (_, content, message) => {
  if (content !== undefined) writeFileSync(file, content);
  expect(() => earlierReport(file)).toThrow(message);
});
