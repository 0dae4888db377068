import type { Construct } from 'constructs';
import { SpendAlerts } from '../billing/spend-alerts';
import type { AlarmsStack } from './alarms-stack';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';
import type { People } from './people';

/** Props of {@link SpendStack}. */
export interface SpendStackProps extends ConfiguredStackProps {
  /** The stack with the topic. */
  readonly alarms: AlarmsStack;
  /** Source of the recipients. */
  readonly people: People;
}

/** Budget and cost anomaly detection. Their notifications go to the topic of the stack `Alarms`. */
export class SpendStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: SpendStackProps) {
    super(scope, id, props);
    const { alarms, people } = props;
    const { monthlyBudgetUsd, costAnomalyDetection } = props.config.billing;
    new SpendAlerts(this, 'SpendAlerts', {
      topic: alarms.notifications.topic,
      emails: people.emails(this),
      monthlyBudgetUsd: monthlyBudgetUsd === false ? undefined : monthlyBudgetUsd,
      costAnomalyDetection,
    });
  }
}
