import { isNamed, type Permission } from '../../settings/setting';
import type { ServiceSetting } from './service-setting';

/** What must be right before anything is changed. */
interface Found {
  readonly [field: string]: string | boolean;
  readonly id: string;
  readonly rootId: string;
  readonly allFeatures: boolean;
  /** ID of the account that manages the organization. */
  readonly manager: string;
  /** ID of the account that asks. */
  readonly account: string;
}

/** The organization and root that the configuration names. */
export interface NamedOrganization {
  readonly [field: string]: string;
  readonly id: string;
  readonly rootId: string;
}

/**
 * Checks that the account manages the configured organization, and changes nothing. All other settings of the
 * organization depend on it, so that a mistake has one message.
 */
const organization = {
  name: 'Organization',
  scope: 'account',
  async read({ organizations }, { accountId: account }) {
    try {
      const { Organization } = await organizations.describeOrganization({});
      const { Id: id = '', FeatureSet, MasterAccountId: manager = '' } = Organization ?? {};
      //! Only the management account may read the roots.
      const { Roots = [] } = manager === account ? await organizations.listRoots({}) : {};
      return { id, rootId: Roots[0]?.Id ?? '', allFeatures: FeatureSet === 'ALL', manager, account };
    } catch (error) {
      if (isNamed(error, 'AWSOrganizationsNotInUseException')) return null;
      throw error;
    }
  },
  write: (_, value) => Promise.resolve(value),
  desired(now, _, asked) {
    const { id, rootId } = asked as NamedOrganization;
    const mistake = mistakeIn(now, id, rootId);
    //! An error that begins with Validation is not retried.
    if (mistake) throw Object.assign(new Error(mistake), { name: 'ValidationError' });
    return now;
  },
} as const satisfies ServiceSetting<Found | null>;

function mistakeIn(found: Found | null, id: string, rootId: string): string | undefined {
  if (!found)
    return `this account has no organization; create it with all features, then set organization.id`;
  const { account, manager } = found;
  if (found.id !== id) return `organization.id is ${id}, but this account belongs to ${found.id}`;
  if (manager !== account)
    return `this is account ${account}; deploy it in the management account, which is ${manager}`;
  if (!found.allFeatures)
    return `${id} has consolidated billing only; enable all features of the organization first`;
  if (found.rootId !== rootId)
    return `organization.rootId is ${rootId}, but the root of ${id} is ${found.rootId}`;
  return undefined;
}

export const permissions = [
  { sid: 'Organization', actions: ['organizations:DescribeOrganization', 'organizations:ListRoots'] },
] as const satisfies readonly Permission[];

export { organization as setting };
export const file = __filename;
