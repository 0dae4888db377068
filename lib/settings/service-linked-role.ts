import type { IAM } from '@aws-sdk/client-iam';
import { orNull, type Permission, type Setting } from './setting';

/**
 * Whether the service-linked role of a service exists. The role is never deleted, because others may use it.
 *
 * @param service the service, such as `config.amazonaws.com`
 */
export function serviceLinkedRole(name: string, RoleName: string, service: string) {
  return {
    name,
    scope: 'account',
    async read({ iam }) {
      const found = await orNull('NoSuchEntityException', () => iam.getRole({ RoleName }));
      return found !== null;
    },
    write: ({ iam }, value) =>
      value ? iam.createServiceLinkedRole({ AWSServiceName: service }) : Promise.resolve(value),
    desired: () => true,
  } as const satisfies Setting<boolean, { readonly iam: IAM }>;
}

/** Permissions for the service-linked role of a service. */
export function serviceLinkedRolePermissions(name: string, RoleName: string, service: string) {
  return [
    {
      sid: name,
      actions: ['iam:CreateServiceLinkedRole', 'iam:GetRole'],
      resources: [{ service: 'iam', region: '', path: `role/aws-service-role/${service}/${RoleName}` }],
    },
  ] as const satisfies readonly Permission[];
}

export const file = __filename;
