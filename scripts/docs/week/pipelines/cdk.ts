import { ACCOUNT } from '../../silencing/deployed';
import type { Habit } from '../habit';
import { arnOf, type Call, policyText, REGION, resourceId } from '../record';
import { byCloudFormation, cdkDeployment } from './cloudformation';

const trust = (principal: object) =>
  policyText({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' });
const managed = (name: string) => `arn:aws:iam::aws:policy/service-role/${name}`;

/** A function with its role, permission, log group, and alarm. */
function functionOf(stack: string, name: string, principal: string, sourceArn: string): Call[] {
  const [functionName, roleName] = [`${stack}-${name}`, `${stack}-${name}ServiceRole`];
  const logGroupName = `/aws/lambda/${functionName}`;
  return [
    byCloudFormation('iam', 'CreateRole', {
      roleName,
      path: '/',
      assumeRolePolicyDocument: trust({ Service: 'lambda.amazonaws.com' }),
    }),
    byCloudFormation('iam', 'AttachRolePolicy', {
      roleName,
      policyArn: managed('AWSLambdaBasicExecutionRole'),
    }),
    byCloudFormation('iam', 'PutRolePolicy', {
      roleName,
      policyName: `${name}DefaultPolicy`,
      policyDocument: policyText({
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Resource: arnOf('sqs', `${stack}-Jobs`),
      }),
    }),
    byCloudFormation('logs', 'CreateLogGroup', { logGroupName }),
    byCloudFormation('logs', 'PutRetentionPolicy', { logGroupName, retentionInDays: 30 }),
    byCloudFormation('lambda', 'CreateFunction20150331', {
      functionName,
      runtime: 'nodejs22.x',
      role: `arn:aws:iam::${ACCOUNT}:role/${roleName}`,
      handler: 'index.handler',
      code: { s3Bucket: `cdk-hnb659fds-assets-${ACCOUNT}-${REGION}`, s3Key: `${name}.zip` },
    }),
    byCloudFormation('lambda', 'AddPermission20150331v2', {
      functionName,
      statementId: `${stack}-${name}Permission`,
      action: 'lambda:InvokeFunction',
      principal,
      sourceArn,
      sourceAccount: ACCOUNT,
    }),
    byCloudFormation('monitoring', 'PutMetricAlarm', {
      alarmName: `${functionName}-Errors`,
      namespace: 'AWS/Lambda',
      metricName: 'Errors',
      threshold: 1,
    }),
  ];
}

/** A bucket as the CDK makes one: TLS is required of everyone, and the own account may read. */
function bucket(bucketName: string): Call[] {
  const of = `arn:aws:s3:::${bucketName}`;
  const named = { bucketName, Host: `${bucketName}.s3.${REGION}.amazonaws.com` };
  return [
    byCloudFormation('s3', 'CreateBucket', named),
    byCloudFormation('s3', 'PutBucketEncryption', { ...named, encryption: '' }),
    byCloudFormation('s3', 'PutBucketPublicAccessBlock', { ...named, publicAccessBlock: '' }),
    byCloudFormation('s3', 'PutBucketPolicy', {
      ...named,
      policy: '',
      bucketPolicy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 's3:*',
            Resource: [of, `${of}/*`],
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
            Action: 's3:GetObject*',
            Resource: `${of}/*`,
          },
        ],
      },
    }),
  ];
}

/** A queue and a topic that services write to. */
function messaging(stack: string): Call[] {
  const [queue, topic] = [`${stack}-Jobs`, `${stack}-Events`];
  const queueUrl = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${queue}`;
  const [queueArn, topicArn] = [arnOf('sqs', queue), arnOf('sns', topic)];
  return [
    byCloudFormation('sqs', 'CreateQueue', {
      queueName: queue,
      attributes: { KmsMasterKeyId: 'alias/aws/sqs' },
    }),
    byCloudFormation('sqs', 'SetQueueAttributes', {
      queueUrl,
      attributes: {
        Policy: policyText({
          Effect: 'Allow',
          Principal: { Service: 'sns.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: queueArn,
          Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
        }),
      },
    }),
    byCloudFormation('sns', 'CreateTopic', { name: topic }),
    byCloudFormation('sns', 'SetTopicAttributes', {
      topicArn,
      attributeName: 'Policy',
      attributeValue: policyText({
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: topicArn,
      }),
    }),
    byCloudFormation('sns', 'Subscribe', { topicArn, protocol: 'sqs', endpoint: queueArn }),
    byCloudFormation('events', 'PutRule', {
      name: `${stack}-Nightly`,
      scheduleExpression: 'cron(0 2 * * ? *)',
      state: 'ENABLED',
    }),
    byCloudFormation('events', 'PutTargets', {
      rule: `${stack}-Nightly`,
      targets: [{ id: 'Target0', arn: queueArn }],
    }),
  ];
}

/** A load balancer that is open on 443. */
function entrance(stack: string): Call[] {
  const groupId = resourceId('sg', `${stack} entrance`);
  const open = {
    groupId,
    ipPermissions: {
      items: [
        {
          ipProtocol: 'tcp',
          fromPort: 443,
          toPort: 443,
          groups: {},
          ipRanges: { items: [{ cidrIp: '0.0.0.0/0', description: 'Allow from anyone on port 443' }] },
          ipv6Ranges: {},
          prefixListIds: {},
        },
      ],
    },
  };
  const loadBalancerArn = arnOf('elasticloadbalancing', `loadbalancer/app/${stack}/50dc6c495c0c9188`);
  return [
    byCloudFormation('ec2', 'CreateSecurityGroup', {
      groupName: `${stack}-Entrance`,
      vpcId: resourceId('vpc', 'shop'),
    }),
    byCloudFormation('ec2', 'AuthorizeSecurityGroupIngress', open),
    byCloudFormation('elasticloadbalancing', 'CreateLoadBalancer', {
      name: stack,
      scheme: 'internet-facing',
      type: 'application',
      securityGroups: [groupId],
    }),
    byCloudFormation('elasticloadbalancing', 'CreateTargetGroup', {
      name: stack,
      protocol: 'HTTP',
      port: 80,
      targetType: 'ip',
    }),
    byCloudFormation('elasticloadbalancing', 'CreateListener', {
      loadBalancerArn,
      protocol: 'HTTPS',
      port: 443,
    }),
  ];
}

/** A key that the own account administers, a secret, and a role for other roles of the account. */
function secrets(stack: string): Call[] {
  const own = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
  return [
    byCloudFormation('kms', 'CreateKey', {
      description: stack,
      policy: policyText({ Effect: 'Allow', Principal: own, Action: 'kms:*', Resource: '*' }),
      keySpec: 'SYMMETRIC_DEFAULT',
      bypassPolicyLockoutSafetyCheck: false,
    }),
    byCloudFormation('kms', 'EnableKeyRotation', { keyId: resourceId('key', stack) }),
    byCloudFormation('kms', 'CreateAlias', { aliasName: `alias/${stack.toLowerCase()}` }),
    byCloudFormation('secretsmanager', 'CreateSecret', {
      name: `${stack.toLowerCase()}/database`,
      clientRequestToken: resourceId('token', stack),
    }),
    byCloudFormation('iam', 'CreateRole', {
      roleName: `${stack}-Reader`,
      path: '/',
      assumeRolePolicyDocument: trust(own),
    }),
  ];
}

/** What an update replaces: CloudFormation deletes the old log group, alarm, and subscription. */
function replaced(stack: string): Call[] {
  return [
    byCloudFormation('logs', 'PutMetricFilter', {
      logGroupName: `/aws/lambda/${stack}-Webhook`,
      filterName: `${stack}-Errors`,
    }),
    byCloudFormation('logs', 'DeleteMetricFilter', {
      logGroupName: `/aws/lambda/${stack}-Hook`,
      filterName: `${stack}-Errors`,
    }),
    byCloudFormation('logs', 'DeleteLogGroup', { logGroupName: `/aws/lambda/${stack}-Hook` }),
    byCloudFormation('monitoring', 'DeleteAlarms', { alarmNames: [`${stack}-Hook-Errors`] }),
    byCloudFormation('events', 'RemoveTargets', { rule: `${stack}-Hourly`, ids: ['Target0'] }),
    byCloudFormation('events', 'DeleteRule', { name: `${stack}-Hourly` }),
    byCloudFormation('lambda', 'RemovePermission20150331v2', {
      functionName: `${stack}-Hook`,
      statementId: 'Permission',
    }),
    byCloudFormation('lambda', 'UpdateFunctionCode20150331v2', {
      functionName: `${stack}-Webhook`,
      publish: false,
      dryRun: false,
    }),
    byCloudFormation('iam', 'DetachRolePolicy', {
      roleName: `${stack}-HookServiceRole`,
      policyArn: managed('AWSLambdaBasicExecutionRole'),
    }),
    byCloudFormation('iam', 'DeleteRolePolicy', {
      roleName: `${stack}-HookServiceRole`,
      policyName: 'DefaultPolicy',
    }),
    byCloudFormation('iam', 'DeleteRole', { roleName: `${stack}-HookServiceRole` }),
  ];
}

/** A new version of the containers. */
function release(stack: string): Call[] {
  return [
    byCloudFormation('ecs', 'RegisterTaskDefinition', {
      family: stack,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
    }),
    byCloudFormation('ecs', 'UpdateService', { cluster: stack, service: stack, taskDefinition: stack }),
    byCloudFormation('application-autoscaling', 'PutScalingPolicy', {
      policyName: stack,
      resourceId: `service/${stack}/${stack}`,
      serviceNamespace: 'ecs',
    }),
    byCloudFormation('ecs', 'DeregisterTaskDefinition', { taskDefinition: `${stack}:41` }),
  ];
}

const API = arnOf('execute-api', 'a1b2c3d4e5/*/POST/hook');
const UPLOADS = 'arn:aws:s3:::example-payments-uploads';

/** The CDK deploys from a pipeline: everything is changed by CloudFormation. */
export const cdk: Habit = {
  title: 'CDK pipeline',
  records: () => [
    ...cdkDeployment('Mon', '10:15', 'Orders', [
      ...functionOf('Orders', 'Webhook', 'apigateway.amazonaws.com', API),
      ...messaging('Orders'),
    ]),
    ...cdkDeployment('Mon', '15:40', 'Payments', [
      ...bucket('example-payments-uploads'),
      ...functionOf('Payments', 'OnUpload', 's3.amazonaws.com', UPLOADS),
    ]),
    ...cdkDeployment('Tue', '11:05', 'Payments', [...entrance('Payments'), ...secrets('Payments')]),
    ...cdkDeployment('Tue', '16:50', 'Orders', release('Orders')),
    ...cdkDeployment('Wed', '10:30', 'Reports', [
      ...functionOf('Reports', 'Nightly', 'events.amazonaws.com', arnOf('events', 'rule/Reports-Nightly')),
      ...messaging('Reports'),
      ...bucket('example-reports'),
    ]),
    ...cdkDeployment('Thu', '14:20', 'Orders', replaced('Orders')),
    ...cdkDeployment('Thu', '17:10', 'Payments', release('Payments')),
    ...cdkDeployment('Fri', '10:45', 'Orders', release('Orders')),
  ],
};
