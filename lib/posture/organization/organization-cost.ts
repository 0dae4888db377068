import { type Account, ACCOUNTS } from '../../catalog/prices';
import type { BaselineConfig } from '../../config/config';
import { organizationTrailOf } from '../../organization/organization-trail';
import { templatesOf } from '../../stacks/templates';
import { costOf, totalOf } from '../cost';

/** Monthly cost in USD. */
export interface OrganizationCost {
  /** Number of active accounts. */
  readonly accounts: number;
  /** If every account is idle. */
  readonly idleUsd: number;
  /** If every account is that of a small team. */
  readonly busyUsd: number;
}

/**
 * Monthly cost of the baseline for an organization, a year after the deployment. With the trail of the
 * organization, events and log files grow with the number of accounts; what a member gets costs nothing.
 */
export function organizationCost(config: BaselineConfig, accounts: number): OrganizationCost {
  const [audit, others] = [true, false].map((isAudit) =>
    templatesOf(config)
      .filter(({ stackName }) => stackName.endsWith('-Audit') === isAudit)
      .map(({ template }) => template),
  );
  const factor = organizationTrailOf(config) ? accounts : 1;
  const cost = (account: Account) =>
    totalOf(costOf(audit ?? [], times(account, factor))) + totalOf(costOf(others ?? [], account));
  return { accounts, idleUsd: cost(ACCOUNTS.idle), busyUsd: cost(ACCOUNTS.busy) };
}

/** An account with the events and log files of several. */
function times(account: Account, factor: number): Account {
  const { events, objectRequests, activeRegions, regions } = account;
  return {
    ...account,
    events: events * factor,
    objectRequests: objectRequests * factor,
    activeRegions: activeRegions * factor,
    regions: regions * factor,
  };
}
