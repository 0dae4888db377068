import { example, type Examples } from '../events/example';
import { ADMIN, APP, INTRUDER } from '../events/fixtures';
import { call, denied } from '../events/record';

const by = (title: string, userAgent: string) =>
  example(title, call('sts', 'GetCallerIdentity', INTRUDER, { userAgent }));

export const examples: Examples = {
  matches: [
    by('a tool that tries keys', 'TruffleHog'),
    by('the AWS CLI of Kali', 'aws-cli/2.9.19 Python/3.11.9 Linux/6.8.11-arch source/x86_64.kali.2024 +kali'),
    by('version 2 of it', 'aws-cli/2.32.6 md/distrib#kali.2025 lang/python#3.13.9'),
    by('an SDK on its kernel', 'Boto3/1.34.46 md/Botocore#1.34.46 os/linux#6.6.15-kali-amd64'),
    by('Parrot', 'aws-cli/2.32.6 md/distrib#parrot.6 lang/python#3.13.9'),
    by('an SDK on the kernel of Parrot', 'Boto3/1.34.46 (Linux 6.5+parrot-amd64)'),
    by('Pentoo', 'aws-cli/2.32.6 md/distrib#pentoo lang/python#3.13.9'),
    by('an SDK on the kernel of Pentoo', 'Boto3/1.34.46 (Linux 6.5+pentoo)'),
    example(
      'it may not',
      denied('iam', 'ListUsers', INTRUDER, { userAgent: 'Boto3/1.34.46 os/linux#6.6.15-kali-arm64' }),
    ),
  ],
  nearMisses: [
    example('another distribution', call('sts', 'GetCallerIdentity', ADMIN)),
    example(
      'a workload with a similar name',
      call('s3', 'ListBuckets', APP, { userAgent: 'alkali-reports/1.0 aws-sdk-js/3.700.0' }),
    ),
  ],
};
