import { IAMClient } from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { IDS } from '../functions/cloudformation';
import { FakeAws, refusal } from '../functions/fake-aws';
import { resourcesFor } from './resources';
import { handler } from './serving';
import { throttledInTurn } from './throttled-in-turn';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn(() => Promise.resolve()) }));

/** The account's one alias. */
let alias: string | undefined;

type Input = { readonly AccountAlias: string };

const aws = new FakeAws([mockClient(IAMClient)], {
  ListAccountAliases: () => ({ AccountAliases: alias === undefined ? [] : [alias] }),
  CreateAccountAlias: ({ AccountAlias }: Input) => {
    if (AccountAlias === 'taken') throw refusal('EntityAlreadyExistsException', 'taken');
    alias = AccountAlias;
    return {};
  },
  DeleteAccountAlias: ({ AccountAlias }: Input) => {
    if (AccountAlias !== alias) throw refusal('NoSuchEntityException', 'none');
    alias = undefined;
    return {};
  },
});

const resources = resourcesFor(handler, aws);
const SUCCESS = {
  ...IDS,
  Status: 'SUCCESS',
  PhysicalResourceId: 'AccountAlias',
  Data: { LeftAlone: 'nothing' },
};

beforeEach(() => {
  alias = undefined;
});

/** What changed the alias, in this order. */
const writes = () => aws.writes.map(([, operation, input]) => [operation, input]);

const set = (type: 'Create' | 'Update' | 'Delete', Value = 'acme') =>
  resources.set(type, 'AccountAlias', { Value });

test('Create gives an account its alias', async () => {
  expect(await set('Create')).toEqual(SUCCESS);
  expect(writes()).toEqual([['CreateAccountAlias', { AccountAlias: 'acme' }]]);
});

test('Create does nothing where it has this alias, and Delete leaves it', async () => {
  alias = 'acme';
  await set('Create');
  await set('Delete');
  expect(writes()).toEqual([]);
});

test('Update gives it another one, which takes the place of the first', async () => {
  await set('Create');
  expect(await set('Update', 'acme-production')).toEqual(SUCCESS);
  expect(alias).toBe('acme-production');
});

test('Delete takes it away where there was none', async () => {
  await set('Create');
  expect(await set('Delete')).toEqual(SUCCESS);
  expect(writes().at(-1)).toEqual(['DeleteAccountAlias', { AccountAlias: 'acme' }]);
  expect(alias).toBeUndefined();
});

test('Delete removes what people have set since', async () => {
  await set('Create');
  alias = 'changed-since';
  expect(await set('Delete')).toEqual(SUCCESS);
  expect(alias).toBeUndefined();
});

test('Delete gives it the former one again', async () => {
  alias = 'before';
  await set('Create');
  expect(alias).toBe('acme');
  expect(await set('Delete')).toEqual(SUCCESS);
  expect(alias).toBe('before');
});

test('one that another account has is not set, and takes no deployment down', async () => {
  alias = 'before';
  const { PhysicalResourceId: id, ...told } = await set('Create', 'taken');
  expect(told).toMatchObject({
    Status: 'SUCCESS',
    Data: { LeftAlone: 'another account has the alias taken' },
  });
  expect(alias).toBe('before');
  await resources.set('Delete', 'AccountAlias', { id });
  expect(alias).toBe('before');
});

test.each(['ListAccountAliases', 'CreateAccountAlias'])(
  'a permission to %s that comes late, or throttling, is waited for',
  async (operation) => {
    aws.fail(operation, refusal('AccessDenied'), { times: 3 });
    aws.fail(operation, refusal('Throttling'), { times: 2 });
    expect(await set('Create')).toEqual(SUCCESS);
  },
);

test('a permission that never comes is the reason of the failure', async () => {
  await set('Create');
  aws.fail('DeleteAccountAlias', refusal('AccessDenied', 'denied'));
  const { Reason } = await set('Delete');
  expect(Reason).toBe('Error: the account: AccessDenied: denied');
});

test('an alias that the validation of IAM refuses is not tried again', async () => {
  aws.fail('CreateAccountAlias', refusal('ValidationError', 'not an alias'));
  const { Reason } = await set('Create');
  expect(Reason).toBe('Error: the account: ValidationError: not an alias');
  expect(aws.writes).toHaveLength(1);
});

test('it is made, changed, and removed, whichever call is throttled', async () => {
  const throttled = await throttledInTurn(
    aws,
    () => (alias = undefined),
    async () => {
      expect(await set('Create')).toEqual(SUCCESS);
      expect(await set('Update', 'other')).toEqual(SUCCESS);
      expect(alias).toBe('other');
      expect(await set('Delete', 'other')).toEqual(SUCCESS);
      expect(alias).toBeUndefined();
    },
  );
  expect(throttled.map((call) => call.split(' ')[1]).sort()).toEqual([
    'CreateAccountAlias',
    'DeleteAccountAlias',
    'ListAccountAliases',
  ]);
});
