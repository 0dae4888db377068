import type { CloudTrailEvent } from '../../../emulator/metric-filters';

type Fields = Readonly<Record<string, unknown>>;

export const ACCOUNT = '123456789012';
const OTHER = '210987654321';

const ROOT = { type: 'Root', arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT };
const INTRUDER = {
  type: 'IAMUser',
  arn: `arn:aws:iam::${ACCOUNT}:user/mallory`,
  accountId: ACCOUNT,
  userName: 'mallory',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
};

const requested = (requestParameters: Fields): Fields => ({ requestParameters });

/** A policy that allows something to this principal, as text. */
const policy = (principal: unknown): string =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: principal, Action: '*', Resource: '*' }] });
const bucketPolicy = (Principal: unknown) =>
  requested({ bucketName: 'orders', bucketPolicy: { Statement: [{ Effect: 'Allow', Principal }] } });

const rule = (ipProtocol: string, fromPort: number, toPort = fromPort): Fields => ({
  responseElements: {
    securityGroupRuleSet: { items: [{ cidrIpv4: '0.0.0.0/0', ipProtocol, fromPort, toPort }] },
  },
});

const signIn = (outcome: 'Success' | 'Failure', userIdentity: Fields, MFAUsed = 'Yes'): Fields => ({
  userIdentity,
  eventType: 'AwsConsoleSignIn',
  responseElements: { ConsoleLogin: outcome },
  additionalEventData: { MFAUsed },
  ...(outcome === 'Failure' ? { errorMessage: 'Failed authentication' } : {}),
});

const managed = (name: string) => requested({ policyArn: `arn:aws:iam::aws:policy/${name}` });
const shares = (item: Fields) => requested({ createVolumePermission: { add: { items: [item] } } });
const launches = (item: Fields) => requested({ launchPermission: { add: { items: [item] } } });
const EVERYONE = policy({ AWS: '*' });

/**
 * What distinguishes an event from others with its name. The key is the service, the name of the event, and
 * what it is about.
 */
export const FIELDS: Readonly<Record<string, Fields>> = {
  'bedrock:PutFoundationModelEntitlement#denied': { errorCode: 'AccessDenied' },
  'bedrock:PutResourcePolicy#denied': { errorCode: 'AccessDenied' },
  'codebuild:UpdateProjectVisibility#public': requested({ projectVisibility: 'PUBLIC_READ' }),
  'ec2:AuthorizeSecurityGroupIngress#all': rule('-1', -1),
  'ec2:AuthorizeSecurityGroupIngress#smb': rule('tcp', 445),
  'ec2:AuthorizeSecurityGroupIngress#ssh': rule('tcp', 22),
  'ec2:DescribeInstanceAttribute#user-data': requested({ attribute: 'userData' }),
  'ec2:GetPasswordData#denied': { errorCode: 'Client.UnauthorizedOperation' },
  'ec2:ModifyImageAttribute#all': launches({ group: 'all' }),
  'ec2:ModifyImageAttribute#organization': launches({ organizationArn: 'arn:aws:organizations::1:o-1' }),
  'ec2:ModifyImageAttribute#other': launches({ userId: OTHER }),
  'ec2:ModifyInstanceAttribute#group': requested({ groupSet: { items: [{ groupId: 'sg-1' }] } }),
  'ec2:ModifyInstanceAttribute#user-data': requested({ userData: '<sensitiveDataRemoved>' }),
  'ec2:ModifySnapshotAttribute#all': shares({ group: 'all' }),
  'ec2:ModifySnapshotAttribute#other': shares({ userId: OTHER }),
  'ec2:ModifySnapshotAttribute#removed': requested({
    createVolumePermission: { remove: { items: [{ userId: OTHER }] } },
  }),
  'ecr:PutRegistryPolicy#everyone': requested({ policyText: EVERYONE }),
  'ecr:SetRepositoryPolicy#everyone': requested({ policyText: EVERYONE }),
  'eks:UpdateClusterConfig#logs-off': requested({ logging: { clusterLogging: [{ enabled: false }] } }),
  'elasticfilesystem:PutBackupPolicy#off': requested({ backupPolicy: { status: 'DISABLED' } }),
  'iam:AttachGroupPolicy#administrator': managed('AdministratorAccess'),
  'iam:AttachRolePolicy#administrator': managed('AdministratorAccess'),
  'iam:AttachUserPolicy#administrator': managed('AdministratorAccess'),
  'iam:AttachUserPolicy#quarantine': managed('AWSCompromisedKeyQuarantineV3'),
  'iam:CreateLoginProfile#root': { userIdentity: ROOT },
  'iam:UpdateAssumeRolePolicy#malformed': { errorCode: 'MalformedPolicyDocumentException' },
  'iam:UpdateAssumeRolePolicy#other': requested({
    policyDocument: policy({ AWS: `arn:aws:iam::${OTHER}:root` }),
  }),
  'lambda:AddLayerVersionPermission20181031#other': requested({ principal: OTHER }),
  'lambda:AddPermission20150331v2#everyone': requested({ principal: '*' }),
  'lambda:AddPermission20150331v2#other': requested({ principal: OTHER }),
  'lambda:CreateFunctionUrlConfig#iam': requested({ authType: 'AWS_IAM' }),
  'lambda:CreateFunctionUrlConfig#open': requested({ authType: 'NONE' }),
  'lambda:UpdateFunctionUrlConfig#open': requested({ authType: 'NONE' }),
  'rds:CreateDBInstance#public': requested({ publiclyAccessible: true }),
  'rds:ModifyDBCluster#password': requested({ masterUserPassword: '****' }),
  'rds:ModifyDBCluster#unprotected': requested({ deletionProtection: false }),
  'rds:ModifyDBClusterSnapshotAttribute#other': requested({ valuesToAdd: [OTHER] }),
  'rds:ModifyDBInstance#no-backups': requested({ backupRetentionPeriod: 0 }),
  'rds:ModifyDBInstance#password': requested({ masterUserPassword: '****' }),
  'rds:ModifyDBInstance#public': requested({ publiclyAccessible: true }),
  'rds:ModifyDBInstance#unprotected': requested({ deletionProtection: false }),
  'rds:ModifyDBSnapshotAttribute#other': requested({ valuesToAdd: [OTHER] }),
  'rds:RestoreDBInstanceFromDBSnapshot#public': { responseElements: { publiclyAccessible: true } },
  's3:ListBuckets#root': { userIdentity: ROOT },
  's3:PutBucketAcl#public': requested({ bucketName: 'orders', 'x-amz-acl': 'public-read' }),
  's3:PutBucketLogging#off': requested({ bucketName: 'orders', BucketLoggingStatus: {} }),
  's3:PutBucketPolicy#everyone': bucketPolicy('*'),
  's3:PutBucketPolicy#other': bucketPolicy({ AWS: `arn:aws:iam::${OTHER}:root` }),
  's3:PutBucketReplication#other': requested({
    ReplicationConfiguration: { Rule: { Destination: { Account: OTHER } } },
  }),
  's3:PutBucketVersioning#suspended': requested({ VersioningConfiguration: { Status: 'Suspended' } }),
  'signin:ConsoleLogin#failed': signIn('Failure', INTRUDER),
  'signin:ConsoleLogin#federated': signIn('Success', { type: 'FederatedUser', accountId: ACCOUNT }),
  'signin:ConsoleLogin#no-mfa': signIn('Success', INTRUDER, 'No'),
  'signin:ConsoleLogin#root': signIn('Success', ROOT),
  'signin:ConsoleLogin#root-failed': signIn('Failure', ROOT),
  'signin:EmailUpdated#root': { userIdentity: ROOT, eventType: 'AwsServiceEvent' },
  'signin:PasswordRecoveryRequested': { userIdentity: ROOT, eventType: 'AwsConsoleSignIn' },
  'sns:SetTopicAttributes#everyone': requested({ attributeName: 'Policy', attributeValue: EVERYONE }),
  'sqs:SetQueueAttributes#everyone': requested({ attributes: { Policy: EVERYONE } }),
  'ssm:GetParameter#secure': requested({ name: 'x', withDecryption: true }),
  'ssm:GetParameters#secure': requested({ names: ['x'], withDecryption: true }),
  'ssm:ModifyDocumentPermission#everyone': requested({ accountIdsToAdd: ['all'] }),
  'sts:GetCallerIdentity#kali': { userAgent: 'aws-cli/2.32.6 md/distrib#kali.2025' },
  'sts:GetCallerIdentity#trufflehog': { userAgent: 'TruffleHog' },
};

const READS = /^(?:AssumeRole|Describe|Get|List)/;

/** The smallest event of its kind, by a user with an access key unless it says otherwise. */
export function eventOf(key: string): CloudTrailEvent {
  const [, service = '', eventName = ''] = /^([^:]+):([^#]+)/.exec(key) ?? [];
  return {
    eventSource: `${service}.amazonaws.com`,
    eventName,
    eventType: 'AwsApiCall',
    userIdentity: INTRUDER,
    userAgent: 'aws-cli/2.32.6 md/awscrt#0.28.4 ua/2.1 os/linux',
    requestParameters: {},
    readOnly: READS.test(eventName),
    recipientAccountId: ACCOUNT,
    ...FIELDS[key],
  };
}
