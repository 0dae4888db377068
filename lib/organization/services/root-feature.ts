import type { FeatureType, IAM } from '@aws-sdk/client-iam';
import { orNull, type Permission } from '../../settings/setting';
import type { ServiceSetting } from './service-setting';

/**
 * A feature of central root access. It requires trusted access of IAM.
 *
 * @param enable enables and disables it
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html
 */
export function rootFeature(
  name: string,
  feature: FeatureType,
  change: (iam: IAM, value: boolean) => Promise<unknown>,
) {
  return {
    name,
    scope: 'account',
    async read({ iam }) {
      //! Without trusted access, no feature is enabled.
      const found = await orNull('ServiceAccessNotEnabledException', () => iam.listOrganizationsFeatures({}));
      return found?.EnabledFeatures?.includes(feature) ?? false;
    },
    write: ({ iam }, value) => change(iam, value),
    desired: () => true,
  } as const satisfies ServiceSetting<boolean>;
}

/** Permission to read the features. */
export const READ_FEATURES = {
  sid: 'ReadCentralRootAccess',
  actions: ['iam:ListOrganizationsFeatures'],
} as const satisfies Permission;

export const file = __filename;
