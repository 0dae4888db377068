import { policyType, policyTypePermissions } from './policy-type';

const NAME = 'GuardDutyPolicies';
const TYPE = 'GUARDDUTY_POLICY';

/**
 * The type of policies that enable GuardDuty. While it is enabled, GuardDuty no longer enables itself in new
 * accounts by the settings of its administrator, even if no policy is attached.
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-organization-policies.html
 */
const guardDutyPolicies = policyType(NAME, TYPE);

export const permissions = /* @__PURE__ */ policyTypePermissions(NAME, TYPE);
export { guardDutyPolicies as setting };
export const file = __filename;
