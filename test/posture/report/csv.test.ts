import { render } from '../../../lib/posture/report';
import { HOSTILE, HOSTILE_POSTURE, POSTURE } from '../posture';

test('CSV has a row for each finding, and lines end as RFC 4180 wants', () => {
  const lines = render(POSTURE, 'csv').split('\r\n');
  expect(lines[0]).toBe(
    'account,region,area,check,title,severity,status,detail,resource,controls,remedy,command,link,at',
  );
  expect(lines[1]).toBe(
    '123456789012,,root,root-mfa,Root signs in with MFA,critical,pass,Root has 2 MFA devices.,,CIS 2.5; SSB ACCT.05,,,,2026-11-24T11:02:31.000Z',
  );
  expect(lines).toHaveLength(1 + POSTURE.findings.length + 1);
});

test.each(['=', '+', '-', '@'])('a value that begins with %j is not a formula', (first) => {
  const [finding] = POSTURE.findings;
  const findings = finding ? [{ ...finding, title: `${first}cmd` }] : [];
  expect(render({ ...POSTURE, findings }, 'csv')).toContain(`,'${first}cmd,`);
});

test('quotes are doubled', () => {
  expect(render(HOSTILE_POSTURE, 'csv')).toContain(`"'${HOSTILE.replaceAll('"', '""')}"`);
});
