import { allPages } from './all-pages';
import { soleAdministrator, soleAdministratorPermissions } from './sole-administrator';

const NAME = 'GuardDutyAdministrator';

/**
 * The administrator of GuardDuty, which enables GuardDuty in its own account. Each Region has one, and all
 * Regions must have the same.
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_organizations.html
 */
const guardDutyAdministrator = soleAdministrator(NAME, 'GuardDuty', 'Region', {
  async read({ guardDuty }) {
    const found = await allPages(
      (NextToken) => guardDuty.listOrganizationAdminAccounts({ NextToken }),
      (page) => page.AdminAccounts,
    );
    return found.find(({ AdminStatus }) => AdminStatus === 'ENABLED')?.AdminAccountId ?? null;
  },
  enable: ({ guardDuty }, AdminAccountId) => guardDuty.enableOrganizationAdminAccount({ AdminAccountId }),
  disable: ({ guardDuty }, AdminAccountId) => guardDuty.disableOrganizationAdminAccount({ AdminAccountId }),
  refusal: 'BadRequestException',
});

export const permissions = /* @__PURE__ */ soleAdministratorPermissions(NAME, 'guardduty');
export { guardDutyAdministrator as setting };
export const file = __filename;
