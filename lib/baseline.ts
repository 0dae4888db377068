import { Duration, RemovalPolicy, Tags } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { BaselineConfig } from './config';
import { AdminAccess } from './constructs/admin-access';
import { AuditTrail } from './constructs/audit-trail';
import { BillingAccess } from './constructs/billing-access';
import { ConsoleUserProps } from './constructs/console-group';
import { guardLogGroup, type Guarded } from './constructs/guard';
import { EmailProps, Notifications, type Publisher } from './constructs/notifications';
import { PasswordPolicy } from './constructs/password-policy';
import { SecurityAlarms } from './constructs/security-alarms';

/** Construct ids of the people that the standalone template takes as parameters: the same in both, or they'd be replaced. */
const DAY_ZERO_ID = 'DayZero';

/** Everything, composed from a checked configuration. */
export class Baseline extends Construct {
  /** Administrators. */
  readonly access: AdminAccess;
  /** Budget and billing viewers. */
  readonly billing: BillingAccess;
  /** Who is told. */
  readonly notifications: Notifications;
  /** Log group that the alarms read. */
  readonly logGroup: ILogGroup;
  /** Undefined when the account's own trail is used. */
  readonly trail?: AuditTrail;

  constructor(scope: Construct, id: string, config: BaselineConfig) {
    super(scope, id);
    const { auditTrail, billing, dayZero, passwordPolicy } = config;
    const users = (names: readonly string[]): ConsoleUserProps[] =>
      names.map((userName) => ({
        userName,
        id: userName === dayZero?.administrator ? DAY_ZERO_ID : undefined,
      }));
    const people = config.access.keepOnRemoval
      ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
      : RemovalPolicy.DESTROY;
    const evidence = auditTrail.keepOnRemoval ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

    const encryptionKey = config.customerKey
      ? new Key(this, 'Key', {
          description: 'Account baseline: audit trail, its log group and the notification topic',
          alias: 'account-baseline',
          enableKeyRotation: true,
          removalPolicy: evidence,
        })
      : undefined;
    const publishers: Publisher[] = ['cloudwatch'];
    if (billing.monthlyBudgetUsd !== false) publishers.push('budgets');
    if (billing.costAnomalyDetection) publishers.push('costalerts');
    this.notifications = new Notifications(this, 'Notifications', {
      encryptionKey,
      publishers,
      emails: config.notifications.emails.map((address): EmailProps => ({
        address,
        id: address === dayZero?.email ? DAY_ZERO_ID : undefined,
      })),
    });
    const { topic } = this.notifications;

    if (auditTrail.existingLogGroup === undefined) {
      this.trail = new AuditTrail(this, 'AuditTrail', {
        encryptionKey,
        logGroupRetentionDays: auditTrail.logGroupRetentionDays,
        archiveAfter: Duration.days(auditTrail.archiveAfterDays),
        expireAfter: Duration.days(auditTrail.expireAfterDays),
        removalPolicy: evidence,
      });
      this.logGroup = this.trail.logGroup;
    } else {
      this.logGroup = LogGroup.fromLogGroupName(this, 'LogGroup', auditTrail.existingLogGroup);
    }
    const alarms = new SecurityAlarms(this, 'SecurityAlarms', { logGroup: this.logGroup, topic });

    new PasswordPolicy(this, 'PasswordPolicy', passwordPolicy);
    this.access = new AdminAccess(this, 'AdminAccess', {
      administrators: users(config.administrators),
      groupName: config.access.groupName,
      guard: config.access.guard,
      guarded: [...this.guarded(encryptionKey), ...alarms.guarded],
      minimumPasswordLength: passwordPolicy.minimumLength,
      removalPolicy: people,
    });
    this.billing = new BillingAccess(this, 'BillingAccess', {
      topic,
      emails: config.notifications.emails,
      monthlyBudgetUsd: billing.monthlyBudgetUsd === false ? undefined : billing.monthlyBudgetUsd,
      costAnomalyDetection: billing.costAnomalyDetection,
      viewers: users(billing.viewers),
      minimumPasswordLength: passwordPolicy.minimumLength,
      removalPolicy: people,
    });
    // Budgets looks at the topic's policy when the budget is made.
    this.billing.node.addDependency(this.notifications);

    for (const [key, value] of Object.entries(config.tags)) {
      Tags.of(this).add(key, value, {
        // See ConsoleGroup: an update of these would set the first password again.
        excludeResourceTypes: ['AWS::IAM::User', 'AWS::SecretsManager::Secret'],
      });
    }
  }

  private guarded(key: Key | undefined): Guarded[] {
    return [
      ...(this.trail?.guarded ?? [guardLogGroup(this, this.logGroup)]),
      ...this.notifications.guarded,
      ...(key
        ? [
            {
              actions: [
                'kms:DisableKey',
                'kms:DisableKeyRotation',
                'kms:PutKeyPolicy',
                'kms:ScheduleKeyDeletion',
              ],
              resources: [key.keyArn],
            },
          ]
        : []),
    ];
  }
}
