import { delegationPermissions } from './delegation';
import { soleDelegation } from './sole-administrator';

const NAME = 'SecurityHubDelegation';
const PRINCIPAL = 'securityhub.amazonaws.com';

const securityHubDelegation = soleDelegation(NAME, PRINCIPAL);

export const permissions = /* @__PURE__ */ delegationPermissions(NAME, PRINCIPAL);
export { securityHubDelegation as setting };
export const file = __filename;
