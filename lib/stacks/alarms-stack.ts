import { ArnFormat } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { personRoleArn } from '../access/people-roles';
import { SecurityAlarms } from '../detections/security-alarms';
import { configuredDetections } from '../detections/configured';
import { channelsOf } from '../notifications/channels/options';
import { Notifications, type Publisher } from '../notifications/notifications';
import { organizationTrailOf } from '../organization/organization-trail';
import { type AuditStack, logGroupOf } from './audit-stack';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';
import type { People } from './people';
import { stackKindsOf } from './stack-kinds';

/** Props of {@link AlarmsStack}. */
export interface AlarmsStackProps extends ConfiguredStackProps {
  /**
   * The stack with the key and the log group.
   * @default - no key, and the configuration names an existing log group
   */
  readonly audit?: AuditStack;
  /** Source of the recipients. */
  readonly people: People;
}

/** Topics, notifications, and alarms. It changes often and holds no data. */
export class AlarmsStack extends BaselineStack {
  /** Topics for the recipients and the chat channels. */
  readonly notifications: Notifications;
  /** Alarms on what the detections count. */
  readonly alarms: SecurityAlarms;

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
      peopleRoleArns: stackKindsOf(config).includes('Roles')
        ? (['Administrator', 'PowerUser'] as const).map((role) => personRoleArn(this, config.stackName, role))
        : undefined,
      accountName: config.accountName,
      organizationId: organizationTrailOf(config)?.id,
      runbooks: notifications.runbooks,
    });
    // The second way to the recipients does not depend on the function.
    this.notifications.admitAlarms(`${config.stackName}-Watchdog-*`);
    // Matches the rules of every stack of the suite by name, because this stack is deployed before them.
    this.notifications.admitRules(
      this.formatArn({
        service: 'events',
        resource: 'rule',
        resourceName: `${config.stackName}-*`,
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      }),
    );
    this.alarms = new SecurityAlarms(this, 'Alarms', {
      topic: this.notifications.alarmTopic,
      detections: configuredDetections(config),
      notifyOnOk: notifications.notifyOnOk,
    });
    this.output('NotificationsTopic', this.notifications.topic.topicArn);
  }
}
