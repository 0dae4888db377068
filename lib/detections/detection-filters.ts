import { Annotations, Aws, Stack, Token } from 'aws-cdk-lib';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { checkProps, construct } from '../fields/check-props';
import { matching } from '../fields/text';
import { checkedDetections } from './check-detections';
import { onlyOnce } from '../functions/only-once';
import type { Detection } from './detection';
import { METRIC_NAMESPACE, metricOf, patternOf } from './tuning';

/** Properties of `DetectionFilters`. */
export interface DetectionFiltersProps {
  /**
   * What the names of your stacks begin with before a hyphen, such as `AccountBaseline`:
   * `BaselineTamperedWith` watches every stack and resource whose name begins with it and a hyphen.
   */
  readonly prefix: string;
  /** Log group to which a multi-Region trail delivers. */
  readonly logGroup: ILogGroup;
  /**
   * What to detect. Give `SecurityAlarms` the same list.
   * @default - every detection of the baseline
   */
  readonly detections?: readonly Detection[];
  /**
   * Bucket of the trail; `ChangedByHand` reports manual changes to it.
   * @default - not watched
   */
  readonly bucket?: IBucket;
}

/**
 * A metric filter for each detection. It adds to the metric of the detection's signal, which the alarms of
 * `SecurityAlarms` watch. The ID of the construct must end in `On`: the function that explains alarms finds
 * the ID of the detection after this word. Use each detection once per account and Region.
 *
 * @example
 * const { logGroup } = new AuditTrail(this, 'Trail');
 * const prefix = 'Security'; // of the stack Security-Alarms
 * new DetectionFilters(this, 'AlarmsOn', { prefix, logGroup });
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail.html
 */
export class DetectionFilters extends Construct {
  constructor(scope: Construct, id: string, props: DetectionFiltersProps) {
    super(scope, id);
    checkProps(
      {
        id: matching(/On$/, 'must end in On'),
        logGroup: construct(),
        bucket: construct().optional(),
        prefix: matching(
          /^[a-z](?:[a-z\d-]{0,126}[a-z\d])?$/i,
          'must be the name of a stack, or what comes before a hyphen in it',
        ),
      },
      { ...props, id },
    );
    const { prefix, logGroup, bucket } = props;
    const { stackName } = Stack.of(this);
    if (!Token.isUnresolved(stackName + prefix) && !stackName.startsWith(`${prefix}-`)) {
      Annotations.of(this).addWarningV2(
        'aws-account-baseline:prefix',
        `BaselineTamperedWith does not watch the stack ${stackName} itself: its name does not begin with "${prefix}-". Give what comes before a hyphen in the name.`,
      );
    }
    const names = {
      prefix,
      logGroup: logGroup.logGroupName,
      bucket: bucket?.bucketName,
      account: Aws.ACCOUNT_ID,
    };
    const detections = checkedDetections(props.detections);
    // Two would count each event twice.
    const ids = detections.map((detection) => detection.id);
    onlyOnce(this, ids, ({ node }) => node.scope instanceof DetectionFilters && node.id);
    for (const detection of detections) {
      new MetricFilter(this, detection.id, {
        logGroup,
        filterPattern: FilterPattern.literal(patternOf(detection, names)),
        metricNamespace: METRIC_NAMESPACE,
        ...metricOf(detection),
      });
    }
  }
}
