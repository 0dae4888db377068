import { isNamed, MANAGED, orNull, type Setting, type Permission } from './setting';

type Block = Readonly<Record<string, boolean>>;

/**
 * Blocks public access to every bucket of the account.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
const s3PublicAccessBlock: Setting<Block | null> = {
  name: 'S3PublicAccessBlock',
  scope: 'account',
  read: ({ s3Control }, { accountId: AccountId }) =>
    orNull('NoSuchPublicAccessBlockConfiguration', async () => {
      const { PublicAccessBlockConfiguration } = await s3Control.getPublicAccessBlock({ AccountId });
      return PublicAccessBlockConfiguration as Block;
    }),
  async write({ s3Control }, value, { accountId: AccountId, skip }) {
    try {
      if (value === null) return await s3Control.deletePublicAccessBlock({ AccountId });
      return await s3Control.putPublicAccessBlock({ AccountId, PublicAccessBlockConfiguration: value });
    } catch (error) {
      if (!isManagedByOrganization(error)) throw error;
      skip(MANAGED);
      return value;
    }
  },
  desired: () => ({
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  }),
};

export const option = {
  /**
   * Blocks public access to every bucket of the account.
   * @default true
   */
  s3PublicAccessBlock: true,
} as const;

// Deleting the block also requires the Put action.
export const permissions: readonly Permission[] = [
  {
    sid: 'S3PublicAccessBlock',
    actions: ['s3:GetAccountPublicAccessBlock', 's3:PutAccountPublicAccessBlock'],
  },
];

export const changedBy: readonly string[] = ['*AccountPublicAccessBlock'];
export const weakenedBy: readonly string[] = ['s3:PutAccountPublicAccessBlock'];

export const mayBeLeftAlone = true;
export { s3PublicAccessBlock as setting };
export const file = __filename;

/**
 * Whether a policy of the organization manages the block. S3 then only denies access. The message differs
 * from IAM's denials, which say "not authorized to perform".
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html
 */
function isManagedByOrganization(error: unknown): boolean {
  return isNamed(error, 'AccessDenied') && !String(error).includes('not authorized to perform');
}
