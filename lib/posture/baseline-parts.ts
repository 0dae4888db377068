import type { BaselineConfig } from '../config/config';
import type { AccountSnapshot, DeployedStack, Part, TrailState } from './snapshot';

/** The id that CloudFormation gave to a resource of the stack. */
export function physicalId(stack: Part<DeployedStack | undefined>, logicalId: string): Part<string> {
  if (!('value' in stack)) return stack;
  if (!stack.value) return { unknown: 'the stack is not deployed' };
  const id = stack.value.resources.find((one) => one.LogicalResourceId === logicalId)?.PhysicalResourceId;
  return id === undefined ? { unknown: `the stack has no ${logicalId}` } : { value: id };
}

/** The name of the log group that the filters read. */
export function logGroupName(stack: Part<DeployedStack | undefined>, config: BaselineConfig): Part<string> {
  const { existingLogGroup } = config.auditTrail;
  return existingLogGroup === undefined
    ? physicalId(stack, 'AuditTrailLogGroup')
    : { value: existingLogGroup };
}

/** The trail behind the alarms: the stack's own, or the one that writes to the existing log group. */
export function auditTrail(
  { trails, stack }: Pick<AccountSnapshot, 'trails' | 'stack'>,
  config: BaselineConfig,
): Part<TrailState | undefined> {
  if (!('value' in trails)) return trails;
  const { existingLogGroup } = config.auditTrail;
  if (existingLogGroup !== undefined) {
    return { value: trails.value.find((trail) => logGroupOf(trail) === existingLogGroup) };
  }
  const name = physicalId(stack, 'AuditTrailTrail');
  if (!('value' in name)) return name;
  return {
    value: trails.value.find(({ trail }) => trail.Name === name.value || trail.TrailARN === name.value),
  };
}

/** The log group that a trail writes to, by name. */
export function logGroupOf({ trail }: TrailState): string | undefined {
  return /:log-group:([^:]+)/.exec(trail.CloudWatchLogsLogGroupArn ?? '')?.[1];
}
