import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startChromium } from '../test/browser/chromium';
import { runCdk } from '../test/emulator/cdk';
import { startEmulator } from '../test/emulator/emulator';

const CONFIG = 'test/emulator/fixtures/baseline.config.ts';

/** Draws the first screen of the report of an emulated account right after its deployment, for the README. */
async function screenshot(path: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'screenshot-'));
  const report = join(folder, 'report.html');
  try {
    await reportOfNewAccount(report);
    const browser = await startChromium();
    try {
      const page = await browser.newPage();
      await page.setViewport({ width: 1120, height: 1000 });
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

async function reportOfNewAccount(file: string): Promise<void> {
  const emulator = await startEmulator();
  try {
    const { code, output } = await runCdk(emulator, ['deploy', '--require-approval', 'never'], {
      config: CONFIG,
    });
    if (code !== 0) throw new Error(`cdk deploy failed:\n${output}`);
    execFileSync(process.execPath, ['bin/baseline.mjs', 'report', '--config', CONFIG, '--output', file], {
      env: emulator.env,
    });
  } finally {
    await emulator.stop();
  }
}

void screenshot('docs/report.png');
