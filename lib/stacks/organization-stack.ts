import type { Construct } from 'constructs';
import { OrganizationPolicies } from '../organization/organization-policies';
import { policyOptions } from '../organization/policies/policy';
import {
  inOrder,
  OrganizationAccounts,
  OrganizationUnits,
} from '../organization/structure/organization-structure';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';
import { guardOrganization } from './guarded-organization';
import { outputNames } from './output-names';

type IdOutput = readonly [kind: 'Unit' | 'Account', name: string, id: string];

/** What the management account decides for the members of its organization. */
export class OrganizationStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: ConfiguredStackProps) {
    super(scope, id, props);
    const { organization } = props.config;
    if (!organization) throw new Error('organization must be configured, got nothing');
    const { rootId, units, accounts } = organization;
    const structure = new OrganizationUnits(this, 'Units', { rootId, units });
    const policies = new OrganizationPolicies(this, 'Policies', {
      organization,
      options: policyOptions(organization, props.config),
    });
    const members = new OrganizationAccounts(this, 'Accounts', { accounts, units: structure });
    // An account begins with the policies that protect it. All change the organization, one at a time.
    const groups = [[...structure.created.values()], policies.created, [...members.created.values()]];
    inOrder(groups.flat());
    guardOrganization(this, props.config, organization, policies.created);
    this.outputIds(structure, members);
  }

  /** The configuration takes over what exists by these IDs. */
  private outputIds(units: OrganizationUnits, accounts: OrganizationAccounts): void {
    const ids = [
      ...[...units.created].map(([path, unit]): IdOutput => ['Unit', path, unit.attrId]),
      ...[...accounts.created].map(([name, account]): IdOutput => ['Account', name, account.attrAccountId]),
    ];
    const names = outputNames(ids.map(([kind, name]) => `${kind}${name}`));
    ids.forEach(([kind, name, id], index) => {
      this.output(names[index] ?? '', id, `ID of the ${kind === 'Unit' ? 'OU' : 'account'} ${name}`);
    });
  }
}
