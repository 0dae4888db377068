import { CfnDetector } from 'aws-cdk-lib/aws-guardduty';
import { Construct } from 'constructs';
import { onlyOnce } from '../functions/only-once';

/**
 * GuardDuty in the Region of the stack. Each Region can have only one detector. If it already has one, the
 * deployment fails and is rolled back.
 *
 * No features are listed, so GuardDuty enables its defaults in the Region: S3, EKS audit logs, RDS sign-ins,
 * Lambda network activity, and malware scans of volumes after a finding. Listing a feature would fail in
 * Regions that lack it. Runtime Monitoring stays off, because it installs an agent next to workloads. The
 * cost grows with CloudTrail events, flow and DNS logs, and S3 data events.
 *
 * The detector and its findings are deleted with the stack. A retained detector would still cost money, send
 * no notifications, and block the next deployment. Serious findings have already been sent.
 * @example
 * new GuardDuty(this, 'GuardDuty');
 * @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html
 */
export class GuardDuty extends Construct {
  /** ID of the detector. */
  readonly detectorId: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    onlyOnce(this, ['GuardDuty'], (one) => one instanceof CfnDetector && 'GuardDuty');
    // The default frequency is kept: updates of a finding are sent every six hours, and new ones within five
    // minutes.
    this.detectorId = new CfnDetector(this, 'Default', { enable: true }).ref;
  }
}
