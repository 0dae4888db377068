import { defineBaseline } from '../../lib/config/config';
import { templatesOf } from '../../lib/stacks/templates';
import { PROFILES } from '../../lib/config/profiles';

/** The parts of a template that matter to an existing stack. */
export interface ReleasedTemplate {
  readonly Resources: Readonly<Record<string, ReleasedResource>>;
}

/** A resource of a template. */
export interface ReleasedResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly [attribute: string]: unknown;
}

/** The templates of a profile, by stack name. */
export type ReleasedSuite = Readonly<Record<string, ReleasedTemplate>>;

/** Files with the templates of the last release, by profile. */
export const RELEASED: Readonly<Record<string, string>> = Object.fromEntries(
  PROFILES.map((profile) => [profile, `test/released/${profile}.templates.json`]),
);

/** The current templates of a profile, with one example of each kind of resource that users would miss. */
export function currentSuite(profile: string): ReleasedSuite {
  const config = defineBaseline({
    profile: profile as (typeof PROFILES)[number],
    administrators: ['alice'],
    notifications: { emails: ['security@example.com'], httpsEndpoints: ['https://alerts.example.com/aws'] },
    billing: { viewers: ['carol'] },
    accountSettings: { alias: 'acme' },
  });
  return Object.fromEntries(
    templatesOf(config).map(({ stackName, template }) => [stackName, template as ReleasedTemplate]),
  );
}
