import type { Permission } from '../../settings/setting';
import { READ_FEATURES, rootFeature } from './root-feature';

/** Sessions in which the management account does what only root of a member can. */
const rootSessions = rootFeature('RootSessions', 'RootSessions', (iam, value) =>
  value ? iam.enableOrganizationsRootSessions({}) : iam.disableOrganizationsRootSessions({}),
);

export const permissions = [
  READ_FEATURES,
  {
    sid: 'RootSessions',
    actions: ['iam:DisableOrganizationsRootSessions', 'iam:EnableOrganizationsRootSessions'],
  },
] as const satisfies readonly Permission[];
export { rootSessions as setting };
export const file = __filename;
