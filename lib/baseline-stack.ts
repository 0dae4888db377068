import { CfnOutput, LegacyStackSynthesizer, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Baseline } from './baseline';
import type { BaselineConfig } from './config';
import type { FirstSignIn } from './constructs/console-group';

/** The baseline of one account: the composed constructs and what a person needs to know afterwards. */
export class BaselineStack extends Stack {
  readonly baseline: Baseline;

  constructor(scope: Construct, id: string, config: BaselineConfig) {
    super(scope, id, {
      stackName: config.stackName,
      description:
        'A safe start for this AWS account: administrators, MFA, password policy, audit trail, root alarms',
      env: { region: config.region },
      terminationProtection: config.terminationProtection,
      // Assumes no role and expects no version of the bootstrap stack: a new account has none.
      synthesizer: new LegacyStackSynthesizer(),
    });
    this.baseline = new Baseline(this, 'Default', config);
    const { access, billing, notifications, trail } = this.baseline;

    this.output('SignInUrl', access.signInUrl, 'Where administrators sign in');
    this.output(
      'ActivateBillingAccess',
      billing.activationUrl,
      'As root, once: activate IAM access to Billing here',
    );
    this.output('NotificationTopic', notifications.topic.topicArn, 'Topic of alarms and budget notices');
    if (trail)
      this.output('TrailBucket', trail.bucket.bucketName, 'Bucket that holds the log files of the trail');
    this.outputFirstSignIns([...access.firstSignIns, ...billing.firstSignIns]);
  }

  private output(id: string, value: string, description: string): void {
    new CfnOutput(this, id, { value, description });
  }

  private outputFirstSignIns(firstSignIns: readonly FirstSignIn[]): void {
    const taken = new Set<string>();
    for (const { id, readPasswordCommand, deletePasswordCommand } of firstSignIns) {
      // Output names are letters and digits; two user names may differ in the other characters only.
      const letters = id.replace(/[^A-Za-z0-9]/g, '');
      const suffix = taken.has(letters) ? `${letters}${taken.size}` : letters;
      taken.add(letters);
      this.output(
        `ReadPassword${suffix}`,
        readPasswordCommand,
        'Reads the first-sign-in password; run it once',
      );
      this.output(
        `DeletePassword${suffix}`,
        deletePasswordCommand,
        'Deletes the secret after the first sign-in',
      );
    }
  }
}
