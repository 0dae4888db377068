import type { Construct } from 'constructs';
import { KEY_ALIAS } from '../audit/key-alias';
import { SettingNotices } from '../notifications/setting-notices';
import { Heartbeat } from '../watchdog/heartbeat';
import { TamperingRules } from '../watchdog/tampering-rules';
import { watchedCalls } from '../watchdog/watched-calls';
import type { AlarmsStack } from './alarms-stack';
import { type AuditStack, logGroupOf } from './audit-stack';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';
import { possibleKindsOf, stackNameOf } from './stack-kinds';

/** Props of {@link WatchdogStack}. */
export interface WatchdogStackProps extends ConfiguredStackProps {
  /** The stack with the topic of the recipients. */
  readonly alarms: AlarmsStack;
  /**
   * The stack with the log group.
   * @default - the configuration names an existing log group
   */
  readonly audit?: AuditStack;
  /** Names of the settings that the daily check covers. */
  readonly checkedSettings: readonly string[];
}

/**
 * A second way to notify the recipients, for what silences the alarms and for the daily check. It shares
 * nothing with the alarms but the topic of the recipients.
 */
export class WatchdogStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: WatchdogStackProps) {
    super(scope, id, props);
    const { alarms, audit, config } = props;
    const { topic, chatTopic } = alarms.notifications;
    const { existingLogGroup, trailName } = config.auditTrail;
    new Heartbeat(this, 'Heartbeat', {
      logGroup: logGroupOf(this, audit, existingLogGroup),
      topic,
    });
    if (config.accountSettings.dailyCheck) {
      new SettingNotices(this, 'SettingNotices', { topic, settings: props.checkedSettings });
    }
    new TamperingRules(this, 'On', {
      calls: watchedCalls({
        prefix: config.stackName,
        trailName: existingLogGroup === undefined ? trailName : undefined,
        existingLogGroup,
        key: audit?.encryptionKey && { id: audit.encryptionKey.keyId, alias: KEY_ALIAS },
      }),
      stackNames: possibleKindsOf(config).map((kind) => stackNameOf(config.stackName, kind)),
      topic,
      chatTopic,
    });
  }
}
