import type { Construct } from 'constructs';
import { DetectionFilters } from '../detections/detection-filters';
import { detectionsOf, type FilterStack } from '../detections/filter-stacks';
import { type AuditStack, logGroupOf } from './audit-stack';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';

/** Props of {@link DetectionsStack}. */
export interface DetectionsStackProps extends ConfiguredStackProps {
  /** Which of the filters. */
  readonly kind: FilterStack;
  /**
   * The stack with the log group and the bucket of the trail.
   * @default - the configuration names an existing log group
   */
  readonly audit?: AuditStack;
}

/** Metric filters of the detections, apart from the alarms: together they would not fit a template. */
export class DetectionsStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: DetectionsStackProps) {
    super(scope, id, props);
    const { audit, config, kind } = props;
    new DetectionFilters(this, 'AlarmsOn', {
      logGroup: logGroupOf(this, audit, config.auditTrail.existingLogGroup),
      prefix: config.stackName,
      bucket: audit?.trail?.bucket,
      detections: detectionsOf(kind, config),
    });
  }
}
