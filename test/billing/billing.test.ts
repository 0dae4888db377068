import { Match } from 'aws-cdk-lib/assertions';
import { BillingAccess, type BillingAccessProps } from '../../lib/billing/billing-access';
import { SpendAlerts, type SpendAlertsProps } from '../../lib/billing/spend-alerts';
import { admittingTopic } from '../admitting-topic';
import { refused } from '../refused';
import { statements, templateOf } from '../synth';

describe('billing', () => {
  const viewers = (...names: string[]) =>
    templateOf(
      (scope) => new BillingAccess(scope, 'Billing', { viewers: names.map((userName) => ({ userName })) }),
    );
  const alerts = (props: Partial<SpendAlertsProps> = {}, region?: string) =>
    templateOf((scope) => {
      const topic = admittingTopic(scope, 'Topic', 'budgets', 'costalerts');
      new SpendAlerts(scope, 'Spend', { topic, ...props });
    }, region);

  test('needs a topic that admits it, because AWS shows no error if nobody receives an alert', () => {
    const both = { monthlyBudgetUsd: 50, costAnomalyDetection: true };
    const on =
      (...services: string[]) =>
      () =>
        templateOf(
          (scope) =>
            new SpendAlerts(scope, 'Spend', { topic: admittingTopic(scope, 'Topic', ...services), ...both }),
          'us-east-1',
        );
    expect(on()).toThrow('nobody would receive what budgets.amazonaws.com publishes');
    expect(on('budgets')).toThrow(
      "nobody would receive what costalerts.amazonaws.com publishes, because the policy of Test/Topic or of its key does not allow it: call topic.grantPublish(new ServicePrincipal('costalerts.amazonaws.com')), or give topic of Notifications, with publishers",
    );
    expect(on('budgets', 'costalerts')).not.toThrow();
  });

  test('has one monitor of anomalies per account', () => {
    const twice = () =>
      templateOf((scope) => {
        const topic = admittingTopic(scope, 'Topic', 'costalerts');
        return ['One', 'Two'].map((id) => new SpendAlerts(scope, id, { topic, costAnomalyDetection: true }));
      }, 'us-east-1');
    expect(twice).toThrow(
      new Error('The anomaly monitor is in Test/One and Test/Two: an account can have it only once'),
    );
  });

  test('has a monthly budget that tells topic and addresses of actual and forecast spend', () => {
    const subscribers = [
      { SubscriptionType: 'SNS', Address: { Ref: Match.stringLikeRegexp('Topic') } },
      { SubscriptionType: 'EMAIL', Address: 'a@example.com' },
    ];
    const notice = (NotificationType: string, Threshold: number) => ({
      Notification: { NotificationType, Threshold, ComparisonOperator: 'GREATER_THAN' },
      Subscribers: subscribers,
    });
    alerts({ monthlyBudgetUsd: 25, emails: [{ address: 'a@example.com' }] }).hasResourceProperties(
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

  test('marks what verify looks for', () => {
    const template = alerts({ monthlyBudgetUsd: 25, costAnomalyDetection: true }, 'us-east-1');
    const parts = Object.values(template.toJSON()['Resources'] as Record<string, { Metadata?: object }>);
    expect(parts.flatMap(({ Metadata }) => (Metadata ? [Metadata] : []))).toEqual(
      ['budget', 'anomaly-monitor', 'anomaly-subscription'].map((part): unknown =>
        expect.objectContaining({ AccountBaseline: { part } }),
      ),
    );
  });

  test('has a budget or an anomaly monitor alone if asked', () => {
    alerts({ monthlyBudgetUsd: 50 }).resourceCountIs('AWS::CE::AnomalyMonitor', 0);
    alerts({ costAnomalyDetection: true }, 'us-east-1').resourceCountIs('AWS::Budgets::Budget', 0);
  });

  test('has no group without viewers', () => {
    viewers().resourceCountIs('AWS::IAM::Group', 0);
  });

  test('watches for anomalies in us-east-1', () => {
    const template = alerts({ costAnomalyDetection: true }, 'us-east-1');
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
    expect(() => alerts({ costAnomalyDetection: true }, region)).toThrow(
      `costAnomalyDetection needs a stack in us-east-1, where CloudFormation has the AWS::CE types, got ${got}`,
    );
  });

  refused(alerts, [
    [{ anomalyThresholdUsd: 5 }, 'monthlyBudgetUsd or costAnomalyDetection must be given, got neither'],
    ...[0, -5, '50', false].map((amount): [unknown, string] => [
      { monthlyBudgetUsd: amount },
      `monthlyBudgetUsd must be an amount in USD above 0 and below 1000000000, got ${JSON.stringify(amount)}`,
    ]),
    [{ costAnomalyDetection: 'false' }, 'costAnomalyDetection must be true or false, got "false"'],
    [
      { anomalyThresholdUsd: 0 },
      'anomalyThresholdUsd must be an amount in USD above 0 and below 1000000000, got 0',
    ],
    [
      { emails: [{ address: 'a@example.com' }, { address: 'nope' }] },
      'emails[1].address must be an e-mail address such as security@example.com, got "nope"',
    ],
    [{ emails: ['a@example.com'] }, 'emails[0] must be an object, got "a@example.com"'],
    [
      { emails: Array.from({ length: 11 }, () => ({ address: 'a@b.io' })) },
      'emails must name at most 10 addresses, the limit of a budget notification; use a mailing list, got ' +
        `${'[{"address":"a@b.io"},{"address":"a@b.io"},{"address":"a@b.io"},{"address":"a@b.io"},{"address":"a@b.io"}'.slice(0, 97)}...`,
    ],
    [{ topic: undefined }, 'topic must be a construct, got undefined'],
  ]);

  test('viewers are objects with a name', () => {
    const props = { viewers: ['carol'] } as unknown as BillingAccessProps;
    expect(() => templateOf((scope) => new BillingAccess(scope, 'Billing', props))).toThrow(
      new Error(`viewers[0] must be an object such as { userName: 'alice' }, got "carol"`),
    );
  });

  test('viewers lose group and membership when the last name goes', () => {
    const template = viewers('carol');
    for (const type of ['AWS::IAM::Group', 'AWS::IAM::Policy', 'AWS::IAM::UserToGroupAddition']) {
      template.allResources(type, { DeletionPolicy: 'Delete' });
    }
    template.allResources('AWS::IAM::User', { DeletionPolicy: 'RetainExceptOnCreate' });
  });

  test('viewers read bills, enrol MFA by themselves, and are denied the rest without it', () => {
    const template = viewers('carol');
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
