import { delegation, delegationPermissions } from './delegation';

const NAME = 'IamAdministrator';
const PRINCIPAL = 'iam.amazonaws.com';

const iamAdministrator = delegation(NAME, PRINCIPAL);

export const permissions = /* @__PURE__ */ delegationPermissions(NAME, PRINCIPAL);
export { iamAdministrator as setting };
export const file = __filename;
