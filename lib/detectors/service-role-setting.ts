import { type Clients, isNamed, type Setting, type Permission } from '../settings/setting';

/**
 * Whether the service-linked role of AWS Config exists. The role is never deleted, because others may use it.
 */
const configServiceRole = {
  name: 'ConfigServiceRole',
  scope: 'account',
  async read({ iam }) {
    try {
      await iam.getRole({ RoleName: 'AWSServiceRoleForConfig' });
      return true;
    } catch (error) {
      if (isNamed(error, 'NoSuchEntityException')) return false;
      throw error;
    }
  },
  write: ({ iam }, value) =>
    value ? iam.createServiceLinkedRole({ AWSServiceName: 'config.amazonaws.com' }) : Promise.resolve(value),
  desired: () => true,
} as const satisfies Setting<boolean, Pick<Clients, 'iam'>>;

export const permissions = [
  {
    sid: 'ConfigServiceRole',
    actions: ['iam:CreateServiceLinkedRole', 'iam:GetRole'],
    resources: [
      {
        service: 'iam',
        region: '',
        path: 'role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig',
      },
    ],
  },
] as const satisfies readonly Permission[];

export { configServiceRole as setting };
export const file = __filename;
