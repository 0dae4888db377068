import type { Control, Evidence, Treatment } from './control';
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
  trail,
  USER_POLICIES,
} from './proofs';

/** A filter with these words, its alarm, and the way of the message to a mailbox. */
const monitored = (metric: string, words: string, limits?: string): Treatment =>
  toldBy(told(metric, { words }), limits);

const toldBy = (evidence: readonly Evidence[], limits?: string): Treatment => ({
  status: 'resource',
  evidence,
  tests: TOLD_TESTS,
  limits,
});

const BUSY =
  'It rings at 50 such events within five minutes, so that a deployment does not; a single one by hand rings through ChangedByHand.';

const ORGANIZATION =
  'It is done once, in the management account of an organization; the baseline is for one account.';

const DATABASES = 'Whoever makes a database sets it; the baseline makes none.';

const OBJECTS_LOGGED: Treatment = {
  status: 'resource',
  evidence: [DATA_EVENTS],
  tests: ['test/audit/audit-trail.test.ts'],
  limits:
    'Not in the buckets of the baseline, or the trail would log itself; access to the log files is logged by S3.',
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
    title: 'Policies of the organization limit what its accounts may do',
    treatment: { status: 'outOfScope', reason: ORGANIZATION },
  },
  {
    id: '2.1.3',
    title: 'The management account runs nothing but the organization',
    treatment: { status: 'outOfScope', reason: ORGANIZATION },
  },
  {
    id: '2.1.4',
    title: 'Accounts are grouped by purpose and by how sensitive they are',
    treatment: { status: 'outOfScope', reason: ORGANIZATION },
  },
  {
    id: '2.1.5',
    title: 'Another account than the management account edits its policies',
    treatment: { status: 'outOfScope', reason: ORGANIZATION },
  },
  {
    id: '2.1.6',
    title: 'Another account than the management account runs its services',
    treatment: { status: 'outOfScope', reason: ORGANIZATION },
  },
  {
    id: '2.2',
    title: 'The primary contact is current',
    treatment: {
      status: 'manual',
      steps: [
        'As an administrator open **Account** and compare **Contact information** with the company’s.',
        'Use an address and a number of the company rather than of one person: AWS may call the number before it restores access to root.',
        'Look again once a year.',
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
      reason: 'A new account has none, and a new key raises RootCredentialsChanged.',
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
        'As root, enrol a passkey or a security key, and a second one that is kept elsewhere.',
        'AWS demands MFA within 35 days of the first sign-in; do it in the first minute.',
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
        'As root, enrol security keys and remove every authenticator app: one that is left fails the check.',
        'Lock the keys away, apart from each other.',
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
        'Work as one of the administrators that the baseline makes.',
        'Use root for the tasks of the runbook only, and answer the alarm each time.',
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
      limits: 'IAM remembers 24.',
    },
  },
  {
    id: '2.10',
    title: 'Every user with a console password has MFA',
    treatment: {
      status: 'manual',
      steps: [
        'Each user sets up MFA at the first sign-in. Until then, the policy denies everything else.',
        'Look at the credential report for people who never did, and for users that the baseline did not make.',
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
        'Each quarter, download the credential report and look at the dates of last use.',
        'Take people who left off `administrators` and deploy; delete their users.',
        'Deactivate keys that nobody used.',
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
        'Make none: `aws login` and roles give credentials that expire. The baseline makes none either.',
        'A message tells of each new key: note when it is to be replaced, or delete it.',
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
      limits: 'Users that others make are theirs to keep to it.',
    },
  },
  {
    id: '2.14',
    title: 'No policy grants full administrative access',
    treatment: {
      status: 'exception',
      reason:
        'Somebody has to administer the account without being root, so the group has AdministratorAccess. Without MFA its own policy denies everything, and the guard denies accidents.',
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
      reason: 'Whoever starts an instance gives it the role; the baseline starts none.',
    },
  },
  {
    id: '2.17',
    title: 'No expired certificate is kept in IAM',
    treatment: {
      status: 'default',
      reason: 'A new account has none; ACM replaces them.',
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
      limits: 'Of external access. Findings wait in the console; nobody is told of them.',
    },
  },
  {
    id: '2.19',
    title: 'With several accounts, people come from one directory',
    treatment: {
      status: 'outOfScope',
      reason:
        'One account, and its people are IAM users with MFA. With a second account, move to IAM Identity Center in the organization.',
    },
  },
  {
    id: '2.20',
    title: 'AWSCloudShellFullAccess is restricted',
    treatment: {
      status: 'default',
      reason:
        'In a new account nobody has this policy. Administrators can open CloudShell through AdministratorAccess, which the requirement does not look at.',
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
      reason: 'Each resource has a policy of its own. Those of the baseline let nobody in by `*`.',
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
      limits: 'The two buckets of the baseline; others need a policy of their own.',
    },
  },
  {
    id: '3.1.2',
    title: 'Deleting object versions requires MFA',
    treatment: {
      status: 'exception',
      reason:
        'S3 takes no lifecycle rules beside MFA delete, and without them the logs would grow for ever; root would need an access key for it, too. Versions and the guard protect the logs instead.',
      evidence: [{ type: 'AWS::S3::Bucket', properties: { VersioningConfiguration: { Status: 'Enabled' } } }],
    },
  },
  {
    id: '3.1.3',
    title: 'Sensitive data in buckets is identified',
    treatment: {
      status: 'workload',
      reason:
        'Whoever stores data knows what it is. Macie, which searches for it, is billed for buckets and bytes and is left out.',
    },
  },
  {
    id: '3.1.4',
    title: 'Buckets and the account block public access',
    treatment: {
      status: 'setting',
      evidence: [setting('S3PublicAccessBlock'), ...PRIVATE_BUCKETS],
      tests: SETTING_TESTS,
      limits:
        'The block of the account is over every bucket; those of the baseline have one of their own as well.',
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
      reason: 'Whoever makes a file system sets it; the baseline makes none.',
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
      limits: 'CloudTrail writes the digests; somebody has to run `aws cloudtrail validate-logs`.',
    },
  },
  {
    id: '4.3',
    title: 'AWS Config records every Region',
    treatment: billed('AWS Config is billed for each resource that changes.', 'detectors.configRecorder'),
    inProfile: {
      strict: {
        status: 'exception',
        reason:
          'The recorder is for the home Region and for IAM; another Region needs one of its own, where something runs.',
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
      limits: 'The key of the baseline; whoever makes another sets its rotation.',
    },
    inProfile: {
      free: {
        status: 'workload',
        reason: 'Whoever makes a key sets its rotation; the profile free makes none.',
        none: [{ type: 'AWS::KMS::Key', properties: {} }],
      },
    },
  },
  {
    id: '4.7',
    title: 'Every VPC has flow logs',
    treatment: removeDefaultVpcs('Networks of workloads need flow logs: whoever makes one sets them.'),
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
      reason: 'Whoever makes a load balancer, distribution or API sets it; the baseline makes none.',
    },
  },
  {
    id: '5.1',
    title: 'Unauthorized API calls trigger an alarm',
    treatment: monitored(
      'Activity',
      '*UnauthorizedOperation AccessDenied*',
      'It rings at 30 within five minutes; consoles and services are refused all day.',
    ),
  },
  {
    id: '5.2',
    title: 'A console sign-in without MFA triggers an alarm',
    treatment: monitored('Safeguards', 'ConsoleLogin MFAUsed'),
  },
  {
    id: '5.3',
    title: 'Every use of root triggers an alarm',
    treatment: toldBy(ROOT_USED),
  },
  {
    id: '5.4',
    title: 'Changes of IAM policies trigger an alarm',
    treatment: monitored(
      'Activity',
      'DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy DetachUserPolicy AttachGroupPolicy DetachGroupPolicy',
      BUSY,
    ),
  },
  {
    id: '5.5',
    title: 'Changes of the trail trigger an alarm',
    treatment: monitored('Safeguards', 'CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging'),
  },
  {
    id: '5.6',
    title: 'Failed console sign-ins trigger an alarm',
    treatment: monitored(
      'Activity',
      'ConsoleLogin Failed authentication',
      'It rings at five within five minutes; people mistype.',
    ),
  },
  {
    id: '5.7',
    title: 'Disabling or deleting a key triggers an alarm',
    treatment: toldBy(KEY_DISABLED),
  },
  {
    id: '5.8',
    title: 'Changes of bucket policies trigger an alarm',
    treatment: monitored(
      'Activity',
      's3.amazonaws.com PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle PutBucketReplication DeleteBucketPolicy DeleteBucketCors DeleteBucketLifecycle DeleteBucketReplication',
      `${BUSY} That one leaves out CORS, lifecycle and replication.`,
    ),
  },
  {
    id: '5.9',
    title: 'Changes of AWS Config trigger an alarm',
    treatment: monitored(
      'Safeguards',
      'config.amazonaws.com StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel PutConfigurationRecorder',
    ),
  },
  {
    id: '5.10',
    title: 'Changes of security groups trigger an alarm',
    treatment: monitored(
      'Activity',
      'AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup',
      `${BUSY} The requirement names ModifySecurityGroupRules, too: Security Hub’s text leaves it out, ChangedByHand has it, and a scanner such as prowler will miss it in this filter.`,
    ),
  },
  {
    id: '5.11',
    title: 'Changes of network ACLs trigger an alarm',
    treatment: monitored(
      'Activity',
      'CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry ReplaceNetworkAclAssociation',
      BUSY,
    ),
  },
  {
    id: '5.12',
    title: 'Changes of gateways trigger an alarm',
    treatment: monitored(
      'Activity',
      'CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway DeleteInternetGateway DetachInternetGateway',
      BUSY,
    ),
  },
  {
    id: '5.13',
    title: 'Changes of routes trigger an alarm',
    treatment: monitored(
      'Activity',
      'ec2.amazonaws.com CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute DisassociateRouteTable',
      BUSY,
    ),
  },
  {
    id: '5.14',
    title: 'Changes of VPCs trigger an alarm',
    treatment: monitored(
      'Activity',
      'CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection DeleteVpcPeeringConnection RejectVpcPeeringConnection AttachClassicLinkVpc DetachClassicLinkVpc DisableVpcClassicLink EnableVpcClassicLink',
      BUSY,
    ),
  },
  {
    id: '5.15',
    title: 'Changes of the organization trigger an alarm',
    treatment: monitored(
      'Safeguards',
      'organizations.amazonaws.com AcceptHandshake AttachPolicy CancelHandshake CreateAccount CreateOrganization CreateOrganizationalUnit CreatePolicy DeclineHandshake DeleteOrganization DeleteOrganizationalUnit DeletePolicy DetachPolicy DisablePolicyType EnableAllFeatures EnablePolicyType InviteAccountToOrganization LeaveOrganization MoveAccount RemoveAccountFromOrganization UpdateOrganizationalUnit UpdatePolicy',
    ),
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
      reason: 'It is for the security groups of workloads; the baseline makes none.',
    },
  },
  {
    id: '6.2',
    title: 'No network ACL opens SSH or RDP to the internet',
    treatment: removeDefaultVpcs('Their ACL lets everything in. Networks of workloads set their own.'),
  },
  {
    id: '6.3',
    title: 'No security group opens SSH or RDP to IPv4',
    treatment: {
      status: 'workload',
      reason: 'It is for the security groups of workloads; the baseline makes none.',
    },
  },
  {
    id: '6.4',
    title: 'No security group opens SSH or RDP to IPv6',
    treatment: {
      status: 'workload',
      reason: 'It is for the security groups of workloads; the baseline makes none.',
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
    treatment: { status: 'workload', reason: 'It is for those who peer networks; the baseline makes none.' },
  },
  {
    id: '6.7',
    title: 'Instances require IMDSv2',
    treatment: {
      status: 'setting',
      evidence: [setting('ImdsV2')],
      tests: SETTING_TESTS,
      limits:
        'The default for new instances, unless their launch says otherwise. Instances that run already stay with their workloads.',
    },
  },
  {
    id: '6.8',
    title: 'Networks reach AWS through VPC endpoints',
    treatment: {
      status: 'workload',
      reason: 'It is for the networks of workloads, and endpoints are billed by the hour.',
    },
  },
];

/** Every requirement of the benchmark. */
export const CIS: readonly Control[] = CONTROLS.map((control) => ({ standard: 'CIS', ...control }));
