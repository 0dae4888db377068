import { z } from 'zod';
import { METADATA_KEY, type PartName } from '../catalog/parts';
import type { BaselineConfig } from '../config/config';
import type { StackKind } from '../stacks/stack-kinds';
import type { AccountSnapshot, DeployedStack, DeployedSuite, Part, TrailState } from './snapshot';

/** Metadata that the constructs add to a resource. */
const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Metadata: z
        .object({
          [METADATA_KEY]: z.object({ part: z.string() }).optional(),
        })
        .optional(),
      Properties: z.object({ LoginProfile: z.unknown().optional() }).optional(),
    }),
  ),
});

/** A resource that a construct marked as a part of the baseline. */
interface MarkedResource {
  /** Physical ID. */
  readonly id: string;
  /** Name of the IAM user whose login profile reads it: that of a first-time password. */
  readonly owner?: string;
}

/** The resources of all stacks that are marked as this part. */
export function partsOf(suite: DeployedSuite, part: PartName): MarkedResource[] {
  return suite.flatMap(({ template, resources }) => {
    const idOf = (logicalId: string | undefined) =>
      resources.find((one) => one.LogicalResourceId === logicalId)?.PhysicalResourceId;
    const all = Object.entries(Template.parse(template).Resources);
    return all.flatMap(([logicalId, { Metadata }]) => {
      const id = Metadata?.[METADATA_KEY]?.part === part ? idOf(logicalId) : undefined;
      if (id === undefined) return [];
      const reference = new RegExp(`\\b${logicalId}\\b`);
      const [owner] =
        all.find(([, { Properties }]) => reference.test(JSON.stringify(Properties?.LoginProfile ?? ''))) ??
        [];
      return [{ id, owner: idOf(owner) }];
    });
  });
}

/** The physical ID of a part, in any stack. */
export function partOf(suite: Part<DeployedSuite>, part: PartName): Part<string> {
  if (!('value' in suite)) return suite;
  if (suite.value.length === 0) return { unknown: 'the baseline is not deployed' };
  const [found] = partsOf(suite.value, part);
  return found === undefined
    ? { unknown: `no stack of the baseline has its ${part.replaceAll('-', ' ')}` }
    : { value: found.id };
}

/** Whether a stack of the suite is known to be deployed; without a kind, any stack. */
export function isDeployed(suite: Part<DeployedSuite>, kind?: StackKind): boolean {
  return 'value' in suite && suite.value.some((stack) => kind === undefined || stack.kind === kind);
}

/** The known resources of all stacks. */
export function resourcesOf(suite: Part<DeployedSuite>): DeployedStack['resources'] {
  return 'value' in suite ? suite.value.flatMap(({ resources }) => resources) : [];
}

/** The value of an output; undefined if no such stack is deployed, or it has no such output. */
export function outputOf(suite: DeployedSuite, kind: StackKind, name: string): string | undefined {
  return suite.find((one) => one.kind === kind)?.stack.Outputs?.find(({ OutputKey }) => OutputKey === name)
    ?.OutputValue;
}

/** Name of the log group that the metric filters read. */
export function logGroupName(suite: Part<DeployedSuite>, config: BaselineConfig): Part<string> {
  const { existingLogGroup } = config.auditTrail;
  return existingLogGroup === undefined ? partOf(suite, 'log-group') : { value: existingLogGroup };
}

/** The trail that the alarms depend on: the suite's own, or the one that writes to the existing log group. */
export function auditTrail(
  { trails, suite, region, caller }: Pick<AccountSnapshot, 'caller' | 'region' | 'suite' | 'trails'>,
  config: BaselineConfig,
): Part<TrailState | undefined> {
  if (!('value' in trails)) return trails;
  const { existingLogGroup } = config.auditTrail;
  if (existingLogGroup !== undefined) {
    // The trail of an organization writes to a log group of its own account, which can have the same name.
    const found = trails.value.find(
      (trail) => logGroupOf(trail) === existingLogGroup && deliversTo(trail, region, caller.account),
    );
    return { value: found };
  }
  const name = partOf(suite, 'trail');
  if (!('value' in name)) return name;
  return {
    value: trails.value.find(({ trail }) => trail.Name === name.value || trail.TrailARN === name.value),
  };
}

/** Name of the log group that a trail writes to. */
export function logGroupOf({ trail }: TrailState): string | undefined {
  return /:log-group:([^:]+)/.exec(trail.CloudWatchLogsLogGroupArn ?? '')?.[1];
}

/** Whether a trail delivers to a log group of this account and Region. */
export function deliversTo({ trail }: TrailState, region: string, account: string): boolean {
  const [, , , groupRegion, groupAccount] = (trail.CloudWatchLogsLogGroupArn ?? '').split(':');
  return groupRegion === region && groupAccount === account;
}
