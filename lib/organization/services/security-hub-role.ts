import { serviceLinkedRole, serviceLinkedRolePermissions } from '../../settings/service-linked-role';

const NAME = 'SecurityHubRole';
const ROLE = 'AWSServiceRoleForSecurityHubV2';
const SERVICE = 'securityhubv2.amazonaws.com';

/**
 * The role without which a policy does not enable Security Hub in the management account.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_security_hub_getting_started.html
 */
const securityHubRole = serviceLinkedRole(NAME, ROLE, SERVICE);

export const permissions = /* @__PURE__ */ serviceLinkedRolePermissions(NAME, ROLE, SERVICE);
export { securityHubRole as setting };
export const file = __filename;
