import { Match } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DETECTIONS } from '../../lib/catalog/detections';
import { BillingAccess, type BillingAccessProps } from '../../lib/constructs/billing-access';
import { Notifications } from '../../lib/constructs/notifications';
import { SecurityAlarms } from '../../lib/constructs/security-alarms';
import { statements, templateOf } from '../synth';

const FROM_THIS_ACCOUNT = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
const PUBLISHERS = {
  Service: ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com', 'costalerts.amazonaws.com'],
};

describe('the topic', () => {
  const template = templateOf(
    (scope) =>
      new Notifications(scope, 'Notifications', {
        encryptionKey: new Key(scope, 'Key'),
        publishers: ['cloudwatch', 'budgets', 'costalerts'],
        emails: [{ address: 'a@example.com' }, { address: 'b@example.com' }],
      }),
  );

  test('admits only this account’s alarms, budgets and cost alerts, and only with TLS', () => {
    expect(statements(template, 'AWS::SNS::TopicPolicy')).toEqual([
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: PUBLISHERS,
        Condition: FROM_THIS_ACCOUNT,
      }),
      expect.objectContaining({
        Effect: 'Deny',
        Action: 'sns:Publish',
        Principal: { AWS: '*' },
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ]);
  });

  test('is encrypted with a key that its publishers may use', () => {
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    expect(statements(template, 'AWS::KMS::Key', 'KeyPolicy')).toContainEqual(
      expect.objectContaining({
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Principal: PUBLISHERS,
        Condition: FROM_THIS_ACCOUNT,
      }),
    );
  });

  test('mails every address', () => {
    for (const Endpoint of ['a@example.com', 'b@example.com']) {
      template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint });
    }
  });

  test('without a key is not encrypted: with an AWS managed one CloudWatch’s alarms would be lost', () => {
    templateOf(
      (scope) => new Notifications(scope, 'N', { emails: [{ address: 'a@example.com' }] }),
    ).hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.absent() });
  });

  test('needs somebody to tell', () => {
    expect(() => templateOf((scope) => new Notifications(scope, 'N', { emails: [] }))).toThrow(
      'emails must name at least one address, got none',
    );
  });
});

describe('an alarm', () => {
  const template = templateOf(
    (scope) =>
      new SecurityAlarms(scope, 'Alarms', {
        logGroup: LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs'),
        topic: new Topic(scope, 'Topic'),
      }),
  );

  test('on root use has the filter that Security Hub compares to the letter', () => {
    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      LogGroupName: 'trail-logs',
      FilterPattern:
        '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
      MetricTransformations: [
        { MetricName: 'RootUse', MetricNamespace: 'AccountBaseline', MetricValue: '1' },
      ],
    });
  });

  test('notifies the topic at the first event and says what to do', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'AccountBaseline-RootUse',
      AlarmDescription: Match.stringLikeRegexp('^The root user was used\\. Ask who used it\\.'),
      AlarmActions: [{ Ref: Match.stringLikeRegexp('Topic') }],
      MetricName: 'RootUse',
      Namespace: 'AccountBaseline',
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });
  });

  test('exists for each detection, so that one more is one more entry', () => {
    template.resourceCountIs('AWS::CloudWatch::Alarm', DETECTIONS.length);
    template.resourceCountIs('AWS::Logs::MetricFilter', DETECTIONS.length);
    const extra = { ...(DETECTIONS[0] ?? fail('no detection')), id: 'Extra' };
    templateOf(
      (scope) =>
        new SecurityAlarms(scope, 'Alarms', {
          logGroup: LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs'),
          topic: new Topic(scope, 'Topic'),
          detections: [...DETECTIONS, extra],
        }),
    ).hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'AccountBaseline-Extra' });
  });

  test('has a pattern that CloudWatch Logs takes', () => {
    for (const { pattern } of DETECTIONS) expect(pattern.length).toBeLessThanOrEqual(1024);
  });
});

describe('billing', () => {
  const billing = (props: Partial<BillingAccessProps> = {}, region?: string) =>
    templateOf(
      (scope) => new BillingAccess(scope, 'Billing', { topic: new Topic(scope, 'Topic'), ...props }),
      region,
    );

  test('has a monthly budget that tells topic and addresses of actual and forecast spend', () => {
    const subscribers = [
      { SubscriptionType: 'SNS', Address: { Ref: Match.stringLikeRegexp('Topic') } },
      { SubscriptionType: 'EMAIL', Address: 'a@example.com' },
    ];
    const notice = (NotificationType: string, Threshold: number) => ({
      Notification: { NotificationType, Threshold, ComparisonOperator: 'GREATER_THAN' },
      Subscribers: subscribers,
    });
    billing({ monthlyBudgetUsd: 25, emails: ['a@example.com'] }).hasResourceProperties(
      'AWS::Budgets::Budget',
      {
        Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 25, Unit: 'USD' } },
        NotificationsWithSubscribers: [
          notice('ACTUAL', 80),
          notice('ACTUAL', 100),
          notice('FORECASTED', 100),
        ],
      },
    );
  });

  test('has no budget, anomaly monitor or viewers unless asked', () => {
    const template = billing();
    for (const type of ['AWS::Budgets::Budget', 'AWS::CE::AnomalyMonitor', 'AWS::IAM::Group']) {
      template.resourceCountIs(type, 0);
    }
  });

  test('watches for anomalies in us-east-1', () => {
    const template = billing({ costAnomalyDetection: true }, 'us-east-1');
    template.hasResourceProperties('AWS::CE::AnomalyMonitor', { MonitorType: 'DIMENSIONAL' });
    template.hasResourceProperties('AWS::CE::AnomalySubscription', {
      Frequency: 'IMMEDIATE',
      Subscribers: [{ Type: 'SNS', Address: { Ref: Match.stringLikeRegexp('Topic') } }],
      ThresholdExpression:
        '{"Dimensions":{"Key":"ANOMALY_TOTAL_IMPACT_ABSOLUTE","MatchOptions":["GREATER_THAN_OR_EQUAL"],"Values":["20"]}}',
    });
  });

  test.each([
    ['eu-west-1', 'eu-west-1'],
    [undefined, 'a stack without a Region'],
  ])('refuses anomaly detection in %s', (region, got) => {
    expect(() => billing({ costAnomalyDetection: true }, region)).toThrow(
      `costAnomalyDetection needs a stack in us-east-1, where CloudFormation has the AWS::CE types, got ${got}`,
    );
  });

  test('viewers lose group and membership when the last name goes', () => {
    const template = billing({ viewers: [{ userName: 'carol' }] });
    for (const type of ['AWS::IAM::Group', 'AWS::IAM::Policy', 'AWS::IAM::UserToGroupAddition']) {
      template.allResources(type, { DeletionPolicy: 'Delete' });
    }
    template.allResources('AWS::IAM::User', { DeletionPolicy: 'RetainExceptOnCreate' });
  });

  test('viewers read bills, enrol MFA by themselves, and are denied the rest without it', () => {
    const template = billing({ viewers: [{ userName: 'carol' }] });
    template.hasResourceProperties('AWS::IAM::Group', {
      GroupName: 'BillingViewers',
      ManagedPolicyArns: [
        {
          'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AWSBillingReadOnlyAccess']],
        },
      ],
    });
    expect(
      statements(template, 'AWS::IAM::Policy').map(({ Sid, Effect }) => `${Effect} ${Sid ?? ''}`),
    ).toEqual([
      'Allow OwnCredentials',
      'Allow NewDevice',
      'Allow NoResource',
      'Deny DenyWithoutMfa',
      'Deny DenyOthersWithoutMfa',
      'Deny DenyEnrolmentByAccessKey',
    ]);
  });
});
