import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type AxeResults, source as axe } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import type { Finding, Posture } from '../../lib/posture/finding';
import { render } from '../../lib/posture/report';
import { renderOrganizationAs } from '../../lib/posture/report/organization';
import { HOSTILE_POSTURE, POSTURE } from '../posture/posture';
import { COST } from '../posture/cost';
import { accessPaths } from '../../lib/explain/access-paths';
import { PLACE } from '../access/template-policies';
import { standardPolicies } from '../access/templates';
import { startChromium } from '../../scripts/chromium';

const SCHEMES = ['light', 'dark'] as const;
const PHONE = { width: 375, height: 667 };
const DESKTOP = { width: 1200, height: 900 };

// On a busy machine axe takes some seconds.
jest.setTimeout(60_000);

const PATHS = accessPaths(standardPolicies().resolved, PLACE);

let browser: Browser;
let page: Page;
let folder: string;

/** What the page complained of. */
let complaints: string[];
/** What the page loaded. */
let requests: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
  browser = await startChromium();
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

beforeEach(async () => {
  page = await browser.newPage();
  complaints = [];
  requests = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => requests.push(request.url()));
});

afterEach(() => page.close());

async function open(posture: Posture = POSTURE): Promise<string> {
  const file = join(folder, 'report.html');
  writeFileSync(file, render(posture, 'html', { cost: COST, paths: PATHS }));
  const url = pathToFileURL(file).href;
  await page.goto(url);
  return url;
}

/** Titles of the rows of a list that a person sees. */
function seen(list: string): Promise<string[]> {
  return page.evaluate(
    `[...document.querySelectorAll('#${list} [data-row]:not([hidden])')].map((row) => row.querySelector('h4, p').textContent)`,
  );
}

/** Each complaint of axe, with the element that it is about. */
function named(results: AxeResults['violations']): string[] {
  return results.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html}`));
}

test('loads nothing but itself and reports no errors', async () => {
  const url = await open();
  expect(requests.filter((request) => !request.startsWith('data:'))).toEqual([url]);
  expect(complaints).toEqual([]);
  expect(await page.title()).toBe('example-production: account baseline report');
});

test('runs nothing that the account says', async () => {
  const url = await open(HOSTILE_POSTURE);
  expect(await page.evaluate('window.hacked')).toBeUndefined();
  expect(await page.$$('main script, main img, a[href^="javascript:"]')).toEqual([]);
  expect(requests.filter((request) => !request.startsWith('data:'))).toEqual([url]);
  expect(complaints).toEqual([]);
});

test('forbids a script that gets in anyway', async () => {
  await open();
  await page.evaluate(
    "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.hacked = 1' }))",
  );
  expect(await page.evaluate('window.hacked')).toBeUndefined();
  expect(complaints).toEqual([expect.stringContaining('Content Security Policy')]);
});

describe('the controls', () => {
  const output = () =>
    page.evaluate<string>('document.querySelector("[data-filters=controls-list] output").textContent');

  test('are found by the words of a search, and the standards without any are left out', async () => {
    await open();
    await page.fill('[data-filters="controls-list"] [name=search]', 'hardware MFA');
    const rows = await seen('controls-list');
    expect(rows).toEqual(['2.6 Root has hardware MFA devices only', 'IAM.6 Root has hardware MFA']);
    expect(await output()).toMatch(/^2 of \d+ shown$/);
    expect(await page.$$eval('#controls-list [data-group]:not([hidden]) h3', (titles) => titles.length)).toBe(
      2,
    );
  });

  test('are filtered by standard, treatment and findings together', async () => {
    await open();
    await page.selectOption('[data-filters="controls-list"] [name=standard]', 'CIS');
    await page.selectOption('[data-filters="controls-list"] [name=status]', 'fail');
    expect(await seen('controls-list')).toEqual([
      '2.3 A security contact is set',
      '2.10 Every user with a console password has MFA',
      '6.1.1 New EBS volumes are encrypted in every Region',
    ]);
    await page.selectOption('[data-filters="controls-list"] [name=treatment]', 'workload');
    expect(await output()).toMatch(/^0 of \d+ shown$/);
  });

  test('that a filter hides are shown by a link to them', async () => {
    await open();
    await page.fill('[data-filters="controls-list"] [name=search]', 'nothing has these words');
    expect(await seen('controls-list')).toEqual([]);
    await page.click('#findings a[href="#control-CIS-2.10"]');
    await page.waitForSelector('#control-CIS-2\\.10:not([hidden])');
    expect(await seen('controls-list')).toEqual(['2.10 Every user with a console password has MFA']);
  });
});

test('the evaluation of a request is shown for a person, a way to sign in, and an action', async () => {
  await open();
  const shown = () => page.innerText('#path');
  const choose = (name: 'person' | 'way' | 'action', id: string) => {
    const choices = { person: PATHS.people, way: PATHS.ways, action: PATHS.actions }[name];
    return page.selectOption(`#path-form [name=${name}]`, {
      index: choices.findIndex((choice) => choice.id === id),
    });
  };
  expect(await shown()).toContain('Allowed');
  await choose('person', 'alice');
  await choose('action', 'cloudtrail:StopLogging');
  expect(await shown()).toMatch(
    /^Denied\s+Principal: The user alice of the group Administrators, signed in with MFA/,
  );
  expect(await shown()).toContain('The statement DenyTampering in the policy');
  expect(await shown()).toContain('Change the configuration and deploy it');
  await choose('action', 'iam:CreateUser');
  await choose('way', 'password');
  expect(await shown()).toContain('The statement DenyWithoutMfa in the policy');
  expect(complaints).toEqual([]);
});

test('the findings are searched and filtered with the keyboard alone', async () => {
  await open();
  const focused = () =>
    page.evaluate("[document.activeElement.form?.dataset.filters, document.activeElement.name].join(' ')");
  // Focus moves as Tab moves it; the loop ends in the middle of the page at the latest.
  for (let steps = 0; steps < 200 && (await focused()) !== 'findings-list search'; steps++) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.type('mfa');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Fail');
  expect(await focused()).toBe('findings-list status');
  expect(await seen('findings-list')).toEqual(['bob signs in with MFA']);
});

test('the findings of one area that need action are found', async () => {
  await open();
  await page.selectOption('[data-filters="findings-list"] [name=area]', { label: 'Root user' });
  await page.selectOption('[data-filters="findings-list"] [name=status]', 'manual');
  const ofRoot = POSTURE.findings.filter(({ area, status }) => area === 'root' && status === 'manual');
  expect(ofRoot.length).toBeGreaterThan(1);
  expect((await seen('findings-list')).sort()).toEqual(ofRoot.map(({ title }) => title).sort());
});

test('a click selects a whole command', async () => {
  await open();
  const command = page.locator('#today pre code').first();
  await command.click();
  expect(await page.evaluate('getSelection().toString()')).toBe(await command.textContent());
});

test('everything is there without a script, and no filter that would do nothing', async () => {
  await page.close();
  page = await browser.newPage({ javaScriptEnabled: false });
  await open();
  expect(await seen('findings-list')).toHaveLength(POSTURE.findings.length);
  expect(await page.$$('form:not([hidden]), #path:not([hidden])')).toEqual([]);
  expect(await page.innerText('#access')).toContain('aws-account-baseline explain');
});

describe.each(SCHEMES)('in %s', (scheme) => {
  beforeEach(() => page.emulateMedia({ colorScheme: scheme }));

  test.each([DESKTOP, PHONE])('passes the accessibility checks of axe, $width px wide', async (viewport) => {
    await page.setViewportSize(viewport);
    await open();
    await page.evaluate(axe);
    const { violations, incomplete, passes } = await page.evaluate<AxeResults>('axe.run()');
    expect(named(violations)).toEqual([]);
    // It can't see what is behind a text of a drawing; the next test does.
    expect(named(incomplete).filter((text) => !/^color-contrast <text /.test(text))).toEqual([]);
    expect(passes.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['color-contrast', 'landmark-one-main', 'region', 'svg-img-alt']),
    );
  });

  test('the drawing has texts that stand out from their boxes', async () => {
    await open();
    await page.evaluate(axe);
    const contrasts = await page.evaluate<number[]>(`
      [...document.querySelectorAll('.part text')].map((text) => {
        const color = (element) => {
          const color = new axe.commons.color.Color();
          color.parseString(getComputedStyle(element).fill);
          return color;
        };
        return axe.commons.color.getContrast(color(text.closest('.part').querySelector('rect')), color(text));
      })`);
    expect(contrasts.length).toBeGreaterThan(30);
    // WCAG 2.2, 1.4.3, for text of this size.
    expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(4.5);
  });

  test('has the background of the scheme, and a light one on paper', async () => {
    const brightness = async () => {
      const color = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      return Math.max(...(color.match(/\d+/g) ?? []).map(Number));
    };
    await open();
    expect((await brightness()) > 128).toBe(scheme === 'light');
    await page.emulateMedia({ media: 'print' });
    expect(await brightness()).toBeGreaterThan(128);
  });
});

test.each(Object.entries({ POSTURE, HOSTILE_POSTURE }))(
  '%s needs no scrolling sideways on a phone',
  async (_, posture) => {
    await page.setViewportSize(PHONE);
    await open(posture);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
  },
);

describe('the report of an organization', () => {
  const openOrganization = async (viewport: typeof PHONE) => {
    const accounts = [
      { ...POSTURE, accountName: 'shop' },
      { ...HOSTILE_POSTURE, account: '222222222222' },
    ];
    const skipped = [{ id: '333333333333', name: 'old', why: 'suspended' }];
    const all = { organization: 'o-a1b2c3d4e5', managementAccount: '444444444444', at: POSTURE.at };
    const file = join(folder, 'organization.html');
    writeFileSync(file, renderOrganizationAs({ ...all, accounts, skipped }, 'html'));
    await page.setViewportSize(viewport);
    await page.goto(pathToFileURL(file).href);
  };

  test.each([DESKTOP, PHONE])('passes the accessibility checks of axe, $width px wide', async (viewport) => {
    await openOrganization(viewport);
    await page.evaluate(axe);
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    expect(named(violations)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('keeps words in its table whole on a phone, and is no wider than the screen', async () => {
    await openOrganization(PHONE);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
    const heights = await page.evaluate<number[]>(
      "[...document.querySelectorAll('#accounts .badge:is(.unknown, .pass)')].map((badge) => badge.offsetHeight)",
    );
    expect(Math.max(...heights)).toBeLessThan(30);
  });
});

test('leaves navigation and filters out on paper', async () => {
  await open();
  await page.emulateMedia({ media: 'print' });
  for (const part of await page.$$('nav, form')) expect(await part.isVisible()).toBe(false);
});

test('the shapes of severities, the bars, and the sizes of titles are kept on paper', async () => {
  await open();
  await page.emulateMedia({ media: 'print' });
  const adjusts = await page.evaluate<string[]>(`[
    getComputedStyle(document.querySelector('.badge.critical'), '::before'),
    getComputedStyle(document.querySelector('meter')),
  ].map(({ printColorAdjust }) => printColorAdjust)`);
  expect(adjusts).toEqual(['exact', 'exact']);
  const [area, title] = await page.evaluate<[number, number]>(
    "['h3', 'h4'].map((name) => parseFloat(getComputedStyle(document.querySelector('#findings ' + name)).fontSize))",
  );
  expect(title).toBeLessThan(area);
});

test('prints what needs action on one page, and what fails in full on the next ones', async () => {
  await open();
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
  expect(pages.length).toBeLessThanOrEqual(6);
  await page.emulateMedia({ media: 'print' });
  // The printable height of A4, in CSS pixels.
  const height = ((297 - 2 * 12) / 25.4) * 96;
  await page.setViewportSize({ width: Math.floor(((210 - 2 * 12) / 25.4) * 96), height: 1000 });
  const bottom = await page.evaluate<number>(
    "document.getElementById('today').getBoundingClientRect().bottom",
  );
  expect(bottom).toBeLessThanOrEqual(height);
});

test('what passed is folded away, and found by a search and by a link', async () => {
  const [passed] = POSTURE.findings.filter(({ status }) => status === 'pass');
  const index = POSTURE.findings.indexOf(passed as Finding) + 1;
  const row = `#findings-list [data-row]:has(#finding-${index})`;
  await open();
  expect(await page.isVisible(row)).toBe(false);
  await page.fill('[data-filters="findings-list"] [name=search]', passed?.title ?? '');
  expect(await page.isVisible(row)).toBe(true);
  await page.fill('[data-filters="findings-list"] [name=search]', '');
  expect(await page.isVisible(row)).toBe(false);
  await page.evaluate(`location.hash = 'finding-${index}'`);
  await page.waitForSelector(row, { state: 'visible' });
});
