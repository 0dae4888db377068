/**
 * One of each resource type that the baseline may use, so that the harness is proven without the baseline.
 */
import {
  Aws,
  CfnDeletionPolicy,
  CfnOutput,
  CfnResource,
  Duration,
  LegacyStackSynthesizer,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as analyzer from 'aws-cdk-lib/aws-accessanalyzer';
import * as budgets from 'aws-cdk-lib/aws-budgets';
import * as ce from 'aws-cdk-lib/aws-ce';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { testApp } from '../synth';
import { addChain } from './chain';

export interface HarnessOptions {
  /** Whether Grace is in the group, beside Ada. @default true */
  readonly withGrace?: boolean;
  /** USD a month. @default 10 */
  readonly budget?: number;
}

export function harness({ withGrace = true, budget = 10 }: HarnessOptions = {}): Template {
  const stack = new Stack(testApp(), 'Harness', { synthesizer: new LegacyStackSynthesizer() });

  // People
  const viewer = new iam.ManagedPolicy(stack, 'Viewer', {
    managedPolicyName: 'harness-viewer',
    path: '/harness/',
    statements: [new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] })],
  });
  const group = new iam.Group(stack, 'Group', {
    groupName: 'harness-admins',
    path: '/harness/',
    managedPolicies: [viewer, iam.ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess')],
  });
  group.addToPolicy(
    new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['iam:*'], resources: ['*'] }),
  );
  new iam.ManagedPolicy(stack, 'Attached', {
    groups: [group],
    statements: [new iam.PolicyStatement({ actions: ['sts:GetCallerIdentity'], resources: ['*'] })],
  });
  const secret = new secrets.Secret(stack, 'Secret', {
    generateSecretString: { passwordLength: 24, requireEachIncludedType: true, excludeCharacters: '"\\\'' },
  });
  const user = new iam.CfnUser(stack, 'User', {
    userName: 'harness-ada',
    loginProfile: {
      password: `{{resolve:secretsmanager:${secret.secretArn}:SecretString:::}}`,
      passwordResetRequired: true,
    },
  });
  const grace = new iam.User(stack, 'Grace', { userName: 'harness-grace' });
  new iam.CfnUserToGroupAddition(stack, 'Members', {
    groupName: group.groupName,
    users: [user.ref, ...(withGrace ? [grace.userName] : [])],
  });

  // Audit
  const key = new kms.Key(stack, 'Key', {
    alias: 'harness',
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  key.grantEncryptDecrypt(new iam.ServicePrincipal('cloudwatch.amazonaws.com'));
  key.grantEncryptDecrypt(new iam.ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`));
  // CreateTrail refuses a key that does not admit CloudTrail; the Trail construct leaves that to us.
  key.grant(new iam.ServicePrincipal('cloudtrail.amazonaws.com'), 'kms:DescribeKey', 'kms:GenerateDataKey*');
  const accessLogs = new s3.Bucket(stack, 'AccessLogs', {
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    lifecycleRules: [{ expiration: Duration.days(90) }],
    enforceSSL: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const bucket = new s3.Bucket(stack, 'Bucket', {
    serverAccessLogsBucket: accessLogs,
    versioned: true,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  const logGroup = new logs.LogGroup(stack, 'LogGroup', {
    logGroupName: '/harness/trail',
    encryptionKey: key,
    retention: logs.RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const trail = new cloudtrail.Trail(stack, 'Trail', {
    bucket,
    encryptionKey: key,
    cloudWatchLogGroup: logGroup,
    sendToCloudWatchLogs: true,
    managementEvents: cloudtrail.ReadWriteType.ALL,
  });

  // Alarms
  const topic = new sns.Topic(stack, 'Topic', { masterKey: key, enforceSSL: true });
  topic.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
    }),
  );
  new sns.Subscription(stack, 'Email', {
    topic,
    protocol: sns.SubscriptionProtocol.EMAIL,
    endpoint: 'security@example.com',
  });
  const filter = new logs.MetricFilter(stack, 'RootUse', {
    logGroup,
    filterName: 'root-use',
    filterPattern: logs.FilterPattern.literal('{ $.userIdentity.type = "Root" }'),
    metricNamespace: 'Harness',
    metricName: 'RootUse',
  });
  const alarm = new cloudwatch.Alarm(stack, 'RootAlarm', {
    alarmName: 'harness-root-use',
    metric: filter.metric({ statistic: 'Sum', period: Duration.minutes(5) }),
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new actions.SnsAction(topic));
  addChain(stack, topic);

  // Cost
  new budgets.CfnBudget(stack, 'Budget', {
    budget: {
      budgetName: 'harness',
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: budget, unit: 'USD' },
    },
    notificationsWithSubscribers: [
      {
        notification: { notificationType: 'ACTUAL', comparisonOperator: 'GREATER_THAN', threshold: 80 },
        subscribers: [{ subscriptionType: 'EMAIL', address: 'billing@example.com' }],
      },
    ],
  });
  const monitor = new ce.CfnAnomalyMonitor(stack, 'Monitor', {
    monitorName: 'harness',
    monitorType: 'DIMENSIONAL',
    monitorDimension: 'SERVICE',
  });
  new ce.CfnAnomalySubscription(stack, 'Anomalies', {
    subscriptionName: 'harness',
    frequency: 'DAILY',
    monitorArnList: [monitor.attrMonitorArn],
    subscribers: [{ type: 'EMAIL', address: 'billing@example.com' }],
  });
  new analyzer.CfnAnalyzer(stack, 'Analyzer', { type: 'ACCOUNT' });

  // Kept when the stack goes, but not when its creation fails
  const evidence = new logs.LogGroup(stack, 'Evidence', { logGroupName: '/harness/evidence' });
  if (evidence.node.defaultChild instanceof CfnResource) {
    evidence.node.defaultChild.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
  }

  new CfnOutput(stack, 'BucketName', { value: bucket.bucketName });
  new CfnOutput(stack, 'AccessLogsName', { value: accessLogs.bucketName });
  new CfnOutput(stack, 'TrailArn', { value: trail.trailArn });
  new CfnOutput(stack, 'TopicArn', { value: topic.topicArn });
  return Template.fromStack(stack);
}
