import { CloudTrailClient, GetEventSelectorsCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { mockClient } from 'aws-sdk-client-mock';
import { Clients } from '../../lib/posture/clients';
import { readLogGroup, readSelectors } from '../../lib/posture/collect/log-group';

const cloudTrail = mockClient(CloudTrailClient);
const logs = mockClient(CloudWatchLogsClient);
const clients = new Clients({ region: 'eu-central-1' });

beforeEach(() => {
  cloudTrail.reset();
  logs.reset();
});

test('a trail has selectors of one kind, and none of the other', async () => {
  const basic = [{ ReadWriteType: 'All' as const, IncludeManagementEvents: true }];
  const advanced = [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }];
  cloudTrail
    .on(GetEventSelectorsCommand, { TrailName: 'a' })
    .resolves({ EventSelectors: basic })
    .on(GetEventSelectorsCommand, { TrailName: 'b' })
    .resolves({ AdvancedEventSelectors: advanced });
  expect(await readSelectors(clients, 'a')).toEqual({ value: { basic, advanced: [] } });
  expect(await readSelectors(clients, 'b')).toEqual({ value: { basic: [], advanced } });
});

test('a log group is not another one whose name begins like it', async () => {
  logs.on(DescribeLogGroupsCommand, { logGroupNamePrefix: 'trail' }).resolves({
    logGroups: [{ logGroupName: 'trail-2' }, { logGroupName: 'trail', retentionInDays: 365 }],
  });
  logs.on(DescribeLogGroupsCommand, { logGroupNamePrefix: 'other' }).resolves({});
  expect(await readLogGroup(clients, 'trail')).toEqual({
    value: { logGroupName: 'trail', retentionInDays: 365 },
  });
  expect(await readLogGroup(clients, 'other')).toEqual({ value: undefined });
});
