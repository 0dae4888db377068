import type { BaselineConfig } from '../../config/config';
import { FILTER_STACKS } from '../../detections/filter-stacks';
import { isDeployed, logGroupOf, partOf } from '../baseline-parts';
import type { Surroundings, TrailState } from '../snapshot';
import { type Entry, notRead } from './plan';
import { shell } from '../shell';

/**
 * Maximum number of trails in a Region, including those of other Regions that apply to it. It cannot be
 * raised.
 */
const TRAILS = 5;

/** Maximum number of metric filters of a log group. It cannot be raised. */
const FILTERS = 100;

/**
 * The first copy of management events is free.
 * @see https://aws.amazon.com/cloudtrail/pricing/
 */
const SECOND_COPY = 'CloudTrail charges 2 USD per 100,000 management events for each additional copy';

/** Plans the audit trail. */
export function planTrail(snapshot: Surroundings, config: BaselineConfig, filters: number): Entry[] {
  const { trails, suite } = snapshot;
  if (!('value' in trails)) return [notRead('Audit trail', trails)];
  if (config.auditTrail.existingLogGroup !== undefined) {
    return planAdopted(snapshot, trails.value, config.auditTrail.existingLogGroup, filters);
  }
  if ('value' in partOf(suite, 'trail')) {
    return [{ what: 'Audit trail', action: 'adopt', why: 'It is in the stack. A deployment updates it.' }];
  }
  const { trailName = '' } = config.auditTrail;
  const collision = trails.value.find(
    ({ trail }) => trail.Name === trailName && trail.HomeRegion === snapshot.region,
  );
  if (collision) {
    return [
      {
        what: `Trail ${trailName}`,
        action: 'stop',
        why: 'A trail with this name already exists outside the stack.',
        remedy: {
          text: 'Delete it if it is no longer needed. Its log files stay in their bucket.',
          command: shell`aws cloudtrail delete-trail --name ${trailName} --region ${snapshot.region}`,
        },
      },
    ];
  }
  const others = trails.value.filter(({ trail }) => trail.IsMultiRegionTrail === true);
  if (trails.value.length >= TRAILS) {
    return [
      {
        what: 'Audit trail',
        action: 'stop',
        why: `The Region has ${trails.value.length} trails, and the quota is ${TRAILS}.`,
        remedy: {
          text: 'Delete one, or set auditTrail.existingLogGroup to the log group of an existing trail.',
        },
      },
    ];
  }
  if (others.length === 0) {
    return [{ what: 'Audit trail', action: 'create', why: 'No trail records every Region.' }];
  }
  return [offer(snapshot, others)];
}

/** Offers one of the existing trails instead of a second one. */
function offer(snapshot: Surroundings, trails: readonly TrailState[]): Entry {
  const adoptable = trails.find((state) => canBeRead(snapshot, state));
  const names = trails.map(({ trail: { Name = '' } }) => Name).join(', ');
  const group = adoptable && logGroupOf(adoptable);
  if (group === undefined) {
    return {
      what: `Trail ${names}`,
      action: 'create',
      why: `It records every Region, but delivers to no log group in ${snapshot.region} of this account, or is stopped. The baseline creates another trail. ${SECOND_COPY}.`,
      remedy: {
        text: 'Configure it to deliver to a log group in this Region and run preflight again, or accept the cost of a second trail.',
      },
    };
  }
  return {
    what: `Trail ${adoptable?.trail.Name ?? ''}`,
    action: 'adopt',
    why: `It records every Region and delivers to ${group}. If you do not adopt it, the baseline creates another trail. ${SECOND_COPY}.`,
    remedy: {
      text: `Set auditTrail: { existingLogGroup: '${group}' }.`,
      command: 'npx aws-account-baseline preflight --write',
    },
    adoption: { path: ['auditTrail', 'existingLogGroup'], value: group },
  };
}

/** Whether the trail logs to a log group that the stack can create filters for. */
function canBeRead({ region, caller }: Surroundings, { trail, status }: TrailState): boolean {
  const [, , , groupRegion, groupAccount] = (trail.CloudWatchLogsLogGroupArn ?? '').split(':');
  const logs = !('value' in status) || status.value.IsLogging === true;
  return groupRegion === region && groupAccount === caller.account && logs;
}

function planAdopted(
  snapshot: Surroundings,
  trails: readonly TrailState[],
  group: string,
  filters: number,
): Entry[] {
  const what = `Log group ${group}`;
  const trail = trails.find((state) => logGroupOf(state) === group);
  if (!trail || !canBeRead(snapshot, trail) || trail.trail.IsMultiRegionTrail !== true) {
    return [
      {
        what,
        action: 'stop',
        why: `No trail that records every Region delivers to it in ${snapshot.region}, so no alarm would trigger.`,
        remedy: {
          text: 'Set auditTrail.existingLogGroup to the log group of such a trail, or remove the option to create a trail.',
        },
      },
    ];
  }
  if (!('value' in snapshot.metricFilters)) return [notRead(what, snapshot.metricFilters)];
  // The existing filters may be the suite's own.
  const sum =
    snapshot.metricFilters.value +
    (FILTER_STACKS.some((kind) => isDeployed(snapshot.suite, kind)) ? 0 : filters);
  return sum > FILTERS
    ? [
        {
          what,
          action: 'stop',
          why: `It has ${snapshot.metricFilters.value} metric filters, the baseline adds ${filters}, and the quota is ${FILTERS}.`,
          remedy: { text: 'Delete unused filters, or remove auditTrail.existingLogGroup.' },
        },
      ]
    : [{ what, action: 'adopt', why: `The trail ${trail.trail.Name ?? ''} delivers to it.` }];
}
