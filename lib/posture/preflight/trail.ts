import type { BaselineConfig } from '../../config/config';
import { logGroupOf, physicalId } from '../baseline-parts';
import type { Surroundings, TrailState } from '../snapshot';
import { type Entry, notRead } from './plan';

/** Name of the baseline's trail. */
const OURS = 'account-baseline';

/** Trails that a Region takes, those of other Regions that reach it included; it can't be raised. */
const TRAILS = 5;

/** Metric filters that a log group takes; it can't be raised. */
const FILTERS = 100;

/**
 * The first copy of management events is free.
 * @see https://aws.amazon.com/cloudtrail/pricing/
 */
const SECOND_COPY = 'CloudTrail bills each further copy of the management events, 2 USD per 100,000';

/** What becomes of the audit trail. */
export function planTrail(snapshot: Surroundings, config: BaselineConfig, filters: number): Entry[] {
  const { trails, stack } = snapshot;
  if (!('value' in trails)) return [notRead('Audit trail', trails)];
  if (config.auditTrail.existingLogGroup !== undefined) {
    return planAdopted(snapshot, trails.value, config.auditTrail.existingLogGroup, filters);
  }
  if ('value' in physicalId(stack, 'AuditTrailTrail')) {
    return [{ what: 'Audit trail', action: 'adopt', why: 'The stack has it; a deployment updates it.' }];
  }
  const collision = trails.value.find(
    ({ trail }) => trail.Name === OURS && trail.HomeRegion === snapshot.region,
  );
  if (collision) {
    return [
      {
        what: `Trail ${OURS}`,
        action: 'stop',
        why: 'A trail of this name is there and not in the stack.',
        remedy: {
          text: 'Delete it if it is left over; its log files stay in their bucket.',
          command: `aws cloudtrail delete-trail --name ${OURS} --region ${snapshot.region}`,
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
        why: `The Region has ${trails.value.length} trails, and takes ${TRAILS}.`,
        remedy: { text: 'Delete one, or set auditTrail.existingLogGroup to the log group of one.' },
      },
    ];
  }
  if (others.length === 0) {
    return [{ what: 'Audit trail', action: 'create', why: 'No trail records every Region.' }];
  }
  return [offer(snapshot, others)];
}

/** One of the account's own trails instead of a second one. */
function offer(snapshot: Surroundings, trails: readonly TrailState[]): Entry {
  const adoptable = trails.find((state) => canBeRead(snapshot, state));
  const names = trails.map(({ trail: { Name = '' } }) => Name).join(', ');
  const group = adoptable && logGroupOf(adoptable);
  if (group === undefined) {
    return {
      what: `Trail ${names}`,
      action: 'create',
      why: `It records every Region, but delivers to no log group in ${snapshot.region} of this account, or is stopped. The baseline makes a trail of its own; ${SECOND_COPY}.`,
      remedy: {
        text: 'Let it deliver to a log group in this Region and look again, or pay for the second one.',
      },
    };
  }
  return {
    what: `Trail ${adoptable?.trail.Name ?? ''}`,
    action: 'adopt',
    why: `It records every Region and delivers to ${group}. Without adopting it, the baseline makes a second one; ${SECOND_COPY}.`,
    remedy: {
      text: `Set auditTrail: { existingLogGroup: '${group}' }.`,
      command: 'npx aws-account-baseline preflight --write',
    },
    adoption: { path: ['auditTrail', 'existingLogGroup'], value: group },
  };
}

/** Logs, to a log group that filters of the stack can be made for. */
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
        why: `No trail that logs every Region delivers to it in ${snapshot.region}: no alarm would ring.`,
        remedy: {
          text: 'Set auditTrail.existingLogGroup to the log group of such a trail, or leave it out and get one.',
        },
      },
    ];
  }
  if (!('value' in snapshot.metricFilters)) return [notRead(what, snapshot.metricFilters)];
  // Those that are there already may be the stack's own.
  const isDeployed = 'value' in snapshot.stack && snapshot.stack.value !== undefined;
  const sum = snapshot.metricFilters.value + (isDeployed ? 0 : filters);
  return sum > FILTERS
    ? [
        {
          what,
          action: 'stop',
          why: `It has ${snapshot.metricFilters.value} metric filters, the baseline adds ${filters}, and a log group takes ${FILTERS}.`,
          remedy: { text: 'Remove filters that nobody needs, or leave auditTrail.existingLogGroup out.' },
        },
      ]
    : [{ what, action: 'adopt', why: `The trail ${trail.trail.Name ?? ''} delivers to it.` }];
}
