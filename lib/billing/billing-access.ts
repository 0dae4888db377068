import { Aws, RemovalPolicy, Stack, Token, Validations } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { CfnAnomalyMonitor, CfnAnomalySubscription } from 'aws-cdk-lib/aws-ce';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { BILLING_VIEWERS } from './billing-viewers';
import { consoleDomain } from '../console/console-domain';
import { ConsoleGroup, ConsoleUserProps, FirstSignIn } from '../access/console-group';
import { allowEnrolment, DEVICES, denyWithoutMfa } from '../access/mfa';
import { acknowledgeWildcard } from '../functions/nag-suppressions';

export interface BillingAccessProps {
  /** Topic that is told of budget and anomalies; its policy admits budgets and costalerts. */
  readonly topic: ITopic;
  /**
   * Addresses that Budgets mails as well, ten at most: they need no confirmation.
   * @default []
   */
  readonly emails?: readonly string[];
  /**
   * Monthly limit in USD.
   * @default - no budget
   */
  readonly monthlyBudgetUsd?: number;
  /**
   * Whether to watch for cost anomalies. Only in us-east-1, and only in an account without such a monitor.
   * @default false
   */
  readonly costAnomalyDetection?: boolean;
  /**
   * Smallest anomaly that is told about, in USD.
   * @default 20
   */
  readonly anomalyThresholdUsd?: number;
  /**
   * People who may read bills and costs, and nothing else.
   * @default []
   */
  readonly viewers?: readonly ConsoleUserProps[];
  /**
   * Characters that the account's password policy asks for.
   * @default 15
   */
  readonly minimumPasswordLength?: number;
  /**
   * What becomes of the viewers' users when the stack is deleted.
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Costs under watch, and the way to the bills. IAM access to Billing itself is a switch that only root can set, in the
 * console: `activationUrl` leads there.
 *
 * @throws {Error} if anomaly detection is on and the stack is not known to be in us-east-1
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/control-access-billing.html
 */
export class BillingAccess extends Construct {
  /** Where root activates IAM access to Billing. */
  readonly activationUrl: string;
  /** The first sign-in of each viewer. */
  readonly firstSignIns: readonly FirstSignIn[];

  constructor(scope: Construct, id: string, props: BillingAccessProps) {
    super(scope, id);
    this.activationUrl = `https://${consoleDomain(this, 'console')}/billing/home#/account`;
    if (props.monthlyBudgetUsd !== undefined) this.addBudget(props.monthlyBudgetUsd, props);
    if (props.costAnomalyDetection) this.addAnomalyDetection(props);
    this.firstSignIns = props.viewers?.length ? this.addViewers(props.viewers, props) : [];
  }

  private addBudget(amount: number, { topic, emails = [] }: BillingAccessProps): void {
    const subscribers = [
      { subscriptionType: 'SNS', address: topic.topicArn },
      ...emails.map((address) => ({ subscriptionType: 'EMAIL', address })),
    ];
    const notify = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: { notificationType, threshold, comparisonOperator: 'GREATER_THAN' },
      subscribers,
    });
    new CfnBudget(this, 'Budget', {
      budget: {
        // Without a name: a changed address replaces the budget, and the old one would still have the name.
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount, unit: 'USD' },
      },
      notificationsWithSubscribers: [notify('ACTUAL', 80), notify('ACTUAL', 100), notify('FORECASTED', 100)],
    });
  }

  private addAnomalyDetection({ topic, anomalyThresholdUsd = 20 }: BillingAccessProps): void {
    const { region } = Stack.of(this);
    if (region !== 'us-east-1') {
      const got = Token.isUnresolved(region) ? 'a stack without a Region' : region;
      throw new Error(
        `costAnomalyDetection needs a stack in us-east-1, where CloudFormation has the AWS::CE types, got ${got}`,
      );
    }
    const monitor = new CfnAnomalyMonitor(this, 'AnomalyMonitor', {
      monitorName: `${Aws.STACK_NAME}-services`,
      monitorType: 'DIMENSIONAL',
      monitorDimension: 'SERVICE',
    });
    new CfnAnomalySubscription(this, 'AnomalySubscription', {
      subscriptionName: `${Aws.STACK_NAME}-anomalies`,
      monitorArnList: [monitor.attrMonitorArn],
      // Only the immediate kind goes to a topic.
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
  }

  private addViewers(users: readonly ConsoleUserProps[], props: BillingAccessProps): readonly FirstSignIn[] {
    const { group, policy, firstSignIns } = new ConsoleGroup(this, 'Viewers', {
      groupName: BILLING_VIEWERS,
      users,
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AWSBillingReadOnlyAccess')],
      statements: [...allowEnrolment(this), ...denyWithoutMfa(this)],
      minimumPasswordLength: props.minimumPasswordLength,
      removalPolicy: props.removalPolicy,
      // Taking the last viewer off the list must take the permission too; nobody is locked out by it.
      groupRemovalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(group).acknowledge({
      id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AWSBillingReadOnlyAccess]`,
      reason: 'AWS keeps its list of billing actions up to date as services come; it only reads.',
    });
    acknowledgeWildcard(policy, DEVICES, 'Names of devices are free; a new one belongs to nobody yet.');
    acknowledgeWildcard(
      policy,
      '*',
      'What these actions read or start knows no resource; see NO_RESOURCE_ACTIONS.',
    );
    return firstSignIns;
  }
}
