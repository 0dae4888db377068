import {
  CloudWatchClient,
  GetAlarmMuteRuleCommand,
  paginateDescribeAlarms,
  paginateListAlarmMuteRules,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  paginateDescribeMetricFilters,
  paginateDescribeSubscriptionFilters,
} from '@aws-sdk/client-cloudwatch-logs';
import { DescribeKeyCommand, GetKeyRotationStatusCommand, KMSClient } from '@aws-sdk/client-kms';
import type { Clients } from '../clients';
import { all, noAnswer, read, readIfThere } from '../read';
import type { KeyState, MuteRule } from '../snapshot';

/** S3 error name if nothing is blocked. */
export const NO_BLOCK = 'NoSuchPublicAccessBlockConfiguration';

/** Reads the metric filters of a log group; undefined if the group does not exist. */
export function readMetricFilters(clients: Clients, logGroupName: string) {
  const client = clients.get(CloudWatchLogsClient);
  return readIfThere(['ResourceNotFoundException'], () =>
    all(paginateDescribeMetricFilters({ client }, { logGroupName }), (page) => page.metricFilters),
  );
}

/** Reads the names of the subscription filters of a log group; undefined if the group does not exist. */
export function readSubscriptionFilters(clients: Clients, logGroupName: string) {
  const client = clients.get(CloudWatchLogsClient);
  return readIfThere(['ResourceNotFoundException'], async () => {
    const found = await all(
      paginateDescribeSubscriptionFilters({ client }, { logGroupName }),
      (page) => page.subscriptionFilters,
    );
    return found.map(({ filterName = '' }) => filterName);
  });
}

/** Reads the alarms of the stack. CloudFormation starts their names with the stack name. */
export function readAlarms(clients: Clients, stackName: string) {
  const client = clients.get(CloudWatchClient);
  return read(() =>
    all(
      paginateDescribeAlarms({ client }, { AlarmNamePrefix: `${stackName}-` }),
      (page) => page.MetricAlarms,
    ),
  );
}

/**
 * Reads the key.
 *
 * @param alias its name. As long as it points to the key, one call reads both
 */
export function readKey(clients: Clients, KeyId: string, alias: string | undefined) {
  const client = clients.get(KMSClient);
  const describe = async (id: string) => {
    const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: id }));
    return KeyMetadata ?? noAnswer(`the key ${id}`);
  };
  return readIfThere(['NotFoundException'], async (): Promise<KeyState> => {
    const named =
      alias === undefined ? undefined : await readIfThere(['NotFoundException'], () => describe(alias));
    const target = named && 'value' in named ? named.value : undefined;
    const isNamed = target !== undefined && [target.KeyId, target.Arn].includes(KeyId);
    const { Arn: arn = KeyId, KeyState: state = 'Unavailable' } = isNamed ? target : await describe(KeyId);
    // KMS rejects this call for a key that is scheduled for deletion.
    const rotates =
      state === 'Enabled' &&
      (await client.send(new GetKeyRotationStatusCommand({ KeyId }))).KeyRotationEnabled === true;
    if (alias === undefined || named === undefined) return { arn, state, rotates };
    const leadsTo = 'value' in named ? { value: named.value?.Arn } : named;
    return { arn, state, rotates, alias: { name: alias, leadsTo } };
  });
}

/** Whether all four settings are enabled. */
export function blocksAll(switches: object | undefined): boolean {
  const values = Object.values(switches ?? {});
  return values.length === 4 && values.every((value) => value === true);
}

/** Reads the rules that mute alarms now or later. Lists show their names only. */
export function readMuteRules(clients: Clients) {
  const client = clients.get(CloudWatchClient);
  return read(async () => {
    const rules = await all(
      paginateListAlarmMuteRules({ client }, { Statuses: ['SCHEDULED', 'ACTIVE'] }),
      (page) => page.AlarmMuteRuleSummaries,
    );
    return Promise.all(
      rules.map(async ({ AlarmMuteRuleArn: arn = '' }): Promise<MuteRule> => {
        const AlarmMuteRuleName = muteRuleName(arn);
        const { MuteTargets } = await client.send(new GetAlarmMuteRuleCommand({ AlarmMuteRuleName }));
        return { arn, alarms: MuteTargets?.AlarmNames ?? [] };
      }),
    );
  });
}

/** Name of a mute rule, the last part of its ARN. */
export function muteRuleName(arn: string): string {
  return arn.replace(/^.*:alarm-mute-rule:/, '');
}
