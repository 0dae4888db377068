import { unrecorded, withAllManagementEvents } from '../../lib/posture/management-events';
import type { Selectors } from '../../lib/posture/snapshot';
import { eachOf } from '../each-of';

const KMS = 'kms.amazonaws.com';
const RDS = 'rdsdata.amazonaws.com';
const basic = (ReadWriteType: 'All' | 'ReadOnly' | 'WriteOnly', ...except: string[]) => ({
  ReadWriteType,
  IncludeManagementEvents: true,
  ExcludeManagementEventSources: except,
});
const field = (Field: string, rest: object) => ({ Field, ...rest });
const advanced = (...more: { Field: string }[]) => ({
  FieldSelectors: [field('eventCategory', { Equals: ['Management'] }), ...more],
});
const read = (is: boolean) => field('readOnly', { Equals: [String(is)] });
const but = (...services: string[]) => field('eventSource', { NotEquals: services });
const ofBasic = (...selectors: Selectors['basic']): Selectors => ({ basic: selectors, advanced: [] });
const ofAdvanced = (...selectors: Selectors['advanced']): Selectors => ({ basic: [], advanced: selectors });

eachOf<[string, Selectors, string[]]>(
  [
    ['all', ofBasic(basic('All')), []],
    ['read and write events apart', ofBasic(basic('ReadOnly'), basic('WriteOnly')), []],
    ['read events only', ofBasic(basic('ReadOnly')), ['write events']],
    [
      'write events without a service',
      ofBasic(basic('WriteOnly', KMS)),
      ['read events', `write events of ${KMS}`],
    ],
    ['what each other leave out', ofBasic(basic('All', KMS), basic('All', RDS)), []],
    [
      'what none of them has',
      ofBasic(basic('All', KMS, RDS), basic('ReadOnly', RDS)),
      [`read events of ${RDS}`, `write events of ${KMS}`, `write events of ${RDS}`],
    ],
    [
      'no management events',
      ofBasic({ ...basic('All'), IncludeManagementEvents: false }),
      ['all management events'],
    ],
    ['all, with advanced selectors', ofAdvanced(advanced()), []],
    ['both halves, with advanced selectors', ofAdvanced(advanced(read(true)), advanced(read(false))), []],
    ['one half, with advanced selectors', ofAdvanced(advanced(read(true))), ['write events']],
    [
      'all but a service',
      ofAdvanced(advanced(but(KMS))),
      [`read events of ${KMS}`, `write events of ${KMS}`],
    ],
    [
      'one service only',
      ofAdvanced(advanced(field('eventSource', { Equals: [KMS] }))),
      ['all management events'],
    ],
    [
      'one kind of event',
      ofAdvanced(advanced(field('eventType', { Equals: ['AwsApiCall'] }))),
      ['all management events'],
    ],
    [
      'services by their beginning',
      ofAdvanced(advanced(field('eventSource', { StartsWith: ['kms'] }))),
      ['all management events'],
    ],
    ['nothing', ofAdvanced(), ['all management events']],
  ],
  ([what]) => what,
)('what a trail does not record has words, and can be added', ([, selectors, expected]) => {
  expect(unrecorded(selectors)).toEqual(expected);
  expect(unrecorded(withAllManagementEvents(selectors))).toEqual([]);
});

test('data events stay when management events are added', () => {
  const DataResources = [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::b/'] }];
  const data = { ReadWriteType: 'WriteOnly' as const, IncludeManagementEvents: false, DataResources };
  const dataFields = { FieldSelectors: [field('eventCategory', { Equals: ['Data'] })] };
  expect(withAllManagementEvents(ofBasic(data, basic('ReadOnly'))).basic[0]).toEqual(data);
  expect(withAllManagementEvents(ofAdvanced(dataFields, advanced(read(true)))).advanced[0]).toEqual(
    dataFields,
  );
});
