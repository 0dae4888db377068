import { serviceLinkedRole, serviceLinkedRolePermissions } from '../../settings/service-linked-role';

const NAME = 'GuardDutyRole';
const ROLE = 'AWSServiceRoleForAmazonGuardDuty';
const SERVICE = 'guardduty.amazonaws.com';

/**
 * The role without which a policy does not enable GuardDuty in the management account.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_guardduty_getting_started.html
 */
const guardDutyRole = serviceLinkedRole(NAME, ROLE, SERVICE);

export const permissions = /* @__PURE__ */ serviceLinkedRolePermissions(NAME, ROLE, SERVICE);
export { guardDutyRole as setting };
export const file = __filename;
