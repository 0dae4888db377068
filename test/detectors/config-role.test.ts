import { IAMClient, NoSuchEntityException } from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { serve } from '../../lib/detectors/config-role.handler';
import { setting } from '../../lib/detectors/service-role-setting';
import { IDS } from '../functions/cloudformation';
import { FakeAws, refusal } from '../functions/fake-aws';
import { resourcesFor } from '../settings/resources';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn(() => Promise.resolve()) }));

/** Whether the account has the role. */
let exists = false;

const aws = new FakeAws([mockClient(IAMClient)], {
  GetRole: ({ RoleName }: { readonly RoleName: string }) => {
    if (!exists) throw new NoSuchEntityException({ message: `no ${RoleName}`, $metadata: {} });
    return { Role: { RoleName } };
  },
  CreateServiceLinkedRole: () => {
    if (exists) throw refusal('InvalidInput', 'has been taken in this account');
    exists = true;
    return {};
  },
});

const resources = resourcesFor(serve([setting]).handler, aws);
const SUCCESS = {
  ...IDS,
  Status: 'SUCCESS',
  PhysicalResourceId: 'ConfigServiceRole',
  Data: { LeftAlone: 'nothing' },
};

beforeEach(() => {
  exists = false;
});

const writes = () => aws.writes.map(([, operation, input]) => [operation, input]);

const set = (type: 'Create' | 'Update' | 'Delete') => resources.set(type, 'ConfigServiceRole');

test('Create makes the role where there is none, for AWS Config alone', async () => {
  expect(await set('Create')).toEqual(SUCCESS);
  expect(writes()).toEqual([['CreateServiceLinkedRole', { AWSServiceName: 'config.amazonaws.com' }]]);
});

test.each(['Create', 'Update'] as const)('%s uses the role that the account has', async (type) => {
  exists = true;
  expect(await set(type)).toEqual(SUCCESS);
  expect(writes()).toEqual([]);
});

test('Delete leaves the role, which others may use by now', async () => {
  await set('Create');
  expect(await set('Delete')).toEqual(SUCCESS);
  expect(exists).toBe(true);
});

test('a permission that never comes is the reason of the failure', async () => {
  aws.fail('CreateServiceLinkedRole', refusal('AccessDenied', 'denied'));
  const { Status, Reason } = await set('Create');
  expect([Status, Reason]).toEqual(['FAILED', 'Error: the account: AccessDenied: denied']);
});
