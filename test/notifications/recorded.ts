/** A call as CloudTrail records it, reduced to what the message is about, and how the line "What" ends. */
export type Recorded = readonly [call: string, parameters: unknown, says: string, fields?: object];

const POLICY = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const TRUST = (Principal: unknown) => POLICY({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });
const OTHER = '999999999999';
const OUTSIDER = `arn:aws:iam::${OTHER}:root`;

/** A permission of a security group. */
const permission = (
  ipProtocol: string,
  fromPort: number | undefined,
  toPort: number | undefined,
  ranges: object,
) => ({
  groupId: 'sg-1',
  ipPermissions: {
    items: [{ ipProtocol, fromPort, toPort, groups: {}, ipRanges: {}, ipv6Ranges: {}, ...ranges }],
  },
});

/**
 * What attackers do, in the shapes of recorded CloudTrail logs.
 * @see https://github.com/DataDog/stratus-red-team/tree/main/docs/detonation-logs
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export const RECORDED: Readonly<Record<string, readonly Recorded[]>> = {
  'the ports and ranges of a security group': [
    [
      'ec2 AuthorizeSecurityGroupIngress',
      {
        cidrIp: '0.0.0.0/0',
        fromPort: 22,
        groupId: 'sg-1',
        ipPermissions: {},
        ipProtocol: 'tcp',
        toPort: 22,
      },
      ': group sg-1, tcp 22 for 0.0.0.0/0',
    ],
    [
      'ec2 AuthorizeSecurityGroupIngress',
      permission('tcp', 22, 22, { ipv6Ranges: { items: [{ cidrIpv6: '::/0', description: 'SECRET' }] } }),
      ': group sg-1, tcp 22 for ::/0',
    ],
    [
      'ec2 AuthorizeSecurityGroupIngress',
      permission('tcp', 3000, 4000, { prefixListIds: { items: [{ prefixListId: 'pl-1' }] } }),
      ': group sg-1, tcp 3000-4000 for pl-1',
    ],
    [
      'ec2 AuthorizeSecurityGroupIngress',
      permission('udp', 53, 53, { groups: { items: [{ groupId: 'sg-2', userId: OTHER }] } }),
      `: group sg-1, udp 53 for ${OTHER} and sg-2`,
    ],
    [
      'ec2 AuthorizeSecurityGroupEgress',
      permission('-1', undefined, undefined, {
        ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
        ipv6Ranges: { items: [{ cidrIpv6: '::/0' }] },
      }),
      ': group sg-1, all ports for 0.0.0.0/0 and ::/0',
    ],
    [
      // However many others there are, the world comes first.
      'ec2 AuthorizeSecurityGroupIngress',
      permission('tcp', 22, 22, {
        ipRanges: {
          items: [
            ...Array.from({ length: 50 }, (_, index) => ({ cidrIp: `10.0.${index}.0/24` })),
            { cidrIp: '0.0.0.0/0' },
          ],
        },
      }),
      ': group sg-1, tcp 22 for 0.0.0.0/0 and 10.0.0.0/24 and 49 more',
    ],
    [
      'ec2 ModifySecurityGroupRules',
      {
        ModifySecurityGroupRulesRequest: {
          GroupId: 'sg-1',
          SecurityGroupRule: {
            SecurityGroupRuleId: 'sgr-1',
            SecurityGroupRule: { CidrIpv4: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 3389, ToPort: 3389 },
            tag: 1,
          },
        },
      },
      ': group sg-1, tcp 3389 for 0.0.0.0/0, security group rule sgr-1',
    ],
    [
      'ec2 CreateNetworkAclEntry',
      { networkAclId: 'acl-1', ruleNumber: 90, egress: false, ruleAction: 'allow', cidrBlock: '0.0.0.0/0' },
      ': network acl acl-1, cidr block 0.0.0.0/0, rule action allow, rule number 90, egress false',
    ],
  ],
  'with whom something is shared': [
    [
      'ec2 ModifyImageAttribute',
      {
        attributeType: 'launchPermission',
        imageId: 'ami-1',
        launchPermission: { add: { items: [{ userId: OTHER }] } },
      },
      `: image ami-1, add user ${OTHER}, attribute type launchPermission`,
    ],
    [
      'ec2 ModifyImageAttribute',
      { imageId: 'ami-1', launchPermission: { add: { items: [{ group: 'all' }] } } },
      ': image ami-1, add group all',
    ],
    [
      'ec2 ModifySnapshotAttribute',
      { snapshotId: 'snap-1', createVolumePermission: { remove: { items: [{ userId: OTHER }] } } },
      `: snap-1, remove user ${OTHER}`.replace('snap-1', 'snapshot snap-1'),
    ],
    [
      'rds ModifyDBSnapshotAttribute',
      { attributeName: 'restore', dBSnapshotIdentifier: 'orders', valuesToAdd: [OTHER] },
      `: DB snapshot orders, values to add ${OTHER}, attribute restore`,
    ],
    [
      'rds ModifyDBClusterSnapshotAttribute',
      { attributeName: 'restore', dBClusterSnapshotIdentifier: 'orders', valuesToAdd: ['all'] },
      ': DB cluster snapshot orders, values to add all, attribute restore',
    ],
    [
      'ssm ModifyDocumentPermission',
      { name: 'deploy', permissionType: 'Share', accountIdsToAdd: ['all'] },
      ': name deploy, account ids to add all, permission type Share',
    ],
    [
      'lambda AddPermission20150331v2',
      { action: 'lambda:InvokeFunction', functionName: 'pay', principal: '*', statementId: 'x' },
      ': function pay, principal * (any), action lambda:InvokeFunction',
    ],
    [
      'lambda CreateFunctionUrlConfig',
      { functionName: 'pay', authType: 'NONE' },
      ': function pay, auth type NONE',
    ],
    [
      'sqs AddPermission',
      {
        queueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/orders',
        label: 'x',
        aWSAccountIds: [OTHER],
        actions: ['SendMessage'],
      },
      `: queue /123456789012/orders, AWS account ${OTHER}, actions SendMessage`,
    ],
    [
      'sqs SetQueueAttributes',
      {
        queueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/orders',
        attributes: { Policy: POLICY({ Effect: 'Allow', Principal: '*', Action: 'sqs:*' }) },
      },
      ': queue /123456789012/orders, principal * (any), action sqs:ANY',
    ],
    [
      'sns SetTopicAttributes',
      {
        topicArn: 'arn:aws:sns:us-east-1:123456789012:orders',
        attributeName: 'Policy',
        attributeValue: POLICY({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sns:Publish' }),
      },
      ': topic orders, principal * (any), attribute Policy, action sns:Publish',
    ],
    [
      's3 PutBucketPolicy',
      {
        bucketPolicy: {
          Statement: [
            { Sid: 'x', Effect: 'Deny', Principal: '*', Action: 's3:*' },
            {
              Effect: 'Allow',
              Principal: { Service: 'cloudtrail.amazonaws.com', AWS: [OUTSIDER] },
              Action: 's3:GetObject',
            },
          ],
        },
        bucketName: 'orders',
        Host: 'orders.s3.amazonaws.com',
      },
      `: bucket orders, principal ${OUTSIDER} and cloudtrail.amazonaws.com, action s3:GetObject`,
    ],
    [
      's3 PutBucketAcl',
      { bucketName: 'orders', 'x-amz-acl': 'public-read', acl: '' },
      ': bucket orders, x-amz-acl public-read',
    ],
    [
      's3 PutBucketAcl',
      {
        bucketName: 'orders',
        AccessControlPolicy: {
          AccessControlList: {
            Grant: [
              { Grantee: { URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }, Permission: 'READ' },
            ],
          },
        },
      },
      ': bucket orders, URI /groups/global/AllUsers, permission READ',
    ],
    [
      's3 PutBucketPublicAccessBlock',
      {
        bucketName: 'orders',
        PublicAccessBlockConfiguration: { BlockPublicAcls: false, BlockPublicPolicy: false },
      },
      ': bucket orders, block public acls false, block public policy false',
    ],
    [
      'ecr SetRepositoryPolicy',
      {
        repositoryName: 'app',
        policyText: POLICY({ Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }),
      },
      ': repository app, principal * (any), action ecr:BatchGetImage',
    ],
    [
      'kms PutKeyPolicy',
      {
        keyId: 'k-1',
        policyName: 'default',
        policy: POLICY({ Effect: 'Allow', Principal: { AWS: OUTSIDER }, Action: 'kms:*' }),
      },
      `: key k-1, principal ${OUTSIDER}, policy default, action kms:ANY`,
    ],
    [
      'sqs SetQueueAttributes',
      {
        queueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/orders',
        attributes: {
          Policy: POLICY({
            Effect: 'Allow',
            Principal: '*',
            Action: 'sqs:SendMessage',
            Condition: { StringEquals: { 'aws:SourceAccount': OTHER } },
          }),
        },
      },
      `: queue /123456789012/orders, principal * (any), if aws:SourceAccount ${OTHER}, action sqs:SendMessage`,
    ],
    [
      's3 PutBucketPolicy',
      {
        bucketPolicy: {
          Statement: {
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:GetObject',
            Condition: {
              StringNotLike: { 'aws:Referer': ['SECRET'] },
              ArnNotEquals: { 'aws:PrincipalArn': ['arn:aws:iam::123456789012:role/a', 'b', 'c'] },
            },
          },
        },
        bucketName: 'orders',
      },
      ': bucket orders, principal * (any), unless aws:Referer (not shown), unless aws:PrincipalArn role/a,b,c, action s3:GetObject',
    ],
  ],
  'who gets in, and with which rights': [
    [
      'iam AttachUserPolicy',
      { policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess', userName: 'bob' },
      ': policy/AdministratorAccess, user bob',
    ],
    [
      'iam PutUserPolicy',
      {
        userName: 'bob',
        policyName: 'p',
        policyDocument: POLICY({ Effect: 'Allow', Action: '*', Resource: '*' }),
      },
      ': user bob, policy p, action * (any)',
    ],
    [
      'iam UpdateAssumeRolePolicy',
      { roleName: 'deploy', policyDocument: TRUST({ AWS: OUTSIDER }) },
      `: role deploy, principal ${OUTSIDER}, action sts:AssumeRole`,
    ],
    [
      'iam UpdateAssumeRolePolicy',
      {
        roleName: 'deploy',
        policyDocument: TRUST({ Federated: 'arn:aws:iam::123456789012:oidc-provider/idp' }),
      },
      ': role deploy, principal oidc-provider/idp, action sts:AssumeRole',
    ],
    [
      'iam UpdateAssumeRolePolicy',
      {
        roleName: 'deploy',
        policyDocument: POLICY({
          Effect: 'Allow',
          Principal: { AWS: OUTSIDER },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'sts:ExternalId': 'SECRET' } },
        }),
      },
      `: role deploy, principal ${OUTSIDER}, if sts:ExternalId (not shown), action sts:AssumeRole`,
    ],
    [
      'iam CreateRole',
      { assumeRolePolicyDocument: TRUST({ AWS: '*' }), roleName: 'deploy' },
      ': role deploy, principal * (any), action sts:AssumeRole',
    ],
    [
      'iam CreateAccessKey',
      { userName: 'bob' },
      ': user bob, new access key AKIAIOSFODNN7EXAMPLE',
      { responseElements: { accessKey: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' } } },
    ],
    [
      'iam EnableMFADevice',
      { userName: 'bob', serialNumber: 'arn:aws:iam::123456789012:mfa/bob' },
      ': user bob, serial number mfa/bob',
    ],
    [
      'iam CreateOpenIDConnectProvider',
      { url: 'https://token.actions.githubusercontent.com', clientIDList: ['sts'] },
      ': url token[.]actions[.]githubusercontent[.]com, client ID list sts',
    ],
    [
      'rolesanywhere CreateTrustAnchor',
      {
        enabled: true,
        name: 'anchor',
        source: {
          sourceData: { x509CertificateData: '-----BEGIN SECRET' },
          sourceType: 'CERTIFICATE_BUNDLE',
        },
      },
      ': name anchor, enabled true, source type CERTIFICATE_BUNDLE',
    ],
    [
      'sts GetFederationToken',
      { name: 'eve', policy: POLICY({ Effect: 'Allow', Action: '*', Resource: '*' }) },
      ': name eve, action * (any)',
    ],
    [
      'eks CreateAccessEntry',
      { name: 'orders', principalArn: 'arn:aws:iam::123456789012:role/eve', type: 'STANDARD' },
      ': name orders, principal role/eve, type STANDARD',
    ],
    [
      'sso CreateAccountAssignment',
      {
        instanceArn: 'arn:aws:sso:::instance/ssoins-1',
        targetId: '123456789012',
        targetType: 'AWS_ACCOUNT',
        permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1',
        principalType: 'GROUP',
        principalId: 'g-1',
      },
      ': target 123456789012, principal type GROUP, principal g-1, permissionSet/ssoins-1/ps-1, target type AWS_ACCOUNT',
    ],
    [
      'iam AddUserToGroup',
      { userName: 'bob', groupName: 'Administrators' },
      ': user bob, group Administrators',
    ],
  ],
  'what is blinded': [
    [
      'ec2 DeleteFlowLogs',
      { DeleteFlowLogsRequest: { FlowLogId: { content: 'fl-1', tag: 1 } } },
      ': flow log fl-1',
    ],
    [
      'route53resolver DeleteResolverQueryLogConfig',
      { resolverQueryLogConfigId: 'rqlc-1' },
      ': resolver query log config rqlc-1',
    ],
    [
      'cloudtrail PutEventSelectors',
      {
        eventSelectors: [
          {
            dataResources: [{ type: 'AWS::S3::Object', values: [] }],
            includeManagementEvents: false,
            readWriteType: 'ReadOnly',
          },
        ],
        trailName: 'audit',
      },
      ': trail audit, include management events false, type AWS::S3::Object, read write type ReadOnly',
    ],
    [
      'cloudtrail StopLogging',
      { name: 'arn:aws:cloudtrail:us-east-1:123456789012:trail/audit' },
      ': name trail/audit',
    ],
    ['monitoring DeleteAlarms', { alarmNames: ['A', 'B', 'C'] }, ': alarm A and B and 1 more'],
    [
      'guardduty CreateIPSet',
      {
        detectorId: 'd-1',
        name: 'mine',
        format: 'TXT',
        location: 'https://s3.amazonaws.com/SECRET/list',
        activate: true,
      },
      ': detector d-1, name mine, activate true',
    ],
    ['logs DeleteMetricFilter', { filterName: 'f', logGroupName: 'audit' }, ': filter f, log group audit'],
    [
      'backup DeleteRecoveryPoint',
      { backupVaultName: 'v', recoveryPointArn: 'arn:aws:ec2:us-east-1::snapshot/snap-1' },
      ': backup vault v, recovery point snapshot/snap-1',
    ],
    [
      'kms ScheduleKeyDeletion',
      { keyId: 'k-1', pendingWindowInDays: 7 },
      ': key k-1, pending window in days 7',
    ],
    [
      'sns Subscribe',
      {
        topicArn: 'arn:aws:sns:us-east-1:123456789012:alarms',
        protocol: 'https',
        endpoint: 'https://user:SECRET@hooks.example.com/SECRET?SECRET',
      },
      ': topic alarms, endpoint hooks[.]example[.]com, protocol https',
    ],
  ],
  'what is stolen or costs': [
    [
      'secretsmanager GetSecretValue',
      { secretId: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf' },
      ': secret:db-AbCdEf',
    ],
    [
      'secretsmanager BatchGetSecretValue',
      { filters: [{ key: 'tag-key', values: ['prod'] }] },
      ': filters tag-key and prod',
    ],
    [
      'ssm GetParameters',
      { names: ['/a', '/b', '/c'], withDecryption: true },
      ': names /a and /b and 1 more, with decryption true',
    ],
    [
      'ec2 ModifyInstanceAttribute',
      { instanceId: 'i-1', userData: 'U0VDUkVU' },
      ': instance i-1, user data (not shown)',
    ],
    [
      'bedrock CreateFoundationModelAgreement',
      { modelId: 'anthropic.claude-3' },
      ': model anthropic[.]claude-3',
    ],
    ['bedrock PutUseCaseForModelAccess', null, ''],
    ['account EnableRegion', { regionName: 'me-south-1' }, ': region me-south-1'],
    [
      'route53domains TransferDomainToAnotherAwsAccount',
      { domainName: 'example.com', accountId: OTHER },
      `: domain example[.]com, account ${OTHER}`,
    ],
    [
      'ec2 RunInstances',
      {
        instanceType: 'p2.xlarge',
        instancesSet: { items: [{ imageId: 'ami-1', maxCount: 10 }] },
        userData: 'SECRET',
      },
      ': image ami-1, instance type p2.xlarge, max count 10, user data (not shown)',
    ],
    [
      'account PutAlternateContact',
      { name: 'Eve', emailAddress: 'eve@example.com', title: 'x', alternateContactType: 'SECURITY' },
      ': name Eve, email address eve@example[.]com, alternate contact type SECURITY',
    ],
    [
      'account StartPrimaryEmailUpdate',
      { accountId: '123456789012', primaryEmail: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
      ': account 123456789012, primary email (not shown)',
    ],
  ],
};
