import type { Construct } from 'constructs';
import type { Organization } from '../organization/policies/policy';
import { OrganizationServices } from '../organization/services/organization-services';
import type { Feature } from '../organization/services/services';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';

/** What the organization needs before it can have a trail, policies, and stacks in its members. */
export class ServicesStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: ConfiguredStackProps) {
    super(scope, id, props);
    const { organization } = props.config;
    if (!organization) throw new Error('organization must be configured, got nothing');
    const { id: organizationId, rootId, delegatedAdministrator } = organization;
    new OrganizationServices(this, 'Services', {
      organizationId,
      rootId,
      features: featuresOf(organization),
      delegatedAdministrator,
    });
  }
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
