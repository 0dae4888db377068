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
    version: '2026 edition, ACCT.01 to ACCT.17',
    link: 'https://docs.aws.amazon.com/prescriptive-guidance/latest/aws-startup-security-baseline/securing-your-account.html',
  },
  {
    id: 'FSBP',
    name: 'AWS Foundational Security Best Practices',
    version:
      '1.0.0, its controls for the account, IAM, CloudTrail, Config, KMS, SNS, account-wide settings and defaults, and detection services. Source: an undated copy of AWS’s list, probably from late 2025 (it contains ECS.1, reportedly retired in March 2026, and lacks EC2.182). Security Hub’s CloudWatch controls are not in this standard',
    link: 'https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html',
  },
];

/** All controls, by standard and in its order. */
export const CONTROLS: readonly Control[] = [...CIS, ...SSB, ...FSBP];
