import { AccessAnalyzer } from '@aws-sdk/client-accessanalyzer';
import { Account } from '@aws-sdk/client-account';
import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { S3Control } from '@aws-sdk/client-s3-control';
import { CLIENT, clientOf } from './client-options';
import { enabledRegions } from './enabled-regions';
import type { Setting } from './setting';
import { settings } from './setting-provider';

/** Clients that return the same in every Region. */
const ofAccount = { account: new Account(CLIENT), iam: new IAM(CLIENT), s3Control: new S3Control(CLIENT) };

/** Serves settings of the account and of its Regions. */
export const serve = (all: readonly Setting[]) =>
  settings(
    all,
    (region) => ({
      ...ofAccount,
      accessAnalyzer: new AccessAnalyzer(clientOf(region)),
      ec2: new EC2(clientOf(region)),
    }),
    enabledRegions,
  );
