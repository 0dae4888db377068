import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startChromium } from './chromium';
import { CONFIG, withDeployedAccount } from './deployed-account';
import { terminalPicture } from './terminal-picture';

/** Runs a command of the CLI in a terminal of 110 columns, and returns what the terminal shows. */
function inTerminal(env: NodeJS.ProcessEnv, command: string): string {
  const program = `stty cols 110; exec node bin/aws-account-baseline.mjs ${command} --config ${CONFIG}`;
  const { stdout, status } = spawnSync('script', ['-qec', program, '/dev/null'], { encoding: 'utf8', env });
  // 1 and 3: a check failed, or could not be read.
  if (status === null || ![0, 1, 3].includes(status)) throw new Error(stdout);
  return stdout.replaceAll('\r\n', '\n');
}

/** Takes pictures of the report and of `verify` for a newly deployed emulated account, for the documents. */
async function screenshots(reportPath: string, terminalPath: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'screenshot-'));
  const report = join(folder, 'report.html');
  try {
    await withDeployedAccount(({ env }) => {
      inTerminal(env, `report --output ${report}`);
      const output = inTerminal(env, 'verify --quiet');
      writeFileSync(terminalPath, terminalPicture(`$ npx aws-account-baseline verify --quiet\n${output}`));
    });
    const browser = await startChromium();
    try {
      const page = await browser.newPage();
      await page.setViewportSize({ width: 1120, height: 1000 });
      await page.goto(pathToFileURL(report).href);
      writeFileSync(reportPath, await page.screenshot());
    } finally {
      await browser.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(`${reportPath}, ${terminalPath}: written`);
}

void screenshots('docs/report.png', 'docs/pictures/verify.svg');
