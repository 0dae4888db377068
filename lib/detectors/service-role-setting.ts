import { type Clients, isNamed, type Setting } from '../settings/setting';

/** The service-linked role of AWS Config: whether there is one. It stays when it is taken back, for others may use it. */
export const configServiceRole = {
  name: 'ConfigServiceRole',
  scope: 'account',
  permissions: [
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
  ],
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
