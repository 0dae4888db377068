import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startChromium } from './chromium';
import { CONFIG, withDeployedAccount } from './deployed-account';

/** Takes a screenshot of the report of a newly deployed emulated account, for the README. */
async function screenshot(path: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'screenshot-'));
  const report = join(folder, 'report.html');
  try {
    await withDeployedAccount(({ env }) =>
      execFileSync(
        process.execPath,
        ['bin/aws-account-baseline.mjs', 'report', '--config', CONFIG, '--output', report],
        {
          env,
        },
      ),
    );
    const browser = await startChromium();
    try {
      const page = await browser.newPage();
      await page.setViewportSize({ width: 1120, height: 1000 });
      await page.goto(pathToFileURL(report).href);
      writeFileSync(path, await page.screenshot());
    } finally {
      await browser.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(`${path}: written`);
}

void screenshot('docs/report.png');
