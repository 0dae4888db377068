import { ACCOUNTS } from '../../lib/catalog/prices';
import type { BaselineConfig } from '../../lib/config/config';
import { costOf, totalOf } from '../../lib/posture/cost';
import { templatesOf } from '../../lib/stacks/templates';
import { usd } from '../cost/format';

const DAYS_OF_MONTH = 30;

/** What a run costs, in sentences. Free tiers may be used up, so they do not count. */
export function estimateOf(config: BaselineConfig): string {
  const templates = templatesOf(config).map(({ template }) => template);
  const month = totalOf(costOf(templates, ACCOUNTS.busy, 1), 'usdAtFullPrice');
  return [
    `A day with this configuration costs about ${usd(month / DAYS_OF_MONTH)} USD at list prices, without any free tier.`,
    `If you stop before the clean-up, what is deployed costs up to ${usd(month)} USD a month.`,
  ].join('\n');
}
