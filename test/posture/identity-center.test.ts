import {
  CloudControlClient,
  CloudControlServiceException,
  GetResourceCommand,
  ListResourcesCommand,
} from '@aws-sdk/client-cloudcontrol';
import { mockClient } from 'aws-sdk-client-mock';
import { defineBaseline } from '../../lib/config/config';
import { Clients } from '../../lib/posture/clients';
import { readIdentityCenter } from '../../lib/posture/collect/identity-center';
import { SMALLEST } from '../smallest';

const instanceArn = 'arn:aws:sso:::instance/ssoins-0123456789abcdef';
const READERS = 'a4e8f458-1234-5678-9abc-def012345678';
const GONE = 'b4e8f458-1234-5678-9abc-def012345678';
const cloudControl = mockClient(CloudControlClient);

beforeEach(() => {
  cloudControl.reset();
});

afterAll(() => {
  cloudControl.restore();
});

const readWith = (federation: object) =>
  readIdentityCenter(new Clients({ region: 'eu-west-1' }), defineBaseline({ ...SMALLEST, federation }));

const failure = (name: string) =>
  new CloudControlServiceException({ name, message: '', $fault: 'client', $metadata: {} });

test('no call is made where no instance is configured', async () => {
  expect(await readWith({})).toEqual({ identityCenters: { value: [] }, identityGroups: { value: {} } });
  expect(cloudControl.calls()).toEqual([]);
});

test('groups are read by their ID in the store of the instance', async () => {
  const store = { IdentityStoreId: 'd-1234567890' };
  const answer = (Identifier: string, properties: object) =>
    cloudControl
      .on(GetResourceCommand, { Identifier })
      .resolves({ ResourceDescription: { Identifier, Properties: JSON.stringify(properties) } });
  cloudControl
    .on(ListResourcesCommand)
    .resolves({ ResourceDescriptions: [{ Identifier: instanceArn }] })
    .on(GetResourceCommand)
    .rejects(failure('ResourceNotFoundException'));
  answer(instanceArn, store);
  answer(JSON.stringify({ GroupId: READERS, ...store }), { DisplayName: 'Engineers' });
  expect(
    await readWith({
      identityCenter: {
        instanceArn,
        readers: { Engineers: READERS },
        auditors: { Engineers: READERS },
        billing: { Finance: GONE },
      },
    }),
  ).toEqual({
    identityCenters: { value: [instanceArn] },
    identityGroups: { value: { [READERS]: 'Engineers', [GONE]: undefined } },
  });
});

test('groups that must not be read are unknown', async () => {
  cloudControl
    .on(ListResourcesCommand)
    .resolves({ ResourceDescriptions: [] })
    .on(GetResourceCommand)
    .rejects(failure('AccessDeniedException'));
  const { identityGroups } = await readWith({
    identityCenter: { instanceArn, readers: { Engineers: READERS } },
  });
  expect(identityGroups).toHaveProperty('unknown');
});
