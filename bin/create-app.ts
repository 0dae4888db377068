import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { App } from 'aws-cdk-lib';
import { loadFeatureFlags } from '../lib/config/load-feature-flags';
import { COMMIT_CONTEXT } from '../lib/stacks/provenance';
import { commitOf } from './commit';

const load = createRequire(__filename);

/**
 * The app, with or without the validation rules. When it runs without the CDK CLI, it reads the feature flags
 * from cdk.json and writes to the default output folder.
 */
export function createApp(options: { readonly validate: boolean }): App {
  // The CDK validation is 9 MB of WebAssembly that runs once: optimizing it takes a second and gains nothing.
  setFlagsFromString('--liftoff-only');
  const byItself = process.env['CDK_OUTDIR'] === undefined;
  const app = new App({
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: options.validate,
    ...(byItself ? { outdir: 'cdk.out' } : {}),
    context: { ...(byItself ? loadFeatureFlags() : {}), [COMMIT_CONTEXT]: commitOf(__dirname) },
  });
  if (options.validate) {
    // Loaded only if needed, to keep quick synthesis fast.
    const { addRulePacks } = load('../lib/stacks/validation') as typeof import('../lib/stacks/validation');
    addRulePacks(app);
  }
  return app;
}
