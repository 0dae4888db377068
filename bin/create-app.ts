import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { App } from 'aws-cdk-lib';
import { loadFeatureFlags } from '../lib/config/load-feature-flags';
import { COMMIT_CONTEXT } from '../lib/stacks/provenance';
import { commitOf } from './commit';

const load = createRequire(__filename);

/**
 * The app, with or without the rules that fail its synthesis. Started by the CDK command line or by itself: then the
 * feature flags come from cdk.json and the output goes where the command line puts it.
 */
export function createApp(options: { readonly validate: boolean }): App {
  // CDK's validation is 9 MB of WebAssembly that runs once: optimizing it costs a second and gains nothing.
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
    // Loaded only when needed: a quick synthesis does without.
    const { addRulePacks } = load('../lib/stacks/validation') as typeof import('../lib/stacks/validation');
    addRulePacks(app);
  }
  return app;
}
