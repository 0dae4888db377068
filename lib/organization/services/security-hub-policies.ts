import { policyType, policyTypePermissions } from './policy-type';

const NAME = 'SecurityHubPolicies';
const TYPE = 'SECURITYHUB_POLICY';

const securityHubPolicies = policyType(NAME, TYPE);

export const permissions = /* @__PURE__ */ policyTypePermissions(NAME, TYPE);
export { securityHubPolicies as setting };
export const file = __filename;
