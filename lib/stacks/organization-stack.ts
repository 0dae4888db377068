import { Group, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { usersByRole } from '../access/assumable-roles';
import { PERSON_ROLES, type PersonRole, personRoleName, RIGHTS_OF } from '../access/person-roles';
import type { BaselineConfig } from '../config/config';
import { OrganizationGuard } from '../organization/organization-guard';
import { OrganizationPolicies } from '../organization/organization-policies';
import { type Organization, policyOptions } from '../organization/policies/policy';
import {
  inOrder,
  OrganizationAccounts,
  OrganizationUnits,
} from '../organization/structure/organization-structure';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';
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
    this.guard(props.config, organization, policies);
    this.outputIds(structure, members);
  }

  /** Denies administrators to change the policies and StackSets outside CloudFormation. */
  private guard(
    config: BaselineConfig,
    { id: organizationId, rootId }: Organization,
    { created }: OrganizationPolicies,
  ): void {
    const { access, stackName } = config;
    if (!access.guard) return;
    new OrganizationGuard(this, 'Guard', {
      prefix: stackName,
      organizationId,
      rootId,
      policyArns: created.map(({ attrArn }) => attrArn),
      // By name: another stack creates them, and keeps them when it is deleted.
      group: Group.fromGroupName(this, 'Administrators', access.groupName),
      roles: guardedRoles(config).map((name) =>
        Role.fromRoleName(this, name, personRoleName(stackName, name)),
      ),
    });
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

/** Roles of the stack Roles that can change the organization. It creates those that somebody may assume. */
function guardedRoles(config: BaselineConfig): PersonRole[] {
  const { access, federation } = config;
  if (access.mode !== 'roles' && !federation.saml) return [];
  const users = usersByRole(config);
  const federated = (federation.saml?.roles ?? []).map(({ role }) => role);
  return PERSON_ROLES.filter(
    (name) => RIGHTS_OF[name].isGuarded && (users[name].length > 0 || federated.includes(name)),
  );
}
