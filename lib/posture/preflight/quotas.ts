import { countOf } from '../deployment-actions';
import { resourcesOf } from '../baseline-parts';
import type { Part, Surroundings } from '../snapshot';
import { type Entry, notRead } from './plan';

/** What IAM counts, with the words for it. */
const KINDS = [
  ['User', 'users'],
  ['Group', 'groups'],
  ['Role', 'roles'],
] as const;

/**
 * Quotas that the deployment would go beyond; those of trails and metric filters are told with the trail. The others that
 * the baseline takes from are far from what it takes, such as 10,000 buckets or 100,000 keys.
 *
 * @param templates what would be deployed
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export function planQuotas(
  { summary, suite, roles, stacks }: Surroundings,
  templates: readonly unknown[],
): Entry[] {
  const counts: Part<Readonly<Record<string, number>>> =
    'value' in summary && 'value' in roles
      ? // IAM's summary need not count roles.
        { value: { ...summary.value, Roles: roles.value.length } }
      : 'value' in roles
        ? summary
        : roles;
  const added = templates.length - ('value' in suite ? suite.value.length : 0);
  return [
    ...('value' in counts
      ? KINDS.flatMap(([kind, plural]) => {
          const type = `AWS::IAM::${kind}`;
          const more = countOf(templates, type) - deployed(suite, type);
          return exceeded(plural, counts.value[`${kind}s`], more, counts.value[`${kind}sQuota`]);
        })
      : [notRead('Quotas of IAM', counts)]),
    ...('value' in stacks
      ? exceeded('stacks', stacks.value.names.length, added, stacks.value.quota)
      : [notRead('Quota of stacks', stacks)]),
  ];
}

function deployed(suite: Surroundings['suite'], type: string): number {
  return resourcesOf(suite).filter(({ ResourceType }) => ResourceType === type).length;
}

/** An account without a figure of its own has more than enough. */
function exceeded(what: string, count = 0, added: number, quota = Infinity): Entry[] {
  if (added <= 0 || count + added <= quota) return [];
  return [
    {
      what: `Quota of ${what}`,
      action: 'stop',
      why: `The account has ${count}, the baseline adds ${added}, and the quota is ${quota}.`,
      remedy: { text: 'Request a higher quota in Service Quotas, or delete unused resources.' },
    },
  ];
}
