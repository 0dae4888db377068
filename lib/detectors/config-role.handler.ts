import { IAM, NoSuchEntityException } from '@aws-sdk/client-iam';
import { CLIENT, settings } from '../settings/setting-provider';

const iam = new IAM(CLIENT);

/** The service-linked role of AWS Config: whether there is one. It stays when it is taken back, for others may use it. */
export const handler = settings({
  ConfigServiceRole: {
    global: true,
    read: async () => {
      try {
        await iam.getRole({ RoleName: 'AWSServiceRoleForConfig' });
        return true;
      } catch (error) {
        if (error instanceof NoSuchEntityException) return false;
        throw error;
      }
    },
    write: (value) =>
      value
        ? iam.createServiceLinkedRole({ AWSServiceName: 'config.amazonaws.com' })
        : Promise.resolve(value),
    goal: () => true,
  },
});
