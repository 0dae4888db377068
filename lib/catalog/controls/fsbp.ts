import type { Control } from './control';
import {
  ACCESS_KEY,
  ACCESS_KEY_CREATED,
  ALL_MANAGEMENT_EVENTS,
  billed,
  CUSTOMER_MANAGED_POLICY,
  DENY_WITHOUT_MFA,
  DETECTOR,
  EMPTY_DEFAULT_GROUPS,
  ENCRYPTED_TRAIL,
  KEY_DISABLED,
  letsEverybodyIn,
  MEMBERSHIP,
  NAME_CONTACTS,
  NO_KEY,
  passwordPolicy,
  RECORDER,
  removeDefaultVpcs,
  ROOT_CREDENTIALS_CHANGED,
  SELECTORS,
  setting,
  SETTING_TESTS,
  TOLD_TESTS,
  trail,
  USER_POLICIES,
} from './proofs';

const TRAIL_TESTS = ['test/audit/audit-trail.test.ts'];

const PROTECTION =
  'A protection plan for one type of workload, billed for the data that it analyzes. Enable it if you run that type.';

/** Protection plans that a new detector has. */
const ON_BY_DEFAULT: Control['inProfile'] = {
  strict: {
    status: 'default',
    reason:
      'GuardDuty enables this plan in a new detector, in Regions that have it. It is billed for the data that it analyzes.',
    link: 'https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html',
  },
};

const SCANNING = 'Inspector is billed for what it scans, and a new account has nothing to scan.';

const MACIE = 'Macie is billed by bucket and by byte. Enable it if you store sensitive data.';

const NO_CUSTOMER_POLICY =
  'Follow this in the customer managed policies that you write. The baseline has only inline policies.';

const CONTROLS: readonly Omit<Control, 'standard'>[] = [
  {
    id: 'Account.1',
    title: 'A security contact is set',
    treatment: NAME_CONTACTS,
  },
  {
    id: 'CloudTrail.1',
    title: 'A trail records all management events in every Region',
    treatment: { status: 'resource', evidence: [trail({})], none: SELECTORS, tests: TRAIL_TESTS },
    inProfile: { strict: { status: 'resource', evidence: [ALL_MANAGEMENT_EVENTS], tests: TRAIL_TESTS } },
  },
  {
    id: 'CloudTrail.2',
    title: 'The trail encrypts with a KMS key',
    treatment: { status: 'resource', evidence: [ENCRYPTED_TRAIL], tests: TRAIL_TESTS },
    inProfile: { free: NO_KEY },
  },
  {
    id: 'CloudTrail.4',
    title: 'Log file validation is enabled',
    treatment: {
      status: 'resource',
      evidence: [trail({ EnableLogFileValidation: true })],
      tests: TRAIL_TESTS,
    },
  },
  {
    id: 'CloudTrail.5',
    title: 'The trail delivers to CloudWatch Logs',
    treatment: {
      status: 'resource',
      evidence: [trail({ CloudWatchLogsLogGroupArn: { 'Fn::GetAtt': ['AuditTrailLogGroup', 'Arn'] } })],
      tests: TRAIL_TESTS,
    },
  },
  {
    id: 'Config.1',
    title: 'AWS Config records with its service-linked role',
    treatment: billed('AWS Config is billed for each resource that changes.', 'detectors.configRecorder'),
    inProfile: {
      strict: {
        status: 'resource',
        evidence: RECORDER,
        tests: ['test/detectors/config-recorder.test.ts'],
        limits: 'In the home Region.',
      },
    },
  },
  {
    id: 'EC2.1',
    title: 'No EBS snapshot is public',
    treatment: {
      status: 'default',
      reason: 'A new account has no snapshots, and a new snapshot is private until you share it.',
      link: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html',
      none: [{ type: 'AWS::EC2::Snapshot', properties: {} }],
    },
  },
  {
    id: 'EC2.2',
    title: 'Default security groups are empty',
    treatment: EMPTY_DEFAULT_GROUPS,
  },
  {
    id: 'EC2.6',
    title: 'VPCs have flow logs',
    treatment: removeDefaultVpcs('Enable flow logs on each VPC that you create.'),
  },
  {
    id: 'EC2.7',
    title: 'EBS volumes are encrypted by default',
    treatment: { status: 'setting', evidence: [setting('EbsEncryption')], tests: SETTING_TESTS },
  },
  {
    id: 'EC2.172',
    title: 'VPCs block internet gateway traffic',
    treatment: {
      status: 'workload',
      reason: 'This cuts off everything that faces the internet, so decide it for each VPC.',
    },
  },
  {
    id: 'EC2.182',
    title: 'EBS snapshots cannot be public',
    treatment: { status: 'setting', evidence: [setting('SnapshotPublicAccessBlock')], tests: SETTING_TESTS },
    unverified:
      'It is missing from our copy of AWS’s list. Projects that remediate its findings show that it is in the standard.',
  },
  {
    id: 'EMR.2',
    title: 'EMR blocks public clusters',
    treatment: {
      status: 'default',
      reason: 'It is enabled in every Region where the account created no cluster before November 2019.',
      link: 'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-block-public-access.html',
    },
  },
  {
    id: 'GuardDuty.1',
    title: 'GuardDuty is enabled',
    treatment: billed('GuardDuty is billed for the data that it analyzes.', 'detectors.guardDuty'),
    inProfile: { strict: { status: 'resource', evidence: DETECTOR, limits: 'In the home Region.' } },
  },
  ...[
    { id: 'GuardDuty.5', title: 'GuardDuty monitors EKS audit logs', inProfile: ON_BY_DEFAULT },
    { id: 'GuardDuty.6', title: 'GuardDuty monitors Lambda', inProfile: ON_BY_DEFAULT },
    { id: 'GuardDuty.7', title: 'GuardDuty monitors the EKS runtime' },
    { id: 'GuardDuty.8', title: 'GuardDuty scans EC2 for malware', inProfile: ON_BY_DEFAULT },
    { id: 'GuardDuty.9', title: 'GuardDuty monitors sign-ins to RDS', inProfile: ON_BY_DEFAULT },
    { id: 'GuardDuty.10', title: 'GuardDuty monitors S3', inProfile: ON_BY_DEFAULT },
    { id: 'GuardDuty.11', title: 'GuardDuty Runtime Monitoring is enabled' },
    { id: 'GuardDuty.12', title: 'GuardDuty monitors the ECS runtime' },
    { id: 'GuardDuty.13', title: 'GuardDuty monitors the EC2 runtime' },
  ].map((plan) => ({ ...plan, treatment: { status: 'workload', reason: PROTECTION } as const })),
  {
    id: 'IAM.1',
    title: 'No customer managed policy grants full access',
    treatment: {
      status: 'exception',
      reason:
        'Security Hub checks customer managed policies, finds none, and passes. Administrators still have full access, through the AWS managed policy AdministratorAccess. See CIS 2.14.',
      evidence: [...MEMBERSHIP, DENY_WITHOUT_MFA],
      none: [CUSTOMER_MANAGED_POLICY],
    },
  },
  {
    id: 'IAM.2',
    title: 'No policy is attached to a user',
    treatment: {
      status: 'resource',
      evidence: MEMBERSHIP,
      none: USER_POLICIES,
      tests: ['test/access/admin-access.test.ts'],
      limits: 'Applies to the baseline’s users. Users that you create yourself are not covered.',
    },
  },
  {
    id: 'IAM.3',
    title: 'Access keys are replaced within 90 days',
    treatment: {
      status: 'manual',
      steps: [
        'Do not create access keys: `aws login` and roles provide credentials that expire. The baseline creates none either.',
        'A notification is sent for each new key. Plan its replacement, or delete it.',
      ],
      link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
      evidence: ACCESS_KEY_CREATED,
      none: [ACCESS_KEY],
      tests: TOLD_TESTS,
    },
  },
  {
    id: 'IAM.4',
    title: 'Root has no access keys',
    treatment: {
      status: 'default',
      reason: 'A new account has none, and a new key triggers RootCredentialsChanged.',
      link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html',
      evidence: ROOT_CREDENTIALS_CHANGED,
      tests: TOLD_TESTS,
    },
  },
  {
    id: 'IAM.5',
    title: 'Users with a console password have MFA',
    treatment: {
      status: 'manual',
      steps: [
        'Each user sets up MFA at the first sign-in. Until then, the policy denies everything else.',
        'Check the credential report for users without MFA.',
      ],
      link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable.html',
      evidence: [DENY_WITHOUT_MFA],
      tests: ['test/access/admin-access.test.ts'],
    },
  },
  {
    id: 'IAM.6',
    title: 'Root has hardware MFA',
    treatment: {
      status: 'manual',
      steps: ['As root, set up security keys and remove every authenticator app.'],
      link: 'docs/runbooks/root-user-tasks.md#add-or-replace-a-root-mfa-device',
    },
  },
  {
    id: 'IAM.7',
    title: 'The password policy is strong',
    treatment: {
      status: 'setting',
      evidence: [
        passwordPolicy({
          MinimumPasswordLength: 15,
          RequireUppercaseCharacters: true,
          RequireLowercaseCharacters: true,
          RequireNumbers: true,
          RequireSymbols: true,
        }),
      ],
      tests: ['test/settings/password-policy.handler.test.ts', 'test/e2e/baseline.test.ts'],
    },
  },
  {
    id: 'IAM.8',
    title: 'Unused credentials are removed',
    treatment: {
      status: 'manual',
      steps: [
        'Each quarter, download the credential report and check when each credential was last used.',
        'Remove people who left from `administrators` and deploy, then delete their users.',
      ],
      link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html',
    },
  },
  {
    id: 'IAM.21',
    title: 'No customer managed policy grants all actions of a service',
    treatment: { status: 'workload', reason: NO_CUSTOMER_POLICY, none: [CUSTOMER_MANAGED_POLICY] },
  },
  ...[
    ['Inspector.1', 'Inspector scans instances'],
    ['Inspector.2', 'Inspector scans container images'],
    ['Inspector.3', 'Inspector scans the code of functions'],
    ['Inspector.4', 'Inspector scans the packages of functions'],
  ].map(([id = '', title = '']) => ({
    id,
    title,
    treatment: { status: 'workload', reason: SCANNING } as const,
  })),
  {
    id: 'KMS.1',
    title: 'No customer managed policy allows decryption with every key',
    treatment: { status: 'workload', reason: NO_CUSTOMER_POLICY, none: [CUSTOMER_MANAGED_POLICY] },
  },
  {
    id: 'KMS.2',
    title: 'No inline policy allows decryption with every key',
    treatment: {
      status: 'workload',
      reason:
        'Follow this in the inline policies that you write. The baseline’s function decrypts only with the baseline’s key.',
      none: ['kms:Decrypt', 'kms:ReEncryptFrom', 'kms:*', '*'].flatMap((action) =>
        [[action], action].map((Action) => ({
          type: 'AWS::IAM::Role',
          properties: {
            Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } }],
          },
        })),
      ),
    },
  },
  {
    id: 'KMS.3',
    title: 'No key is scheduled for deletion by mistake',
    treatment: {
      status: 'resource',
      evidence: [
        {
          type: 'AWS::KMS::Key',
          properties: {
            KeyPolicy: {
              Statement: [
                { Effect: 'Deny', Action: ['kms:ScheduleKeyDeletion'], Principal: '*', Resource: '*' },
              ],
            },
          },
        },
        ...KEY_DISABLED,
      ],
      tests: ['test/access/standard.slow.test.ts', ...TOLD_TESTS],
      limits: 'The key policy protects the baseline’s key. The notification covers every key.',
    },
    inProfile: {
      free: {
        status: 'resource',
        evidence: KEY_DISABLED,
        tests: TOLD_TESTS,
        limits: 'The notification covers every key. The free profile creates none.',
      },
    },
  },
  {
    id: 'KMS.5',
    title: 'No key is public',
    treatment: {
      status: 'workload',
      reason:
        'Set it in the policy of each key. The policy of the baseline’s key does not grant access to `*`.',
      none: [letsEverybodyIn('AWS::KMS::Key', 'KeyPolicy')],
    },
  },
  {
    id: 'Macie.1',
    title: 'Macie is enabled',
    treatment: { status: 'workload', reason: MACIE },
  },
  {
    id: 'Macie.2',
    title: 'Macie discovers sensitive data automatically',
    treatment: { status: 'workload', reason: MACIE },
  },
  {
    id: 'S3.1',
    title: 'The account blocks public buckets',
    treatment: { status: 'setting', evidence: [setting('S3PublicAccessBlock')], tests: SETTING_TESTS },
  },
  {
    id: 'SNS.4',
    title: 'No topic is public',
    treatment: {
      status: 'workload',
      reason:
        'Set it in the policy of each topic. The baseline’s policies allow AWS services to publish only for this account.',
      none: [letsEverybodyIn('AWS::SNS::TopicPolicy')],
    },
  },
  {
    id: 'SSM.6',
    title: 'Systems Manager Automation writes logs',
    treatment: {
      status: 'workload',
      reason: 'Set a log destination if you run automations. A new account runs none.',
    },
  },
  {
    id: 'SSM.7',
    title: 'Systems Manager documents cannot be public',
    treatment: {
      status: 'manual',
      steps: [
        'In each Region that uses Systems Manager, run `aws ssm update-service-setting --setting-id /ssm/documents/console/public-sharing-permission --setting-value Disable`.',
      ],
      link: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html',
    },
  },
];

/** Controls of the account, its identities, trail, keys, and topics, and of account-wide settings. */
export const FSBP: readonly Control[] = CONTROLS.map((control) => ({ standard: 'FSBP', ...control }));
