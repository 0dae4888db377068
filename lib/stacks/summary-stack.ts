import type { Construct } from 'constructs';
import { signalOf, tuned } from '../detections/tuning';
import { WeeklySummary } from '../watchdog/weekly-summary';
import type { AlarmsStack } from './alarms-stack';
import { type AuditStack, logGroupOf } from './audit-stack';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';

/** Props of {@link SummaryStack}. */
export interface SummaryStackProps extends ConfiguredStackProps {
  /** The stack with the topics. */
  readonly alarms: AlarmsStack;
  /**
   * The stack with the log group and the key.
   * @default - no key, and the configuration names an existing log group
   */
  readonly audit?: AuditStack;
}

/** The weekly summary. It only reads, and nothing depends on it. */
export class SummaryStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: SummaryStackProps) {
    super(scope, id, props);
    const { alarms, audit, config } = props;
    const { topic, alarmTopic, chatTopic } = alarms.notifications;
    const signals = tuned(config.detections).map((detection) => signalOf(detection).id);
    new WeeklySummary(this, 'WeeklySummary', {
      prefix: config.stackName,
      // One for each signal, and the heartbeat.
      alarms: new Set(signals).size + 1,
      logGroup: logGroupOf(this, audit, config.auditTrail.existingLogGroup),
      topic,
      alarmTopic,
      chatTopic,
      encryptionKey: audit?.encryptionKey,
      accountName: config.accountName,
    });
  }
}
