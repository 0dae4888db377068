import { configuredDetections } from '../../detections/configured';
import type { BaselineConfig } from '../../config/config';
import type { Surroundings } from '../snapshot';
import { planAccessMode } from './access-mode';
import { planIdentityCenter } from './identity-center';
import { planPasswordPolicy, planPeople } from './people';
import { planPipelines } from './pipelines';
import type { Plan } from './plan';
import { planQuotas } from './quotas';
import { planRootNotice } from './root-notice';
import { planSaml } from './saml';
import { planAnomalies, planCaller, planKey, planPlace, planServices, planStacks } from './surroundings';
import { planTrail } from './trail';

/**
 * Plans a deployment into the account.
 *
 * @param templates what would be deployed
 */
export function preflight(
  snapshot: Surroundings,
  config: BaselineConfig,
  templates: readonly unknown[],
): Plan {
  return {
    account: snapshot.caller.account,
    region: snapshot.region,
    stackName: config.stackName,
    entries: [
      ...planCaller(snapshot),
      ...planStacks(snapshot, config),
      ...planPlace(snapshot),
      ...planTrail(
        snapshot,
        config,
        configuredDetections(config).length + Number(config.notifications.dashboard),
      ),
      planPasswordPolicy(snapshot, config),
      ...planPeople(snapshot, config),
      ...planAccessMode(snapshot, config),
      ...planSaml(snapshot, config),
      ...planPipelines(snapshot, config),
      ...planIdentityCenter(snapshot, config),
      ...planRootNotice(snapshot, config),
      ...planKey(snapshot, config),
      ...planAnomalies(snapshot, config),
      ...planServices(snapshot, config),
      ...planQuotas(snapshot, config, templates),
    ],
  };
}
