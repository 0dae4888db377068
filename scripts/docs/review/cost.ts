import { METADATA_KEY } from '../../../lib/catalog/parts';
import { ACCOUNTS, freeBecause, type PriceId } from '../../../lib/catalog/prices';
import { costOf, PRICE_LIST, totalOf } from '../../../lib/posture/cost';
import { unitPrice, usd } from '../../cost/format';
import { property, type Resource, type Reviewed } from './template';

/** Prices that only some resources of their type cause. */
const ONLY: Readonly<Partial<Record<PriceId, (resource: Resource) => boolean>>> = {
  snsMails: (resource) => property(resource, 'Protocol') === 'email',
  snsHttps: (resource) => property(resource, 'Protocol') === 'https',
  // The other functions run when something is deployed, or once a day.
  lambdaRequests: ({ Metadata }) => partOf(Metadata) === 'explainer',
};

/**
 * What a resource costs, as the price list has it.
 *
 * @throws {Error} if the price list does not know the type
 */
export function priceOf(resource: Resource): string {
  const ofType = PRICE_LIST.filter(([, { types }]) => types.includes(resource.Type));
  if (ofType.length === 0 && freeBecause(resource.Type) === undefined) {
    throw new Error(`lib/catalog/prices.ts knows no price of ${resource.Type}`);
  }
  const prices = ofType.filter(([id]) => ONLY[id]?.(resource) ?? true);
  return prices.map(([, price]) => `${price.what}: ${unitPrice(price)}`).join('; ') || 'nothing';
}

function partOf(metadata: Resource['Metadata']): unknown {
  return (metadata?.[METADATA_KEY] as { part?: unknown } | undefined)?.part;
}

/** What a stack costs a month, by itself, for the two accounts of the price list. */
export function costLine({ template }: Reviewed): string {
  const [idle, busy] = [costOf([template], ACCOUNTS.idle), costOf([template], ACCOUNTS.busy)];
  const lines = busy.filter((line) => line.usd >= 0.005).map((line) => `${line.price.what} ${usd(line.usd)}`);
  const sums =
    `USD ${usd(totalOf(idle))} a month in an idle account, USD ${usd(totalOf(busy))} in a small and busy one, and ` +
    `USD ${usd(totalOf(busy, 'usdAtFullPrice'))} there if the rest of the account uses up the free tiers`;
  return lines.length === 0 ? sums : `${sums}. Busy: ${lines.join(', ')}`;
}
