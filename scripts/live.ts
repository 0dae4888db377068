import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { commitOf } from '../bin/commit';
import { type BaselineConfig, BaselineConfigError } from '../lib/config/config';
import { loadConfig } from '../lib/config/load-config';
import { CallFailed, Clients } from '../lib/posture/clients';
import { readAccount, readCaller } from '../lib/posture/collect/account';
import type { AccountSnapshot } from '../lib/posture/snapshot';
import { estimateOf } from './live/estimate';
import { atTerminal, fromAnswers } from './live/person';
import { Programs } from './live/programs';
import { observationsOf, writeReport } from './live/report';
import { runSteps } from './live/run';
import { StateFile } from './live/state';
import { STEPS } from './live/steps';
import { workloadsIn } from './live/workloads';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const EXIT = { unexpected: 1, refused: 2 };

/** Why nothing is done; shown without a stack trace. */
class Refusal extends Error {}

interface Options {
  readonly config: string;
  readonly folder: string;
  readonly profile?: string;
  readonly allowWorkloads?: true;
  readonly answers?: string;
}

const program: Command = new Command('npm run live --')
  .description(
    'Deploys the baseline into a real AWS account, tries it, measures it, removes it, and writes a report: docs/live.md.\n' +
      'It asks before it does anything. After an interruption, the same command continues.',
  )
  .option('--config <file>', 'configuration', process.env['BASELINE_CONFIG'] ?? 'baseline.config.ts')
  .option('--folder <folder>', 'folder for the state and the report', 'dist/live')
  .option('--profile <name>', 'profile of the AWS CLI')
  .option('--allow-workloads', 'continue in an account that has users, roles, buckets, or other resources')
  .option('--answers <file>', 'JSON file with the answers of the person, for a rehearsal')
  .exitOverride()
  .showHelpAfterError('Run npm run live -- --help to see the options.')
  .action(run);

const say = (text: string) => {
  console.error(text);
};

async function run({ config: configFile, folder, profile, allowWorkloads, answers }: Options): Promise<void> {
  // The programs that are run have the same credentials.
  if (profile !== undefined) process.env['AWS_PROFILE'] = profile;
  const config = loadConfig(configFile);
  const region = config.region ?? process.env['AWS_REGION'];
  if (region === undefined)
    throw new Refusal('Set a Region with AWS_REGION, or `region` in the configuration.');
  process.env['AWS_REGION'] = region;
  const person =
    answers === undefined
      ? atTerminal
      : fromAnswers(JSON.parse(readFileSync(answers, 'utf8')) as Record<string, string>, say);
  const clients = new Clients({ region });
  try {
    const caller = await readCaller(clients);
    mkdirSync(resolve(folder), { recursive: true });
    const file = new StateFile(resolve(folder));
    const written = JSON.stringify(config);
    const before = file.read();
    if (before && (before.account !== caller.account || before.config !== written)) {
      throw new Refusal(
        `${folder} has the state of account ${before.account}, with ${before.config === written ? 'this' : 'another'} configuration. Use --folder for another run.`,
      );
    }
    if (!before) {
      refuseBaseline(await readAccount(clients, caller, config), config);
      if (allowWorkloads !== true) refuseWorkloads(await workloadsIn(clients, caller));
    }
    say(`Account ${caller.account} in ${region}, as ${caller.arn}`);
    if (before) {
      say(
        `Continuing the run of ${before.startedAt}: ${Object.keys(before.steps).length} of ${STEPS.length} steps are finished.`,
      );
    } else {
      say(estimateOf(config));
      say(`It takes about ${STEPS.reduce((sum, { minutes }) => sum + minutes, 0)} minutes.`);
      const answer = await person.ask(
        'go',
        `Deploy into account ${caller.account}, try, and remove? Type its number to continue.`,
      );
      if (answer !== caller.account) throw new Refusal('Nothing was done.');
    }
    const state = before ?? {
      account: caller.account,
      region,
      config: written,
      startedAt: new Date().toISOString(),
      steps: {},
      failed: [],
      memory: {},
    };
    file.write(state);
    const programs = new Programs(resolve(folder), config);
    const live = {
      config,
      caller,
      region,
      clients,
      person,
      programs,
      say,
      recall: (key: string) => state.memory[key],
      remember: (key: string, value: unknown) => {
        state.memory[key] = value;
        file.write(state);
      },
    };
    const isComplete = await runSteps(STEPS, live, state, file);
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const paths = writeReport(resolve(folder), STEPS, state, {
      commit: commitOf(__dirname),
      version,
      isComplete,
    });
    say(
      `\n${isComplete ? 'Done' : 'Stopped; run the same command when you have fixed it'}. Report:\n${paths.join('\n')}`,
    );
    const unexpected = observationsOf(state).filter(({ outcome }) => outcome === 'unexpected');
    if (!isComplete || unexpected.length > 0) process.exitCode = EXIT.unexpected;
  } finally {
    clients.destroy();
  }
}

/** The run ends with a removal, also of log files: it must not be that of a baseline that somebody uses. */
function refuseBaseline({ suite }: AccountSnapshot, { stackName, organization }: BaselineConfig): void {
  if (organization)
    throw new Refusal('The configuration has `organization`: a run would change other accounts.');
  if ('unknown' in suite) throw new Refusal(`Whether the baseline is deployed is unknown: ${suite.unknown}.`);
  if (suite.value.length > 0) {
    throw new Refusal(
      `The account has stacks ${stackName}-*, and a run would remove them with their log files. Use another account.`,
    );
  }
}

function refuseWorkloads(found: readonly string[]): void {
  if (found.length === 0) return;
  const shown = found.slice(0, 10).join(', ');
  const more = found.length > 10 ? `, and ${found.length - 10} more` : '';
  throw new Refusal(
    `The account has workloads: ${shown}${more}. Use an empty account, or --allow-workloads if nobody needs it.`,
  );
}

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : EXIT.refused;
    return;
  }
  if (error instanceof Refusal || error instanceof BaselineConfigError) {
    console.error(error.message);
    process.exitCode = EXIT.refused;
    return;
  }
  if (error instanceof CallFailed) {
    console.error(
      `The account could not be read: ${error.call}: ${error.message}\nSign in first, for example with \`aws login\`.`,
    );
    process.exitCode = EXIT.refused;
    return;
  }
  console.error(error);
  process.exitCode = EXIT.unexpected;
});
