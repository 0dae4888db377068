import type { Control } from './control';
import {
  ACCESS_KEY,
  ACCESS_KEY_CREATED,
  billed,
  DENY_WITHOUT_MFA,
  DETECTOR,
  guardAgainst,
  HUB,
  MEMBERSHIP,
  NAME_CONTACTS,
  passwordPolicy,
  PRIVATE_BUCKETS,
  removeDefaultVpcs,
  ROOT_USED,
  setting,
  SETTING_TESTS,
  tlsOnly,
  TOLD_TESTS,
  trail,
  USER_POLICIES,
} from './proofs';

const GUIDE = 'https://docs.aws.amazon.com/prescriptive-guidance/latest/aws-startup-security-baseline';

const CONTROLS: readonly Omit<Control, 'standard'>[] = [
  {
    id: 'ACCT.01',
    title: 'Account contacts are shared mailboxes',
    treatment: NAME_CONTACTS,
  },
  {
    id: 'ACCT.02',
    title: 'Root is used only for tasks that need it',
    treatment: {
      status: 'manual',
      steps: [
        'Set up MFA for root, and lock the credentials away.',
        'Work as an administrator. Use root only for the tasks in the runbook.',
      ],
      link: 'docs/runbooks/root-user-tasks.md#how-to-use-root-safely',
      evidence: [...MEMBERSHIP, ...ROOT_USED],
      tests: TOLD_TESTS,
    },
  },
  {
    id: 'ACCT.03',
    title: 'Every user signs in to the console with their own identity',
    treatment: {
      status: 'resource',
      evidence: [
        { type: 'AWS::IAM::User', properties: { LoginProfile: { PasswordResetRequired: true } } },
        ...MEMBERSHIP,
      ],
      tests: ['test/access/admin-access.test.ts'],
      limits: 'IAM users, which AWS names as the fallback. With several accounts, use IAM Identity Center.',
    },
  },
  {
    id: 'ACCT.04',
    title: 'People get permissions through groups or roles',
    treatment: {
      status: 'resource',
      evidence: MEMBERSHIP,
      none: USER_POLICIES,
      tests: ['test/access/admin-access.test.ts'],
      limits:
        'Administrators get all permissions, through a group. AWS recommends that users assume roles with fewer permissions.',
    },
    unverified: 'The AWS page on it could not be read. This is based on a summary of the 2026 edition.',
  },
  {
    id: 'ACCT.05',
    title: 'Every sign-in requires MFA',
    treatment: {
      status: 'manual',
      steps: [
        'Set up MFA for root.',
        'Each administrator sets up a device at the first sign-in. Until then, the policy denies everything else.',
      ],
      link: `${GUIDE}/acct-05.html`,
      evidence: [DENY_WITHOUT_MFA],
      tests: ['test/access/admin-access.test.ts'],
    },
  },
  {
    id: 'ACCT.06',
    title: 'Passwords are strong and cannot be reused',
    treatment: {
      status: 'setting',
      evidence: [
        passwordPolicy({
          MinimumPasswordLength: 15,
          PasswordReusePrevention: 24,
          RequireUppercaseCharacters: true,
          RequireLowercaseCharacters: true,
          RequireNumbers: true,
          RequireSymbols: true,
        }),
      ],
      tests: ['test/settings/password-policy.handler.test.ts', 'test/e2e/baseline.test.ts'],
      limits: 'Passwords do not expire, because NIST SP 800-63B-4 advises against it.',
    },
  },
  {
    id: 'ACCT.07',
    title: 'CloudTrail writes to a protected bucket',
    treatment: {
      status: 'resource',
      evidence: [
        trail({ S3BucketName: { Ref: 'AuditTrailBucket' }, EnableLogFileValidation: true }),
        {
          type: 'AWS::S3::Bucket',
          properties: {
            LoggingConfiguration: {},
            VersioningConfiguration: { Status: 'Enabled' },
            PublicAccessBlockConfiguration: {
              BlockPublicAcls: true,
              BlockPublicPolicy: true,
              IgnorePublicAcls: true,
              RestrictPublicBuckets: true,
            },
          },
        },
        tlsOnly('AuditTrailBucket'),
        guardAgainst(
          ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail', 's3:Delete*', 's3:Put*'],
          [
            'arn:${AWS::Partition}:cloudtrail:${AWS::Region}:${AWS::AccountId}:trail/account-baseline',
            'arn:${AWS::Partition}:s3:::accountbaseline-*',
          ],
        ),
      ],
      tests: ['test/audit/audit-trail.test.ts', 'test/access/admin-access.test.ts'],
      limits:
        'The bucket is in the same account. A determined administrator can remove the protection, which triggers an alarm.',
    },
  },
  {
    id: 'ACCT.08',
    title: 'No bucket is public by accident',
    treatment: {
      status: 'setting',
      evidence: [setting('S3PublicAccessBlock'), ...PRIVATE_BUCKETS],
      tests: SETTING_TESTS,
    },
  },
  {
    id: 'ACCT.09',
    title: 'Default and unused networks are removed',
    treatment: removeDefaultVpcs('Remove the unused networks of your workloads yourself.'),
  },
  {
    id: 'ACCT.10',
    title: 'A budget sends notifications',
    treatment: {
      status: 'resource',
      evidence: [
        {
          type: 'AWS::Budgets::Budget',
          properties: {
            Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY' },
            NotificationsWithSubscribers: [
              {
                Notification: { NotificationType: 'ACTUAL' },
                Subscribers: [{ SubscriptionType: 'EMAIL' }],
              },
              {
                Notification: { NotificationType: 'FORECASTED' },
                Subscribers: [{ SubscriptionType: 'EMAIL' }],
              },
            ],
          },
        },
      ],
    },
  },
  {
    id: 'ACCT.11',
    title: 'External access is found',
    treatment: { status: 'setting', evidence: [setting('AccessAnalyzer')], tests: SETTING_TESTS },
  },
  {
    id: 'ACCT.12',
    title: 'Trusted Advisor findings are fixed',
    treatment: {
      status: 'manual',
      steps: [
        'Once a month, open **Trusted Advisor** and fix what is red.',
        'Most checks need a paid support plan. Decide whether the account needs one.',
      ],
      link: `${GUIDE}/acct-12.html`,
    },
  },
  {
    id: 'ACCT.13',
    title: 'Users and programs use temporary credentials',
    treatment: {
      status: 'manual',
      steps: [
        'Users: run `aws login` after signing in with MFA.',
        'Programs: use roles. A notification is sent for each access key that is created.',
      ],
      link: `${GUIDE}/acct-13.html`,
      evidence: ACCESS_KEY_CREATED,
      none: [ACCESS_KEY],
      tests: TOLD_TESTS,
    },
  },
  {
    id: 'ACCT.14',
    title: 'GuardDuty detects threats',
    treatment: billed('GuardDuty is billed for the data that it analyzes.', 'detectors.guardDuty'),
    inProfile: { strict: { status: 'resource', evidence: DETECTOR, limits: 'In the home Region.' } },
  },
  {
    id: 'ACCT.15',
    title: 'Security Hub checks the account',
    treatment: billed(
      'Security Hub is billed for each check, and needs AWS Config.',
      'detectors.securityHub',
    ),
    inProfile: { strict: { status: 'resource', evidence: HUB, limits: 'In the home Region.' } },
  },
  {
    id: 'ACCT.16',
    title: 'Cost anomalies trigger notifications',
    treatment: {
      status: 'manual',
      steps: [
        'Open Cost Anomaly Detection in the console. An account where Cost Explorer has been opened may already have a monitor.',
        'If it has none, set `billing.costAnomalyDetection: true` and deploy. This requires us-east-1 as the home Region.',
      ],
      link: 'https://docs.aws.amazon.com/cost-management/latest/userguide/getting-started-ad.html',
    },
  },
  {
    id: 'ACCT.17',
    title: 'Unused Regions are disabled',
    treatment: {
      status: 'manual',
      steps: [
        'Keep Regions that are disabled by default disabled.',
        'Regions that are enabled by default cannot be disabled. In an organization, a service control policy can deny their use.',
      ],
      link: 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html',
    },
  },
];

/** Every account control. The controls for workloads are in another part of the guide. */
export const SSB: readonly Control[] = CONTROLS.map((control) => ({ standard: 'SSB', ...control }));
