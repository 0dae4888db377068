import { CIS } from './controls/cis';
import type { Control, Standard } from './controls/control';
import { FSBP } from './controls/fsbp';
import { SSB } from './controls/ssb';

export const STANDARDS: readonly Standard[] = [
  {
    id: 'CIS',
    name: 'CIS AWS Foundations Benchmark',
    version: '7.0.0, every requirement',
    link: 'https://www.cisecurity.org/benchmark/amazon_web_services',
  },
  {
    id: 'SSB',
    name: 'AWS Startup Security Baseline',
    version: 'edition of 2026, ACCT.01 to ACCT.17',
    link: 'https://docs.aws.amazon.com/prescriptive-guidance/latest/aws-startup-security-baseline/securing-your-account.html',
  },
  {
    id: 'FSBP',
    name: 'AWS Foundational Security Best Practices',
    version:
      '1.0.0, its controls of the account, IAM, CloudTrail, Config, KMS, SNS, account-wide settings and defaults, and detection services, from an undated copy of AWS’s list, probably of late 2025 (it has ECS.1, which is said to have been retired in March 2026, and lacks EC2.182). Security Hub’s CloudWatch controls are not in this standard',
    link: 'https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html',
  },
];

/** Every requirement, standard by standard, in the order of the standard. */
export const CONTROLS: readonly Control[] = [...CIS, ...SSB, ...FSBP];
