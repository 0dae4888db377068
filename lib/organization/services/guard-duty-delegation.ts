import { delegationPermissions } from './delegation';
import { soleDelegation } from './sole-administrator';

const NAME = 'GuardDutyDelegation';
const PRINCIPAL = 'guardduty.amazonaws.com';

const guardDutyDelegation = soleDelegation(NAME, PRINCIPAL);

export const permissions = /* @__PURE__ */ delegationPermissions(NAME, PRINCIPAL);
export { guardDutyDelegation as setting };
export const file = __filename;
