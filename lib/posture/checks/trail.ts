import { auditTrail, logGroupName, logGroupOf } from '../baseline-parts';
import type { Part, Selectors, TrailState } from '../snapshot';
import { check, daysBetween, fail, given, pass, REDEPLOY, unknown } from './check';

export const TRAIL_CHECKS = [
  check(
    {
      check: 'trail-logging',
      title: 'A trail records every Region',
      area: 'trail',
      severity: 'critical',
      controls: ['CIS 4.1', 'FSBP CloudTrail.1', 'SSB ACCT.07'],
    },
    (snapshot, config) =>
      given({ state: auditTrail(snapshot, config) }, ({ state }) => {
        if (!state) {
          const { existingLogGroup } = config.auditTrail;
          return existingLogGroup === undefined
            ? fail('The trail is gone.', REDEPLOY)
            : fail(`No trail writes to the log group ${existingLogGroup}.`, {
                text: 'Set auditTrail.existingLogGroup to the log group of a trail, or leave it out.',
                command: 'npx aws-account-baseline preflight',
              });
        }
        const { trail } = state;
        const { TrailARN: resource, HomeRegion: region, Name: name = '' } = trail;
        return given({ status: state.status }, ({ status }) => {
          if (status.IsLogging !== true) {
            return fail(
              `The trail ${name} is stopped: nothing is recorded, and no alarm can ring.`,
              {
                text: 'Ask who stopped it, and start it again.',
                command: `aws cloudtrail start-logging --name ${resource ?? name}${region === undefined ? '' : ` --region ${region}`}`,
              },
              { resource },
            );
          }
          if (trail.IsMultiRegionTrail !== true || trail.IncludeGlobalServiceEvents !== true) {
            return fail(`The trail ${name} does not record every Region and global services.`, REDEPLOY, {
              resource,
            });
          }
          return pass(`The trail ${name} is logging.`, { resource });
        });
      }),
  ),
  check(
    {
      check: 'trail-events',
      title: 'The trail records reads and writes',
      area: 'trail',
      severity: 'high',
      controls: ['CIS 4.1', 'FSBP CloudTrail.1'],
    },
    ({ selectors }) =>
      given({ selectors }, ({ selectors: chosen }) =>
        recordsEverything(chosen)
          ? pass('All management events are recorded.')
          : fail('The trail’s event selectors leave management events out.', REDEPLOY),
      ),
  ),
  check(
    {
      check: 'trail-delivery',
      title: 'The trail delivers its log files',
      area: 'trail',
      severity: 'high',
      controls: ['CIS 4.1', 'SSB ACCT.07'],
    },
    (snapshot, config) =>
      given({ state: auditTrail(snapshot, config) }, ({ state }) =>
        given({ status: state?.status ?? NO_TRAIL }, ({ status }) =>
          judgeDelivery('Log files', status.LatestDeliveryTime, status.LatestDeliveryError, snapshot.at),
        ),
      ),
  ),
  check(
    {
      check: 'trail-log-group-delivery',
      title: 'The trail delivers to the log group that the alarms read',
      area: 'trail',
      severity: 'critical',
      controls: ['FSBP CloudTrail.5'],
    },
    (snapshot, config) =>
      given(
        { state: auditTrail(snapshot, config), wanted: logGroupName(snapshot.stack, config) },
        ({ state, wanted }) =>
          given({ status: state?.status ?? NO_TRAIL }, ({ status }) => {
            const actual = state && logGroupOf(state);
            if (actual === undefined)
              return fail('The trail delivers to no log group: no alarm can ring.', REDEPLOY);
            if (actual !== wanted)
              return fail(`The trail delivers to ${actual}, which no alarm reads.`, REDEPLOY);
            return judgeDelivery(
              'Events',
              status.LatestCloudWatchLogsDeliveryTime,
              status.LatestCloudWatchLogsDeliveryError,
              snapshot.at,
            );
          }),
      ),
  ),
  check(
    {
      check: 'trail-validation',
      title: 'A changed log file is noticed',
      area: 'trail',
      severity: 'medium',
      controls: ['CIS 4.2', 'FSBP CloudTrail.4'],
    },
    (snapshot, config) =>
      given({ state: auditTrail(snapshot, config) }, ({ state }) => {
        if (!state) return unknown('There is no trail.');
        return state.trail.LogFileValidationEnabled === true
          ? pass('CloudTrail writes digests of its files.')
          : fail('CloudTrail writes no digests of its files.', REDEPLOY);
      }),
  ),
  check(
    {
      check: 'trail-bucket',
      title: 'The log bucket is private and keeps versions',
      area: 'trail',
      severity: 'high',
      controls: ['CIS 3.1.4', 'SSB ACCT.07'],
    },
    (snapshot, config) =>
      config.auditTrail.existingLogGroup === undefined
        ? given({ bucket: snapshot.bucket }, ({ bucket: state }) => {
            if (!state) return fail('The log bucket is gone.', REDEPLOY);
            const { name: resource, blocksPublicAccess, isVersioned } = state;
            const faults = [
              ...(blocksPublicAccess ? [] : ['may be public']),
              ...(isVersioned ? [] : ['keeps no versions']),
            ];
            if (faults.length > 0) {
              return fail(`The log bucket ${faults.join(' and ')}.`, REDEPLOY, { resource });
            }
            return given({ own: auditTrail(snapshot, config) }, ({ own }) => {
              const written = own?.trail.S3BucketName ?? resource;
              return written === resource
                ? pass('The log bucket blocks public access and keeps versions.', { resource })
                : fail(`The trail writes into ${written}, and not into the log bucket.`, REDEPLOY, {
                    resource,
                    severity: 'critical',
                  });
            });
          })
        : [],
  ),
  check(
    {
      check: 'key-rotation',
      title: 'The key is enabled and rotated',
      area: 'trail',
      severity: 'high',
      controls: ['CIS 4.5', 'CIS 4.6', 'FSBP KMS.3'],
    },
    (snapshot, config) => {
      const { key, region } = snapshot;
      // A trail of somebody else has a key of its own, or none.
      const own = config.auditTrail.existingLogGroup === undefined ? auditTrail(snapshot, config) : NOT_OURS;
      return config.customerKey
        ? given({ key }, ({ key: state }) => {
            if (!state) return fail('The key is gone; what it encrypted can’t be read.', REDEPLOY);
            const resource = state.arn;
            if (state.state === 'PendingDeletion') {
              return fail(
                'The key is to be deleted: evidence and messages would be lost.',
                {
                  text: 'Ask who wants it deleted, and keep it.',
                  command: `aws kms cancel-key-deletion --key-id ${resource} --region ${region} && aws kms enable-key --key-id ${resource} --region ${region}`,
                },
                { resource, severity: 'critical' },
              );
            }
            if (state.state !== 'Enabled') {
              return fail(
                `The key is ${state.state}: neither log files nor messages can be written.`,
                { text: 'Enable it.', command: `aws kms enable-key --key-id ${resource} --region ${region}` },
                { resource, severity: 'critical' },
              );
            }
            if (!state.rotates) {
              return fail(
                'The key is not rotated.',
                {
                  text: 'Switch rotation on.',
                  command: `aws kms enable-key-rotation --key-id ${resource} --region ${region}`,
                },
                { resource, severity: 'medium' },
              );
            }
            return given({ own }, ({ own: ours }) =>
              ours && ours.trail.KmsKeyId !== resource
                ? fail('The trail does not encrypt with the key.', REDEPLOY, { resource })
                : pass('The key is rotated each year.', { resource }),
            );
          })
        : [];
    },
  ),
  check(
    {
      check: 'log-group',
      title: 'The events are kept as long as the configuration says',
      area: 'trail',
      severity: 'medium',
      controls: ['FSBP CloudTrail.5'],
    },
    ({ logGroup }, { auditTrail: { existingLogGroup, logGroupRetentionDays } }) =>
      given({ logGroup }, ({ logGroup: group }) => {
        if (!group)
          return fail('The log group is gone: no alarm can ring.', REDEPLOY, { severity: 'critical' });
        const { logGroupName: resource, retentionInDays: days = Infinity } = group;
        if (existingLogGroup !== undefined || days >= logGroupRetentionDays) {
          return pass(`Events are kept ${days === Infinity ? 'for ever' : `${days} days`}.`, { resource });
        }
        return fail(`Events are kept ${days} days instead of ${logGroupRetentionDays}.`, REDEPLOY, {
          resource,
        });
      }),
  ),
];

const NO_TRAIL = { unknown: 'there is no trail' };
const NOT_OURS: Part<TrailState | undefined> = { value: undefined };

/** An account in use has events every day, and reading it makes some. */
function judgeDelivery(what: string, last: Date | undefined, error: string | undefined, now: Date) {
  const remedy = {
    text: 'Look at the policies of the bucket, the key and the delivery role; a deployment brings them back.',
    command: 'npx cdk deploy --revert-drift',
  };
  // CloudTrail keeps the last error until the next delivery succeeds.
  if (error !== undefined && error !== '') return fail(`${what} can’t be delivered: ${error}.`, remedy);
  if (!last) return unknown(`${what} were not delivered yet; a new trail takes up to 15 minutes.`);
  if (daysBetween(last, now) >= 1)
    return fail(`${what} were delivered last at ${last.toISOString()}.`, remedy);
  return pass(`${what} were delivered last at ${last.toISOString()}.`);
}

/**
 * Whether all management events are recorded.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
 */
function recordsEverything({ basic, advanced }: Selectors): boolean {
  const basicAll = basic.some(
    ({ IncludeManagementEvents, ReadWriteType = 'All', ExcludeManagementEventSources = [] }) =>
      IncludeManagementEvents !== false &&
      ReadWriteType === 'All' &&
      ExcludeManagementEventSources.length === 0,
  );
  // Any further field would leave some out.
  const advancedAll = advanced.some(
    ({ FieldSelectors = [] }) =>
      FieldSelectors.length === 1 &&
      FieldSelectors[0]?.Field === 'eventCategory' &&
      FieldSelectors[0].Equals?.includes('Management') === true,
  );
  return basicAll || advancedAll;
}
