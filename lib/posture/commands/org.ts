import { createRequire } from 'node:module';
import type { BaselineConfig } from '../../config/config';
import { UsageError } from './exit-code';
import type { Options } from './options';

const load = createRequire(__filename);

type OrgCommand = (options: Options, config: BaselineConfig) => Promise<number>;

/** The commands of the group, each loaded only when it runs. bin/aws-account-baseline.mjs declares them. */
const COMMANDS: Readonly<Record<string, () => OrgCommand>> = {
  preflight: () => (load('./org-preflight') as typeof import('./org-preflight')).orgPreflightCommand,
  verify: () => (load('./org-verify') as typeof import('./org-verify')).orgVerifyCommand,
  plan: () => (load('./org-plan') as typeof import('./org-plan')).orgPlanCommand,
  'root-audit': () => (load('./org-root-audit') as typeof import('./org-root-audit')).orgRootAuditCommand,
};

/**
 * Runs a command of the group `org`.
 *
 * @param name such as `preflight`
 * @returns its exit code
 */
export async function orgCommand(options: Options, config: BaselineConfig, name: string): Promise<number> {
  const commandOf = COMMANDS[name];
  if (!commandOf)
    throw new Error(`command of org must be one of ${Object.keys(COMMANDS).join(', ')}, got ${name}`);
  return commandOf()(options, config);
}

/**
 * The configured organization.
 *
 * @throws {UsageError} if the configuration has none
 */
export function organizationOf({ organization }: BaselineConfig) {
  if (organization) return organization;
  throw new UsageError(
    'organization: is missing; `npx aws-account-baseline org preflight` prints what to configure',
  );
}
