import type { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';

/**
 * Returns the event selectors of a trail with S3 data events: all management events, as for a trail without
 * selectors, and the data events of all current and future buckets, except those that are left out.
 *
 * @param leftOut ARN prefixes of objects without data events, at least one: a trail that logs its own
 * deliveries creates an endless loop
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/filtering-data-events.html
 */
export function s3DataEvents(leftOut: readonly string[]): CfnTrail.AdvancedEventSelectorProperty[] {
  return [
    // The name that the console gives. prowler looks for it.
    {
      name: 'Management events selector',
      fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }],
    },
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
