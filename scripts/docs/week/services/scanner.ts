import { ACCOUNT } from '../../silencing/deployed';
import { daily, type Habit } from '../habit';
import { call, type Caller, denied, role } from '../record';

const VENDOR = '210987654321';
const SCANNER = role('CloudPostureScanner', 'scan', {
  sourceIPAddress: '52.31.99.10',
  userAgent: 'Boto3/1.40.12 md/Botocore#1.40.12 ua/2.1 os/linux#6.1 lang/python#3.12.11',
});
/** The vendor's account, before it has the role. */
const OUTSIDE: Caller = {
  identity: () => ({ type: 'AWSAccount', principalId: 'AROAEXAMPLEVENDORROLE:scan', accountId: VENDOR }),
  fields: SCANNER.fields,
};

const READS: Readonly<Record<string, readonly string[]>> = {
  iam: ['ListUsers', 'ListRoles', 'GetAccountSummary', 'GenerateCredentialReport', 'GetCredentialReport'],
  ec2: [
    'DescribeInstances',
    'DescribeSecurityGroups',
    'DescribeSnapshots',
    'DescribeImages',
    'DescribeVpcs',
    'GetEbsEncryptionByDefault',
  ],
  s3: ['ListBuckets', 'GetBucketPolicy', 'GetBucketAcl', 'GetBucketPublicAccessBlock', 'GetBucketVersioning'],
  lambda: ['ListFunctions20150331', 'GetPolicy20150331v2', 'ListFunctionUrlConfigs'],
  kms: ['ListKeys', 'DescribeKey', 'GetKeyPolicy'],
  rds: ['DescribeDBInstances', 'DescribeDBSnapshots', 'DescribeDBSnapshotAttributes'],
};
const DENIED: Readonly<Record<string, readonly string[]>> = {
  ec2: ['GetEbsDefaultKmsKeyId', 'DescribeInstanceAttribute', 'GetSerialConsoleAccessStatus'],
  bedrock: ['ListGuardrails', 'GetModelInvocationLoggingConfiguration'],
  ssm: ['GetDocument', 'DescribeDocumentPermission'],
  account: ['GetContactInformation', 'GetAlternateContact'],
  glue: ['GetDataCatalogEncryptionSettings', 'GetSecurityConfigurations'],
  backup: ['ListBackupVaults', 'GetBackupVaultAccessPolicy'],
};

const each = <T>(
  names: Readonly<Record<string, readonly string[]>>,
  of: (service: string, name: string) => T,
): T[] => Object.entries(names).flatMap(([service, all]) => all.map((name) => of(service, name)));

/** A vendor's scanner reads the account on two days, and its role lags behind what it asks for. */
export const scanner: Habit = {
  title: 'Scanner of a vendor',
  records: () =>
    daily(['Tue', 'Sat'], '20:15', 3, () => [
      call(OUTSIDE, 'sts', 'AssumeRole', {
        roleArn: `arn:aws:iam::${ACCOUNT}:role/CloudPostureScanner`,
        roleSessionName: 'scan',
        externalId: 'c0ffee',
      }),
      ...each(READS, (service, name) => call(SCANNER, service, name)),
      ...each(DENIED, (service, name) => denied(SCANNER, service, name)),
    ]),
};
