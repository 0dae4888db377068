import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { type AxeResults, source as axe } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { startChromium } from '../../scripts/chromium';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

jest.setTimeout(300_000);

let browser: Browser;
let page: Page;
let server: Server;
let site: string;
/** Requests to other hosts, and what the page complained of. */
let complaints: string[];

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'site-'));
  execFileSync('npx', ['vitepress', 'build', '.', '--outDir', folder], { stdio: 'ignore' });
  server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '', 'http://localhost').pathname);
    response.setHeader('Content-Type', TYPES[extname(path)] ?? 'text/html');
    response.end(readFileSync(join(folder, path.endsWith('/') ? `${path}index.html` : path)));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('close', () => {
    rmSync(folder, { recursive: true });
  });
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await startChromium();
});

afterAll(async () => {
  await browser.close();
  server.close();
});

beforeEach(async () => {
  page = await browser.newPage();
  complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(site) && !request.url().startsWith('data:')) complaints.push(request.url());
  });
});

afterEach(() => page.close());

test.each(['light', 'dark'] as const)('every kind of page is accessible when it is %s', async (scheme) => {
  await page.emulateMedia({ colorScheme: scheme });
  for (const path of [
    '/',
    '/docs/compared.html',
    '/docs/notifications.html',
    '/docs/decisions/',
    '/docs/runbooks/people.html',
  ]) {
    await page.goto(`${site}${path}`, { waitUntil: 'networkidle' });
    await page.evaluate(axe);
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${path} ${id} ${html}`))).toEqual(
      [],
    );
  }
  expect(complaints).toEqual([]);
});

test('the search finds a page without another host', async () => {
  await page.goto(site, { waitUntil: 'networkidle' });
  // Vue listens to keys once it has mounted the page.
  await page.waitForFunction("document.querySelector('#app').__vue_app__");
  await page.keyboard.press('Control+k');
  await page.locator('.VPLocalSearchBox input').fill('PagerDuty');
  const result = page.locator('.VPLocalSearchBox .result').first();
  await result.waitFor();
  expect(await result.textContent()).toContain('PagerDuty and other on-call tools');
  await result.click();
  await page.waitForURL('**/docs/notifications.html#pagerduty-and-other-on-call-tools');
  expect(complaints).toEqual([]);
});

test('a dead link fails the build', () => {
  // Inside, so that the configuration finds its packages.
  const folder = mkdtempSync('node_modules/.cache/site-');
  cpSync('.vitepress', join(folder, '.vitepress'), { recursive: true });
  writeFileSync(join(folder, 'README.md'), '# Home\n\n[gone](docs/gone.md)\n\n## Index\n');
  const { status, stderr, stdout } = spawnSync('npx', ['vitepress', 'build', folder], {
    encoding: 'utf8',
    // CI enables colors.
    env: { ...process.env, NO_COLOR: '1' },
  });
  rmSync(folder, { recursive: true });
  expect(status).toBe(1);
  expect(stdout + stderr).toContain('Found dead link ./docs/gone');
});
