import { calls, example, type Examples, parameters } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { ACCOUNT, call, denied } from '../events/record';

const TRAIL = { name: `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/account-baseline` };

export const examples: Examples = {
  matches: calls('cloudtrail', ADMIN, {
    CreateTrail: { ...TRAIL, s3BucketName: 'trail' },
    UpdateTrail: { ...TRAIL, isMultiRegionTrail: false },
    DeleteTrail: TRAIL,
    StartLogging: TRAIL,
    StopLogging: TRAIL,
  }),
  nearMisses: [
    example('an intruder may not', denied('cloudtrail', 'StopLogging', INTRUDER, parameters(TRAIL))),
    example('another service starts to log', call('redshift', 'StartLogging', ADMIN)),
    example('trails are listed', call('cloudtrail', 'DescribeTrails', ADMIN)),
    example('the status is read', call('cloudtrail', 'GetTrailStatus', ADMIN, parameters(TRAIL))),
    example(
      'a trail is tagged',
      call('cloudtrail', 'AddTags', ADMIN, parameters({ resourceId: TRAIL.name })),
    ),
  ],
};
