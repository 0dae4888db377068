#!/usr/bin/env node
// The CLI. It first loads only its help, so that --help is fast. Each command loads the rest.
import { createRequire } from 'node:module';
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { closest, distance } from 'fastest-levenshtein';

// Hides the SDK warning about Node 20, which users cannot act on.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** Exit codes; lib/posture/commands/exit-code.ts has the others. */
const USAGE_ERROR = 2;
const UNEXPECTED = 4;

const load = createRequire(import.meta.url);

// The reader of the output, such as head, may stop reading.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const program = new Command('aws-account-baseline')
  .description('Check an AWS account before and after you deploy the baseline.')
  .version(load('../package.json').version, '--version', 'print the version')
  .option('--profile <name>', 'profile from the AWS configuration files', nonEmpty)
  .option(
    '--region <name>',
    "Region of the stack (default: the configuration's, then AWS_REGION, then the profile's)",
    region,
  )
  .option(
    '--config <file>',
    'configuration file',
    nonEmpty,
    process.env.BASELINE_CONFIG || 'baseline.config.ts',
  )
  .option('--json', 'print JSON')
  .option('--output <file>', 'write to a file instead of the terminal', nonEmpty)
  .option('--quiet', 'hide progress; for checks and plans, show only what is wrong')
  .option('--no-color', 'disable colors, as NO_COLOR does')
  .configureHelp({ showGlobalOptions: true })
  // An argument may be a name that somebody else chose, and have characters that a terminal interprets.
  .configureOutput({ outputError: (text, write) => write(text.replace(/[^\P{C}\n]/gu, '?')) })
  .exitOverride()
  .helpCommand(false)
  .addHelpText(
    'after',
    `
Examples:
  aws-account-baseline preflight
  aws-account-baseline verify --quiet
  aws-account-baseline report --format sarif --output findings.sarif
  aws-account-baseline explain --as alice --can cloudtrail:StopLogging --template

Exit codes:
  0    no check failed, and nothing stops a deployment; explain: allowed
  1    a check failed, or something stops a deployment; report exits with 0 in this case; explain: denied
  2    the command or the configuration is wrong
  3    the account could not be read
  4    an unexpected error: a bug, with its stack trace
  130  stopped with Ctrl-C at a question`,
  );

program.commandsGroup('Before you deploy:');

program
  .command('init')
  .description('create a project with a configuration for your account; overwrites nothing')
  .argument('[folder]', 'folder of the project', '.')
  .option('--administrator <name>', 'IAM user name of an administrator; can be repeated', several)
  .option('--email <address>', 'address that receives the alarms; can be repeated', several)
  .option(
    '--pipeline <repository>',
    'GitHub repository that deploys the project, such as example-co/aws-account',
    nonEmpty,
  )
  .option(
    '--package <source>',
    'where npm gets this package from (default: the version of this command)',
    nonEmpty,
  )
  .option('--yes', 'do not ask: use the options, and defaults for the rest')
  .action(run('init'));

program
  .command('preflight')
  .description('list existing resources and what a deployment would do with each one; changes nothing in AWS')
  .option('--write', 'add what can be adopted to the configuration file, after showing the difference')
  .option('--yes', 'with --write: do not ask before writing')
  .option('--import-existing-resources', 'plan for a deployment with this CDK CLI option')
  .addOption(
    choices(
      new Option('--fail-on <status...>', 'also exit with 1 if something could not be read'),
      'unknown',
    ),
  )
  .action(run('preflight'));

program
  .command('adopt')
  .description(
    'decide what happens to existing resources, then write the configuration and the import files; changes nothing in AWS',
  )
  .option('--plan <file>', 'file that keeps your decisions, so that you are not asked again', nonEmpty)
  .option('--yes', 'do not ask: take the first choice for each question, and write the files')
  .action(run('adopt'));

program
  .command('diff')
  .description('show what this version and configuration would change in deployed stacks, and the cost')
  .option(
    '--from <templates>',
    'version or .tgz of this package, folder of templates such as cdk.out, .tar.gz of the day-zero files of a release, or deployed',
    nonEmpty,
    'deployed',
  )
  .addHelpText(
    'after',
    `
npm downloads a version into a temporary folder. That version synthesizes your configuration with the
dependencies of this one. The costs are those of all resources, before and after.
The exit code is 1 if evidence, people, settings or subscriptions would be lost.`,
  )
  .action(run('diff'));

program.commandsGroup('After you deployed:');

program
  .command('verify')
  .description(
    'check that every part of the baseline is in place and works; changes nothing, except with --test-alert',
  )
  .option('--check <id...>', 'only these checks, such as root-mfa', several)
  .addOption(
    choices(
      new Option('--severity <severity...>', 'only findings with these severities'),
      'critical',
      'high',
      'medium',
      'low',
    ),
  )
  .addOption(
    choices(
      new Option('--status <status...>', 'only findings with these statuses'),
      'fail',
      'manual',
      'unknown',
      'pass',
    ),
  )
  .addOption(
    choices(
      new Option('--fail-on <status...>', 'also exit with 1 for these, for example in a pipeline'),
      'manual',
      'unknown',
    ),
  )
  .option('--test-alert', 'send a labeled test alarm and wait until the function has run')
  .option('--detect-drift', 'first run CloudFormation drift detection on each stack; takes a few minutes')
  .action(run('verify'));

program
  .command('report')
  .description('write the findings of verify as HTML, JSON, CSV, SARIF or OCSF')
  .addOption(
    choice(
      new Option('--format <format>', 'default: html, or json with --json'),
      'html',
      'json',
      'csv',
      'sarif',
      'ocsf',
    ),
  )
  .option('--since <file>', 'earlier JSON report; the HTML report shows what has changed since')
  .action(run('report'));

program
  .command('explain')
  .description('show whether a request is allowed and why, in the order in which IAM evaluates it')
  .requiredOption(
    '--as <who>',
    'user, role or group in the configuration, ARN, AWS service, or root',
    nonEmpty,
  )
  .requiredOption('--can <action>', 'action, such as iam:CreateUser', nonEmpty)
  .option(
    '--on <resource>',
    'ARN or logical ID of the resource, or * (default: an example for the action)',
    nonEmpty,
  )
  .option('--without-mfa', 'signed in without MFA')
  .option('--with-access-key', 'with a long-term access key, which carries no MFA')
  .option('--from <address>', 'IP address of the caller', nonEmpty)
  .option('--through-cloudformation', 'CloudFormation makes the request during a deployment')
  .option('--template', 'answer from the templates of the configuration, without an account')
  .addHelpText('after', '\nThe exit code is 0 if the request is allowed and 1 if it is denied.')
  .action(run('explain'));

program
  .command('uninstall')
  .description(
    'show what a removal would delete, restore and keep, why, and how to remove the rest; removes nothing',
  )
  .requiredOption('--plan', 'print the plan')
  .option('--deployed', 'use the stacks in the account, with their names (default: the configuration)')
  .action(run('uninstall'));

program.commandsGroup('Other commands:');

program
  .command('policy')
  .description('print the IAM policy that a command needs')
  .addArgument(
    choice(
      new Argument('<command>', 'the command'),
      'verify',
      'preflight',
      'diff',
      'explain',
      'org-preflight',
      'org-verify',
      'org-root-audit',
      'org-plan',
    ),
  )
  .option('--test-alert', 'include what verify --test-alert needs')
  .option('--delete-credentials', 'include what org root-audit --delete-credentials needs')
  .action(run('policy'));

program
  .command('confirm')
  .description('record a manual step as done')
  .addArgument(choice(new Argument('<check>', 'the step'), 'billing-access', 'root-notice'))
  .action(run('confirm'));

program
  .command('drill')
  .description('print the page to seal with the credentials; it lists the steps of a drill')
  .addArgument(choice(new Argument('<drill>', 'the drill'), 'break-glass'))
  .option('--done', 'record that the drill was done')
  .action(run('drill'));

program
  .command('completion')
  .description('print a shell completion script, to load with source <(… completion bash)')
  .addArgument(choice(new Argument('<shell>', 'the shell'), 'bash', 'zsh', 'fish'))
  .action(async (shell) => {
    const { COMPLETIONS } = await import('./completion.mjs');
    console.log(COMPLETIONS[shell](program));
  });

// Each command of the group is one of lib/posture/commands/org.ts.
const org = program
  .command('org')
  .description('check the accounts of an organization, from its management account');

org
  .command('preflight')
  .description(
    'list what the organization has, what a deployment would do about it, and its cost; changes nothing in AWS',
  )
  .action(run('org', 'preflight'));

org
  .command('verify')
  .description('check the settings, people and exposure of every member, through its read-only role')
  .option('--account <id...>', 'only these accounts', accountIds)
  .option('--ou <id>', 'only the accounts of this OU, and of the OUs below it', unitId)
  .addOption(
    choice(
      new Option('--format <format>', 'write a report instead of a table'),
      'html',
      'json',
      'csv',
      'sarif',
      'ocsf',
    ),
  )
  .option('--resume', 'continue a run that was interrupted within the last hour')
  .addHelpText(
    'after',
    `
It assumes the role <stackName>-Verify of each member, which the StackSet creates, and checks root, people,
password policy, settings and exposure. Use verify to check the trail and the alarms of the organization.
The exit code is 3 if any account could not be read, and otherwise 1 if any check failed.`,
  )
  .action(run('org', 'verify'));

org
  .command('root-audit')
  .description("list the passwords, access keys, certificates and MFA devices of the members' root users")
  .option('--account <id...>', 'only these accounts', accountIds)
  .option('--ou <id>', 'only the accounts of this OU, and of the OUs below it', unitId)
  .option('--delete-credentials', 'delete them, one account at a time, after you type its account ID')
  .option(
    '--yes-delete <account...>',
    'with --delete-credentials: delete them from these accounts only, without asking',
    accountIds,
  )
  .addHelpText(
    'after',
    `
Central root access must be enabled. Each account takes an sts:AssumeRoot session, which CloudTrail records.
Deletions are recorded next to the configuration, in baseline.root-deletions.jsonl. The management account is
never included. With --yes-delete, an account whose key was used in the last 90 days is not changed.
The exit code is 3 if any account could not be read, and otherwise 1 if any root user has credentials.`,
  )
  .action(run('org', 'root-audit'));

org
  .command('plan')
  .description('show which recent calls the policies of the organization would have denied')
  .addOption(
    new Option(
      '--policy <name...>',
      'only these, even if they are off (default: those that the configuration does not turn off)',
    ).choices(['protect', 'root', 'leave', 'regions', 'users', 'outsiders']),
  )
  .option('--days <count>', 'days of the trail to read, up to 90 (default: 14)', upTo(90))
  .option(
    '--pages <count>',
    'maximum number of pages to read, of up to 1 MB each (default: 1000)',
    upTo(100_000),
  )
  .option('--log-group <name>', "log group of the trail (default: the baseline's)", nonEmpty)
  .addHelpText(
    'after',
    `
It reads calls with FilterLogEvents, for which CloudWatch lists no price. If an event lacks what a condition or
resource needs, the denial is shown as possible. It skips calls by the management account, AWS services and
service-linked roles, because no policy of an organization limits them.
The exit code is 1 if any call would, or might, have been denied.`,
  )
  .action(run('org', 'plan'));

// Unlike Commander's own, it suggests a command.
program
  .command('help')
  .description('show the help of a command')
  .addArgument(choice(new Argument('[command]'), ...program.commands.map((command) => command.name())))
  .action((name) => (program.commands.find((command) => command.name() === name) ?? program).help());

/** Allows only these values, and suggests one for a misspelled one. */
function choice(argument, ...values) {
  return argument.choices(values).argParser((value) => {
    if (values.includes(value)) return value;
    const similar = closest(value, values);
    const hint = distance(value, similar) <= value.length / 3 ? `\n(Did you mean ${similar}?)` : '';
    throw new InvalidArgumentError(`Allowed choices are ${values.join(', ')}.${hint}`);
  });
}

/** The same for an option with several values. */
function choices(option, ...values) {
  const one = choice(option, ...values).parseArg;
  return option.argParser((value, previous = []) => [...previous, one(value)]);
}

/** Rejects an empty value, such as from an unset shell variable, which would otherwise be misinterpreted. */
function nonEmpty(value) {
  if (value.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return value;
}

/** Collects an option that can be given several times. */
function several(value, values = []) {
  return [...values, nonEmpty(value)];
}

function region(value) {
  if (/^[a-z]+(-[a-z]+)+-\d+$/.test(value)) return value;
  throw new InvalidArgumentError('It must be a Region, such as eu-central-1.');
}

function upTo(most) {
  return (value) => {
    const count = Number(value);
    if (Number.isInteger(count) && count >= 1 && count <= most) return count;
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${most}.`);
  };
}

function accountIds(value, previous = []) {
  if (!/^\d{12}$/.test(value)) throw new InvalidArgumentError('It must be an account ID of 12 digits.');
  return [...previous, value];
}

function unitId(value) {
  if (/^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/.test(value)) return value;
  throw new InvalidArgumentError('It must be the ID of an OU, such as ou-a1b2-c3d4e5f6.');
}

/**
 * An action that loads the TypeScript of its command only when it runs.
 *
 * @param first arguments before those of the caller: the command of a group
 */
function run(name, ...first) {
  return async (...args) => {
    const command = args.at(-1);
    await import('./load-typescript.mjs');
    // TypeScript in a clone, and JavaScript in the package.
    const { main } = load('../lib/posture/commands/main');
    process.exitCode = await main(name, [...first, ...args.slice(0, -2)], command.optsWithGlobals());
  };
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : USAGE_ERROR;
    // The other messages say what is allowed, or which word is meant.
    if (/^error: (?!.*(?:is invalid|Did you mean))/s.test(error.message)) {
      console.error('Add --help to see the arguments and options.');
    }
  } else {
    console.error(error);
    process.exitCode = UNEXPECTED;
  }
}
