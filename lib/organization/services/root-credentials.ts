import type { Permission } from '../../settings/setting';
import { READ_FEATURES, rootFeature } from './root-feature';

/** Members' root users need no credentials, and accounts that are created have none. */
const rootCredentials = rootFeature('RootCredentials', 'RootCredentialsManagement', (iam, value) =>
  value
    ? iam.enableOrganizationsRootCredentialsManagement({})
    : iam.disableOrganizationsRootCredentialsManagement({}),
);

export const permissions = [
  READ_FEATURES,
  {
    sid: 'RootCredentials',
    actions: [
      'iam:DisableOrganizationsRootCredentialsManagement',
      'iam:EnableOrganizationsRootCredentialsManagement',
    ],
  },
] as const satisfies readonly Permission[];
export { rootCredentials as setting };
export const file = __filename;
