import type { BaselineConfig } from '../../config/config';
import { FILTER_STACKS } from '../../detections/filter-stacks';
import { deliversTo, isDeployed, logGroupOf, partOf } from '../baseline-parts';
import { TRAIL_CHECKS, type TrailSnapshot } from '../checks/trail';
import type { Finding, Remedy } from '../finding';
import { own } from '../own';
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
    return planAdopted(snapshot, config, trails.value, config.auditTrail.existingLogGroup, filters);
  }
  const own = partOf(suite, 'trail');
  if ('value' in own) {
    // One that was deleted has an entry of its own.
    const isThere = trails.value.some(({ trail }) => [trail.Name, trail.TrailARN].includes(own.value));
    if (!isThere) return [];
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
  return [offer(snapshot, config, others)];
}

/** Offers one of the existing trails instead of a second one. */
function offer(snapshot: Surroundings, config: BaselineConfig, trails: readonly TrailState[]): Entry {
  const readable = trails.filter((state) => canBeRead(snapshot, state));
  const adoptable =
    readable.find((state) => openOf(snapshot, config, state).length === 0) ??
    readable.find((state) => !stops(failedOf(snapshot, config, state)));
  const names = trails.map(({ trail: { Name = '' } }) => Name).join(', ');
  const group = adoptable && logGroupOf(adoptable);
  const [faulty] = readable;
  if (faulty && group === undefined) {
    const failed = failedOf(snapshot, config, faulty);
    return {
      what: `Trail ${faulty.trail.Name ?? ''}`,
      action: 'create',
      why: `It cannot be adopted: ${detailsOf(failed)} The baseline creates another trail. ${SECOND_COPY}.`,
      remedy: combined(failed, 'Or accept the cost of a second trail.'),
    };
  }
  const ofOthers = trails.find(
    ({ trail }) => trail.IsOrganizationTrail === true && ownerOf(trail) !== snapshot.caller.account,
  );
  if (adoptable === undefined && ofOthers) {
    const owner = ownerOf(ofOthers.trail);
    return {
      what: `Trail ${ofOthers.trail.Name ?? ''}`,
      action: 'create',
      why: `It is the trail of the organization: it belongs to the account ${owner}, which has its events, and this account cannot change it. The baseline creates another trail. ${SECOND_COPY}.`,
      remedy: {
        text: `Deploy the baseline in ${owner} first: there, \`preflight\` offers the trail, and the alarms trigger for every member. Or accept the cost of a second trail.`,
      },
    };
  }
  if (adoptable === undefined || group === undefined) {
    return {
      what: `Trail ${names}`,
      action: 'create',
      why: `It records every Region, but delivers to no log group in ${snapshot.region} of this account, or is stopped. The baseline creates another trail. ${SECOND_COPY}.`,
      remedy: {
        text: 'Configure it to deliver to a log group in this Region and run preflight again, or accept the cost of a second trail.',
      },
    };
  }
  const open = openOf(snapshot, config, adoptable);
  const adoption = { path: ['auditTrail', 'existingLogGroup'], value: group };
  return {
    what: `Trail ${adoptable.trail.Name ?? ''}`,
    action: 'adopt',
    why: [
      `It records every Region and delivers to ${group}. If you do not adopt it, the baseline creates another trail. ${SECOND_COPY}.`,
      ...remarksOn(snapshot, adoptable, open),
    ].join(' '),
    remedy: {
      text: `Set auditTrail: { existingLogGroup: '${group}' }.`,
      command: 'npx aws-account-baseline preflight --write',
    },
    adoption,
    choices: [
      { id: 'adopt', text: `Read the log group ${group}`, options: [adoption] },
      { id: 'create', text: `Create another trail. ${SECOND_COPY}` },
    ],
  };
}

/** The account of a trail. A member sees the trail of its organization, too. */
const ownerOf = ({ TrailARN = '' }: TrailState['trail']) => TrailARN.split(':')[4] ?? '';

/** Whether the trail logs to a log group that the stack can create filters for. */
function canBeRead({ region, caller }: Surroundings, state: TrailState): boolean {
  const logs = !('value' in state.status) || state.status.value.IsLogging === true;
  return deliversTo(state, region, caller.account) && logs;
}

/** Not judged before an adoption: what belongs to the baseline's own trail, and what only time shows. */
const LATER = ['trail-bucket', 'trail-delivery', 'trail-log-group-delivery', 'key-rotation'];

const NOT_READ = { unknown: 'it was not read' };

/** What `verify` would report about a trail after its adoption, unless it passes. */
function openOf(snapshot: Surroundings, config: BaselineConfig, state: TrailState): Finding[] {
  const existingLogGroup = logGroupOf(state) ?? '';
  const { adoptedBucket, selectors, logGroup } = own(snapshot.trailParts, existingLogGroup) ?? {
    adoptedBucket: NOT_READ,
    selectors: NOT_READ,
    logGroup: NOT_READ,
  };
  const adopted: TrailSnapshot = {
    ...snapshot,
    trails: { value: [state] },
    adoptedBucket,
    selectors,
    logGroup,
    resources: NOT_READ,
    key: NOT_READ,
    subscriptionFilters: NOT_READ,
  };
  const adopting = { ...config, auditTrail: { ...config.auditTrail, existingLogGroup } };
  return TRAIL_CHECKS.flatMap((check) => check(adopted, adopting)).filter(
    ({ check, status }) => status !== 'pass' && !LATER.includes(check),
  );
}

function failedOf(snapshot: Surroundings, config: BaselineConfig, state: TrailState): Finding[] {
  return openOf(snapshot, config, state).filter(({ status }) => status === 'fail');
}

/** Without these, alarms would miss events. */
const stops = (failed: readonly Finding[]) =>
  failed.some(({ severity }) => severity === 'critical' || severity === 'high');

const detailsOf = (failed: readonly Finding[]) => failed.map(({ detail }) => detail).join(' ');

/** The remedies of all findings as one step, which says each sentence once. */
function combined(failed: readonly Finding[], otherwise: string): Remedy {
  const sentences = new Set(failed.flatMap(({ remedy }) => remedy?.text.split(/(?<=\.) /) ?? []));
  const commands = failed.flatMap(({ remedy }) => remedy?.command ?? []);
  return {
    text: [...sentences, otherwise].join(' '),
    ...(commands.length > 0 && { command: commands.join(' && ') }),
  };
}

/** What else people should know before they adopt the trail. */
function remarksOn({ trails }: Surroundings, { trail }: TrailState, open: readonly Finding[]): string[] {
  const failed = open.filter(({ status }) => status === 'fail');
  const unread = open.filter(({ status }) => status === 'unknown');
  const all = 'value' in trails ? trails.value : [];
  const others = all.filter(
    (other) =>
      other.trail.CloudWatchLogsLogGroupArn === trail.CloudWatchLogsLogGroupArn &&
      other.trail.TrailARN !== trail.TrailARN,
  );
  return [
    ...(trail.IsOrganizationTrail === true
      ? [
          'It is the trail of an organization: the log group receives the events of every account, and the alarms trigger on them all. Notifications name the account.',
        ]
      : []),
    ...others.map(
      ({ trail: { Name = '' } }) =>
        `The trail ${Name} delivers to the log group, too, so the alarms count its events twice.`,
    ),
    ...(failed.length > 0 ? [`\`verify\` will find: ${detailsOf(failed)}`] : []),
    ...(unread.length > 0 ? [`Not everything could be read: ${detailsOf(unread)}`] : []),
  ];
}

function planAdopted(
  snapshot: Surroundings,
  config: BaselineConfig,
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
  const failed = failedOf(snapshot, config, trail);
  if (stops(failed)) {
    return [
      {
        what,
        action: 'stop',
        why: `\`verify\` would fail: ${detailsOf(failed)}`,
        remedy: combined(failed, 'Or remove auditTrail.existingLogGroup to create a trail.'),
      },
    ];
  }
  if (!('value' in snapshot.metricFilters)) return [notRead(what, snapshot.metricFilters)];
  // The existing filters may be the suite's own.
  const sum =
    snapshot.metricFilters.value +
    (FILTER_STACKS.some((kind) => isDeployed(snapshot.suite, kind)) ? 0 : filters);
  if (sum > FILTERS) {
    return [
      {
        what,
        action: 'stop',
        why: `It has ${snapshot.metricFilters.value} metric filters, the baseline adds ${filters}, and the quota is ${FILTERS}.`,
        remedy: { text: 'Delete unused filters, or remove auditTrail.existingLogGroup.' },
      },
    ];
  }
  const remarks = remarksOn(snapshot, trail, openOf(snapshot, config, trail));
  return [
    {
      what,
      action: 'adopt',
      why: [`The trail ${trail.trail.Name ?? ''} delivers to it.`, ...remarks].join(' '),
      ...(failed.length > 0 && { remedy: combined(failed, 'The deployment works without it.') }),
    },
  ];
}
