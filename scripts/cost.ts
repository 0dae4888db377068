import { parseArgs } from 'node:util';
import { BaselineConfigError } from '../lib/config/config';
import { loadConfig } from '../lib/config/load-config';

const FILE = process.env['BASELINE_CONFIG'] ?? 'baseline.config.ts';

const HELP = `Usage: npm run cost

Prints the estimated monthly cost of your configuration, line by line, for an idle account and for that of a small
team. Reads baseline.config.ts, or the file in BASELINE_CONFIG. Does not access an account.

  --help  show this text`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const config = loadConfig(FILE);
  // The CDK is slow to load, and only the bill needs it.
  const { bill } = await import('./cost/bill.js');
  console.log(bill(FILE, config));
}

main().catch((error: unknown) => {
  if (!isMistake(error)) throw error;
  console.error(error.message);
  process.exitCode = 2;
});

/** User errors get a message, bugs a stack trace. */
function isMistake(error: unknown): error is Error {
  return (
    error instanceof BaselineConfigError ||
    (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
  );
}
