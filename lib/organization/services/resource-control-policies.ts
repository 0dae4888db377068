import { policyType, policyTypePermissions } from './policy-type';

const NAME = 'ResourceControlPolicies';
const TYPE = 'RESOURCE_CONTROL_POLICY';

const resourceControlPolicies = policyType(NAME, TYPE);

export const permissions = /* @__PURE__ */ policyTypePermissions(NAME, TYPE);
export { resourceControlPolicies as setting };
export const file = __filename;
