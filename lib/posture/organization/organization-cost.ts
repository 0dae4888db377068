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
 * organization, events and log files grow with the number of accounts; what a member gets costs nothing,
 * except for GuardDuty. Security Hub and most protection plans are not included.
 */
export function organizationCost(config: BaselineConfig, accounts: number): OrganizationCost {
  const stacks = templatesOf(config);
  const [audit, others] = [true, false].map((isAudit) =>
    stacks
      .filter(({ stackName }) => stackName.endsWith('-Audit') === isAudit)
      .map(({ template }) => template),
  );
  const factor = organizationTrailOf(config) ? accounts : 1;
  const cost = (account: Account) =>
    totalOf(costOf(audit ?? [], times(account, factor))) +
    totalOf(costOf(others ?? [], account)) +
    // The management account may have a detector of its own, which the policy adopts.
    guardDutyCost(config, account) * (accounts - (config.detectors.guardDuty ? 1 : 0));
  return { accounts, idleUsd: cost(ACCOUNTS.idle), busyUsd: cost(ACCOUNTS.busy) };
}

/** Monthly cost of the GuardDuty that a policy of the organization enables in one account. */
function guardDutyCost({ organization }: BaselineConfig, account: Account): number {
  if (!organization?.detectors.guardDuty) return 0;
  const Status = organization.detectors.guardDutyPlans.includes('s3_data_events') ? 'ENABLED' : 'DISABLED';
  const Features = [{ Name: 'S3_DATA_EVENTS', Status }];
  const Detector = { Type: 'AWS::GuardDuty::Detector', Properties: { Features } };
  return totalOf(costOf([{ Resources: { Detector } }], account));
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
