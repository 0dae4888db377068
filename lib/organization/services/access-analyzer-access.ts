import { trustedAccess, trustedAccessPermissions } from './trusted-access';

const NAME = 'AccessAnalyzerAccess';
const PRINCIPAL = 'access-analyzer.amazonaws.com';

/** Trusted access of IAM Access Analyzer, for its delegated administrator. */
const accessAnalyzerAccess = trustedAccess(NAME, PRINCIPAL);

export const permissions = /* @__PURE__ */ trustedAccessPermissions(NAME, PRINCIPAL);
export { accessAnalyzerAccess as setting };
export const file = __filename;
