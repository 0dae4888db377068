import { DETECTIONS } from '../../detections/rules';
import { patternOf } from '../../detections/tuning';
import { describe } from '../errors';
import type { Related } from './related';

/** Options of the baseline's own trail, which does not exist if an existing trail is used. */
export function existingTrail({ auditTrail }: Related): string[] {
  const { existingLogGroup, trailName, s3DataEvents } = auditTrail;
  if (existingLogGroup === undefined) return [];
  const errors: string[] = [];
  if (trailName !== undefined) {
    const message = "needs the baseline's own trail; remove it, or remove existingLogGroup";
    errors.push(describe('auditTrail.trailName', message, trailName));
  }
  if (s3DataEvents) {
    const message =
      "needs the baseline's own trail; with existingLogGroup, enable data events on your own trail";
    errors.push(describe('auditTrail.s3DataEvents', message, true));
  }
  return errors;
}

/** A filter pattern can have at most 1,024 characters, including the names in it. */
export function longPatterns({ stackName, auditTrail, detections }: Related): string[] {
  const { existingLogGroup } = auditTrail;
  // CloudFormation appends a logical ID and a suffix to the name of the stack.
  const logGroup = existingLogGroup ?? `${stackName}-Audit-${'x'.repeat(40)}`;
  const [path, name] =
    existingLogGroup === undefined
      ? ['stackName', stackName]
      : ['auditTrail.existingLogGroup', existingLogGroup];
  return DETECTIONS.filter(
    (detection) =>
      detections[detection.id] !== false &&
      patternOf(detection, { prefix: stackName, logGroup, account: '0'.repeat(12) }).length > 1024,
  ).map(({ id }) =>
    describe(
      path,
      `makes the filter pattern of ${id} longer than 1,024 characters; use a shorter name, or set detections.${id} to false`,
      name,
    ),
  );
}
