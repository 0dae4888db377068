import { ACCOUNTS } from '../../catalog/prices';
import type { BaselineConfig } from '../../config/config';
import { templatesOf } from '../../stacks/templates';
import { costOf, totalOf } from '../cost';
import { type Cost, render } from '../report';
import { EXIT } from './exit-code';
import type { Options } from './options';
import { outputOf } from './output';
import { postureOf } from './verify';

/** Where the page for people goes: a terminal is no place for it. */
const PAGE = 'baseline-report.html';

/** What `verify` finds, as a page for people or in a format of tools. It says what is wrong and succeeds all the same. */
export async function reportCommand(options: Options, config: BaselineConfig): Promise<number> {
  const { format = options.json === true ? 'json' : 'html' } = options;
  const posture = await postureOf(options, config);
  const text = render(posture, format, {
    cost: format === 'html' ? costOfConfig(config) : undefined,
    docs: docsOf(config),
  });
  const output = options.output ?? (format === 'html' ? PAGE : undefined);
  outputOf({ ...options, output }).print(text);
  if (output !== undefined) console.error(`Written to ${output}`);
  return EXIT.ok;
}

function costOfConfig(config: BaselineConfig): Cost {
  const templates = templatesOf(config).map(({ template }) => template);
  const idle = costOf(templates, ACCOUNTS.idle);
  return {
    profile: config.profile,
    idle: totalOf(idle),
    busy: totalOf(costOf(templates, ACCOUNTS.busy)),
    lines: idle.filter(({ usd }) => usd >= 0.005).map(({ price, usd }) => ({ what: price.what, usd })),
  };
}

/** The runbooks are in docs/runbooks/; where a copy of it is known, the rest of docs/ is beside it. */
function docsOf({ notifications: { runbooks } }: BaselineConfig): string | undefined {
  return runbooks.startsWith('https://') && runbooks.endsWith('/docs/runbooks/')
    ? runbooks.slice(0, -'runbooks/'.length)
    : undefined;
}
