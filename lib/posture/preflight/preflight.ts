import { configuredDetections } from '../../detections/configured';
import type { BaselineConfig } from '../../config/config';
import type { StackTemplate } from '../../stacks/templates';
import type { Surroundings } from '../snapshot';
import { planAccessMode } from './access-mode';
import { planBaselines } from './baselines';
import { planDayZero } from './day-zero';
import { planGone } from './gone';
import { planIdentityCenter } from './identity-center';
import { planHardExpiry, planPasswordPolicy, planPeople } from './people';
import { planPipelines } from './pipelines';
import type { Entry, Plan } from './plan';
import { planQuotas } from './quotas';
import { planRootNotice } from './root-notice';
import { planSaml } from './saml';
import { planAlias, planRegions } from './settings';
import {
  planAnomalies,
  planCaller,
  planDashboard,
  planKey,
  planPlace,
  planServices,
  planStacks,
} from './surroundings';
import { planTrail } from './trail';

/**
 * Plans a deployment into the account.
 *
 * @param stacks what would be deployed
 */
export function preflight(
  snapshot: Surroundings,
  config: BaselineConfig,
  stacks: readonly StackTemplate[],
): Plan {
  const baselines = planBaselines(snapshot, config);
  return {
    account: snapshot.caller.account,
    region: snapshot.region,
    stackName: config.stackName,
    entries: [
      ...planCaller(snapshot),
      ...baselines,
      // Steps for single resources would destroy the baseline that exists.
      ...(baselines.length > 0 ? [] : planResources(snapshot, config, stacks)),
    ],
  };
}

function planResources(
  snapshot: Surroundings,
  config: BaselineConfig,
  stacks: readonly StackTemplate[],
): Entry[] {
  const templates = stacks.map(({ template }) => template);
  return [
    ...planStacks(snapshot, config),
    ...planPlace(snapshot),
    ...planTrail(
      snapshot,
      config,
      configuredDetections(config).length + Number(config.notifications.dashboard),
    ),
    planPasswordPolicy(snapshot, config),
    ...planHardExpiry(snapshot),
    ...planPeople(snapshot, config),
    ...planDayZero(snapshot, config),
    ...planAccessMode(snapshot, config),
    ...planSaml(snapshot, config),
    ...planPipelines(snapshot, config),
    ...planIdentityCenter(snapshot, config),
    ...planRootNotice(snapshot, config),
    ...planKey(snapshot, config),
    ...planDashboard(snapshot, config),
    ...planAnomalies(snapshot, config),
    ...planServices(snapshot, config),
    ...planAlias(snapshot, config),
    ...planRegions(snapshot, config),
    ...planGone(snapshot, config, stacks),
    ...planQuotas(snapshot, config, templates),
  ];
}
