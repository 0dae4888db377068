import { CfnHub } from 'aws-cdk-lib/aws-securityhub';
import { Construct } from 'constructs';
import { onlyOnce } from '../functions/only-once';

/**
 * Security Hub in the Region of the stack. Each Region can have only one hub. If it already has one, the
 * deployment fails and is rolled back. Most checks need AWS Config, with or without the baseline's recorder.
 *
 * The default standards are enabled: AWS Foundational Security Best Practices, and CIS AWS Foundations 1.2,
 * which checks the metric filters of `SecurityAlarms`. A check that both contain runs, is billed, and reports
 * only once. Each check is billed, and each finding of other products beyond the first 10,000 a month.
 *
 * The hub and its findings are deleted with the stack, like those of GuardDuty.
 * @example
 * new SecurityHub(this, 'SecurityHub');
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-standards-enable-disable.html
 */
export class SecurityHub extends Construct {
  /** ARN of the hub. */
  readonly hubArn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    onlyOnce(this, ['Security Hub'], (one) => one instanceof CfnHub && 'Security Hub');
    this.hubArn = new CfnHub(this, 'Default', {
      enableDefaultStandards: true,
      controlFindingGenerator: 'SECURITY_CONTROL',
    }).ref;
  }
}
