import { type Fault, faultsOf, replaced, set, without } from './fault';

const CHANNEL = 'ConfigRecorderChannel';
const REFUSED = 'Insufficient delivery policy to s3 bucket';

export const DETECTORS: readonly Fault[] = faultsOf('Detectors', [
  [
    'a recorder of each hour',
    'ConfigRecorderRecorder',
    set('RecordingMode.RecordingFrequency', 'HOURLY'),
    '#/RecordingMode/RecordingFrequency: HOURLY is not a valid enum value',
  ],
  [
    'a recorder with the role of a function',
    'ConfigRecorderRecorder',
    set('RoleARN', { 'Fn::GetAtt': ['ConfigRoleFunctionRole', 'Arn'] }),
    'AWS Config may not assume it',
  ],
  [
    'a bucket that AWS Config cannot write to',
    'ConfigRecorderBucketPolicy',
    without('ConfigDelivers'),
    REFUSED,
    CHANNEL,
  ],
  [
    'a bucket that AWS Config cannot read',
    'ConfigRecorderBucketPolicy',
    without('ConfigReadsBucket'),
    REFUSED,
    CHANNEL,
  ],
  [
    'a bucket for another account',
    'ConfigRecorderBucketPolicy',
    replaced('AWSLogs/${AWS::AccountId}', 'AWSLogs/999999999999'),
    REFUSED,
    CHANNEL,
  ],
  ['a channel without its bucket', CHANNEL, set('S3BucketName', 'missing'), 'with the name missing'],
  [
    'a channel with a missing key',
    CHANNEL,
    set('S3KmsKeyArn', 'arn:aws:kms:us-east-1:123456789012:key/missing'),
    'key/missing',
  ],
  [
    'snapshots of each minute',
    CHANNEL,
    set('ConfigSnapshotDeliveryProperties', { DeliveryFrequency: 'One_Minute' }),
    'One_Minute is not a valid enum value',
  ],
  [
    'a detector with an unknown feature',
    'GuardDuty',
    set('Features', [{ Name: 'EVERYTHING', Status: 'ENABLED' }]),
    'EVERYTHING is not a valid enum value',
  ],
  [
    'a detector that does not say whether it is on',
    'GuardDuty',
    set('Enable', undefined),
    'required key [Enable] not found',
  ],
  [
    'a hub with unknown findings',
    'SecurityHub',
    set('ControlFindingGenerator', 'ALL'),
    '#/ControlFindingGenerator: string [ALL] does not match',
  ],
]);
