import type { Construct } from 'constructs';
import { DetectionFilters } from '../detections/detection-filters';
import { tuned } from '../detections/tuning';
import { type AuditStack, logGroupOf } from './audit-stack';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';

/** Props of {@link DetectionsStack}. */
export interface DetectionsStackProps extends ConfiguredStackProps {
  /**
   * The stack with the log group and the bucket of the trail.
   * @default - the configuration names an existing log group
   */
  readonly audit?: AuditStack;
}

/** The metric filters of the detections, apart from the alarms: together they would not fit a template. */
export class DetectionsStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: DetectionsStackProps) {
    super(scope, id, props);
    const { audit, config } = props;
    new DetectionFilters(this, 'AlarmsOn', {
      logGroup: logGroupOf(this, audit, config.auditTrail.existingLogGroup),
      prefix: config.stackName,
      bucket: audit?.trail?.bucket,
      detections: tuned(config.detections),
    });
  }
}
