import { App } from 'aws-cdk-lib';
import type { BaselineConfig } from '../config/config';
import { loadFeatureFlags } from '../config/load-feature-flags';
import { addBaseline } from './suite';

/** A stack with the template that would be deployed. */
export interface StackTemplate {
  readonly stackName: string;
  readonly template: unknown;
}

/** The templates of a configuration, in deployment order, without validation. */
export function templatesOf(config: BaselineConfig): StackTemplate[] {
  const app = new App({
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: false,
    // Nobody reads where a construct was created, and recording it takes a tenth of the time.
    context: { ...loadFeatureFlags(), 'aws:cdk:disable-creation-stack-traces': true },
  });
  const stacks = addBaseline(app, config);
  const assembly = app.synth();
  return stacks.map(({ stackName }) => ({
    stackName,
    template: assembly.getStackByName(stackName).template as unknown,
  }));
}
