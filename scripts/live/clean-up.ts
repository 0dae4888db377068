import { CloudWatchLogsClient, DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteGroupCommand,
  DeleteGroupPolicyCommand,
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DeleteVirtualMFADeviceCommand,
  DetachGroupPolicyCommand,
  DetachUserPolicyCommand,
  IAMClient,
  paginateGetAccountAuthorizationDetails,
  paginateListAccessKeys,
  paginateListMFADevices,
  RemoveUserFromGroupCommand,
} from '@aws-sdk/client-iam';
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { all, ifThere } from '../../lib/posture/read';
import { type Live, observe, type Observation } from './step';
import type { KeptResource } from './steps/end';

type Delete = (live: Live, name: string) => Promise<void>;

/** How to delete what a removal keeps. The key needs root, and AWS keeps the hub. */
const DELETE: Readonly<Record<string, Delete>> = {
  'AWS::IAM::User': deleteUser,
  'AWS::IAM::Group': deleteGroup,
  'AWS::S3::Bucket': deleteBucket,
  'AWS::Logs::LogGroup': async ({ clients }, logGroupName) => {
    await clients.get(CloudWatchLogsClient).send(new DeleteLogGroupCommand({ logGroupName }));
  },
};

/** Deletes it: users before their groups, as the list of what is kept has them. */
export async function cleanUp(live: Live, kept: readonly KeptResource[]): Promise<Observation[]> {
  const observations: Observation[] = [];
  for (const { type, name } of kept) {
    const remove = DELETE[type];
    if (!remove) continue;
    observations.push(
      await observe(`${name} is deleted`, async () => {
        await remove(live, name);
        return { outcome: 'expected' };
      }),
    );
  }
  return observations;
}

/** Deletes a user with all that belongs to it, if it exists. */
export async function deleteUser({ clients }: Live, UserName: string): Promise<void> {
  const client = clients.get(IAMClient);
  const users = await all(
    paginateGetAccountAuthorizationDetails({ client }, { Filter: ['User'] }),
    (page) => page.UserDetailList,
  );
  const user = users.find((one) => one.UserName === UserName);
  // Deleted before an interruption.
  if (!user) return;
  const [devices, keys] = await Promise.all([
    all(paginateListMFADevices({ client }, { UserName }), (page) => page.MFADevices),
    all(paginateListAccessKeys({ client }, { UserName }), (page) => page.AccessKeyMetadata),
  ]);
  for (const { SerialNumber = '' } of devices) {
    await client.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }));
    if (SerialNumber.includes(':mfa/'))
      await client.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }));
  }
  for (const { AccessKeyId } of keys)
    await client.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
  for (const { PolicyName } of user.UserPolicyList ?? []) {
    await client.send(new DeleteUserPolicyCommand({ UserName, PolicyName }));
  }
  for (const { PolicyArn } of user.AttachedManagedPolicies ?? []) {
    await client.send(new DetachUserPolicyCommand({ UserName, PolicyArn }));
  }
  for (const GroupName of user.GroupList ?? []) {
    await client.send(new RemoveUserFromGroupCommand({ UserName, GroupName }));
  }
  await ifThere(['NoSuchEntityException'], () => client.send(new DeleteLoginProfileCommand({ UserName })));
  await client.send(new DeleteUserCommand({ UserName }));
}

async function deleteGroup({ clients }: Live, GroupName: string): Promise<void> {
  const client = clients.get(IAMClient);
  const groups = await all(
    paginateGetAccountAuthorizationDetails({ client }, { Filter: ['Group'] }),
    (page) => page.GroupDetailList,
  );
  const group = groups.find((one) => one.GroupName === GroupName);
  if (!group) return;
  for (const { PolicyName } of group.GroupPolicyList ?? []) {
    await client.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName }));
  }
  for (const { PolicyArn } of group.AttachedManagedPolicies ?? []) {
    await client.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn }));
  }
  await client.send(new DeleteGroupCommand({ GroupName }));
}

async function deleteBucket({ clients }: Live, Bucket: string): Promise<void> {
  const client = clients.get(S3Client);
  // Each page that is deleted makes the next one the first.
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await client.send(
      new ListObjectVersionsCommand({ Bucket }),
    );
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) break;
    const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    if (Errors.length > 0) throw new Error(`${Errors.length} objects stay: ${Errors[0]?.Message ?? ''}`);
  }
  await client.send(new DeleteBucketCommand({ Bucket }));
}
