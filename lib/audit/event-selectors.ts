import type { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';

/**
 * What a trail logs that also logs who reads and writes objects: all management events, as a trail without
 * selectors does, and the data events of every bucket, made later or not, but those left out.
 *
 * @param leftOut beginnings of the ARNs of objects without data events, at least one: a trail that logged its
 * own deliveries would never end
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/filtering-data-events.html
 */
export function s3DataEvents(leftOut: readonly string[]): CfnTrail.AdvancedEventSelectorProperty[] {
  return [
    { name: 'Management', fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }] },
    {
      name: 'S3',
      fieldSelectors: [
        { field: 'eventCategory', equalTo: ['Data'] },
        { field: 'resources.type', equalTo: ['AWS::S3::Object'] },
        { field: 'resources.ARN', notStartsWith: [...leftOut] },
      ],
    },
  ];
}
