import { policyType, policyTypePermissions } from './policy-type';

const NAME = 'ServiceControlPolicies';
const TYPE = 'SERVICE_CONTROL_POLICY';

const serviceControlPolicies = policyType(NAME, TYPE);

export const permissions = /* @__PURE__ */ policyTypePermissions(NAME, TYPE);
export { serviceControlPolicies as setting };
export const file = __filename;
