import type { BaselineConfig } from '../../config/config';
import { logGroupName } from '../baseline-parts';
import type { Clients } from '../clients';
import { readAccount, readCaller } from '../collect/account';
import { readMembers } from '../organization/members';
import { PolicyPlan } from '../organization/plan-policies';
import { plannedPolicies } from '../organization/planned-policies';
import { type PolicyPlanResult, renderPolicyPlan } from '../organization/render-policy-plan';
import { readTrailEvents } from '../organization/trail-events';
import type { Caller } from '../snapshot';
import { asJson } from '../json';
import { EXIT, UsageError } from './exit-code';
import type { Options } from './options';
import { organizationOf } from './org';
import { outputOf } from './output';
import { reading } from './reading';

const DAYS = 14;
/** About a gigabyte of events, in a few minutes. */
const PAGES = 1000;
const DAY_MS = 86_400_000;

/** Shows which recent calls the policies of the organization would have denied. */
export async function orgPlanCommand(options: Options, config: BaselineConfig): Promise<number> {
  const organization = organizationOf(config);
  const { policies, left } = plannedPolicies(organization, config, options.policy);
  if (policies.length === 0) {
    throw new UsageError(
      [
        'There is no policy to evaluate. Set one of organization.policies to observe, or name it with --policy.',
        ...left.map(({ policy, why }) => `${policy}: ${why}`),
      ].join('\n'),
    );
  }
  const plan = await reading(options, config, async (clients, say): Promise<PolicyPlanResult> => {
    const caller = await readCaller(clients);
    const { members, skipped, managementAccount } = await readMembers(clients, config, {});
    const logGroup = options.logGroup ?? (await logGroupOf(clients, caller, config));
    const found = new PolicyPlan(policies, {
      organization: organization.id,
      accounts: new Set([...members, ...skipped].map(({ id }) => id)),
      covered: new Set(members.map(({ id }) => id)),
    });
    const now = new Date();
    const since = new Date(now.valueOf() - (options.days ?? DAYS) * DAY_MS);
    const { ignored, readUntil } = await readTrailEvents(
      clients,
      { logGroup, since, managementAccount, mostPages: options.pages ?? PAGES },
      (event) => {
        found.add(event);
      },
      (pages, events) => {
        say(`Read ${events} events in ${pages} pages`);
      },
    );
    return {
      logGroup,
      since: since.toISOString(),
      until: (readUntil ?? now).toISOString(),
      isCut: readUntil !== undefined,
      calls: found.calls,
      ignored,
      policies: policies.map(({ name }) => name),
      left,
      denials: found.denials,
    };
  });
  const output = outputOf(options);
  output.print(options.json === true ? asJson(plan) : renderPolicyPlan(plan, output));
  return plan.denials.length > 0 ? EXIT.failed : EXIT.ok;
}

/** The log group of the baseline's trail. */
async function logGroupOf(clients: Clients, caller: Caller, config: BaselineConfig): Promise<string> {
  const { suite } = await readAccount(clients, caller, config);
  const name = logGroupName(suite, config);
  if ('value' in name) return name.value;
  throw new UsageError(
    `The log group of the trail was not found: ${name.unknown}. Name it with --log-group.`,
  );
}
