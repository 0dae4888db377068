import {
  CloudFormationClient,
  GetTemplateCommand,
  paginateDescribeStacks,
  paginateListStackResources,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  type EntityType,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  type GroupDetail,
  IAMClient,
  type ManagedPolicyDetail,
  paginateGetAccountAuthorizationDetails,
  type RoleDetail,
  type UserDetail,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { CallFailed, type Clients } from '../clients';
import { administers, principalsByKind, statementsOf } from '../iam-statements';
import { parseTemplate } from '../parse-template';
import { all, noAnswer, read, readIfThere } from '../read';
import type { BaselineConfig } from '../../config/config';
import { ROLES_ANYWHERE } from '../trust';
import { findStack } from './find-stack';
import { readTrails } from './trails';
import {
  groupKindsAmong,
  possibleKindsOf,
  regionOf,
  type StackKind,
  stackKindsOf,
  stackNameOf,
} from '../../stacks/stack-kinds';
import type { AccountSnapshot, Caller, DeployedStack, DeployedSuite, People, Region } from '../snapshot';

/** Reads what both `preflight` and `verify` need, concurrently. */
export async function readAccount(
  clients: Clients,
  caller: Caller,
  config: BaselineConfig,
  kept: RolesKept = 'all',
): Promise<AccountSnapshot> {
  const [plain, suite, trails] = await Promise.all([
    readPlainAccount(clients, caller, config.stackName, kept),
    readSuite(clients, caller, config),
    read(() => readTrails(clients)),
  ]);
  return { ...plain, suite, trails };
}

/**
 * Reads what every account has, with or without the baseline.
 *
 * @param prefix of the names of the stacks, and so of their roles
 */
export async function readPlainAccount(
  clients: Clients,
  caller: Caller,
  prefix: string,
  kept: RolesKept,
): Promise<Omit<AccountSnapshot, 'suite' | 'trails'>> {
  const iam = clients.get(IAMClient);
  const [regions, summary, passwordPolicy, people, region] = await Promise.all([
    read(() => readRegions(clients)),
    read(async () => (await iam.send(new GetAccountSummaryCommand({}))).SummaryMap ?? {}),
    readIfThere(
      ['NoSuchEntityException'],
      async () => (await iam.send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy,
    ),
    read(() => readPeople(iam, prefix, kept)),
    iam.config.region(),
  ]);
  return { at: new Date(), region, caller, regions, summary, passwordPolicy, people };
}

/**
 * Reads the caller's identity.
 *
 * @throws {CallFailed} without credentials or a connection to AWS
 */
export async function readCaller(clients: Clients): Promise<Caller> {
  const { Account: account = '', Arn: arn = '' } = await clients
    .get(STSClient)
    .send(new GetCallerIdentityCommand({}));
  const [, partition = ''] = arn.split(':');
  return { account, arn, partition };
}

/**
 * Reads all deployed stacks of the suite concurrently, including those that the configuration does not need.
 */
function readSuite(clients: Clients, { partition }: Caller, config: BaselineConfig) {
  const wanted = stackKindsOf(config);
  // Other partitions have no us-east-1, and no service for its stack.
  const possible = possibleKindsOf(config).filter((kind) => kind !== 'RootNotice' || partition === 'aws');
  const client = clients.get(CloudFormationClient);
  return read(async (): Promise<DeployedSuite> => {
    const listed = await listStacks(client);
    const home = await client.config.region();
    const kinds = new Set([...possible, ...groupKindsAmong(listed?.keys() ?? [], config.stackName)]);
    const stacks = await Promise.all(
      [...kinds].map(async (kind) => {
        const region = regionOf(kind, home);
        const StackName = stackNameOf(config.stackName, kind);
        try {
          if (listed && region === home) return await readStack(client, kind, listed.get(StackName));
          const there = region === home ? client : clients.get(CloudFormationClient, region);
          return await readStack(there, kind, await findStack(there, StackName));
        } catch (error) {
          if (isOutOfBounds(error, kind) && !wanted.includes(kind)) return undefined;
          throw error;
        }
      }),
    );
    return stacks.filter((stack) => stack !== undefined);
  });
}

/** Whether a policy of the organization denies the other Region, which then cannot have the stack either. */
function isOutOfBounds(error: unknown, kind: StackKind): boolean {
  return (
    regionOf(kind, undefined) !== undefined &&
    error instanceof CallFailed &&
    /service control policy/.test(error.message)
  );
}

/**
 * The stacks of the Region by name, in fewer calls than one for each of ours. A role may be allowed to
 * describe single stacks only: undefined.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
 */
async function listStacks(client: CloudFormationClient): Promise<ReadonlyMap<string, Stack> | undefined> {
  try {
    const stacks = await all(
      paginateDescribeStacks({ client }, {}),
      ({ Stacks = noAnswer('the stacks') }) => Stacks,
    );
    return new Map(stacks.map((stack) => [stack.StackName ?? noAnswer('the name of a stack'), stack]));
  } catch (error) {
    if (error instanceof CallFailed && /^AccessDenied/.test(error.code)) return undefined;
    throw error;
  }
}

async function readStack(
  client: CloudFormationClient,
  kind: StackKind,
  stack: Stack | undefined,
): Promise<DeployedStack | undefined> {
  if (!stack) return undefined;
  const { StackName } = stack;
  const [resources, { TemplateBody = '' }] = await Promise.all([
    all(paginateListStackResources({ client }, { StackName }), (page) => page.StackResourceSummaries),
    client.send(new GetTemplateCommand({ StackName })),
  ]);
  return { kind, stack, resources, template: parseTemplate(TemplateBody) };
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

/** Which roles are kept: all, or only those that a check of `verify` may report. */
export type RolesKept = 'all' | 'judged';

async function readPeople(client: IAMClient, prefix: string, kept: RolesKept): Promise<People> {
  if (kept === 'all') return readDetails(client, EVERYTHING, (role) => [withoutTasks(role, prefix)]);
  // Policies first, so that the roles of each page are judged when it is read, and most are forgotten.
  const { policies } = await readDetails(client, ['LocalManagedPolicy'], () => []);
  const others = EVERYTHING.filter((type) => type !== 'LocalManagedPolicy');
  const found = await readDetails(client, others, (role) =>
    isOrdinary(role, prefix, policies) ? [] : [role],
  );
  return { ...found, policies };
}

const EVERYTHING: readonly EntityType[] = ['User', 'Group', 'Role', 'LocalManagedPolicy'];

/** Reads page by page, and keeps of the roles what `keep` returns. */
async function readDetails(
  client: IAMClient,
  types: readonly EntityType[],
  keep: (role: RoleDetail) => readonly RoleDetail[],
): Promise<People> {
  const [users, groups, roles, policies]: [UserDetail[], GroupDetail[], RoleDetail[], ManagedPolicyDetail[]] =
    [[], [], [], []];
  // The default is 100 a page; 1000 is the maximum.
  const pages = paginateGetAccountAuthorizationDetails({ client }, { Filter: [...types], MaxItems: 1000 });
  for await (const page of pages) {
    users.push(...(page.UserDetailList ?? []));
    groups.push(...(page.GroupDetailList ?? []));
    roles.push(...(page.RoleDetailList ?? []).flatMap(keep));
    policies.push(...(page.Policies ?? []));
  }
  return { users, groups, roles, policies };
}

/** Whether only services assume the role, without certificates, and it is not a role of the stacks. */
function isOfServices(
  { RoleName = '', AssumeRolePolicyDocument: trust }: RoleDetail,
  prefix: string,
): boolean {
  return (
    !RoleName.startsWith(`${prefix}-`) &&
    trust !== undefined &&
    statementsOf(trust)
      .flatMap(principalsByKind)
      .every(([kind, name]) => kind === 'Service' && name !== ROLES_ANYWHERE)
  );
}

/** Whether no check would report the role. Large accounts have thousands of such roles. */
function isOrdinary(role: RoleDetail, prefix: string, policies: readonly ManagedPolicyDetail[]): boolean {
  const { RolePolicyList: inline, AttachedManagedPolicies: attached } = role;
  return isOfServices(role, prefix) && !administers({ inline, attached }, policies);
}

/** A role without the texts of its inline policies, if nothing uses them. */
function withoutTasks(role: RoleDetail, prefix: string): RoleDetail {
  const { RolePolicyList: inline } = role;
  if (inline === undefined || !isOfServices(role, prefix) || administers({ inline }, [])) return role;
  return { ...role, RolePolicyList: inline.map(({ PolicyName }) => ({ PolicyName })) };
}
