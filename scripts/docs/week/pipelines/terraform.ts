import { at, daily, type Habit, inTurn, WORKDAYS } from '../habit';
import { ACCOUNT } from '../../silencing/deployed';
import { arnOf, call, type Call, failing, type Fields, policyText, resourceId, uuid } from '../record';
import { oidc, runner } from './github';

const TERRAFORM = runner(
  'TerraformPipeline',
  'APN/1.0 HashiCorp/1.0 Terraform/1.13.4 (+https://www.terraform.io) terraform-provider-aws/6.17.0 (+https://registry.terraform.io/providers/hashicorp/aws)',
);
const make = (service: string, eventName: string, parameters: Fields): Call =>
  call(TERRAFORM, service, eventName, parameters);
const VPC = resourceId('vpc', 'shop');
const INSTANCES = ['shop-1', 'shop-2'].map((name) => resourceId('i', name));

/** Before each plan, Terraform reads all that it knows, user data of instances included. */
const refresh = (): Call[] => [
  oidc('infrastructure', 'TerraformPipeline'),
  make('sts', 'GetCallerIdentity', {}),
  make('s3', 'GetBucketVersioning', { bucketName: 'example-terraform-state', versioning: '' }),
  make('ec2', 'DescribeVpcs', { vpcSet: { items: [{ vpcId: VPC }] }, filterSet: {} }),
  make('ec2', 'DescribeVpcAttribute', { vpcId: VPC, attribute: 'enableDnsHostnames' }),
  make('ec2', 'DescribeSecurityGroups', { securityGroupSet: {}, securityGroupIdSet: {} }),
  make('ec2', 'DescribeRouteTables', { routeTableIdSet: {}, filterSet: {} }),
  make('ec2', 'DescribeNatGateways', { DescribeNatGatewaysRequest: { MaxResults: 1000 } }),
  ...INSTANCES.flatMap((instanceId) => [
    make('ec2', 'DescribeInstances', { instancesSet: { items: [{ instanceId }] } }),
    make('ec2', 'DescribeInstanceAttribute', { instanceId, attribute: 'userData' }),
  ]),
  make('iam', 'GetRole', { roleName: 'ShopInstance' }),
  make('iam', 'ListRolePolicies', { roleName: 'ShopInstance' }),
  make('iam', 'GetOpenIDConnectProvider', {
    openIDConnectProviderArn: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
  }),
  make('rds', 'DescribeDBInstances', { dBInstanceIdentifier: 'shop' }),
  make('secretsmanager', 'DescribeSecret', { secretId: 'shop/database' }),
  make('secretsmanager', 'GetSecretValue', { secretId: 'shop/database' }),
  make('route53', 'ListResourceRecordSets', { id: 'Z0123456789ABCDEFGHIJ' }),
];

/** A second network for the shop. */
const network = (): Call[] => [
  make('ec2', 'CreateVpc', { cidrBlock: '10.20.0.0/16', instanceTenancy: 'default' }),
  make('ec2', 'ModifyVpcAttribute', { vpcId: VPC, enableDnsHostnames: { value: true } }),
  make('ec2', 'CreateInternetGateway', {
    tagSpecificationSet: { items: [{ resourceType: 'internet-gateway' }] },
  }),
  make('ec2', 'AttachInternetGateway', { internetGatewayId: resourceId('igw', 'shop'), vpcId: VPC }),
  ...['a', 'b'].flatMap((zone) => [
    make('ec2', 'CreateSubnet', {
      vpcId: VPC,
      cidrBlock: `10.20.${zone === 'a' ? 0 : 1}.0/24`,
      availabilityZone: `us-east-1${zone}`,
    }),
    make('ec2', 'CreateRouteTable', { vpcId: VPC }),
    make('ec2', 'AssociateRouteTable', {
      routeTableId: resourceId('rtb', zone),
      subnetId: resourceId('subnet', zone),
    }),
  ]),
  make('ec2', 'CreateRoute', {
    routeTableId: resourceId('rtb', 'a'),
    destinationCidrBlock: '0.0.0.0/0',
    gatewayId: resourceId('igw', 'shop'),
  }),
  make('ec2', 'CreateVpcEndpoint', {
    CreateVpcEndpointRequest: { VpcId: VPC, ServiceName: 'com.amazonaws.us-east-1.s3' },
  }),
  make('logs', 'CreateLogGroup', { logGroupName: '/vpc/shop' }),
  make('ec2', 'CreateFlowLogs', {
    CreateFlowLogsRequest: {
      ResourceType: 'VPC',
      ResourceId: { tag: 1, content: VPC },
      LogGroupName: '/vpc/shop',
    },
  }),
];

/** A service behind a load balancer, open to the world on 443. */
const website = (): Call[] => {
  const groupId = resourceId('sg', 'website');
  return [
    make('ec2', 'CreateSecurityGroup', {
      groupName: 'website',
      groupDescription: 'TLS from anywhere',
      vpcId: VPC,
    }),
    make('ec2', 'RevokeSecurityGroupEgress', {
      groupId,
      ipPermissions: {
        items: [
          {
            ipProtocol: '-1',
            groups: {},
            ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
            ipv6Ranges: {},
            prefixListIds: {},
          },
        ],
      },
    }),
    make('ec2', 'AuthorizeSecurityGroupIngress', {
      groupId,
      ipPermissions: {
        items: [
          {
            ipProtocol: 'tcp',
            fromPort: 443,
            toPort: 443,
            groups: {},
            ipRanges: { items: [{ cidrIp: '0.0.0.0/0', description: 'TLS' }] },
            ipv6Ranges: { items: [{ cidrIpv6: '::/0' }] },
            prefixListIds: {},
          },
        ],
      },
    }),
    make('elasticloadbalancing', 'CreateLoadBalancer', {
      name: 'website',
      scheme: 'internet-facing',
      securityGroups: [groupId],
    }),
    make('elasticloadbalancing', 'CreateListener', {
      loadBalancerArn: arnOf('elasticloadbalancing', 'loadbalancer/app/website/1234567890abcdef'),
      port: 443,
      protocol: 'HTTPS',
    }),
    make('iam', 'CreateRole', {
      roleName: 'WebsiteTask',
      path: '/',
      assumeRolePolicyDocument: policyText({
        Effect: 'Allow',
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
    }),
    make('iam', 'PutRolePolicy', {
      roleName: 'WebsiteTask',
      policyName: 'ReadConfiguration',
      policyDocument: policyText({
        Effect: 'Allow',
        Action: 'ssm:GetParametersByPath',
        Resource: arnOf('ssm', 'parameter/website/*'),
      }),
    }),
    make('s3', 'PutBucketPublicAccessBlock', { bucketName: 'example-website', publicAccessBlock: '' }),
    make('s3', 'PutBucketPolicy', {
      bucketName: 'example-website',
      policy: '',
      bucketPolicy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::example-website/*',
            Condition: { StringEquals: { 'AWS:SourceAccount': ACCOUNT } },
          },
        ],
      },
    }),
    make('monitoring', 'PutMetricAlarm', { alarmName: 'website-5xx', threshold: 10 }),
    failing(
      make('logs', 'CreateLogGroup', { logGroupName: '/ecs/website' }),
      'ResourceAlreadyExistsException',
      'The specified log group already exists',
    ),
    make('route53', 'ChangeResourceRecordSets', { hostedZoneId: 'Z0123456789ABCDEFGHIJ' }),
    make('ssm', 'CreateDocument', {
      name: 'RestartWebsite',
      documentType: 'Command',
      documentFormat: 'YAML',
    }),
  ];
};

/** What other resources of the account may use: each policy names a service, or the account itself. */
const shared = (): Call[] => {
  const own = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
  const from = { StringEquals: { 'aws:SourceAccount': ACCOUNT } };
  const [topicArn, queueArn] = [arnOf('sns', 'website'), arnOf('sqs', 'website')];
  const allow = (Principal: object, Action: string, Resource: string, Condition?: object) =>
    policyText({ Effect: 'Allow', Principal, Action, Resource, ...(Condition ? { Condition } : {}) });
  return [
    make('lambda', 'AddPermission20150331v2', {
      functionName: 'website-contact',
      statementId: 'AllowApiGateway',
      action: 'lambda:InvokeFunction',
      principal: 'apigateway.amazonaws.com',
      sourceArn: arnOf('execute-api', 'f6e5d4c3b2/*/POST/contact'),
    }),
    make('lambda', 'CreateFunctionUrlConfig', { functionName: 'website-contact', authType: 'AWS_IAM' }),
    make('sns', 'SetTopicAttributes', {
      topicArn,
      attributeName: 'Policy',
      attributeValue: allow({ Service: 's3.amazonaws.com' }, 'sns:Publish', topicArn, from),
    }),
    make('sqs', 'SetQueueAttributes', {
      queueUrl: `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/website`,
      attributes: { Policy: allow({ Service: 'sns.amazonaws.com' }, 'sqs:SendMessage', queueArn, from) },
    }),
    make('ecr', 'SetRepositoryPolicy', {
      repositoryName: 'website',
      registryId: ACCOUNT,
      policyText: allow(own, 'ecr:BatchGetImage', '*'),
      force: false,
    }),
    make('kms', 'PutKeyPolicy', {
      keyId: uuid('key of the website'),
      policyName: 'default',
      policy: allow(own, 'kms:*', '*'),
      bypassPolicyLockoutSafetyCheck: false,
    }),
    make('secretsmanager', 'PutResourcePolicy', {
      secretId: 'website/mail',
      resourcePolicy: allow(own, 'secretsmanager:GetSecretValue', '*'),
    }),
    make('iam', 'UpdateAssumeRolePolicy', {
      roleName: 'WebsiteTask',
      policyDocument: policyText({
        Effect: 'Allow',
        Principal: { Service: ['ecs-tasks.amazonaws.com', 'events.amazonaws.com'] },
        Action: 'sts:AssumeRole',
      }),
    }),
    make('logs', 'PutResourcePolicy', {
      policyName: 'dns',
      policyDocument: allow({ Service: 'route53.amazonaws.com' }, 'logs:PutLogEvents', '*'),
    }),
    make('events', 'PutRule', {
      name: 'website-nightly',
      scheduleExpression: 'rate(1 day)',
      state: 'ENABLED',
    }),
    make('logs', 'PutMetricFilter', { logGroupName: '/ecs/website', filterName: 'errors' }),
    make('monitoring', 'PutMetricAlarm', { alarmName: 'website-errors', threshold: 5 }),
    make('backup', 'UpdateBackupPlan', { backupPlanId: '12345678-abcd-4ef0-9abc-0123456789ab' }),
  ];
};

/** Terraform calls the APIs itself, so what it changes counts as manual. Each night it looks for drift. */
export const terraform: Habit = {
  title: 'Terraform pipeline',
  records: () => [
    ...daily(WORKDAYS, '04:30', 2, refresh),
    ...inTurn(at('Tue', '13:00'), 2, [...refresh(), ...network()]),
    ...inTurn(at('Thu', '12:30'), 2, [...refresh(), ...website()]),
    ...inTurn(at('Fri', '11:15'), 2, [...refresh(), ...shared()]),
    // The job took longer than its token lives.
    ...inTurn(at('Thu', '13:45'), 5, [
      failing(
        oidc('infrastructure', 'TerraformPipeline'),
        'ExpiredTokenException',
        'Token expired: current date/time must be before the expiration date/time',
      ),
    ]),
  ],
};
