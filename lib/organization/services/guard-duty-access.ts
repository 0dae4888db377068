import { trustedAccess, trustedAccessPermissions } from './trusted-access';

const NAME = 'GuardDutyAccess';
const PRINCIPAL = 'guardduty.amazonaws.com';

/** Trusted access of GuardDuty, for its delegated administrator and its policies. */
const guardDutyAccess = trustedAccess(NAME, PRINCIPAL);

export const permissions = /* @__PURE__ */ trustedAccessPermissions(NAME, PRINCIPAL);
export { guardDutyAccess as setting };
export const file = __filename;
