import type { SuiteProtection } from '../access/guard';
import { KEY_ALIAS } from '../audit/key-alias';
import type { BaselineConfig } from '../config/config';

/** What the guard protects in the stacks of a configuration. */
export function suiteProtection(config: BaselineConfig): SuiteProtection {
  const { auditTrail, customerKey, detectors, federation, stackName } = config;
  return {
    prefix: stackName,
    keyAlias: customerKey ? KEY_ALIAS : undefined,
    trailName: auditTrail.trailName,
    logGroupName: auditTrail.existingLogGroup,
    samlProviderName: federation.saml?.name,
    ...detectors,
  };
}
