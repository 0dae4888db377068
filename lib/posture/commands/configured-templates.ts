import type { BaselineConfig } from '../../config/config';
import { templatesOf } from '../../stacks/templates';
import type { Options } from './options';
import { synthesizing } from './reading';
import type { UpgradeSuite, UpgradeTemplate } from '../../upgrade/compare';

/** The templates of a configuration by stack name, with the progress of the synthesis. */
export function configuredTemplates(options: Options, config: BaselineConfig): Promise<UpgradeSuite> {
  return synthesizing(options, () =>
    Object.fromEntries(
      templatesOf(config).map(({ stackName, template }) => [stackName, template as UpgradeTemplate]),
    ),
  );
}
