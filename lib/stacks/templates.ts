import { App } from 'aws-cdk-lib';
import type { BaselineConfig } from '../config/config';
import { loadFeatureFlags } from '../config/load-feature-flags';
import { addBaseline } from './suite';

/** A stack with the template that would be deployed. */
export interface StackTemplate {
  readonly stackName: string;
  readonly template: unknown;
}

/**
 * The templates of a configuration, in deployment order, without validation.
 *
 * @param context additional context for the app
 */
export function templatesOf(
  config: BaselineConfig,
  context: Readonly<Record<string, unknown>> = {},
): StackTemplate[] {
  const app = new App({
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: false,
    context: { ...loadFeatureFlags(), ...context },
  });
  const stacks = addBaseline(app, config);
  const assembly = app.synth();
  return stacks.map(({ stackName }) => ({
    stackName,
    template: assembly.getStackByName(stackName).template as unknown,
  }));
}
