import { App, CfnParameter } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { BaselineConfig } from '../../config/config';
import { setting as accountAlias } from '../../settings/account-alias';
import { SETTINGS } from '../../settings/settings';
import { SettingsStack } from '../../stacks/settings-stack';
import { toYaml } from '../../stacks/to-yaml';
import { VerifyRole } from '../verify-role';
import { configOfMembers } from './member-groups';

/** Parameter of the members' template: ID of the management account, which may verify the member. */
export const MANAGEMENT_ACCOUNT = 'ManagementAccount';

/**
 * The template of the members' stacks, as YAML: what the stack Settings has, with the options of the members,
 * and the role of `org verify`.
 * Names of resources are generated, so it also fits an account that has a baseline of its own, or the stack
 * of a group that the account has left.
 *
 * @param scope construct whose context it has, such as feature flags
 * @param group name of the group whose options it has; empty for the members of no group
 */
export function memberTemplate(scope: Construct, config: BaselineConfig, group = ''): string {
  const app = new App({
    analyticsReporting: false,
    treeMetadata: false,
    // The same constructs are validated in the management account's own stack.
    builtinCloudFormationValidation: false,
    context: scope.node.getAllContext() as Record<string, unknown>,
  });
  const stack = new SettingsStack(app, 'Settings', {
    config: configOfMembers(config, group),
    description: 'Account baseline: settings of a member of the organization',
    env: { region: config.region },
    // Members have no alias. Module objects differ between loaders, names do not.
    settings: SETTINGS.filter(({ setting }) => setting.name !== accountAlias.name),
  });
  const { organization } = config;
  if (organization) {
    new VerifyRole(stack, 'VerifyRole', {
      prefix: config.stackName,
      organizationId: organization.id,
      managementAccount: new CfnParameter(stack, MANAGEMENT_ACCOUNT, {
        description: 'ID of the account whose people may verify this one',
      }).valueAsString,
    });
  }
  const template = app.synth().getStackByName(stack.stackName).template as unknown;
  // With two spaces, indentation would be a third of what the parent's template may have.
  return toYaml(withoutMetadata(template), 1);
}

/**
 * Removes what scanners of templates read: they read the same resources in the stack Settings. The commit of
 * the template goes too, because each other text updates all members.
 */
function withoutMetadata(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutMetadata);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== 'Metadata')
      .map(([key, value]) => [key, withoutMetadata(value)]),
  );
}
