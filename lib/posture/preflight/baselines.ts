import type { BaselineConfig } from '../../config/config';
import { isDeployed } from '../baseline-parts';
import type { Surroundings } from '../snapshot';
import type { Entry } from './plan';

/** Stacks of every configuration, after the prefix. */
const STACKS = [/^(.+)-Settings$/, /^(.+)-Alarms$/, /^(.+)-Watchdog$/];

/** Roles of every configuration. CloudFormation shortens long names. */
const ROLES = [/^(.+)-Settings-SettingsR/, /^(.+)-Alarms-Notif/];

/**
 * Stops at a baseline that the account has under another prefix, or in another Region: a second one would
 * take the names of the first, and remedies for single resources would destroy it. Roles are the same in all
 * Regions, so they reveal a baseline in another one.
 */
export function planBaselines(
  { stacks, roles, suite, trails, region }: Surroundings,
  { stackName }: BaselineConfig,
): Entry[] {
  const here = prefixesOf('value' in stacks ? stacks.value.names : [], STACKS);
  const anywhere = prefixesOf('value' in roles ? roles.value.map(({ name }) => name) : [], ROLES);
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
  // The second notification of root is in us-east-1, wherever the others are.
  if (!anywhere.includes(stackName) || isDeployed(suite, 'Settings') || !('value' in suite)) return found;
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

/** Prefixes with which every sign is there. */
function prefixesOf(names: readonly string[], signs: readonly RegExp[]): string[] {
  const [first = [], ...others] = signs.map((sign) => names.flatMap((name) => sign.exec(name)?.[1] ?? []));
  return [...new Set(first)].filter((prefix) => others.every((list) => list.includes(prefix)));
}
