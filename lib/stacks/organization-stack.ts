import type { Construct } from 'constructs';
import { OrganizationPolicies } from '../organization/organization-policies';
import { policyOptions } from '../organization/policies/policy';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';

/** What the management account decides for the members of its organization. */
export class OrganizationStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: ConfiguredStackProps) {
    super(scope, id, props);
    const { organization } = props.config;
    if (!organization) throw new Error('organization must be configured, got nothing');
    new OrganizationPolicies(this, 'Policies', {
      organization,
      options: policyOptions(organization, props.config),
    });
  }
}
