import { CfnDetector } from 'aws-cdk-lib/aws-guardduty';
import { Construct } from 'constructs';

/**
 * GuardDuty in the Region of the stack. An account has one detector a Region: where there is one, the deployment fails and is
 * rolled back.
 *
 * No feature is named, so that GuardDuty switches on all that the Region has and that need nothing installed: S3, EKS audit
 * logs, RDS sign-ins, network activity of functions, malware scans of volumes after a finding. To name one that a Region
 * lacks would make the deployment fail there. Runtime Monitoring stays off: it puts an agent next to workloads, which is
 * their owners' choice. What it costs grows with CloudTrail events, flow and DNS logs, and reads and writes of S3 objects.
 *
 * The detector goes with the stack, and its findings with it: one that stayed would cost on, unheard, and be in the way of the
 * next deployment. What was serious has been told.
 * @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html
 */
export class GuardDuty extends Construct {
  /** Id of the detector. */
  readonly detectorId: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    // How often a finding that goes on is told again is left at six hours; a new one is told within five minutes.
    this.detectorId = new CfnDetector(this, 'Default', { enable: true }).ref;
  }
}
