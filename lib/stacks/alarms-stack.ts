import { ArnFormat } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { SpendAlerts } from '../billing/spend-alerts';
import { Dashboard } from '../dashboard/dashboard';
import { SecurityAlarms } from '../detections/security-alarms';
import { tuned } from '../detections/tuning';
import { channelsOf } from '../notifications/channels/options';
import { Notifications, type Publisher } from '../notifications/notifications';
import { SettingNotices } from '../notifications/setting-notices';
import { type AuditStack, logGroupOf } from './audit-stack';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';
import type { People } from './people';

/** Props of {@link AlarmsStack}. */
export interface AlarmsStackProps extends ConfiguredStackProps {
  /**
   * The stack with the key and the log group.
   * @default - no key, and the configuration names an existing log group
   */
  readonly audit?: AuditStack;
  /** Source of the recipients. */
  readonly people: People;
  /** Names of the settings that the daily check covers. */
  readonly checkedSettings: readonly string[];
}

/** Topics, notifications, alarms, dashboard, and budget. It changes often and holds no data. */
export class AlarmsStack extends BaselineStack {
  /** Topics for the recipients and the chat channels. */
  readonly notifications: Notifications;

  constructor(scope: Construct, id: string, props: AlarmsStackProps) {
    super(scope, id, props);
    const { audit, config, people } = props;
    const { auditTrail, billing, notifications } = config;
    const emails = people.emails(this);
    const logGroup = logGroupOf(this, audit, auditTrail.existingLogGroup);
    const publishers: Publisher[] = [];
    if (billing.monthlyBudgetUsd !== false) publishers.push('budgets');
    if (billing.costAnomalyDetection) publishers.push('costalerts');
    this.notifications = new Notifications(this, 'Notifications', {
      encryptionKey: audit?.encryptionKey,
      publishers,
      logGroup,
      channels: channelsOf({
        ...notifications,
        emails,
      }),
      notifyOnOk: notifications.notifyOnOk,
      accountName: config.accountName,
      runbooks: notifications.runbooks,
    });
    // The second way to the recipients does not depend on the function.
    this.notifications.admitAlarms(`${config.stackName}-Watchdog-*`);
    const { dailyCheck } = config.accountSettings;
    if (dailyCheck) {
      new SettingNotices(this, 'SettingNotices', {
        topic: this.notifications.topic,
        settings: props.checkedSettings,
      });
    }
    // Matches the rules of every stack of the suite by name, because this stack is deployed before them.
    this.notifications.admitRules(
      this.formatArn({
        service: 'events',
        resource: 'rule',
        resourceName: `${config.stackName}-*`,
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      }),
    );
    const alarms = new SecurityAlarms(this, 'Alarms', {
      topic: this.notifications.alarmTopic,
      detections: tuned(config.detections),
      notifyOnOk: notifications.notifyOnOk,
    });
    if (notifications.dashboard) {
      new Dashboard(this, 'Dashboard', {
        // People look for it in the console.
        dashboardName: config.stackName,
        alarms,
        notifications: this.notifications,
        logGroup,
        runbooks: notifications.runbooks,
      });
    }
    new SpendAlerts(this, 'SpendAlerts', {
      topic: this.notifications.topic,
      emails,
      monthlyBudgetUsd: billing.monthlyBudgetUsd === false ? undefined : billing.monthlyBudgetUsd,
      costAnomalyDetection: billing.costAnomalyDetection,
    });
    this.output('NotificationsTopic', this.notifications.topic.topicArn);
  }
}
