import { Group, Role } from 'aws-cdk-lib/aws-iam';
import type { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import type { Construct } from 'constructs';
import { usersByRole } from '../access/assumable-roles';
import { PERSON_ROLES, type PersonRole, personRoleName, RIGHTS_OF } from '../access/person-roles';
import type { BaselineConfig } from '../config/config';
import { OrganizationGuard } from '../organization/organization-guard';
import type { Organization } from '../organization/policies/policy';

/** Keeps administrators from changing policies of the organization and StackSets outside CloudFormation. */
export function guardOrganization(
  scope: Construct,
  config: BaselineConfig,
  { id: organizationId, rootId }: Organization,
  policies: readonly CfnPolicy[],
): void {
  const { access, stackName } = config;
  if (!access.guard) return;
  new OrganizationGuard(scope, 'Guard', {
    prefix: stackName,
    organizationId,
    rootId,
    policyArns: policies.map(({ attrArn }) => attrArn),
    // By name: another stack creates them, and keeps them when it is deleted.
    group: Group.fromGroupName(scope, 'Administrators', access.groupName),
    roles: guardedRoles(config).map((name) =>
      Role.fromRoleName(scope, name, personRoleName(stackName, name)),
    ),
  });
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
