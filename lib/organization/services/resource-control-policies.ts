import { policyType, policyTypePermissions } from './policy-type';

const NAME = 'ResourceControlPolicies';
const TYPE = 'RESOURCE_CONTROL_POLICY';

const resourceControlPolicies = policyType(NAME, TYPE);

export const permissions = policyTypePermissions(NAME, TYPE);
export { resourceControlPolicies as setting };
export const file = __filename;
