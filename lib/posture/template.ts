import { App } from 'aws-cdk-lib';
import { BaselineStack } from '../stacks/baseline-stack';
import type { BaselineConfig } from '../config/config';
import { loadFeatureFlags } from '../config/load-feature-flags';

/** The template of a configuration, as it would be deployed; not validated. */
export function templateOf(config: BaselineConfig): unknown {
  const app = new App({
    analyticsReporting: false,
    context: loadFeatureFlags(),
    builtinCloudFormationValidation: false,
  });
  const { stackName } = new BaselineStack(app, config.stackName, config);
  return app.synth().getStackByName(stackName).template as unknown;
}
