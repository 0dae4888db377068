import type { BaselineConfig } from '../../config/config';
import type { StackKind } from '../../stacks/stack-kinds';
import { isDeployed } from '../baseline-parts';
import type { Surroundings } from '../snapshot';
import type { Entry } from './plan';

/** Stacks of every configuration that also have roles, whose names start with that of the stack. */
const SIGNS: readonly StackKind[] = ['Settings', 'Alarms', 'Watchdog'];

/**
 * Stops at a baseline that the account has under another prefix, or in another Region: a second one would
 * take the names of the first, and remedies for single resources would destroy it. Roles are the same in all
 * Regions, so they reveal a baseline in another one.
 */
export function planBaselines(
  { stacks, roles, suite, trails, region }: Surroundings,
  { stackName }: BaselineConfig,
): Entry[] {
  const here = prefixesOf('value' in stacks ? stacks.value.names : [], true);
  const anywhere = prefixesOf('value' in roles ? roles.value.map(({ name }) => name) : [], false);
  const others = [...new Set([...here, ...anywhere])].filter((prefix) => prefix !== stackName);
  const found = others.map((prefix): Entry => {
    const isHere = here.includes(prefix);
    return {
      what: `Baseline ${prefix}`,
      action: 'stop',
      why: `This account already has the baseline ${prefix}${isHere ? '' : ' in another Region'}. A second one cannot have the same trail, key alias, users and groups.`,
      remedy: {
        text: `Set stackName: '${prefix}' to continue with it${isHere ? '' : ', and `region` to its Region'}. CloudFormation cannot rename stacks. For another prefix, remove ${prefix} first: docs/remove.md says what stays, and how to bring users, evidence and key into the new stacks.`,
      },
    };
  });
  if (!anywhere.includes(stackName) || isDeployed(suite) || !('value' in suite)) return found;
  const home = 'value' in trails ? trails.value : [];
  const elsewhere = home.find(({ trail: { Name = '' } }) => Name === 'account-baseline')?.trail.HomeRegion;
  const where = elsewhere === undefined || elsewhere === region ? 'another Region' : elsewhere;
  return [
    ...found,
    {
      what: `Baseline ${stackName}`,
      action: 'stop',
      why: `The baseline ${stackName} is deployed in ${where}, not in ${region}.`,
      remedy: {
        text:
          where === 'another Region'
            ? 'Set `region` to the Region of the baseline. CloudFormation cannot move stacks.'
            : `Set region: '${where}'. CloudFormation cannot move stacks.`,
      },
    },
  ];
}

/** Prefixes of the stacks with which names start, if every sign has them. */
function prefixesOf(names: readonly string[], isWhole: boolean): string[] {
  const [first = [], ...others] = SIGNS.map((kind) =>
    names.flatMap((name) => {
      const at = isWhole ? name.length - kind.length - 1 : name.indexOf(`-${kind}-`);
      return at > 0 && name.startsWith(`-${kind}`, at) ? [name.slice(0, at)] : [];
    }),
  );
  return [...new Set(first)].filter((prefix) => others.every((list) => list.includes(prefix)));
}
