import { trustedAccess, trustedAccessPermissions } from './trusted-access';

const NAME = 'SecurityHubAccess';
const PRINCIPAL = 'securityhub.amazonaws.com';

/** Trusted access of Security Hub, for its delegated administrator and its policies. */
const securityHubAccess = trustedAccess(NAME, PRINCIPAL);

export const permissions = /* @__PURE__ */ trustedAccessPermissions(NAME, PRINCIPAL);
export { securityHubAccess as setting };
export const file = __filename;
