#!/usr/bin/env node
// The command line. Only its own words are loaded at once, so that --help answers quickly; the rest comes with a command.
import { createRequire } from 'node:module';
import { Argument, Command, CommanderError, Option } from 'commander';

// The SDK's warning about Node 20, which nobody can act on who uses this, would come before every answer.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** Exit codes; lib/posture/commands/exit-code.ts has the others. */
const USAGE_ERROR = 2;

const program = new Command('aws-account-baseline')
  .description('Know where an AWS account stands, before and after the baseline is deployed.')
  .option('--profile <name>', 'profile of the shared AWS configuration')
  .option(
    '--region <name>',
    "Region of the stack; otherwise the configuration's, then AWS_REGION, then the profile's",
  )
  .option('--config <file>', 'configuration file', process.env.BASELINE_CONFIG ?? 'baseline.config.ts')
  .option('--json', 'print JSON')
  .option('--output <file>', 'write to a file instead of the terminal')
  .option('--no-color', 'no colours; NO_COLOR does the same')
  .configureHelp({ showGlobalOptions: true })
  .exitOverride()
  .addHelpText(
    'after',
    `
Exit codes:
  0  all is well; nothing failed and nothing stops a deployment
  1  a check failed, or something stops a deployment; report ends with 0 all the same
  2  the command or the configuration is wrong
  3  the account could not be read`,
  );

program
  .command('preflight')
  .description(
    'what is in the account already, and what a deployment would do about it; changes nothing there',
  )
  .option('--write', 'put what can be adopted into the configuration file, after showing the difference')
  .option('--yes', 'do not ask before writing')
  .action(run('preflight'));

program
  .command('verify')
  .description(
    'whether every part of the baseline is in place and works; changes nothing, except with --test-alert',
  )
  .option('--test-alert', 'ring an alarm as a labelled test, and wait for its trace')
  .option('--detect-drift', 'let CloudFormation compare the stack with the account first; some minutes')
  .action(run('verify'));

program
  .command('report')
  .description('what verify finds, as one page for people or in a format of tools')
  .addOption(
    new Option('--format <format>', 'html unless --json').choices(['html', 'json', 'csv', 'sarif', 'ocsf']),
  )
  .action(run('report'));

program
  .command('policy')
  .description('the IAM policy that a command needs, to attach to whoever runs it')
  .addArgument(new Argument('<command>').choices(['verify', 'preflight']))
  .option('--test-alert', 'with what --test-alert needs')
  .action(run('policy'));

program
  .command('confirm')
  .description('remember that a person has done what no API can show')
  .addArgument(new Argument('<check>').choices(['billing-access']))
  .action(run('confirm'));

/** An action that loads the TypeScript of its command when it is called for. */
function run(name) {
  return async (...args) => {
    const command = args.at(-1);
    const { register } = await import('tsx/cjs/api');
    register();
    const load = createRequire(import.meta.url);
    const { main } = load('../lib/posture/commands/main.ts');
    process.exitCode = await main(name, args.slice(0, -2), command.optsWithGlobals());
  };
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : USAGE_ERROR;
}
