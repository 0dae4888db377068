import { App } from 'aws-cdk-lib';
import { BaselineStack } from '../lib/baseline-stack';
import { BaselineConfigError } from '../lib/config';
import { loadConfig } from '../lib/load-config';

async function main(): Promise<void> {
  const config = await loadConfig(process.env['BASELINE_CONFIG'] ?? 'baseline.config.ts');
  // `npm run synth:fast`: loading and running the rules takes most of the time.
  const validate = !process.argv.includes('--no-validation');
  const app = new App({
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: validate,
  });
  new BaselineStack(app, config.stackName, config);
  if (validate) {
    const { addRulePacks } = await import('../lib/validation.js');
    addRulePacks(app);
  }
  app.synth();
}

main().catch((error: unknown) => {
  // A person's mistake gets a message, ours a stack trace.
  console.error(error instanceof BaselineConfigError ? `\n${error.message}\n` : error);
  process.exitCode = 1;
});
