import type { BaselineConfig } from '../../config/config';
import { templatesOf } from '../../stacks/templates';
import type { UpgradeSuite, UpgradeTemplate } from '../../upgrade/compare';

/** The templates of a configuration by stack name. */
export function configuredTemplates(config: BaselineConfig): UpgradeSuite {
  return Object.fromEntries(
    templatesOf(config).map(({ stackName, template }) => [stackName, template as UpgradeTemplate]),
  );
}
