import type { Control, Treatment } from './control';
import {
  ACCESS_KEY,
  ACCESS_KEY_CREATED,
  ALL_MANAGEMENT_EVENTS,
  billed,
  DATA_EVENTS,
  DENY_WITHOUT_MFA,
  EMPTY_DEFAULT_GROUPS,
  ENCRYPTED_TRAIL,
  HUB,
  KEY_DISABLED,
  letsEverybodyIn,
  MEMBERSHIP,
  NAME_CONTACTS,
  NO_KEY,
  passwordPolicy,
  PRIVATE_BUCKETS,
  RECORDER,
  removeDefaultVpcs,
  ROOT_CREDENTIALS_CHANGED,
  ROOT_USED,
  SELECTORS,
  setting,
  SETTING_TESTS,
  SUPPORT_ROLE,
  tlsOnly,
  told,
  TOLD_TESTS,
  toldWithText,
  trail,
  USER_POLICIES,
} from './proofs';

/** Events that a metric filter with these words counts, with its alarm and the path to a mailbox. */
interface Monitored {
  readonly metric: string;
  readonly words: string;
  readonly limits?: string;
}

const monitored = ({ metric, words, limits }: Monitored): Treatment => ({
  status: 'resource',
  evidence: told(metric, { words }),
  tests: TOLD_TESTS,
  limits,
});

/** The same for a text that counts attempts, too: with `errorCode`, the words are those of the successes. */
const monitoredText = ({ metric, words }: Monitored): Treatment => ({
  status: 'resource',
  evidence: toldWithText({ words }, metric, { words: `${words} errorCode` }),
  tests: TOLD_TESTS,
});

const BUSY =
  'Triggers at 50 such events within five minutes, denied ones included, so that a deployment does not trigger it. A single manual change triggers ChangedByHand.';

const ORGANIZATION =
  'Configured once, in the management account of an organization. The baseline covers one account.';

const DATABASES = 'Set it on each database. The baseline creates none.';

const OBJECTS_LOGGED: Treatment = {
  status: 'resource',
  evidence: [DATA_EVENTS],
  tests: ['test/audit/audit-trail.test.ts'],
  limits:
    'Not for the baseline’s own buckets, or the trail would log itself. S3 logs access to the log files.',
};

const HUB_ON: Treatment = { status: 'resource', evidence: HUB, limits: 'In the home Region.' };

const CONTROLS: readonly Omit<Control, 'standard'>[] = [
  {
    id: '2.1.1',
    title: 'Root of member accounts is managed from the organization',
    treatment: { status: 'outOfScope', reason: ORGANIZATION },
  },
  {
    id: '2.1.2',
    title: 'Organization policies limit what member accounts can do',
    treatment: { status: 'outOfScope', reason: ORGANIZATION },
  },
  {
    id: '2.1.3',
    title: 'The management account runs no workloads',
    treatment: { status: 'outOfScope', reason: ORGANIZATION },
  },
  {
    id: '2.1.4',
    title: 'Accounts are grouped by purpose and sensitivity',
    treatment: { status: 'outOfScope', reason: ORGANIZATION },
  },
  {
    id: '2.1.5',
    title: 'A delegated account manages the organization’s policies',
    treatment: { status: 'outOfScope', reason: ORGANIZATION },
  },
  {
    id: '2.1.6',
    title: 'A delegated account manages the organization’s services',
    treatment: { status: 'outOfScope', reason: ORGANIZATION },
  },
  {
    id: '2.2',
    title: 'The primary contact is current',
    treatment: {
      status: 'manual',
      steps: [
        'As an administrator, open **Account** and check that **Contact information** matches your company’s.',
        'Use a company address and number rather than one person’s. AWS may call the number before it restores access to root.',
        'Check it again once a year.',
      ],
      link: 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact-primary.html',
    },
  },
  {
    id: '2.3',
    title: 'A security contact is set',
    treatment: NAME_CONTACTS,
  },
  {
    id: '2.4',
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
    id: '2.5',
    title: 'Root has an MFA device',
    treatment: {
      status: 'manual',
      steps: [
        'As root, set up a passkey or security key, and a second one that you keep elsewhere.',
        'AWS requires MFA within 35 days of the first sign-in. Set it up at the first sign-in.',
      ],
      link: 'docs/runbooks/root-user-tasks.md#add-or-replace-a-root-mfa-device',
    },
  },
  {
    id: '2.6',
    title: 'Root has hardware MFA devices only',
    treatment: {
      status: 'manual',
      steps: [
        'As root, set up security keys and remove every authenticator app. If one remains, the check fails.',
        'Lock the keys away in separate places.',
      ],
      link: 'docs/runbooks/root-user-tasks.md#add-or-replace-a-root-mfa-device',
    },
  },
  {
    id: '2.7',
    title: 'Root is not used for everyday tasks',
    treatment: {
      status: 'manual',
      steps: [
        'Work as one of the administrators that the baseline creates.',
        'Use root only for the tasks in the runbook, and respond to the alarm each time.',
      ],
      link: 'docs/runbooks/root-user-tasks.md#how-to-use-root-safely',
      evidence: [...MEMBERSHIP, ...ROOT_USED],
      tests: TOLD_TESTS,
    },
  },
  {
    id: '2.8',
    title: 'Passwords need at least 14 characters',
    treatment: {
      status: 'setting',
      evidence: [passwordPolicy({ MinimumPasswordLength: 15 })],
      tests: ['test/settings/password-policy.handler.test.ts', 'test/e2e/baseline.test.ts'],
    },
  },
  {
    id: '2.9',
    title: 'Passwords cannot be reused',
    treatment: {
      status: 'setting',
      evidence: [passwordPolicy({ PasswordReusePrevention: 24 })],
      tests: ['test/settings/password-policy.handler.test.ts', 'test/e2e/baseline.test.ts'],
      limits: 'IAM remembers the last 24 passwords.',
    },
  },
  {
    id: '2.10',
    title: 'Every user with a console password has MFA',
    treatment: {
      status: 'manual',
      steps: [
        'Each user sets up MFA at the first sign-in. Until then, the policy denies everything else.',
        'Check the credential report for users without MFA, including users that the baseline did not create.',
      ],
      link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable.html',
      evidence: [DENY_WITHOUT_MFA],
      tests: ['test/access/admin-access.test.ts'],
    },
  },
  {
    id: '2.11',
    title: 'Credentials unused for 45 days are disabled',
    treatment: {
      status: 'manual',
      steps: [
        'Each quarter, download the credential report and check when each credential was last used.',
        'Remove people who left from `administrators` and deploy, then delete their users.',
        'Deactivate unused access keys.',
      ],
      link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html',
    },
  },
  {
    id: '2.12',
    title: 'No access key is older than 90 days',
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
    id: '2.13',
    title: 'Users have permissions through groups only',
    treatment: {
      status: 'resource',
      evidence: MEMBERSHIP,
      none: USER_POLICIES,
      tests: ['test/access/admin-access.test.ts'],
      limits: 'Applies to the baseline’s users. Users that you create yourself are not covered.',
    },
  },
  {
    id: '2.14',
    title: 'No policy grants full administrative access',
    treatment: {
      status: 'exception',
      reason:
        'Someone must administer the account without using root, so the group has AdministratorAccess. Without MFA, the group’s own policy denies everything except setting it up. The guard prevents accidental changes.',
      evidence: [...MEMBERSHIP, DENY_WITHOUT_MFA],
    },
  },
  {
    id: '2.15',
    title: 'A role exists for AWS Support cases',
    treatment: {
      status: 'resource',
      evidence: [SUPPORT_ROLE],
      tests: ['test/access/support-role.test.ts'],
    },
  },
  {
    id: '2.16',
    title: 'Programs on instances get their credentials from a role',
    treatment: {
      status: 'workload',
      reason: 'Attach a role to each instance. The baseline starts none.',
    },
  },
  {
    id: '2.17',
    title: 'No expired certificate is kept in IAM',
    treatment: {
      status: 'default',
      reason: 'A new account has none. Use ACM for certificates instead.',
      link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs.html',
      none: [{ type: 'AWS::IAM::ServerCertificate', properties: {} }],
    },
  },
  {
    id: '2.18',
    title: 'Every Region has an external access analyzer',
    treatment: {
      status: 'setting',
      evidence: [setting('AccessAnalyzer')],
      tests: SETTING_TESTS,
      limits: 'Finds external access only. Findings appear in the console; no notification is sent.',
    },
  },
  {
    id: '2.19',
    title: 'With several accounts, users come from one directory',
    treatment: {
      status: 'outOfScope',
      reason:
        'The baseline covers one account, with IAM users and MFA. When you add a second account, move to IAM Identity Center.',
    },
  },
  {
    id: '2.20',
    title: 'AWSCloudShellFullAccess is restricted',
    treatment: {
      status: 'default',
      reason:
        'In a new account, nobody has this policy. Administrators can open CloudShell through AdministratorAccess, which the requirement does not cover.',
      link: 'https://docs.aws.amazon.com/cloudshell/latest/userguide/sec-auth-with-identities.html',
      none: ['AWS::IAM::Group', 'AWS::IAM::Role', 'AWS::IAM::User'].map((type) => ({
        type,
        properties: {
          ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AWSCloudShellFullAccess' }],
        },
      })),
    },
  },
  {
    id: '2.21',
    title: 'No resource policy grants public access',
    treatment: {
      status: 'workload',
      reason: 'Set it in the policy of each resource. The baseline’s policies do not grant access to `*`.',
      none: [
        letsEverybodyIn('AWS::S3::BucketPolicy'),
        letsEverybodyIn('AWS::SNS::TopicPolicy'),
        letsEverybodyIn('AWS::KMS::Key', 'KeyPolicy'),
        { type: 'AWS::Lambda::Permission', properties: { Principal: '*' } },
      ],
    },
  },
  {
    id: '3.1.1',
    title: 'Buckets require TLS',
    treatment: {
      status: 'resource',
      evidence: [tlsOnly('AuditTrailBucket'), tlsOnly('AuditTrailAccessLogs')],
      tests: ['test/audit/audit-trail.test.ts'],
      limits: 'Covers the baseline’s two buckets. Other buckets need their own policy.',
    },
  },
  {
    id: '3.1.2',
    title: 'Deleting object versions requires MFA',
    treatment: {
      status: 'exception',
      reason:
        'S3 does not allow lifecycle rules together with MFA delete. Without them, the logs would grow forever. MFA delete also needs a root access key. Instead, versioning and the guard protect the logs.',
      evidence: [{ type: 'AWS::S3::Bucket', properties: { VersioningConfiguration: { Status: 'Enabled' } } }],
    },
  },
  {
    id: '3.1.3',
    title: 'Sensitive data in buckets is identified',
    treatment: {
      status: 'workload',
      reason:
        'You know best what data you store. Macie, which searches for sensitive data, is billed by bucket and by byte, and is not included.',
    },
  },
  {
    id: '3.1.4',
    title: 'Buckets and the account block public access',
    treatment: {
      status: 'setting',
      evidence: [setting('S3PublicAccessBlock'), ...PRIVATE_BUCKETS],
      tests: SETTING_TESTS,
      limits: 'The account-level block covers every bucket. The baseline’s buckets also have their own.',
    },
  },
  {
    id: '3.2.1',
    title: 'RDS instances are encrypted',
    treatment: { status: 'workload', reason: DATABASES },
  },
  {
    id: '3.2.2',
    title: 'RDS instances upgrade minor versions automatically',
    treatment: { status: 'workload', reason: DATABASES },
  },
  {
    id: '3.2.3',
    title: 'RDS instances are not public',
    treatment: { status: 'workload', reason: DATABASES },
  },
  {
    id: '3.2.4',
    title: 'RDS runs in several Availability Zones',
    treatment: { status: 'workload', reason: DATABASES },
  },
  {
    id: '3.3.1',
    title: 'EFS file systems are encrypted',
    treatment: {
      status: 'workload',
      reason: 'Set it on each file system. The baseline creates none.',
    },
  },
  {
    id: '4.1',
    title: 'CloudTrail records every Region',
    treatment: {
      status: 'resource',
      evidence: [trail({ IncludeGlobalServiceEvents: true })],
      none: SELECTORS,
      tests: ['test/audit/audit-trail.test.ts'],
    },
    inProfile: {
      strict: {
        status: 'resource',
        evidence: [trail({ IncludeGlobalServiceEvents: true }), ALL_MANAGEMENT_EVENTS],
        tests: ['test/audit/audit-trail.test.ts'],
      },
    },
  },
  {
    id: '4.2',
    title: 'Log file validation is enabled',
    treatment: {
      status: 'resource',
      evidence: [trail({ EnableLogFileValidation: true })],
      tests: ['test/audit/audit-trail.test.ts'],
      limits: 'CloudTrail writes the digest files. To validate the logs, run `aws cloudtrail validate-logs`.',
    },
  },
  {
    id: '4.3',
    title: 'AWS Config records every Region',
    treatment: billed('AWS Config is billed for each resource that changes.', 'detectors.configRecorder'),
    inProfile: {
      strict: {
        status: 'exception',
        reason: 'The recorder covers the home Region and IAM. Every other Region that you use needs its own.',
        evidence: RECORDER,
        tests: ['test/detectors/config-recorder.test.ts'],
      },
    },
  },
  {
    id: '4.4',
    title: 'Access to the log bucket is logged',
    treatment: {
      status: 'resource',
      evidence: [
        trail({ S3BucketName: { Ref: 'AuditTrailBucket' } }),
        {
          type: 'AWS::S3::Bucket',
          properties: { LoggingConfiguration: { DestinationBucketName: { Ref: 'AuditTrailAccessLogs' } } },
        },
      ],
      tests: ['test/audit/audit-trail.test.ts'],
    },
  },
  {
    id: '4.5',
    title: 'Log files are encrypted with a KMS key',
    treatment: {
      status: 'resource',
      evidence: [ENCRYPTED_TRAIL],
      tests: ['test/audit/audit-trail.test.ts'],
    },
    inProfile: { free: NO_KEY },
  },
  {
    id: '4.6',
    title: 'Customer managed keys are rotated',
    treatment: {
      status: 'resource',
      evidence: [{ type: 'AWS::KMS::Key', properties: { EnableKeyRotation: true } }],
      limits: 'Covers the baseline’s key. Enable rotation on each key that you create.',
    },
    inProfile: {
      free: {
        status: 'workload',
        reason: 'Enable rotation on each key that you create. The free profile creates none.',
        none: [{ type: 'AWS::KMS::Key', properties: {} }],
      },
    },
  },
  {
    id: '4.7',
    title: 'Every VPC has flow logs',
    treatment: removeDefaultVpcs('Enable flow logs on each VPC that you create.'),
  },
  {
    id: '4.8',
    title: 'Object-level writes are logged',
    treatment: billed('Data events are billed for each request to a bucket.', 'auditTrail.s3DataEvents'),
    inProfile: { strict: OBJECTS_LOGGED },
  },
  {
    id: '4.9',
    title: 'Object-level reads are logged',
    treatment: billed('Data events are billed for each request to a bucket.', 'auditTrail.s3DataEvents'),
    inProfile: { strict: OBJECTS_LOGGED },
  },
  {
    id: '4.10',
    title: 'Public web endpoints log their requests',
    treatment: {
      status: 'workload',
      reason: 'Enable it on each load balancer, distribution, and API. The baseline creates none.',
    },
  },
  {
    id: '5.1',
    title: 'Unauthorized API calls trigger an alarm',
    treatment: monitored({
      metric: 'Attempts',
      words: '*UnauthorizedOperation AccessDenied*',
      limits:
        'Triggers at 30 events within five minutes, because consoles and services are denied requests all day.',
    }),
  },
  {
    id: '5.2',
    title: 'A console sign-in without MFA triggers an alarm',
    treatment: monitored({ metric: 'SignIn', words: 'ConsoleLogin MFAUsed' }),
  },
  {
    id: '5.3',
    title: 'Every use of root triggers an alarm',
    treatment: { status: 'resource', evidence: ROOT_USED, tests: TOLD_TESTS },
  },
  {
    id: '5.4',
    title: 'Changes to IAM policies trigger an alarm',
    treatment: monitored({
      metric: 'Attempts',
      words:
        'DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy DetachUserPolicy AttachGroupPolicy DetachGroupPolicy',
      limits: BUSY,
    }),
  },
  {
    id: '5.5',
    title: 'Changes to the trail trigger an alarm',
    treatment: monitoredText({
      metric: 'Safeguards',
      words: 'CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging',
    }),
  },
  {
    id: '5.6',
    title: 'Failed console sign-ins trigger an alarm',
    treatment: monitored({
      metric: 'Attempts',
      words: 'ConsoleLogin Failed authentication',
      limits: 'Triggers at five events within five minutes, because people mistype.',
    }),
  },
  {
    id: '5.7',
    title: 'Disabling or deleting a key triggers an alarm',
    treatment: { status: 'resource', evidence: KEY_DISABLED, tests: TOLD_TESTS },
  },
  {
    id: '5.8',
    title: 'Changes to bucket policies trigger an alarm',
    treatment: monitored({
      metric: 'Attempts',
      words:
        's3.amazonaws.com PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle PutBucketReplication DeleteBucketPolicy DeleteBucketCors DeleteBucketLifecycle DeleteBucketReplication',
      limits: `${BUSY} ChangedByHand does not cover CORS, lifecycle, and replication.`,
    }),
  },
  {
    id: '5.9',
    title: 'Changes to AWS Config trigger an alarm',
    treatment: monitoredText({
      metric: 'Safeguards',
      words:
        'config.amazonaws.com StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel PutConfigurationRecorder',
    }),
  },
  {
    id: '5.10',
    title: 'Changes to security groups trigger an alarm',
    treatment: monitored({
      metric: 'Attempts',
      words:
        'AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup',
      limits: `${BUSY} The requirement also names ModifySecurityGroupRules, which Security Hub’s pattern does not contain. ChangedByHand covers it, but a scanner such as Prowler reports it missing from this filter.`,
    }),
  },
  {
    id: '5.11',
    title: 'Changes to network ACLs trigger an alarm',
    treatment: monitored({
      metric: 'Attempts',
      words:
        'CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry ReplaceNetworkAclAssociation',
      limits: BUSY,
    }),
  },
  {
    id: '5.12',
    title: 'Changes to gateways trigger an alarm',
    treatment: monitored({
      metric: 'Attempts',
      words:
        'CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway DeleteInternetGateway DetachInternetGateway',
      limits: BUSY,
    }),
  },
  {
    id: '5.13',
    title: 'Changes to routes trigger an alarm',
    treatment: monitored({
      metric: 'Attempts',
      words:
        'ec2.amazonaws.com CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute DisassociateRouteTable',
      limits: BUSY,
    }),
  },
  {
    id: '5.14',
    title: 'Changes to VPCs trigger an alarm',
    treatment: monitored({
      metric: 'Attempts',
      words:
        'CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection DeleteVpcPeeringConnection RejectVpcPeeringConnection AttachClassicLinkVpc DetachClassicLinkVpc DisableVpcClassicLink EnableVpcClassicLink',
      limits: BUSY,
    }),
  },
  {
    id: '5.15',
    title: 'Changes to the organization trigger an alarm',
    treatment: monitored({
      metric: 'Safeguards',
      words:
        'organizations.amazonaws.com AcceptHandshake AttachPolicy CancelHandshake CreateAccount CreateOrganization CreateOrganizationalUnit CreatePolicy DeclineHandshake DeleteOrganization DeleteOrganizationalUnit DeletePolicy DetachPolicy DisablePolicyType EnableAllFeatures EnablePolicyType InviteAccountToOrganization LeaveOrganization MoveAccount RemoveAccountFromOrganization UpdateOrganizationalUnit UpdatePolicy',
    }),
  },
  {
    id: '5.16',
    title: 'Security Hub is enabled',
    treatment: billed(
      'Security Hub is billed for each check, and needs AWS Config.',
      'detectors.securityHub',
    ),
    inProfile: { strict: HUB_ON },
  },
  {
    id: '6.1.1',
    title: 'New EBS volumes are encrypted in every Region',
    treatment: { status: 'setting', evidence: [setting('EbsEncryption')], tests: SETTING_TESTS },
  },
  {
    id: '6.1.2',
    title: 'SMB is open to trusted networks only',
    treatment: {
      status: 'workload',
      reason: 'Set it in the security groups of your workloads. The baseline creates none.',
    },
  },
  {
    id: '6.2',
    title: 'No network ACL opens SSH or RDP to the internet',
    treatment: removeDefaultVpcs(
      'The network ACL of a default VPC allows all traffic. Set the ACLs of the VPCs that you create.',
    ),
  },
  {
    id: '6.3',
    title: 'No security group opens SSH or RDP to IPv4',
    treatment: {
      status: 'workload',
      reason: 'Set it in the security groups of your workloads. The baseline creates none.',
    },
  },
  {
    id: '6.4',
    title: 'No security group opens SSH or RDP to IPv6',
    treatment: {
      status: 'workload',
      reason: 'Set it in the security groups of your workloads. The baseline creates none.',
    },
  },
  {
    id: '6.5',
    title: 'The default security group allows no traffic',
    treatment: EMPTY_DEFAULT_GROUPS,
  },
  {
    id: '6.6',
    title: 'Routes between peered VPCs are least privilege',
    treatment: { status: 'workload', reason: 'Set it where you peer VPCs. The baseline creates no peering.' },
  },
  {
    id: '6.7',
    title: 'Instances require IMDSv2',
    treatment: {
      status: 'setting',
      evidence: [setting('ImdsV2')],
      tests: SETTING_TESTS,
      limits:
        'The default for new instances, unless the launch overrides it. Running instances are not changed.',
    },
  },
  {
    id: '6.8',
    title: 'VPCs reach AWS services through VPC endpoints',
    treatment: {
      status: 'workload',
      reason: 'Set it in the VPCs of your workloads. Endpoints are billed by the hour.',
    },
  },
];

/** Every requirement of the benchmark. */
export const CIS: readonly Control[] = CONTROLS.map((control) => ({ standard: 'CIS', ...control }));
