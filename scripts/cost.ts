import { parseArgs } from 'node:util';
import { BaselineConfigError } from '../lib/config/config';
import { loadConfig } from '../lib/config/load-config';

const FILE = process.env['BASELINE_CONFIG'] ?? 'baseline.config.ts';

const HELP = `Usage: npm run cost

Prints what the baseline of your configuration costs a month, line by line, in an account in which nobody works and in
that of a small team. Reads baseline.config.ts, or the file that BASELINE_CONFIG names; asks no account.

  --help  prints this`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const config = loadConfig(FILE);
  // The CDK takes its time, and only a bill needs it.
  const { bill } = await import('./cost/bill.js');
  console.log(bill(FILE, config));
}

main().catch((error: unknown) => {
  if (!isMistake(error)) throw error;
  console.error(error.message);
  process.exitCode = 2;
});

/** A person's mistake gets a message, ours a stack trace. */
function isMistake(error: unknown): error is Error {
  return (
    error instanceof BaselineConfigError ||
    (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
  );
}
