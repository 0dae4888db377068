import { trustedAccess, trustedAccessPermissions } from './trusted-access';

const NAME = 'IamAccess';
const PRINCIPAL = 'iam.amazonaws.com';

/** Trusted access of IAM, which central root access needs. */
const iamAccess = trustedAccess(NAME, PRINCIPAL, async ({ iam }) => {
  const { EnabledFeatures = [] } = await iam.listOrganizationsFeatures({});
  return EnabledFeatures.length > 0 ? `central root access uses it` : undefined;
});

export const permissions = /* @__PURE__ */ trustedAccessPermissions(NAME, PRINCIPAL, {
  sid: 'FindCentralRootAccess',
  actions: ['iam:ListOrganizationsFeatures'],
});
export { iamAccess as setting };
export const file = __filename;
