import { createHash } from 'node:crypto';
import { CONTROLS } from '../../../lib/catalog/controls';
import { treatmentIn, wordsOf } from '../../../lib/catalog/controls/control';
import type { Profile } from '../../../lib/config/profiles';
import type { Posture } from '../../../lib/posture/finding';
import { FORMATS, render } from '../../../lib/posture/report';
import { accessPaths } from '../../../lib/explain/access-paths';
import { ROLE_MODE } from '../../../scripts/docs/access-rows/people-roles';
import { PLACE, templatePolicies } from '../../access/template-policies';
import { standardPolicies } from '../../access/templates';
import { baselineTemplate } from '../../synth';
import { COST } from '../cost';
import { HOSTILE, HOSTILE_POSTURE, POSTURE } from '../posture';

const PATHS = accessPaths(standardPolicies().resolved, PLACE);
const html = render(POSTURE, 'html', { cost: COST, paths: PATHS });

/** The posture with this many findings of a check that looks at many things. */
const withMany = (number: number): Posture => {
  const failing = POSTURE.findings.filter(
    ({ check, status }) => check === 'ebs-encryption' && status === 'fail',
  );
  const many = Array.from({ length: number }, (_, index) =>
    failing.map((finding) => ({ ...finding, region: `region-${index}` })),
  ).flat();
  return { ...POSTURE, findings: [...POSTURE.findings, ...many] };
};

test('the page is at most 300 KB, also when 20 Regions lack eight settings each', () => {
  expect(Buffer.byteLength(html)).toBeLessThan(180_000);
  expect(Buffer.byteLength(render(withMany(160), 'html', { cost: COST, paths: PATHS }))).toBeLessThan(
    300_000,
  );
});

test('the evaluation of every request of the access matrix is data of the page, which no name can end', () => {
  const dataOf = (page: string) =>
    /<script type="application\/json" id="paths">(.*?)<\/script>/s.exec(page)?.[1] ?? '{}';
  const { paths } = JSON.parse(dataOf(html)) as typeof PATHS;
  const allowed = (person: string, way: string, action: string) => {
    const index = (choices: readonly { readonly id: string }[], id: string) =>
      choices.findIndex((choice) => choice.id === id);
    const ofPerson = paths[index(PATHS.people, person)] ?? [];
    return ofPerson[index(PATHS.ways, way)]?.[index(PATHS.actions, action)]?.[0];
  };
  expect(allowed('alice', 'mfa', 'cloudtrail:StopLogging')).toBe(0);
  expect(allowed('alice', 'mfa', 'iam:CreateUser')).toBe(1);
  expect(allowed('alice', 'password', 'iam:CreateUser')).toBe(0);
  const texts = ['</script><script>alert(1)</script>'];
  const page = render(POSTURE, 'html', { paths: { ...PATHS, texts } });
  expect(page).not.toContain('<script>alert');
  expect(JSON.parse(dataOf(page))).toMatchObject({ texts });
  expect(render(POSTURE, 'html')).not.toContain('id="path-form"');
});

test('in role mode, the page also has a session of each role, which nobody begins without MFA', () => {
  const { people, ways, actions, paths, texts } = accessPaths(
    templatePolicies(baselineTemplate(ROLE_MODE)).resolved,
    PLACE,
  );
  expect(people.map(({ id }) => id)).toEqual([
    'root',
    // One user is enough: as users, all of them may do the same.
    'dave',
    'alice as Administrator',
    'alice as PowerUser',
    'alice as ReadOnly',
    'dave as Auditor',
    'alice as Billing',
  ]);
  const pathOf = (person: string, way: string, action: string) =>
    paths[people.findIndex(({ id }) => id === person)]?.[ways.findIndex(({ id }) => id === way)]?.[
      actions.findIndex(({ id }) => id === action)
    ];
  const allowed = (...args: Parameters<typeof pathOf>) => pathOf(...args)?.[0];
  expect(allowed('dave', 'mfa', 'iam:CreateUser')).toBe(0);
  expect(allowed('alice as Administrator', 'mfa', 'iam:CreateUser')).toBe(1);
  expect(allowed('alice as Administrator', 'mfa', 'cloudtrail:StopLogging')).toBe(0);
  expect(allowed('alice as PowerUser', 'mfa', 'iam:CreateUser')).toBe(0);
  const [, steps = []] = pathOf('alice as Administrator', 'password', 'iam:CreateUser') ?? [];
  expect(steps.map((index) => texts[index])).toContain('Action\tsts:AssumeRole');
});

test('a check that fails in many Regions is one task, which names them all', () => {
  const [, today = ''] = /<section id="today"(.*?)<\/section>/s.exec(render(withMany(20), 'html')) ?? [];
  expect(today.match(/>New volumes are encrypted<\/h3>/g)).toHaveLength(1);
  expect(today.match(/>region-\d+<\/a>/g)).toHaveLength(20);
});

test('a check that is not met by several people is one task, which names them all', () => {
  const [failing] = POSTURE.findings.filter(({ check, status }) => check === 'user-mfa' && status === 'fail');
  if (!failing) throw new Error('nobody fails');
  const findings = ['alice', 'bob', 'carol'].map((resource) => ({
    ...failing,
    title: 'Everybody has MFA',
    resource,
  }));
  const [, today = ''] =
    /<section id="today"(.*?)<\/section>/s.exec(render({ ...POSTURE, findings }, 'html')) ?? [];
  expect(today.match(/>Everybody has MFA<\/h3>/g)).toHaveLength(1);
  expect(today).toContain('<p class="resource">alice</p>');
  expect([...today.matchAll(/<a href="#finding-\d">(.*?)<\/a>/g)].map(([, text]) => text)).toEqual([
    'bob',
    'carol',
  ]);
});

test('every value of the account is escaped, wherever it is shown', () => {
  const page = render(HOSTILE_POSTURE, 'html');
  expect(page).not.toContain(HOSTILE);
  // Only the page's own: a value brings neither a tag nor a quote that would end an attribute.
  expect(page.match(/<script>/g)).toHaveLength(1);
  expect(page).not.toContain('<img');
  expect(page).not.toContain('"window.hacked');
  expect(page).not.toContain('href="javascript:');
  // Title, heading, account, stack, Region; today and among the findings: title, Region, detail, resource,
  // text, command.
  expect(page.split('&lt;script&gt;window.hacked=1&lt;/script&gt;').length - 1).toBeGreaterThanOrEqual(17);
});

test('the policy of the page lets its own style and script run, and nothing else', () => {
  const hash = (tag: string) => {
    const [, content = ''] = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(html) ?? [];
    return `&#39;sha256-${createHash('sha256').update(content).digest('base64')}&#39;`;
  };
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  expect(policy).toBe(
    `default-src &#39;none&#39;; style-src ${hash('style')}; script-src ${hash('script')}; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;`,
  );
});

test('nothing in it loads from elsewhere', () => {
  expect(html).not.toMatch(/\ssrc=|@import|url\((?!#)/);
  expect(html.match(/<link [^>]*>/g)).toEqual(['<link rel="icon" href="data:,">']);
});

test('every requirement of every standard is there, once', () => {
  const ids = [...html.matchAll(/data-row id="control-([^"]*)"/g)].map(([, id]) => id);
  expect(ids).toEqual(CONTROLS.map(({ standard, id }) => `${standard}-${id}`));
});

test('ids are unique, and every link within the page leads to one', () => {
  const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const targets = [...html.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
  expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
});

test('what needs manual action today comes first by severity, and nothing that passes is in it', () => {
  const [, today = ''] = /<section id="today"(.*?)<\/section>/s.exec(html) ?? [];
  const titles = [...today.matchAll(/<h3 id="[^"]*">(.*?)<\/h3>/g)].map(([, title]) => title);
  expect(titles).toEqual([
    'bob signs in with MFA',
    'Somebody hears the alarms',
    'The alarm Safeguards is on',
    'Root is left alone',
    'The first password of alice is deleted',
    'AWS knows whom to tell of security matters',
    'New volumes are encrypted',
    'Nothing was changed beside the stack',
    'The MFA devices of root are hardware',
    'Administrators can open the bills',
  ]);
  expect(today).toContain(
    'href="https://eu-central-1.console.aws.amazon.com/sns/v3/home?region=eu-central-1#/subscriptions"',
  );
});

test('the one thing to do first is on top, with its command and its links, and a problem is named once', () => {
  const topOf = (findings: Posture['findings']) =>
    /<section class="verdict(.*?)<\/section>/s.exec(render({ ...POSTURE, findings }, 'html'))?.[1] ?? '';
  const problem = {
    check: 'trail-logging',
    title: 'The trail is stopped',
    area: 'trail',
    severity: 'critical',
    status: 'fail',
    detail: 'It records nothing.',
    controls: [],
    remedy: { text: 'Start it.', command: 'aws cloudtrail start-logging --name "audit"' },
  } as const;
  const top = topOf([problem]);
  expect(top).toContain('<code>aws cloudtrail start-logging --name &quot;audit&quot;</code>');
  expect(top).toMatch(/href="https:[^"]*console\.aws/);
  expect(top).toContain('href="#today-finding-1"');
  expect(top.match(/<h2[^>]*>The trail is stopped\.<|<\/strong> Start it\./g)).toHaveLength(2);
  expect(topOf([{ ...problem, severity: 'high' }])).toContain('</strong> The trail is stopped. Start it.');
});

test('with nothing to do it says so, without findings it has no score, and cost is optional', () => {
  const page = render({ ...POSTURE, findings: [] }, 'html');
  expect(page).toContain('<p>No action is needed. Unknown results, if any, are in the findings.</p>');
  expect(page).toContain('<p class="percent">No findings</p>');
  expect(page).not.toContain('id="cost"');
  expect(html).toContain('Profile <strong>standard</strong>: ');
  expect(html).toContain('<strong>1.40 USD</strong> in an idle account, about <strong>6.20 USD</strong>');
});

test('an account is named once', () => {
  const headOf = (posture: Posture) => /<header>.*?<\/header>/s.exec(render(posture, 'html'))?.[0] ?? '';
  expect(headOf(POSTURE)).toContain('<h1>example-production</h1>');
  expect(headOf({ ...POSTURE, accountName: undefined })).toContain(`<h1>Account ${POSTURE.account}</h1>`);
  for (const posture of [POSTURE, { ...POSTURE, accountName: undefined }]) {
    expect(headOf(posture).split(POSTURE.account)).toHaveLength(2);
  }
});

test('the score says how it changed since an earlier report, and what broke and was fixed', () => {
  const scoreSince = (percent?: number, titles: readonly string[] = []) => {
    const trend = { since: '2026-11-22 08:00', percent, fixed: titles, broken: [...titles].reverse() };
    return /<section id="score".*?<\/section>/s.exec(render(POSTURE, 'html', { trend }))?.[0] ?? '';
  };
  expect(scoreSince(50)).toContain('<strong>Up from 50%</strong><br>since 2026-11-22 08:00 UTC');
  expect(scoreSince(90)).toContain('<strong>Down from 90%</strong>');
  expect(scoreSince(62)).toContain('<strong>Unchanged</strong>');
  expect(scoreSince()).not.toContain('<br>since');
  expect(scoreSince(50)).toContain('<p>No check changed since 2026-11-22 08:00 UTC.</p>');
  expect(scoreSince(50, ['A', 'B'])).toMatch(/New problems:<\/strong> B; A\..*Fixed:<\/strong> A; B\./s);
  expect(html).not.toContain('class="trend"');
});

test('a link after a sentence is apart from it', () => {
  expect(html).toMatch(/\. +<(a|code)[ >]/);
  expect(html).not.toMatch(/\.<(a|code)[ >]/);
});

test('a control is treated as the profile of the configuration treats it', () => {
  const treatmentOf = (profile?: Profile) =>
    /id="control-CIS-4.8"[^>]*data-treatment="(\w+)"/.exec(render(POSTURE, 'html', { profile }))?.[1];
  expect(treatmentOf('strict')).toBe('resource');
  expect(treatmentOf('standard')).toBe('exception');
  expect(treatmentOf()).toBe('exception');
});

test('a control says how it is treated, and then what could not be verified, without Markdown', () => {
  const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  const shown = [...html.matchAll(/<p class="note">([^<]*?)\s*</g)].map(([, note = '']) =>
    note.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => characters[name] ?? ''),
  );
  const notes = CONTROLS.flatMap((control) => {
    const words = wordsOf(treatmentIn('standard', control));
    return control.unverified === undefined ? words : `${words} Not verified: ${control.unverified}`.trim();
  });
  expect(CONTROLS.some(({ unverified }) => unverified !== undefined)).toBe(true);
  const plain = notes.map((note) => note.replace(/\*\*|`/g, ''));
  expect(plain.filter((note) => note !== '' && !shown.includes(note))).toEqual([]);
});

test('a finding whose check knows the page of the console has that link alone', () => {
  const [finding] = POSTURE.findings.filter(({ check }) => check === 'drift');
  const link =
    'https://eu-central-1.console.aws.amazon.com/cloudformation/home?region=eu-central-1#/stacks/drifts';
  const findings = finding ? [{ ...finding, remedy: { text: 'Look.', link } }] : [];
  const page = render({ ...POSTURE, findings }, 'html');
  expect(new Set(page.match(/href="https:[^"]*console\.aws[^"]*"/g))).toEqual(new Set([`href="${link}"`]));
});

test('pages of docs/ are links where people can read them, and names elsewhere', () => {
  expect(html).toContain('<code>docs/billing-access.md</code>');
  expect(render(POSTURE, 'html', { docs: 'https://git.example.com/docs/' })).toContain(
    'href="https://git.example.com/docs/billing-access.md"',
  );
  expect(render(POSTURE, 'html', { docs: 'javascript:alert(1)//' })).not.toContain('href="javascript:');
});

test('JSON is the posture and its score', () => {
  const { score, ...posture } = JSON.parse(render(POSTURE, 'json')) as Record<string, unknown>;
  expect(posture).toEqual({ schemaVersion: 1, ...POSTURE });
  expect(score).toMatchObject({ percent: 62 });
});

test('there are five formats, and each is text that ends its last line', () => {
  expect(FORMATS).toEqual(['html', 'json', 'csv', 'sarif', 'ocsf']);
  for (const format of FORMATS) expect(render(POSTURE, format)).toMatch(/\n$/);
});
