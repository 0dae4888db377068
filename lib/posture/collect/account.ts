import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { CloudTrailClient, DescribeTrailsCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  type EntityType,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  type GroupDetail,
  IAMClient,
  paginateGetAccountAuthorizationDetails,
  type UserDetail,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { CallFailed, type Clients } from '../clients';
import { all, read, readIfThere } from '../read';
import type { AccountSnapshot, Caller, DeployedStack, People, Region, TrailState } from '../snapshot';

/** What `preflight` and `verify` both look at, all at the same time. */
export async function readAccount(
  clients: Clients,
  caller: Caller,
  stackName: string,
): Promise<AccountSnapshot> {
  const iam = clients.get(IAMClient);
  const [stack, regions, summary, passwordPolicy, people, trails, region] = await Promise.all([
    readStack(clients, stackName),
    read(() => readRegions(clients)),
    read(async () => (await iam.send(new GetAccountSummaryCommand({}))).SummaryMap ?? {}),
    readIfThere(
      ['NoSuchEntityException'],
      async () => (await iam.send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy,
    ),
    read(() => readPeople(iam)),
    read(() => readTrails(clients.get(CloudTrailClient))),
    iam.config.region(),
  ]);
  return { at: new Date(), region, caller, stack, regions, summary, passwordPolicy, people, trails };
}

/**
 * Who reads.
 *
 * @throws {CallFailed} when there are no credentials, or no way to AWS
 */
export async function readCaller(clients: Clients): Promise<Caller> {
  const { Account: account = '', Arn: arn = '' } = await clients
    .get(STSClient)
    .send(new GetCallerIdentityCommand({}));
  const [, partition = ''] = arn.split(':');
  return { account, arn, partition };
}

function readStack(clients: Clients, StackName: string) {
  const client = clients.get(CloudFormationClient);
  return read(async (): Promise<DeployedStack | undefined> => {
    try {
      const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
      if (!stack) return undefined;
      const resources = await all(
        paginateListStackResources({ client }, { StackName }),
        (page) => page.StackResourceSummaries,
      );
      return { stack, resources };
    } catch (error) {
      // CloudFormation has no error of its own for a stack that is not there.
      if (error instanceof CallFailed && /does not exist/.test(error.message)) return undefined;
      throw error;
    }
  });
}

async function readRegions(clients: Clients): Promise<Region[]> {
  const { Regions = [] } = await clients
    .get(EC2Client)
    .send(new DescribeRegionsCommand({ AllRegions: true }));
  return Regions.map(({ RegionName: name = '', OptInStatus }) => ({
    name,
    enabled: OptInStatus !== 'not-opted-in',
  }));
}

async function readPeople(client: IAMClient): Promise<People> {
  const Filter: EntityType[] = ['User', 'Group'];
  const users: UserDetail[] = [];
  const groups: GroupDetail[] = [];
  for await (const page of paginateGetAccountAuthorizationDetails({ client }, { Filter })) {
    users.push(...(page.UserDetailList ?? []));
    groups.push(...(page.GroupDetailList ?? []));
  }
  return { users, groups };
}

async function readTrails(client: CloudTrailClient): Promise<TrailState[]> {
  // Trails of other Regions that reach this one, too.
  const { trailList = [] } = await client.send(new DescribeTrailsCommand({ includeShadowTrails: true }));
  return Promise.all(
    trailList.map(async (trail) => ({
      trail,
      status: await read(() => client.send(new GetTrailStatusCommand({ Name: trail.TrailARN }))),
    })),
  );
}
