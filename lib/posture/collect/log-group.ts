import { CloudTrailClient, GetEventSelectorsCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Clients } from '../clients';
import { read } from '../read';

/** Reads the event selectors of the trail. */
export function readSelectors(clients: Clients, TrailName: string) {
  const client = clients.get(CloudTrailClient);
  return read(async () => {
    const { EventSelectors: basic = [], AdvancedEventSelectors: advanced = [] } = await client.send(
      new GetEventSelectorsCommand({ TrailName }),
    );
    return { basic, advanced };
  });
}

/** Reads the log group that the metric filters use. */
export function readLogGroup(clients: Clients, name: string) {
  const client = clients.get(CloudWatchLogsClient);
  return read(async () => {
    const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
    return logGroups.find(({ logGroupName }) => logGroupName === name);
  });
}
