import { delegation, delegationPermissions } from './delegation';

const NAME = 'AccessAnalyzerAdministrator';
const PRINCIPAL = 'access-analyzer.amazonaws.com';

const accessAnalyzerAdministrator = delegation(NAME, PRINCIPAL);

export const permissions = /* @__PURE__ */ delegationPermissions(NAME, PRINCIPAL);
export { accessAnalyzerAdministrator as setting };
export const file = __filename;
