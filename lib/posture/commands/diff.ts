import { App } from 'aws-cdk-lib';
import { ACCOUNTS } from '../../catalog/prices';
import type { BaselineConfig } from '../../config/config';
import { loadFeatureFlags } from '../../config/load-feature-flags';
import { addStandaloneBaseline } from '../../stacks/standalone';
import { compareSuites, type UpgradeSuite, type UpgradeTemplate } from '../../upgrade/compare';
import { comparable, type Place } from '../../upgrade/comparable';
import { isVersion } from '../../upgrade/earlier-version';
import { renderUpgrade, type Upgrade } from '../../upgrade/render';
import { isDayZero, templatesAt, versionOf } from '../../upgrade/sources';
import { type DeployedTemplates, readDeployedTemplates } from '../collect/deployed-templates';
import { costOf, totalOf } from '../cost';
import { asJson } from '../json';
import { configuredTemplates } from './configured-templates';
import { DEPLOYED } from './contradictions';
import { EXIT, UsageError } from './exit-code';
import { regionOfStack, removeCommands } from './left-over';
import type { Options } from './options';
import { outputOf } from './output';
import { reading, synthesizing } from './reading';

/**
 * Prints what this version would change in stacks of an earlier one, or of another configuration.
 *
 * @throws {UsageError} if `--from` names no templates
 */
export async function diffCommand(options: Options, config: BaselineConfig): Promise<number> {
  const { from = DEPLOYED } = options;
  const {
    templates: before,
    place,
    parameters,
    unprotected,
    physicalIds = new Map<string, string>(),
  } = from === DEPLOYED
    ? await reading(options, config, async (clients) =>
        deployedIn(await readDeployedTemplates(clients, config)),
      )
    : {
        templates: await templatesFrom(from, options),
        place: placeOf(options, config),
        parameters: {},
        unprotected: undefined,
        physicalIds: undefined,
      };
  const after =
    from !== DEPLOYED && isDayZero(before) ? dayZeroTemplates() : await configuredTemplates(options, config);
  // CloudFormation keeps it outside the template.
  const toggled = Object.keys(after).filter(
    (name) => name in before && unprotected?.includes(name) === config.terminationProtection,
  );
  const upgrade = upgradeOf(
    comparableSuite(before, place, config, parameters),
    comparableSuite(after, place, config),
    physicalIds,
    (names) => removeCommands(names, config.stackName, place.region),
    config.terminationProtection
      ? { protectedStacks: toggled, unprotectedStacks: [] }
      : { protectedStacks: [], unprotectedStacks: toggled },
  );
  const output = outputOf(options);
  output.print(options.json === true ? asJson(upgrade) : renderUpgrade(upgrade, output));
  return upgrade.changes.some(({ loss }) => loss !== undefined) ? EXIT.failed : EXIT.ok;
}

/** Without the stacks whose first deployment failed: the next one creates them. */
function deployedIn({ templates, rolledBack, ...others }: DeployedTemplates) {
  const exists = ([name]: readonly [string, unknown]) => !rolledBack.includes(name);
  return { ...others, templates: Object.fromEntries(Object.entries(templates).filter(exists)) };
}

async function templatesFrom(from: string, options: Options): Promise<UpgradeSuite> {
  let found: UpgradeSuite;
  try {
    found = await synthesizing(
      options,
      () => templatesAt(from, options.config),
      isVersion(from) ? `Downloading ${from} and synthesizing its templates` : undefined,
    );
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `--from could not be read: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
    );
  }
  if (Object.keys(found).length > 0) return found;
  throw new UsageError(`--from must have files named <stack>.template.yaml or .json; "${from}" has none`);
}

/** Where the stacks are deployed, without asking the account. */
function placeOf({ region }: Options, config: BaselineConfig): Place {
  return { region: region ?? config.region ?? process.env['AWS_REGION'] };
}

/** Makes equal what is equal in the account. */
function comparableSuite(
  suite: UpgradeSuite,
  place: Place,
  { stackName: prefix }: BaselineConfig,
  parameters: DeployedTemplates['parameters'] = {},
): UpgradeSuite {
  return Object.fromEntries(
    Object.entries(suite).map(([stackName, template]) => {
      const region = regionOfStack(stackName, prefix, place.region);
      return [stackName, comparable(template, { ...place, region, parameters: parameters[stackName] })];
    }),
  );
}

/** The templates of day zero of this version, whose people are parameters. */
function dayZeroTemplates(): UpgradeSuite {
  const app = new App({
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: false,
    context: loadFeatureFlags(),
  });
  const stacks = addStandaloneBaseline(app);
  const assembly = app.synth();
  return Object.fromEntries(
    stacks.map(({ stackName }) => [
      stackName,
      assembly.getStackByName(stackName).template as UpgradeTemplate,
    ]),
  );
}

function upgradeOf(
  before: UpgradeSuite,
  after: UpgradeSuite,
  physicalIds: ReadonlyMap<string, string>,
  commandsFor: (removedStacks: readonly string[]) => Upgrade['removeCommands'],
  protection: Pick<Upgrade, 'protectedStacks' | 'unprotectedStacks'>,
): Upgrade {
  const monthly = (which: 'idle' | 'busy') =>
    [before, after].map((suite) =>
      totalOf(costOf(Object.values(suite), ACCOUNTS[which])),
    ) as unknown as readonly [number, number];
  const only = (one: UpgradeSuite, other: UpgradeSuite) =>
    Object.keys(one).filter((name) => !(name in other));
  const removedStacks = only(before, after);
  return {
    from: versionOf(before) ?? 'templates without a version',
    to: versionOf(after) ?? 'this version',
    changes: compareSuites(before, after).map((change) => {
      const physicalId = physicalIds.get(`${change.stackName}/${change.id}`);
      return change.loss === undefined || physicalId === undefined ? change : { ...change, physicalId };
    }),
    createdStacks: only(after, before),
    removedStacks,
    removeCommands: commandsFor(removedStacks),
    ...protection,
    cost: { idle: monthly('idle'), busy: monthly('busy') },
  };
}
