import type { Trail } from '@aws-sdk/client-cloudtrail';
import { z } from 'zod';
import type { BaselineConfig } from '../../config/config';
import { organizationTrailOf } from '../../organization/organization-trail';
import { auditTrail, logGroupName, logGroupOf, partOf } from '../baseline-parts';
import { differences, referencesOf } from '../differences';
import type { ValueOf } from '../template-values';
import type { Remedy } from '../finding';
import { unrecorded, withAllManagementEvents } from '../management-events';
import type {
  AdoptedBucket,
  DeployedResource,
  Part,
  Properties,
  Selectors,
  Snapshot,
  TrailState,
} from '../snapshot';
import {
  AS_ROOT,
  check,
  type Check,
  counted,
  daysBetween,
  fail,
  given,
  manual,
  type Observation,
  pass,
  REDEPLOY,
  unknown,
} from './check';
import { shell } from '../shell';

/** What the checks of the trail read. `preflight` also runs them on a trail that would be adopted. */
export type TrailSnapshot = Pick<
  Snapshot,
  | 'adoptedBucket'
  | 'at'
  | 'caller'
  | 'key'
  | 'logGroup'
  | 'region'
  | 'resources'
  | 'selectors'
  | 'subscriptionFilters'
  | 'suite'
  | 'trails'
>;

export const TRAIL_CHECKS: readonly Check<TrailSnapshot>[] = [
  check(
    {
      check: 'trail-logging',
      title: 'A trail records every Region',
      problem: 'No trail records every Region',
      area: 'trail',
      severity: 'critical',
      controls: ['CIS 4.1', 'FSBP CloudTrail.1', 'SSB ACCT.07'],
    },
    (snapshot, config) =>
      given({ state: auditTrail(snapshot, config) }, ({ state }) => {
        if (!state) {
          const { existingLogGroup } = config.auditTrail;
          return existingLogGroup === undefined
            ? fail('The trail was deleted.', REDEPLOY)
            : fail(`No trail writes to the log group ${existingLogGroup}.`, {
                text: 'Set auditTrail.existingLogGroup to the log group of a trail, or remove the option.',
                command: 'npx aws-account-baseline preflight',
              });
        }
        const { trail } = state;
        const { TrailARN: resource, HomeRegion: region, Name: name = '' } = trail;
        return given({ status: state.status }, ({ status }) => {
          if (status.IsLogging !== true) {
            return fail(
              `The trail ${name} is stopped: it records nothing, and no alarm can trigger.`,
              {
                text: 'Find out who stopped it, then start it.',
                command:
                  shell`aws cloudtrail start-logging --name ${resource ?? name}` +
                  (region === undefined ? '' : shell` --region ${region}`),
              },
              { resource },
            );
          }
          if (organizationTrailOf(config) && trail.IsOrganizationTrail !== true) {
            return fail(
              `The trail ${name} records only this account, not the organization.`,
              {
                text: 'Enable trusted access for CloudTrail in the organization, then redeploy.',
                command:
                  'aws organizations enable-aws-service-access --service-principal cloudtrail.amazonaws.com && npx cdk deploy --all --revert-drift',
              },
              { resource },
            );
          }
          if (trail.IsMultiRegionTrail !== true || trail.IncludeGlobalServiceEvents !== true) {
            return fail(
              `The trail ${name} does not record every Region and global services.`,
              mendTrail(
                config,
                trail,
                'update-trail',
                '--is-multi-region-trail --include-global-service-events',
              ),
              { resource },
            );
          }
          return pass(`The trail ${name} is logging.`, { resource });
        });
      }),
  ),
  check(
    {
      check: 'trail-events',
      title: 'The trail records all management events',
      problem: 'The trail does not record all management events',
      area: 'trail',
      severity: 'high',
      controls: ['CIS 4.1', 'FSBP CloudTrail.1'],
    },
    (snapshot, config) =>
      given({ selectors: snapshot.selectors }, ({ selectors }) => {
        const missing = unrecorded(selectors);
        if (missing.length === 0) return pass('All management events are recorded.');
        const detail = `The trail’s event selectors leave out ${missing.join(', ')}.`;
        return given({ state: auditTrail(snapshot, config) }, ({ state }) =>
          fail(
            detail,
            mendTrail(config, state?.trail ?? {}, 'put-event-selectors', selectorOptions(selectors)),
          ),
        );
      }),
  ),
  check(
    {
      check: 'trail-delivery',
      title: 'The trail delivers log files',
      problem: 'The trail does not deliver log files',
      area: 'trail',
      severity: 'high',
      controls: ['CIS 4.1', 'SSB ACCT.07'],
    },
    (snapshot, config) =>
      given({ state: auditTrail(snapshot, config) }, ({ state }) =>
        given({ status: state?.status ?? NO_TRAIL }, ({ status }) =>
          judgeDelivery(
            'Log files',
            status.LatestDeliveryTime,
            status.LatestDeliveryError,
            snapshot.at,
            restoreDelivery(config),
          ),
        ),
      ),
  ),
  check(
    {
      check: 'trail-log-group-delivery',
      title: 'The trail delivers events to the log group of the alarms',
      problem: 'The trail does not deliver events to the log group of the alarms',
      area: 'trail',
      severity: 'critical',
      controls: ['FSBP CloudTrail.5'],
    },
    (snapshot, config) =>
      given(
        { state: auditTrail(snapshot, config), wanted: logGroupName(snapshot.suite, config) },
        ({ state, wanted }) =>
          given({ status: state?.status ?? NO_TRAIL }, ({ status }) => {
            const actual = state && logGroupOf(state);
            // With an existing log group, the check trail-logging reports that no trail delivers to it.
            if (actual === undefined)
              return fail('The trail delivers to no log group: no alarm can trigger.', REDEPLOY);
            if (actual !== wanted)
              return fail(`The trail delivers to ${actual}, which no alarm reads.`, REDEPLOY);
            return judgeDelivery(
              'Events',
              status.LatestCloudWatchLogsDeliveryTime,
              status.LatestCloudWatchLogsDeliveryError,
              snapshot.at,
              restoreDelivery(config),
            );
          }),
      ),
  ),
  check(
    {
      check: 'trail-validation',
      title: 'Log file validation is enabled',
      problem: 'Log file validation is disabled',
      area: 'trail',
      severity: 'medium',
      controls: ['CIS 4.2', 'FSBP CloudTrail.4'],
    },
    (snapshot, config) =>
      given({ state: auditTrail(snapshot, config) }, ({ state }) => {
        if (!state) return unknown('There is no trail.');
        return state.trail.LogFileValidationEnabled === true
          ? pass('CloudTrail writes digest files.')
          : fail(
              'CloudTrail writes no digest files.',
              mendTrail(config, state.trail, 'update-trail', '--enable-log-file-validation'),
            );
      }),
  ),
  check(
    {
      check: 'trail-bucket',
      title: 'Buckets with evidence are protected as deployed',
      problem: 'A bucket with evidence is missing or not protected as deployed',
      area: 'trail',
      severity: 'high',
      controls: ['CIS 3.1.4', 'SSB ACCT.07'],
    },
    (snapshot, config) =>
      given({ resources: snapshot.resources, suite: snapshot.suite }, ({ resources, suite }) => {
        const own = auditTrail(snapshot, config);
        const log = partOf(snapshot.suite, 'log-bucket');
        return resources
          .filter(({ type }) => type === 'AWS::S3::Bucket')
          .flatMap((bucket) => {
            const isLog = 'value' in log && log.value === bucket.resource;
            const what = isLog ? 'The log bucket' : `The bucket ${bucket.resource}`;
            const of = referencesOf(snapshot, suite, bucket.kind);
            return given({ actual: bucket.actual }, ({ actual }) =>
              judgeBucket(
                bucket,
                actual,
                what,
                of,
                isLog ? own : NOT_OURS,
                organizationTrailOf(config)?.logArchive?.bucket,
              ),
            );
          });
      }),
  ),
  check(
    {
      check: 'adopted-bucket',
      title: 'The bucket of an existing trail keeps its log files',
      problem: 'The bucket of an existing trail does not keep its log files',
      area: 'trail',
      severity: 'medium',
      controls: ['SSB ACCT.07'],
    },
    ({ adoptedBucket }) =>
      given({ adoptedBucket }, ({ adoptedBucket: bucket }) => (bucket ? judgeAdoptedBucket(bucket) : [])),
  ),
  check(
    {
      check: 'key-rotation',
      title: 'The encryption key is enabled and rotated',
      problem: 'The encryption key is missing, disabled, unused or not rotated',
      area: 'trail',
      severity: 'high',
      controls: ['CIS 4.5', 'CIS 4.6', 'FSBP KMS.3'],
    },
    (snapshot, config) => {
      const { key, region } = snapshot;
      // An existing trail has its own key, or none, and so has the log archive.
      const own =
        config.auditTrail.existingLogGroup === undefined && !organizationTrailOf(config)?.logArchive
          ? auditTrail(snapshot, config)
          : NOT_OURS;
      return config.customerKey
        ? given({ key }, ({ key: state }) => {
            if (!state)
              return fail('The key was deleted: data that it encrypted can no longer be read.', REDEPLOY);
            const resource = state.arn;
            if (state.state === 'PendingDeletion') {
              return fail(
                'The key is scheduled for deletion: log files and notifications would be lost.',
                {
                  text: 'Find out who scheduled the deletion, then cancel it.',
                  command: shell`aws kms cancel-key-deletion --key-id ${resource} --region ${region} && aws kms enable-key --key-id ${resource} --region ${region}`,
                },
                { resource, severity: 'critical' },
              );
            }
            if (state.state !== 'Enabled') {
              return fail(
                `The key is in the state ${state.state}: log files and notifications cannot be encrypted.`,
                {
                  text: 'Enable it.',
                  command: shell`aws kms enable-key --key-id ${resource} --region ${region}`,
                },
                { resource, severity: 'critical' },
              );
            }
            if (!state.rotates) {
              return fail(
                'The key is not rotated.',
                {
                  text: 'Enable rotation.',
                  command: shell`aws kms enable-key-rotation --key-id ${resource} --region ${region}`,
                },
                { resource, severity: 'medium' },
              );
            }
            return given({ own }, ({ own: ours }) =>
              ours && ours.trail.KmsKeyId !== resource
                ? fail('The trail does not use the key.', REDEPLOY, { resource })
                : pass('The key is rotated each year.', { resource }),
            );
          })
        : [];
    },
  ),
  check(
    {
      check: 'log-group',
      title: 'Events are retained as long as configured',
      problem: 'Events are not retained as long as configured',
      area: 'trail',
      severity: 'medium',
      controls: ['FSBP CloudTrail.5'],
    },
    ({ logGroup, suite }, config) =>
      given({ logGroup, name: logGroupName(suite, config) }, ({ logGroup: group, name }) => {
        const { existingLogGroup, logGroupRetentionDays } = config.auditTrail;
        if (!group)
          return fail(
            `The log group ${name} was deleted: no alarm can trigger.`,
            existingLogGroup === undefined
              ? REDEPLOY
              : {
                  text: `The log group is outside the stacks. Create it again as ${existingLogGroup}, or set auditTrail.existingLogGroup to that of another trail, or remove the option.`,
                },
            { severity: 'critical' },
          );
        const {
          logGroupName: resource,
          retentionInDays: days = Infinity,
          logGroupClass = 'STANDARD',
        } = group;
        if (logGroupClass !== 'STANDARD') {
          return fail(
            `The log group has the class ${logGroupClass}, which has no metric filters: no alarm can trigger.`,
            {
              text: 'The class of a log group cannot be changed. Let the trail deliver to a new log group of the class STANDARD, and keep this one for its events.',
              link: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html',
            },
            { resource, severity: 'critical' },
          );
        }
        if (existingLogGroup !== undefined || days >= logGroupRetentionDays) {
          return pass(
            `Events are retained ${days === Infinity ? 'forever' : `for ${counted(days, 'day')}`}.`,
            {
              resource,
            },
          );
        }
        return fail(
          `Events are retained for ${counted(days, 'day')} instead of ${logGroupRetentionDays}.`,
          REDEPLOY,
          {
            resource,
          },
        );
      }),
  ),
  check(
    {
      check: 'log-group-readers',
      title: 'Nothing masks or copies the events',
      problem: 'Events are masked, copied or encrypted differently',
      area: 'trail',
      severity: 'high',
      controls: [],
    },
    ({ logGroup, subscriptionFilters, key, region }, { auditTrail: { existingLogGroup }, customerKey }) =>
      // An existing log group can have readers of its own.
      existingLogGroup === undefined
        ? given({ logGroup, subscriptionFilters, key: customerKey ? key : NO_KEY }, (read) => {
            const { logGroup: group, subscriptionFilters: filters, key: ours } = read;
            // The other check reports that it was deleted.
            if (!group) return [];
            const {
              logGroupName: resource = '',
              kmsKeyId,
              dataProtectionStatus,
              inheritedProperties,
            } = group;
            const faults = [
              ...(dataProtectionStatus === 'ACTIVATED'
                ? [
                    fail(
                      'A data protection policy masks events, so that metric filters and notifications miss what it masks.',
                      {
                        text: `Find out who created it. A redeployment does not delete it. Delete it ${AS_ROOT}.`,
                        command: shell`aws logs delete-data-protection-policy --region ${region} --log-group-identifier ${resource}`,
                      },
                      { resource },
                    ),
                  ]
                : []),
              ...(inheritedProperties?.includes('ACCOUNT_DATA_PROTECTION')
                ? [
                    manual(
                      'The data protection policy of the account masks events, so that metric filters and notifications can miss them.',
                      {
                        text: 'If nobody on your team created it, find its name with this command, and delete it with `aws logs delete-account-policy`.',
                        command: shell`aws logs describe-account-policies --region ${region} --policy-type DATA_PROTECTION_POLICY`,
                      },
                      { resource },
                    ),
                  ]
                : []),
              ...(ours && kmsKeyId !== ours.arn
                ? [
                    fail('New events are not encrypted with the key.', REDEPLOY, {
                      resource,
                      severity: 'medium',
                    }),
                  ]
                : []),
              ...filters.map((name) =>
                manual(
                  `The subscription filter ${name} copies events out of the log group.`,
                  {
                    text: `If nobody on your team created it, find out who did, and delete it ${AS_ROOT}.`,
                    command: shell`aws logs delete-subscription-filter --region ${region} --log-group-name ${resource} --filter-name ${name}`,
                  },
                  { resource },
                ),
              ),
            ];
            return faults.length > 0 ? faults : pass('Nothing masks or copies events.', { resource });
          })
        : [],
  ),
];

/**
 * How to fix the trail. One outside the stacks is not restored by a deployment, but by its own commands.
 *
 * @param options of the command, ready for the shell
 */
function mendTrail(
  { auditTrail: { existingLogGroup } }: BaselineConfig,
  { Name: name = '', TrailARN: arn = name, HomeRegion: region, IsOrganizationTrail }: Trail,
  verb: 'put-event-selectors' | 'update-trail',
  options: string,
): Remedy {
  if (existingLogGroup === undefined) return REDEPLOY;
  const which = verb === 'update-trail' ? shell`--name ${arn}` : shell`--trail-name ${arn}`;
  return {
    text: `The trail is outside the stacks, so a deployment does not change it. Ask who manages it, then run this command${IsOrganizationTrail === true ? ' in the management account of the organization' : ''}.`,
    command: `aws cloudtrail ${verb} ${which}${region === undefined ? '' : shell` --region ${region}`} ${options}`,
  };
}

/** Options that add all management events and keep the data events. */
function selectorOptions(selectors: Selectors): string {
  const { basic, advanced } = withAllManagementEvents(selectors);
  return advanced.length === 0
    ? shell`--event-selectors ${JSON.stringify(basic)}`
    : shell`--advanced-event-selectors ${JSON.stringify(advanced)}`;
}

function restoreDelivery({ auditTrail: { existingLogGroup } }: BaselineConfig): Remedy {
  const text = 'Check the policies of the bucket, the key and the delivery role';
  return existingLogGroup === undefined
    ? { text: `${text}. This command restores them.`, command: REDEPLOY.command }
    : { text: `${text} of the trail, which is outside the stacks.` };
}

const NO_KEY: Part<undefined> = { value: undefined };
const NO_TRAIL = { unknown: 'there is no trail' };
const NOT_OURS: Part<TrailState | undefined> = { value: undefined };

/** What it means if a property of a bucket differs. */
const BUCKET_FAULTS: Readonly<Record<string, string>> = {
  BucketEncryption: 'has other encryption',
  LoggingConfiguration: 'logs access differently',
  ObjectLockConfiguration: 'retains objects differently',
  PublicAccessBlockConfiguration: 'can be public',
  VersioningConfiguration: 'keeps no versions',
};

/** Compares a bucket with its template. Evidence that is kept for longer is not an error. */
function judgeBucket(
  { resource, wanted }: DeployedResource,
  actual: Properties | undefined,
  what: string,
  of: ValueOf,
  own: Part<TrailState | undefined>,
  archive = resource,
): Observation[] {
  if (!actual) return [fail(`${what} was deleted.`, REDEPLOY, { resource })];
  const { LifecycleConfiguration: kept, ...others } = wanted;
  const { LifecycleConfiguration: keeps, ...settings } = actual;
  const faults = [
    ...differences(others, settings, of).map((name) => BUCKET_FAULTS[name] ?? `has another ${name}`),
    ...expiresEarly(Days.parse(kept ?? {}), Days.parse(keeps ?? {})),
  ];
  if (faults.length > 0) return [fail(`${what} ${faults.join(' and ')}.`, REDEPLOY, { resource })];
  return given({ own }, ({ own: trail }) => {
    const written = trail ? trail.trail.S3BucketName : archive;
    if (written === undefined)
      return unknown('CloudTrail did not return the bucket of the trail.', { resource });
    return written === archive
      ? pass(`${what} is protected as deployed.`, { resource })
      : fail(
          `The trail writes to ${written} instead of ${archive === resource ? 'the log bucket' : archive}.`,
          REDEPLOY,
          {
            resource,
            severity: 'critical',
          },
        );
  });
}

/** CloudTrail's own event history has this many days. */
const EVENT_HISTORY_DAYS = 90;

function judgeAdoptedBucket(bucket: AdoptedBucket): Observation[] {
  const { name: resource } = bucket;
  if (!bucket.inAccount)
    return [
      pass(`The bucket ${resource} is in another account, which protects the log files.`, { resource }),
    ];
  const { isVersioned, expireAfterDays } = bucket;
  const faults = [
    ...(isVersioned
      ? []
      : [
          fail(
            `The bucket ${resource} has no versioning: a log file that somebody deletes or overwrites is lost.`,
            {
              text: 'The bucket is outside the stacks, so a deployment does not change it. Ask who manages it, then run this command.',
              command: shell`aws s3api put-bucket-versioning --bucket ${resource} --versioning-configuration Status=Enabled`,
            },
            { resource },
          ),
        ]),
    ...(expireAfterDays >= EVENT_HISTORY_DAYS
      ? []
      : [
          fail(
            `The bucket ${resource} deletes log files after ${counted(expireAfterDays, 'day')}, earlier than CloudTrail’s event history.`,
            {
              text: 'The bucket is outside the stacks, so a deployment does not change it. Ask who manages it, then raise the days of its lifecycle rule.',
              command: shell`aws s3api get-bucket-lifecycle-configuration --bucket ${resource}`,
            },
            { resource },
          ),
        ]),
  ];
  return faults.length > 0
    ? faults
    : [pass(`The bucket ${resource} keeps old versions of log files.`, { resource })];
}

const Days = z.object({ ExpirationInDays: z.number().optional(), NoncurrentDays: z.number().optional() });

/** Objects, and versions that are not current, that are deleted earlier than the template says. */
function expiresEarly(wanted: z.infer<typeof Days>, actual: z.infer<typeof Days>): string[] {
  return (
    [
      ['ExpirationInDays', 'deletes evidence'],
      ['NoncurrentDays', 'deletes old versions'],
    ] as const
  ).flatMap(([name, does]) => {
    const { [name]: is = Infinity } = actual;
    const { [name]: should = Infinity } = wanted;
    if (is >= should) return [];
    const configured = should === Infinity ? 'never' : `after ${counted(should, 'day')}`;
    return [`${does} after ${counted(is, 'day')}, not as configured ${configured}`];
  });
}

/** An account in use has events every day, and reading it creates some. */
function judgeDelivery(
  what: string,
  last: Date | undefined,
  error: string | undefined,
  now: Date,
  remedy: Remedy,
): Observation {
  // CloudTrail keeps the last error until a delivery succeeds.
  if (error !== undefined && error !== '') return fail(`${what} could not be delivered: ${error}.`, remedy);
  if (!last) return unknown(`${what} have not been delivered yet. A new trail takes up to 15 minutes.`);
  if (daysBetween(last, now) >= 1)
    return fail(`${what} were last delivered at ${last.toISOString()}.`, remedy);
  return pass(`${what} were last delivered at ${last.toISOString()}.`);
}
