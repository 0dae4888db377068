import type { BaselineConfig } from '../../config/config';
import { isOfOrganization, planRemoval } from '../../removal/plan';
import { stackKindsOf, stackNameOf } from '../../stacks/stack-kinds';
import { renderRemoval } from '../../removal/render';
import { readDeployedTemplates } from '../collect/deployed-templates';
import { asJson } from '../json';
import { EXIT } from './exit-code';
import { removeCommands } from './left-over';
import type { Options } from './options';
import { outputOf } from './output';
import { reading } from './reading';
import { configuredTemplates } from './configured-templates';

/** Prints what a removal would delete, restore and keep. It never removes anything. */
export async function uninstallCommand(options: Options, config: BaselineConfig): Promise<number> {
  const plan =
    options.deployed === true
      ? await reading(options, config, async (clients) => {
          const { templates, physicalIds, place } = await readDeployedTemplates(clients, config);
          const wanted = stackKindsOf(config).map((kind) => stackNameOf(config.stackName, kind));
          // In reverse, because a stack can use those before it.
          const names = Object.keys(templates)
            .filter((name) => !isOfOrganization(name) || !wanted.includes(name))
            .reverse();
          const commands = removeCommands(names, config.stackName, place.region);
          return planRemoval(templates, physicalIds, Object.values(commands), place.region);
        })
      : planRemoval(await configuredTemplates(options, config));
  const output = outputOf(options);
  output.print(options.json === true ? asJson(plan) : renderRemoval(plan, output));
  return EXIT.ok;
}
