import { AccessAnalyzer } from '@aws-sdk/client-accessanalyzer';
import { Account } from '@aws-sdk/client-account';
import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { S3Control } from '@aws-sdk/client-s3-control';
import { CLIENT } from './client-options';
import { settings } from './setting-provider';
import { SETTINGS } from './settings';

const account = new Account(CLIENT);
const iam = new IAM(CLIENT);
const s3Control = new S3Control(CLIENT);

/** The settings of the account and of its Regions. */
export const handler = settings(
  SETTINGS,
  // In the home Region for those of the account.
  (region = process.env['AWS_REGION']) => ({
    accessAnalyzer: new AccessAnalyzer({ ...CLIENT, region }),
    account,
    ec2: new EC2({ ...CLIENT, region }),
    iam,
    s3Control,
  }),
  async ({ ec2 }) => {
    const { Regions = [] } = await ec2.describeRegions({});
    return Regions.flatMap(({ RegionName = [] }) => RegionName);
  },
);
