import { trustedAccess, trustedAccessPermissions } from './trusted-access';

const NAME = 'AccountAccess';
const PRINCIPAL = 'account.amazonaws.com';

/** Trusted access of Account Management, for its delegated administrator. */
const accountAccess = trustedAccess(NAME, PRINCIPAL);

export const permissions = /* @__PURE__ */ trustedAccessPermissions(NAME, PRINCIPAL);
export { accountAccess as setting };
export const file = __filename;
