import { policyType, policyTypePermissions } from './policy-type';

const NAME = 'DeclarativePolicies';
const TYPE = 'DECLARATIVE_POLICY_EC2';

const declarativePolicies = policyType(NAME, TYPE);

export const permissions = /* @__PURE__ */ policyTypePermissions(NAME, TYPE);
export { declarativePolicies as setting };
export const file = __filename;
