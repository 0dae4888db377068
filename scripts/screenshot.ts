import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { render } from '../lib/posture/report';
import { startChromium } from '../test/browser/chromium';
import { COST } from '../test/posture/cost';
import { POSTURE } from '../test/posture/posture';

/** Draws the first screen of the report of an example account, for the README. */
async function screenshot(path: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'screenshot-'));
  const browser = await startChromium();
  try {
    const file = join(folder, 'report.html');
    writeFileSync(file, render(POSTURE, 'html', { cost: COST }));
    const page = await browser.newPage();
    await page.setViewport({ width: 1120, height: 1000 });
    await page.goto(pathToFileURL(file).href);
    writeFileSync(path, await page.screenshot());
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
  console.log(`${path}: written`);
}

void screenshot('docs/report.png');
