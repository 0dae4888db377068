import type { Construct } from 'constructs';
import { Dashboard } from '../dashboard/dashboard';
import { signalOf } from '../detections/tuning';
import { configuredDetections } from '../detections/configured';
import { organizationTrailOf } from '../organization/organization-trail';
import { WeeklySummary } from '../watchdog/weekly-summary';
import type { AlarmsStack } from './alarms-stack';
import { type AuditStack, logGroupOf } from './audit-stack';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';

/** Props of {@link SummaryStack}. */
export interface SummaryStackProps extends ConfiguredStackProps {
  /** The stack with the topics and the alarms. */
  readonly alarms: AlarmsStack;
  /**
   * The stack with the log group and the key.
   * @default - no key, and the configuration names an existing log group
   */
  readonly audit?: AuditStack;
}

/** The weekly summary and the dashboard. They only read, and nothing depends on them. */
export class SummaryStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: SummaryStackProps) {
    super(scope, id, props);
    const { alarms, audit, config } = props;
    const { topic, alarmTopic, chatTopic } = alarms.notifications;
    const logGroup = logGroupOf(this, audit, config.auditTrail.existingLogGroup);
    if (config.notifications.weeklySummary) {
      const signals = configuredDetections(config).map((detection) => signalOf(detection).id);
      new WeeklySummary(this, 'WeeklySummary', {
        prefix: config.stackName,
        // One for each signal, and the heartbeat.
        alarms: new Set(signals).size + 1,
        logGroup,
        topic,
        alarmTopic,
        chatTopic,
        encryptionKey: audit?.encryptionKey,
        accountName: config.accountName,
        organization: organizationTrailOf(config) !== undefined,
      });
    }
    if (config.notifications.dashboard) {
      new Dashboard(this, 'Dashboard', {
        // People look for it in the console.
        dashboardName: config.stackName,
        alarms: alarms.alarms,
        notifications: alarms.notifications,
        logGroup,
        runbooks: config.notifications.runbooks,
      });
    }
  }
}
