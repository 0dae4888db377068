import { CfnHub } from 'aws-cdk-lib/aws-securityhub';
import { Construct } from 'constructs';

/**
 * Security Hub in the Region of the stack. An account has one hub a Region: where there is one, the deployment fails and is
 * rolled back. Most checks need AWS Config, with or without the baseline's recorder.
 *
 * Its default standards are on: AWS Foundational Security Best Practices, and CIS AWS Foundations 1.2, which looks for the
 * metric filters of `SecurityAlarms`. A check that both ask for is run, billed and found once. It costs for each check, and
 * for each finding of others beyond the first 10,000 a month.
 *
 * The hub goes with the stack, and its findings with it, as GuardDuty's do.
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-standards-enable-disable.html
 */
export class SecurityHub extends Construct {
  /** ARN of the hub. */
  readonly hubArn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.hubArn = new CfnHub(this, 'Default', {
      enableDefaultStandards: true,
      controlFindingGenerator: 'SECURITY_CONTROL',
    }).ref;
  }
}
