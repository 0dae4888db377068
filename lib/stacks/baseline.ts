import { Duration, RemovalPolicy, Tags } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { BaselineConfig } from '../config/config';
import { tuned } from '../detections/tuning';
import { AccountSettings } from '../settings/account-settings';
import { AdminAccess } from '../access/admin-access';
import { AuditTrail } from '../audit/audit-trail';
import { BillingAccess } from '../billing/billing-access';
import { ConsoleUserProps } from '../access/console-group';
import { ConfigServiceRole } from '../detectors/config-service-role';
import { ConfigRecorder } from '../detectors/config-recorder';
import { Findings } from '../detectors/findings';
import { guardLogGroup, type Guarded } from '../access/guard';
import { GuardDuty } from '../detectors/guard-duty';
import { EmailProps, Notifications, type Publisher } from '../notifications/notifications';
import { PasswordPolicy } from '../settings/password-policy';
import { SecurityAlarms } from '../detections/security-alarms';
import { AccountSettingFunction } from '../settings/setting-function';
import { SecurityHub } from '../detectors/security-hub';
import { SupportRole } from '../access/support-role';

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
  /** Settings of the account. */
  readonly settings: AccountSettings;
  /** Log group that the alarms read. */
  readonly logGroup: ILogGroup;
  /** Undefined when the account's own trail is used. */
  readonly trail?: AuditTrail;
  /** Undefined when it is switched off. */
  readonly support?: SupportRole;
  /** Undefined when it is switched off. */
  readonly recorder?: ConfigRecorder;
  /** Undefined when it is switched off. */
  readonly guardDuty?: GuardDuty;
  /** Undefined when it is switched off. */
  readonly securityHub?: SecurityHub;

  constructor(scope: Construct, id: string, config: BaselineConfig) {
    super(scope, id);
    const { auditTrail, billing, dayZero, detectors, notifications, passwordPolicy } = config;
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
        expireAfter: Duration.days(auditTrail.expireAfterDays),
        s3DataEvents: auditTrail.s3DataEvents,
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
    const dailyCheck = config.accountSettings.dailyCheck ? { topic, encryptionKey } : undefined;
    const { regions } = config.accountSettings;
    const handler = new AccountSettingFunction(this, 'Settings', { regions, dailyCheck });
    new PasswordPolicy(this, 'PasswordPolicy', { ...passwordPolicy, handler });
    this.settings = new AccountSettings(this, 'Account', { ...config.accountSettings, handler, dailyCheck });
    const alarms = new SecurityAlarms(this, 'Alarms', {
      logGroup: this.logGroup,
      topic: alarmTopic,
      bucket: this.trail?.bucket,
      detections: tuned(config.detections),
      tellWhenOver: notifications.tellWhenOver,
    });
    if (detectors.configRecorder) {
      this.recorder = new ConfigRecorder(this, 'ConfigRecorder', {
        role: new ConfigServiceRole(this, 'ConfigRole'),
        encryptionKey,
        accessLogBucket: this.trail?.accessLogBucket,
        expireAfter: Duration.days(auditTrail.expireAfterDays),
        removalPolicy: evidence,
      });
      this.trail?.leaveOut(this.recorder.bucket);
    }
    if (detectors.guardDuty) this.guardDuty = new GuardDuty(this, 'GuardDuty');
    if (detectors.securityHub) this.securityHub = new SecurityHub(this, 'SecurityHub');
    if (detectors.guardDuty || detectors.securityHub) {
      const { ruleArn } = new Findings(this, 'Findings', {
        finder: detectors.securityHub ? 'securityHub' : 'guardDuty',
        topic,
        chatTopic: this.notifications.chatTopic,
      });
      this.notifications.admitRule(ruleArn);
    }

    this.access = new AdminAccess(this, 'AdminAccess', {
      administrators: users(config.administrators),
      groupName: config.access.groupName,
      guard: config.access.guard,
      guarded: [...this.guarded(encryptionKey), ...alarms.guarded],
      minimumPasswordLength: passwordPolicy.minimumLength,
      removalPolicy: people,
    });
    if (config.access.supportRole) this.support = new SupportRole(this, 'SupportRole');
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
        excludeResourceTypes: [
          // See ConsoleGroup: an update of these would set the first password again.
          ...['AWS::IAM::User', 'AWS::SecretsManager::Secret'],
          // It takes fewer characters than all the others, and a tag is not worth a failure.
          ...(/^[\w+=.:/-]+$/.test(key) ? [] : ['AWS::SecurityHub::Hub']),
        ],
      });
    }
  }

  private guarded(key: Key | undefined): Guarded[] {
    return [
      ...(this.trail?.guarded ?? [guardLogGroup(this.logGroup)]),
      ...this.notifications.guarded,
      ...(this.recorder?.guarded ?? []),
      ...(this.guardDuty?.guarded ?? []),
      ...(this.securityHub?.guarded ?? []),
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
