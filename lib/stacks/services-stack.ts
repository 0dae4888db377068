import type { Construct } from 'constructs';
import { detectorRegions } from '../organization/detectors/detector-regions';
import type { Organization } from '../organization/policies/policy';
import type { DelegatedService } from '../organization/services/delegated-services';
import { OrganizationServices } from '../organization/services/organization-services';
import { type Detector, DETECTORS, type Feature } from '../organization/services/services';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';

/** What the organization needs before it can have a trail, policies, and stacks in its members. */
export class ServicesStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: ConfiguredStackProps) {
    super(scope, id, props);
    const { organization } = props.config;
    if (!organization) throw new Error('organization must be configured, got nothing');
    const { id: organizationId, rootId, delegatedAdministrator, detectors } = organization;
    const names = (Object.keys(DETECTORS) as Detector[]).filter((name) => detectors[name]);
    new OrganizationServices(this, 'Services', {
      organizationId,
      rootId,
      features: featuresOf(organization),
      delegatedAdministrator: delegatedAdministrator && {
        account: delegatedAdministrator.account,
        services: delegatedServicesOf(organization),
      },
      detectors:
        names.length > 0 && delegatedAdministrator
          ? { names, administrator: delegatedAdministrator.account, regions: detectorRegions(organization) }
          : undefined,
    });
  }
}

/** Services that the security account administers. Analyzers of the organization need it. */
function delegatedServicesOf({ delegatedAdministrator, detectors }: Organization): DelegatedService[] {
  const services = delegatedAdministrator?.services ?? [];
  return [...new Set([...services, ...(detectors.accessAnalyzer ? (['access-analyzer'] as const) : [])])];
}

function featuresOf({ trail, centralRoot, policies }: Organization): Feature[] {
  const { instances, outsiders, ...controls } = policies;
  const isEnforced = (mode: string) => mode === 'enforce';
  return [
    'stackSetsAccess',
    ...(trail ? (['cloudTrailAccess'] as const) : []),
    ...(centralRoot ? (['rootCredentials', 'rootSessions'] as const) : []),
    ...(Object.values(controls).some(isEnforced) ? (['serviceControlPolicies'] as const) : []),
    ...(isEnforced(outsiders) ? (['resourceControlPolicies'] as const) : []),
    ...(isEnforced(instances) ? (['declarativePolicies'] as const) : []),
  ];
}
