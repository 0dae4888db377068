import { delegation, delegationPermissions } from './delegation';

const NAME = 'AccountAdministrator';
const PRINCIPAL = 'account.amazonaws.com';

const accountAdministrator = delegation(NAME, PRINCIPAL);

export const permissions = /* @__PURE__ */ delegationPermissions(NAME, PRINCIPAL);
export { accountAdministrator as setting };
export const file = __filename;
