import { Aws, type CfnCondition, Fn } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { CfnAnomalyMonitor, CfnAnomalySubscription } from 'aws-cdk-lib/aws-ce';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { amountUsd } from '../config/sections/billing';
import { flag } from '../fields/basics';
import { checkProps, construct } from '../fields/check-props';
import { needsRegion } from '../functions/needs-region';
import { onlyOnce } from '../functions/only-once';
import { markPart } from '../functions/mark-part';
import { refusedByTopic } from '../notifications/refused-by-topic';
import { AT_MOST_TEN, recipients } from '../notifications/channels/email';

/** An address that AWS Budgets sends e-mail to. */
export interface BudgetEmailProps {
  /** The e-mail address. */
  readonly address: string;
  /**
   * Sends e-mail to the address only if this condition is true.
   * @default - always
   */
  readonly condition?: CfnCondition;
}

/** Props of {@link SpendAlerts}. */
export interface SpendAlertsProps {
  /** Topic for notifications of the budget and of anomalies. Its policy must allow budgets and costalerts. */
  readonly topic: ITopic;
  /**
   * Addresses that AWS Budgets also sends e-mail to, at most ten. They need no confirmation.
   * @default []
   */
  readonly emails?: readonly BudgetEmailProps[];
  /**
   * Monthly limit in USD.
   * @default - no budget
   */
  readonly monthlyBudgetUsd?: number;
  /**
   * Whether to detect cost anomalies. Requires us-east-1, and an account without such a monitor.
   * @default false
   */
  readonly costAnomalyDetection?: boolean;
  /**
   * Smallest anomaly that sends a notification, in USD.
   * @default 20
   */
  readonly anomalyThresholdUsd?: number;
}

/**
 * A monthly budget and cost anomaly detection, each with notifications.
 * @example
 * const topic = new Topic(this, 'Topic');
 * topic.grantPublish(new ServicePrincipal('budgets.amazonaws.com'));
 * new SpendAlerts(this, 'Spend', { topic, monthlyBudgetUsd: 50 });
 */
export class SpendAlerts extends Construct {
  constructor(scope: Construct, id: string, props: SpendAlertsProps) {
    super(scope, id);
    checkProps(
      {
        topic: construct(),
        emails: recipients().max(10, { error: AT_MOST_TEN }).optional(),
        monthlyBudgetUsd: amountUsd().optional(),
        costAnomalyDetection: flag().optional(),
        anomalyThresholdUsd: amountUsd().optional(),
      },
      props,
    );
    if (props.monthlyBudgetUsd === undefined && !props.costAnomalyDetection) {
      throw new Error('monthlyBudgetUsd or costAnomalyDetection must be given, got neither');
    }
    if (props.monthlyBudgetUsd !== undefined) this.addBudget(props.monthlyBudgetUsd, props);
    if (props.costAnomalyDetection) this.addAnomalyDetection(props);
    this.node.addValidation({
      validate: () =>
        refusedByTopic(
          props.topic,
          [
            ...(props.monthlyBudgetUsd === undefined ? [] : (['budgets.amazonaws.com'] as const)),
            ...(props.costAnomalyDetection ? (['costalerts.amazonaws.com'] as const) : []),
          ],
          'give topic of Notifications, with publishers',
        ),
    });
    // Budgets checks the topic's policy when it creates the budget.
    this.node.addDependency(props.topic);
  }

  private addBudget(amount: number, { topic, emails = [] }: SpendAlertsProps): void {
    const subscribers = [
      { subscriptionType: 'SNS', address: topic.topicArn },
      ...emails.map(({ address, condition }) =>
        condition
          ? Fn.conditionIf(condition.logicalId, { SubscriptionType: 'EMAIL', Address: address }, Aws.NO_VALUE)
          : { subscriptionType: 'EMAIL', address },
      ),
    ];
    const notify = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: { notificationType, threshold, comparisonOperator: 'GREATER_THAN' },
      subscribers,
    });
    const resource = new CfnBudget(this, 'Budget', {
      budget: {
        // No name: a changed address replaces the budget, and a fixed name would still be in use by the old
        // one.
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount, unit: 'USD' },
      },
      notificationsWithSubscribers: [notify('ACTUAL', 80), notify('ACTUAL', 100), notify('FORECASTED', 100)],
    });
    markPart(resource, 'budget');
  }

  private addAnomalyDetection({ topic, anomalyThresholdUsd = 20 }: SpendAlertsProps): void {
    needsRegion(this, 'costAnomalyDetection', 'us-east-1', 'where CloudFormation has the AWS::CE types');
    const name = 'The anomaly monitor';
    onlyOnce(this, [name], (one) => one instanceof CfnAnomalyMonitor && name, 'account');
    const monitor = new CfnAnomalyMonitor(this, 'AnomalyMonitor', {
      monitorName: `${Aws.STACK_NAME}-services`,
      monitorType: 'DIMENSIONAL',
      monitorDimension: 'SERVICE',
    });
    const subscription = new CfnAnomalySubscription(this, 'AnomalySubscription', {
      subscriptionName: `${Aws.STACK_NAME}-anomalies`,
      monitorArnList: [monitor.attrMonitorArn],
      // Only the immediate frequency supports SNS topics.
      frequency: 'IMMEDIATE',
      subscribers: [{ type: 'SNS', address: topic.topicArn }],
      thresholdExpression: JSON.stringify({
        Dimensions: {
          Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
          MatchOptions: ['GREATER_THAN_OR_EQUAL'],
          Values: [String(anomalyThresholdUsd)],
        },
      }),
    });
    markPart(monitor, 'anomaly-monitor');
    markPart(subscription, 'anomaly-subscription');
  }
}
