import { type CfnElement, CfnOutput, LegacyStackSynthesizer, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Baseline } from './baseline';
import { compactTemplate } from './compact-template';
import type { BaselineConfig } from '../config/config';
import type { FirstSignIn } from '../access/console-group';

/** The baseline of one account: the composed constructs and what a person needs to know afterwards. */
export class BaselineStack extends Stack {
  readonly baseline: Baseline;

  constructor(scope: Construct, id: string, config: BaselineConfig) {
    super(scope, id, {
      stackName: config.stackName,
      description: 'A safe start for an AWS account',
      env: { region: config.region },
      terminationProtection: config.terminationProtection,
      // Assumes no role and expects no version of the bootstrap stack: a new account has none.
      synthesizer: new LegacyStackSynthesizer(),
    });
    this.baseline = new Baseline(this, 'Default', config);
    const { access, billing, notifications, settings, support, trail } = this.baseline;

    this.output('SignInUrl', access.signInUrl);
    this.output('ActivateBillingAccess', billing.activationUrl, 'As root, once: IAM access to Billing');
    this.output('NotificationTopic', notifications.topic.topicArn);
    if (trail) this.output('TrailBucket', trail.bucket.bucketName);
    if (support) this.output('SupportRole', support.role.roleName);
    for (const [name, value] of Object.entries(settings.leftAlone)) {
      this.output(`LeftAlone${name}`, value, 'In use, and so not touched');
    }
    this.outputFirstSignIns([...access.firstSignIns, ...billing.firstSignIns]);
  }

  /**
   * The path of construct ids, without CDK's hash: shorter, and what people see in the console. An id with other
   * characters than letters and digits, such as an e-mail address, keeps the hash, or two of them could be one.
   */
  protected override allocateLogicalId(element: CfnElement): string {
    const [, ...path] = element.node.path.split('/').filter((id) => id !== 'Default' && id !== 'Resource');
    const id = path.join('');
    return /^[A-Za-z][A-Za-z0-9]{0,254}$/.test(id) ? id : super.allocateLogicalId(element);
  }

  /** @internal */
  protected override _toCloudFormation(): unknown {
    return compactTemplate(super._toCloudFormation());
  }

  private output(id: string, value: string, description?: string): void {
    new CfnOutput(this, id, { value, description });
  }

  private outputFirstSignIns(firstSignIns: readonly FirstSignIn[]): void {
    const taken = new Set<string>();
    for (const { id, readPasswordCommand } of firstSignIns) {
      // Output names are letters and digits; two user names may differ in the other characters only.
      const letters = id.replace(/[^A-Za-z0-9]/g, '');
      let suffix = letters;
      for (let number = 2; taken.has(suffix); number++) suffix = `${letters}${number}`;
      taken.add(suffix);
      this.output(`ReadPassword${suffix}`, readPasswordCommand);
    }
  }
}
