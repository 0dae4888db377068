import type { BaselineConfig } from '../../config/config';
import { regionOf, stackKindsOf } from '../../stacks/stack-kinds';
import { countOf } from '../deployment-actions';
import { isDeployed, resourcesOf } from '../baseline-parts';
import type { Part, Surroundings } from '../snapshot';
import { type Entry, notRead } from './plan';

/** Resource kinds that IAM counts, with their plurals. */
const KINDS = [
  ['User', 'users'],
  ['Group', 'groups'],
  ['Role', 'roles'],
] as const;

/**
 * Quotas that the deployment would exceed. Those of trails and metric filters are part of the trail. Other
 * quotas are far from what the baseline needs, such as 10,000 buckets or 100,000 keys.
 *
 * @param templates what would be deployed
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export function planQuotas(
  { summary, suite, roles, stacks, region }: Surroundings,
  config: BaselineConfig,
  templates: readonly unknown[],
): Entry[] {
  const counts: Part<Readonly<Record<string, number>>> =
    'value' in summary && 'value' in roles
      ? // The IAM summary may not contain the number of roles.
        { value: { ...summary.value, Roles: roles.value.length } }
      : 'value' in roles
        ? summary
        : roles;
  // The quota of stacks is that of a Region.
  const added = stackKindsOf(config).filter(
    (kind) => regionOf(kind, region) === region && !isDeployed(suite, kind),
  ).length;
  return [
    ...('value' in counts
      ? KINDS.flatMap(([kind, plural]) => {
          const type = `AWS::IAM::${kind}`;
          const more = countOf(templates, type) - deployed(suite, type);
          return exceeded(plural, counts.value[`${kind}s`], more, counts.value[`${kind}sQuota`]);
        })
      : [notRead('IAM quotas', counts)]),
    ...('value' in stacks
      ? exceeded('stacks', stacks.value.names.length, added, stacks.value.quota)
      : [notRead('Stack quota', stacks)]),
  ];
}

function deployed(suite: Surroundings['suite'], type: string): number {
  return resourcesOf(suite).filter(({ ResourceType }) => ResourceType === type).length;
}

/** Without a known quota, there is no limit. */
function exceeded(what: string, count = 0, added: number, quota = Infinity): Entry[] {
  if (added <= 0 || count + added <= quota) return [];
  return [
    {
      what: `Quota for ${what}`,
      action: 'stop',
      why: `The account has ${count}, the baseline adds ${added}, and the quota is ${quota}.`,
      remedy: { text: 'Request a higher quota in Service Quotas, or delete unused resources.' },
    },
  ];
}
