import { ACCOUNTS } from '../../catalog/prices';
import type { BaselineConfig } from '../../config/config';
import { type AccessPaths, accessPaths } from '../../explain/access-paths';
import { ConfiguredStacks } from '../../explain/configured';
import { templatesOf } from '../../stacks/templates';
import { costOf, totalOf } from '../cost';
import type { Posture } from '../finding';
import { type Cost, render } from '../report';
import { trendOf } from '../report/trend';
import { earlierReport } from './earlier-report';
import { EXIT, UsageError } from './exit-code';
import type { Options } from './options';
import { outputOf } from './output';
import { synthesizing } from './reading';
import { postureOf } from './verify';

/** Default file for the HTML report, which is not printed to the terminal. */
const PAGE = 'baseline-report.html';

/**
 * Writes the findings of `verify` as HTML or in a machine-readable format. Failed checks do not change the
 * exit code.
 */
export async function reportCommand(options: Options, config: BaselineConfig): Promise<number> {
  const { format = options.json === true ? 'json' : 'html' } = options;
  const before = options.since === undefined ? undefined : earlierReport(options.since);
  const posture = await postureOf(options, config);
  if (before && before.account !== posture.account) {
    throw new UsageError(
      `--since ${options.since ?? ''} is a report of account ${before.account}, not ${posture.account}`,
    );
  }
  const parts =
    format === 'html'
      ? await synthesizing(options, () => ({ cost: costOfConfig(config), paths: pathsOf(config, posture) }))
      : {};
  const text = render(posture, format, {
    ...parts,
    profile: config.profile,
    docs: docsOf(config),
    trend: before && trendOf(before, posture),
  });
  const output = options.output ?? (format === 'html' ? PAGE : undefined);
  outputOf({ ...options, output }).print(text);
  if (output !== undefined && options.quiet !== true) console.error(`Written to ${output}`);
  return EXIT.ok;
}

/** The requests of the access matrix, by the templates; undefined if these do not say enough. */
function pathsOf(config: BaselineConfig, { account, partition, region }: Posture): AccessPaths | undefined {
  const place = { account, partition, region };
  const policies = new ConfiguredStacks(config).policies(place);
  try {
    return accessPaths(policies, { ...place, stackName: config.stackName });
  } catch {
    return undefined;
  }
}

function costOfConfig(config: BaselineConfig): Cost {
  const templates = templatesOf(config).map(({ template }) => template);
  const idle = costOf(templates, ACCOUNTS.idle);
  return {
    idle: totalOf(idle),
    busy: totalOf(costOf(templates, ACCOUNTS.busy)),
    lines: idle.filter(({ usd }) => usd >= 0.005).map(({ price, usd }) => ({ what: price.what, usd })),
  };
}

/** URL of docs/, if the configured runbooks URL ends in docs/runbooks/. */
function docsOf({ notifications: { runbooks } }: BaselineConfig): string | undefined {
  return runbooks.startsWith('https://') && runbooks.endsWith('/docs/runbooks/')
    ? runbooks.slice(0, -'runbooks/'.length)
    : undefined;
}
