import { allPages } from './all-pages';
import { soleAdministrator, soleAdministratorPermissions } from './sole-administrator';

const NAME = 'SecurityHubAdministrator';
/** The current generation. Without it, the calls are about Security Hub CSPM. */
const Feature = 'SecurityHubV2';

/**
 * The administrator of Security Hub. One Region is enough.
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-enable.html
 */
const securityHubAdministrator = soleAdministrator(NAME, 'Security Hub', 'account', {
  async read({ securityHub }) {
    const found = await allPages(
      (NextToken) => securityHub.listOrganizationAdminAccounts({ Feature, NextToken }),
      (page) => page.AdminAccounts,
    );
    return found.find(({ Status }) => Status === 'ENABLED')?.AccountId ?? null;
  },
  enable: ({ securityHub }, AdminAccountId) =>
    securityHub.enableOrganizationAdminAccount({ AdminAccountId, Feature }),
  disable: ({ securityHub }, AdminAccountId) =>
    securityHub.disableOrganizationAdminAccount({ AdminAccountId, Feature }),
  refusal: 'InvalidInputException',
});

export const permissions = /* @__PURE__ */ soleAdministratorPermissions(NAME, 'securityhub');
export { securityHubAdministrator as setting };
export const file = __filename;
