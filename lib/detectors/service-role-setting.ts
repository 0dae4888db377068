import { serviceLinkedRole, serviceLinkedRolePermissions } from '../settings/service-linked-role';

const NAME = 'ConfigServiceRole';
const ROLE = 'AWSServiceRoleForConfig';
const SERVICE = 'config.amazonaws.com';

const configServiceRole = serviceLinkedRole(NAME, ROLE, SERVICE);

export const permissions = /* @__PURE__ */ serviceLinkedRolePermissions(NAME, ROLE, SERVICE);
/** Each Region has a recorder, and the role is never deleted. */
export const mayRepeat = true;
export { configServiceRole as setting };
export const file = __filename;
