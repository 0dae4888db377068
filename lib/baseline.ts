import { Duration, RemovalPolicy, Tags } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { BaselineConfig } from './config';
import { type Detection, DETECTIONS } from './catalog/detections';
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
    const { auditTrail, billing, dayZero, notifications, passwordPolicy } = config;
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
          description: 'Account baseline',
          alias: 'account-baseline',
          enableKeyRotation: true,
          removalPolicy: evidence,
        })
      : undefined;
    const publishers: Publisher[] = ['cloudwatch'];
    if (billing.monthlyBudgetUsd !== false) publishers.push('budgets');
    if (billing.costAnomalyDetection) publishers.push('costalerts');
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
    this.notifications = new Notifications(this, 'Notifications', {
      encryptionKey,
      publishers,
      logGroup: this.logGroup,
      emails: notifications.emails.map((address): EmailProps => ({
        address,
        id: address === dayZero?.email ? DAY_ZERO_ID : undefined,
      })),
      httpsEndpoints: notifications.httpsEndpoints,
      chat: notifications.slack || notifications.teams ? notifications : undefined,
      tellWhenOver: notifications.tellWhenOver,
      accountName: config.accountName,
      runbooks: notifications.runbooks,
    });
    const { topic, alarmTopic } = this.notifications;
    const { role } = new PasswordPolicy(this, 'PasswordPolicy', passwordPolicy);
    const alarms = new SecurityAlarms(this, 'Alarms', {
      logGroup: this.logGroup,
      topic: alarmTopic,
      passwordPolicyRole: role,
      detections: tuned(config.detections),
      tellWhenOver: notifications.tellWhenOver,
    });

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
      emails: notifications.emails,
      monthlyBudgetUsd: billing.monthlyBudgetUsd === false ? undefined : billing.monthlyBudgetUsd,
      costAnomalyDetection: billing.costAnomalyDetection,
      viewers: users(billing.viewers),
      minimumPasswordLength: passwordPolicy.minimumLength,
      removalPolicy: people,
    });
    // Budgets looks at the topic's policy when the budget is made.
    this.billing.node.addDependency(topic);

    for (const [key, value] of Object.entries(config.tags)) {
      Tags.of(this).add(key, value, {
        // See ConsoleGroup: an update of these would set the first password again.
        excludeResourceTypes: ['AWS::IAM::User', 'AWS::SecretsManager::Secret'],
      });
    }
  }

  private guarded(key: Key | undefined): Guarded[] {
    return [
      ...(this.trail?.guarded ?? [guardLogGroup(this.logGroup)]),
      ...this.notifications.guarded,
      ...(key
        ? [
            {
              actions: ['kms:Disable*', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'],
              resources: [key.keyArn],
            },
          ]
        : []),
    ];
  }
}

/** The detections of the catalogue as the configuration wants them. */
function tuned(wishes: BaselineConfig['detections']): Detection[] {
  return DETECTIONS.flatMap((detection) => {
    const wish = wishes[detection.id];
    return wish === false ? [] : [{ ...detection, ...wish }];
  });
}
