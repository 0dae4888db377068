import { flag, section } from '../../fields/basics';

export const detectors = section({
  /**
   * AWS Config, which records every resource once a day. Billed for each resource that changed on a day. To
   * check for an existing recorder, run `aws configservice describe-configuration-recorders`.
   * @default - depends on the profile: true in 'strict'
   */
  configRecorder: flag().optional(),
  /**
   * GuardDuty, with notifications of its high-severity findings. With Security Hub enabled, they are sent
   * through Security Hub. Billed for the events and the traffic that it analyzes. To check for an existing
   * detector, run `aws guardduty list-detectors`. Disabling GuardDuty deletes its findings.
   * @default - depends on the profile: true in 'strict'
   */
  guardDuty: flag().optional(),
  /**
   * Security Hub with its default standards, and with notifications of its critical findings. The standards
   * need AWS Config. Billed for each check. To check for an existing hub, run `aws securityhub describe-hub`.
   * Disabling Security Hub deletes its findings.
   * @default - depends on the profile: true in 'strict'
   */
  securityHub: flag().optional(),
}).prefault({});
