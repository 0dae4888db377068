import { CloudFormationClient, CloudFormationServiceException } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeOrganizationCommand,
  ListAccountsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { defineBaseline } from '../../../lib/config/config';
import type { Options } from '../../../lib/posture/commands/options';
import { orgPlanCommand } from '../../../lib/posture/commands/org-plan';
import { SMALLEST } from '../../smallest';

const MANAGEMENT = '123456789012';
const MEMBER = '111111111111';
const ORGANIZATION = { id: 'o-a1b2c3d4e5', rootId: 'r-a1b2', regions: ['us-east-1', 'eu-central-1'] };
const OFF = { leave: 'off', protect: 'off', regions: 'off', root: 'off' } as const;
const CONFIG = defineBaseline({
  ...SMALLEST,
  organization: { ...ORGANIZATION, policies: { ...OFF, regions: 'observe' } },
});

const organizations = mockClient(OrganizationsClient);
const logs = mockClient(CloudWatchLogsClient);
const sts = mockClient(STSClient);
const cloudFormation = mockClient(CloudFormationClient);
const said: string[] = [];

/** A call as CloudTrail records it. */
const call = (eventName: string, awsRegion: string) => ({
  timestamp: Date.UTC(2026, 10, 24, 8),
  message: JSON.stringify({
    eventSource: 'ec2.amazonaws.com',
    eventName,
    eventTime: '2026-11-24T08:00:00Z',
    awsRegion,
    recipientAccountId: MEMBER,
    userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${MEMBER}:user/carol`, accountId: MEMBER },
  }),
});

beforeEach(() => {
  jest.useFakeTimers({ now: Date.UTC(2026, 10, 28, 12), advanceTimers: true });
  said.length = 0;
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  for (const mock of [organizations, logs, sts, cloudFormation]) mock.reset();
  sts
    .on(GetCallerIdentityCommand)
    .resolves({ Account: MANAGEMENT, Arn: `arn:aws:iam::${MANAGEMENT}:user/alice` });
  organizations
    .on(DescribeOrganizationCommand)
    .resolves({ Organization: { Id: ORGANIZATION.id, MasterAccountId: MANAGEMENT } });
  organizations.on(ListAccountsCommand).resolves({
    Accounts: [
      { Id: MANAGEMENT, Name: 'management', State: 'ACTIVE' },
      { Id: MEMBER, Name: 'shop', State: 'ACTIVE' },
    ],
  });
  logs.on(FilterLogEventsCommand).resolves({
    events: [call('RunInstances', 'eu-central-1'), call('RunInstances', 'us-west-2'), { message: 'cut' }],
  });
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

async function plan(more: Partial<Options> = {}, config = CONFIG) {
  const options: Options = {
    config: '',
    color: false,
    quiet: true,
    region: 'eu-central-1',
    logGroup: 'trail',
    ...more,
  };
  const code = await orgPlanCommand(options, config);
  return { code, text: said.join('') };
}

test('calls that the observed policies would have denied fail the command, and are in a table', async () => {
  const { code, text } = await plan();
  expect(code).toBe(1);
  expect(text).toBe(`2 calls of members, 2026-11-14 12:00 UTC to 2026-11-28 12:00 UTC, in trail

regions: would have denied 1 call, and perhaps 0 more
  Calls    Caller        Account         Region       Actions             Denied
  1        user/carol    111111111111    us-west-2    ec2:RunInstances    yes

1 event could not be parsed.
Not included: calls that failed, data events that the trail does not record, and what nobody did in this time.
`);
});

test('as JSON, it has the same', async () => {
  const { code, text } = await plan({ json: true });
  expect(code).toBe(1);
  expect(JSON.parse(text)).toEqual({
    schemaVersion: 1,
    logGroup: 'trail',
    since: '2026-11-14T12:00:00.000Z',
    until: '2026-11-28T12:00:00.000Z',
    isCut: false,
    calls: 2,
    ignored: 1,
    policies: ['regions'],
    left: [],
    denials: [
      {
        policy: 'regions',
        principal: `arn:aws:iam::${MEMBER}:user/carol`,
        account: MEMBER,
        region: 'us-west-2',
        action: 'ec2:RunInstances',
        statements: ['DenyOtherRegions'],
        calls: 1,
        last: '2026-11-24T08:00:00Z',
      },
    ],
  });
});

test('a plan without denials is fine', async () => {
  logs.on(FilterLogEventsCommand).resolves({ events: [call('RunInstances', 'eu-central-1')] });
  const { code, text } = await plan();
  expect(code).toBe(0);
  expect(text).toContain('regions: would have denied none of them\n');
});

test('--days and --pages limit what is read, and the plan says where it ended', async () => {
  logs
    .on(FilterLogEventsCommand)
    .resolves({ events: [call('RunInstances', 'eu-central-1')], nextToken: 'x' });
  const { text } = await plan({ days: 7, pages: 2 });
  expect(text).toMatch(/^2 calls of members, 2026-11-21 12:00 UTC to 2026-11-24 08:00 UTC, in trail\n/);
  expect(text).toContain(
    'The trail has later events: repeat the command with fewer --days, or more --pages.',
  );
  expect(logs.commandCalls(FilterLogEventsCommand).map(({ args: [{ input }] }) => input)).toMatchObject([
    { logGroupName: 'trail', startTime: Date.UTC(2026, 10, 21, 12) },
    { nextToken: 'x' },
  ]);
});

test('without a policy to evaluate, AWS is not asked', async () => {
  const withRegions = (regions?: string[]) =>
    defineBaseline({ ...SMALLEST, organization: { ...ORGANIZATION, regions, policies: OFF } });
  await expect(plan({}, withRegions(ORGANIZATION.regions))).rejects.toThrow(
    'There is no policy to evaluate. Set one of organization.policies to observe, or name it with --policy.',
  );
  await expect(plan({ policy: ['regions'] }, withRegions())).rejects.toThrow(
    '\nregions: organization.regions is missing',
  );
  expect(sts.calls()).toHaveLength(0);
});

test('a trail that is not deployed is named with an option', async () => {
  cloudFormation.onAnyCommand().rejects(
    new CloudFormationServiceException({
      name: 'ValidationError',
      message: 'Stack does not exist',
      $fault: 'client',
      $metadata: {},
    }),
  );
  await expect(plan({ logGroup: undefined })).rejects.toThrow(
    /^The log group of the trail was not found: .*\. Name it with --log-group\.$/,
  );
});
