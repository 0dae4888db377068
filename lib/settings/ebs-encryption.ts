import type { Setting } from './setting';

export const ebsEncryption = {
  name: 'EbsEncryption',
  scope: 'Region',
  option: {
    name: 'ebsEncryption',
    doc: 'New EBS volumes and snapshots are encrypted, in every Region.',
    default: true,
    see: 'https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html',
  },
  permissions: [
    {
      sid: 'EbsEncryption',
      actions: [
        'ec2:DisableEbsEncryptionByDefault',
        'ec2:EnableEbsEncryptionByDefault',
        'ec2:GetEbsEncryptionByDefault',
      ],
    },
  ],
  async read({ ec2 }) {
    const { EbsEncryptionByDefault } = await ec2.getEbsEncryptionByDefault({});
    return EbsEncryptionByDefault === true;
  },
  write: ({ ec2 }, value) =>
    value ? ec2.enableEbsEncryptionByDefault({}) : ec2.disableEbsEncryptionByDefault({}),
  desired: () => true,
} as const satisfies Setting<boolean>;
