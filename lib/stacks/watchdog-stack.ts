import type { Construct } from 'constructs';
import { Heartbeat } from '../watchdog/heartbeat';
import type { AlarmsStack } from './alarms-stack';
import { type AuditStack, logGroupOf } from './audit-stack';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';

/** Props of {@link WatchdogStack}. */
export interface WatchdogStackProps extends ConfiguredStackProps {
  /** The stack with the topic of the recipients. */
  readonly alarms: AlarmsStack;
  /**
   * The stack with the log group.
   * @default - the configuration names an existing log group
   */
  readonly audit?: AuditStack;
}

/**
 * A second way to notify the recipients, for what silences the alarms. It shares nothing with them but the
 * topic of the recipients.
 */
export class WatchdogStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: WatchdogStackProps) {
    super(scope, id, props);
    const { alarms, audit, config } = props;
    const { topic } = alarms.notifications;
    new Heartbeat(this, 'Heartbeat', {
      logGroup: logGroupOf(this, audit, config.auditTrail.existingLogGroup),
      topic,
    });
  }
}
