import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ConfigRecorder } from '../detectors/config-recorder';
import { ConfigServiceRole } from '../detectors/config-service-role';
import { Findings } from '../detectors/findings';
import { GuardDuty } from '../detectors/guard-duty';
import { SecurityHub } from '../detectors/security-hub';
import type { AlarmsStack } from './alarms-stack';
import type { AuditStack } from './audit-stack';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';

/** Props of {@link DetectorsStack}. */
export interface DetectorsStackProps extends ConfiguredStackProps {
  /** The stack with the topics for findings. */
  readonly alarms: AlarmsStack;
  /**
   * The stack with the key and the bucket for access logs.
   * @default - none
   */
  readonly audit?: AuditStack;
}

/** AWS Config, GuardDuty, and Security Hub, billed by use, with notifications of their findings. */
export class DetectorsStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: DetectorsStackProps) {
    super(scope, id, props);
    const { alarms, audit, config } = props;
    const { configRecorder, guardDuty, securityHub } = config.detectors;
    if (configRecorder) {
      new ConfigRecorder(this, 'ConfigRecorder', {
        role: new ConfigServiceRole(this, 'ConfigRole'),
        encryptionKey: audit?.encryptionKey,
        accessLogBucket: audit?.trail?.accessLogBucket,
        expireAfter: Duration.days(config.auditTrail.expireAfterDays),
        removalPolicy: config.auditTrail.keepOnRemoval ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      });
    }
    if (guardDuty) new GuardDuty(this, 'GuardDuty');
    if (securityHub) new SecurityHub(this, 'SecurityHub');
    if (guardDuty || securityHub) {
      new Findings(this, 'Findings', {
        finder: securityHub ? 'securityHub' : 'guardDuty',
        topic: alarms.notifications.topic,
        chatTopic: alarms.notifications.chatTopic,
      });
    }
  }
}
