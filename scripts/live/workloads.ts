import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { DescribeInstancesCommand, DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient, paginateListRoles, paginateListUsers } from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import type { Clients } from '../../lib/posture/clients';
import { all } from '../../lib/posture/read';
import type { Caller } from '../../lib/posture/snapshot';

/** Roles that AWS, an organization, or the CDK creates. */
const ROLE_OF_AWS = /^\/aws-(?:service-role|reserved)\/|^\/OrganizationAccountAccessRole$|^\/cdk-/;

/**
 * What somebody would miss, each as a phrase: users, roles, buckets, stacks, instances, functions.
 *
 * @throws {CallFailed} without the permission to look
 */
export async function workloadsIn(clients: Clients, caller: Caller): Promise<string[]> {
  const iam = clients.get(IAMClient);
  const own = caller.arn.split('/')[1];
  const [users, roles, buckets, regions] = await Promise.all([
    all(paginateListUsers({ client: iam }, {}), (page) => page.Users),
    all(paginateListRoles({ client: iam }, {}), (page) => page.Roles),
    clients.get(S3Client).send(new ListBucketsCommand({})),
    clients.get(EC2Client).send(new DescribeRegionsCommand({})),
  ]);
  const regional = await Promise.all(
    (regions.Regions ?? []).map(({ RegionName = '' }) => inRegion(clients, RegionName)),
  );
  return [
    ...users.filter(({ UserName }) => UserName !== own).map(({ UserName = '' }) => `user ${UserName}`),
    ...roles
      .filter(({ Path = '', RoleName = '' }) => RoleName !== own && !ROLE_OF_AWS.test(`${Path}${RoleName}`))
      .map(({ RoleName = '' }) => `role ${RoleName}`),
    ...(buckets.Buckets ?? []).map(({ Name = '' }) => `bucket ${Name}`),
    ...regional.flat(),
  ];
}

async function inRegion(clients: Clients, region: string): Promise<string[]> {
  const client = clients.get(CloudFormationClient, region);
  const [stacks, instances, functions] = await Promise.all([
    all(paginateDescribeStacks({ client }, {}), (page) => page.Stacks),
    clients.get(EC2Client, region).send(new DescribeInstancesCommand({})),
    clients.get(LambdaClient, region).send(new ListFunctionsCommand({})),
  ]);
  return [
    ...stacks
      .filter(({ StackName }) => StackName !== 'CDKToolkit')
      .map(({ StackName = '' }) => `stack ${StackName} in ${region}`),
    ...(instances.Reservations ?? [])
      .flatMap(({ Instances = [] }) => Instances)
      .filter(({ State }) => State?.Name !== 'terminated')
      .map(({ InstanceId = '' }) => `instance ${InstanceId} in ${region}`),
    ...(functions.Functions ?? []).map(({ FunctionName = '' }) => `function ${FunctionName} in ${region}`),
  ];
}
