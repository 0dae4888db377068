import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3-control';
import { isNamed, MANAGED, type Setting, type Value } from './setting';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html */
export const s3PublicAccessBlock = {
  name: 'S3PublicAccessBlock',
  scope: 'account',
  option: {
    name: 's3PublicAccessBlock',
    doc: 'No bucket of the account can be public.',
    default: true,
    see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  },
  // Deleting it needs the action that puts it.
  permissions: [
    {
      sid: 'S3PublicAccessBlock',
      actions: ['s3:GetAccountPublicAccessBlock', 's3:PutAccountPublicAccessBlock'],
    },
  ],
  leftAlone: MANAGED,
  async read({ s3Control }, { accountId: AccountId }) {
    try {
      const { PublicAccessBlockConfiguration } = await s3Control.getPublicAccessBlock({ AccountId });
      return PublicAccessBlockConfiguration as Value;
    } catch (error) {
      if (isNamed(error, 'NoSuchPublicAccessBlockConfiguration')) return null;
      throw error;
    }
  },
  async write({ s3Control }, value, { accountId: AccountId, skip }) {
    try {
      if (value === null) return await s3Control.deletePublicAccessBlock({ AccountId });
      const PublicAccessBlockConfiguration = value as PublicAccessBlockConfiguration;
      return await s3Control.putPublicAccessBlock({ AccountId, PublicAccessBlockConfiguration });
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
} as const satisfies Setting;

/**
 * S3 tells in no answer that a policy of the organization manages the block: it denies access. IAM's denials say who is
 * not authorized to do what, which this is not.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html
 */
function isManagedByOrganization(error: unknown): boolean {
  return isNamed(error, 'AccessDenied') && !String(error).includes('not authorized to perform');
}
