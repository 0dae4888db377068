import type { Permission, Setting } from './setting';

/**
 * Encrypts new EBS volumes and snapshots, in every Region.
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html
 */
const ebsEncryption: Setting<boolean> = {
  name: 'EbsEncryption',
  scope: 'Region',
  async read({ ec2 }) {
    const { EbsEncryptionByDefault } = await ec2.getEbsEncryptionByDefault({});
    return EbsEncryptionByDefault === true;
  },
  write: ({ ec2 }, value) =>
    value ? ec2.enableEbsEncryptionByDefault({}) : ec2.disableEbsEncryptionByDefault({}),
  desired: () => true,
};

export const option = {
  /**
   * Encrypts new EBS volumes and snapshots, in every Region.
   * @default true
   */
  ebsEncryption: true,
} as const;

export const permissions: readonly Permission[] = [
  {
    sid: 'EbsEncryption',
    actions: [
      'ec2:DisableEbsEncryptionByDefault',
      'ec2:EnableEbsEncryptionByDefault',
      'ec2:GetEbsEncryptionByDefault',
    ],
  },
];

export const changedBy: readonly string[] = ['*EncryptionByDefault'];
export const weakenedBy: readonly string[] = ['ec2:DisableEbsEncryptionByDefault'];

export { ebsEncryption as setting };
export const file = __filename;
