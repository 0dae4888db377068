import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { BaselineStack } from '../../lib/stacks/baseline-stack';
import { defineBaseline } from '../../lib/config/config';
import { PROFILES } from '../../lib/config/profiles';

/** Parts of a template that matter to a stack that exists. */
export interface ReleasedTemplate {
  readonly Resources: Readonly<Record<string, ReleasedResource>>;
}

/** A resource of a template. */
export interface ReleasedResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly [attribute: string]: unknown;
}

/** Where the templates of the last release are kept, by profile. */
export const RELEASED: Readonly<Record<string, string>> = Object.fromEntries(
  PROFILES.map((profile) => [profile, `test/released/${profile}.template.json`]),
);

/** The template of a profile as it is now, with somebody and something of each kind that a person would miss. */
export function currentTemplate(profile: string): ReleasedTemplate {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };
  const app = new App({ analyticsReporting: false, context, builtinCloudFormationValidation: false });
  const config = defineBaseline({
    profile: profile as (typeof PROFILES)[number],
    administrators: ['alice'],
    notifications: { emails: ['security@example.com'], httpsEndpoints: ['https://alerts.example.com/aws'] },
    billing: { viewers: ['carol'] },
    accountSettings: { alias: 'acme' },
  });
  const { stackName } = new BaselineStack(app, config.stackName, config);
  return app.synth().getStackByName(stackName).template as ReleasedTemplate;
}
