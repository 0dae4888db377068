import type { BaselineConfig } from '../../config/config';
import { readCaller } from '../collect/account';
import { collectOrganization } from '../organization/collect-surroundings';
import { organizationCost } from '../organization/organization-cost';
import { planOrganization } from '../organization/plan-organization';
import type { Entry } from '../preflight/plan';
import { renderPlan } from '../render-plan';
import { asJson } from '../json';
import { EXIT } from './exit-code';
import type { Options } from './options';
import { outputOf, shownOf } from './output';
import { reading } from './reading';

/** Prints what the organization has, what a deployment would do about it, and what it costs. */
export async function orgPreflightCommand(options: Options, config: BaselineConfig): Promise<number> {
  const surroundings = await reading(options, config, async (clients) =>
    collectOrganization(clients, await readCaller(clients), config),
  );
  const plan = planOrganization(surroundings, config, (accounts) => organizationCost(config, accounts));
  const output = outputOf(options);
  const isStop = ({ action }: Entry) => action === 'stop';
  const entries = shownOf(options, plan.entries, isStop);
  if (options.json === true) output.print(asJson(plan));
  else if (entries) output.print(renderPlan({ ...plan, entries }, output));
  return plan.entries.some(isStop) ? EXIT.failed : EXIT.ok;
}
