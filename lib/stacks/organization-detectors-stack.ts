import type { Construct } from 'constructs';
import { DetectorPolicies } from '../organization/detectors/detector-policies';
import { detectorRegions } from '../organization/detectors/detector-regions';
import { OrganizationAnalyzers } from '../organization/detectors/organization-analyzers';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';
import { guardOrganization } from './guarded-organization';

/** Detectors in every account of the organization, billed by use to each. */
export class OrganizationDetectorsStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: ConfiguredStackProps) {
    super(scope, id, props);
    const { config } = props;
    const { organization } = config;
    const administrator = organization?.delegatedAdministrator?.account;
    if (!organization || administrator === undefined)
      throw new Error('organization.delegatedAdministrator must be configured, got nothing');
    const { rootId, ous, detectors } = organization;
    const { guardDuty, guardDutyPlans: plans, securityHub, accessAnalyzer } = detectors;
    const regions = detectorRegions(organization);
    const policies = new DetectorPolicies(this, 'Policies', {
      prefix: config.stackName,
      // The administrator uses them itself, wherever it is.
      targets: ous ? [...ous, administrator] : [rootId],
      guardDuty: guardDuty ? { regions, plans } : undefined,
      securityHub: securityHub ? regions : undefined,
    });
    if (accessAnalyzer) {
      new OrganizationAnalyzers(this, 'Analyzers', {
        name: this.stackName,
        rootId,
        administrator,
        regions,
      });
    }
    guardOrganization(this, config, organization, policies.created);
  }
}
