import {
  DeleteAccountPasswordPolicyCommand,
  GetAccountPasswordPolicyCommand,
  type PasswordPolicy,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import { CloudFormation, IDS } from '../functions/cloudformation';
import { ParameterStore } from './parameter-store';
import { PasswordPolicyApi, refusal } from './password-policy-api';
import { type Asked, Resources, type Told } from './resources';
import { handler } from './serving';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn(() => Promise.resolve()) }));

/** Our policy: the request that sets it. */
const REQUEST = {
  MinimumPasswordLength: 15,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  RequireNumbers: true,
  RequireSymbols: true,
  PasswordReusePrevention: 24,
  MaxPasswordAge: 90,
  AllowUsersToChangePassword: true,
};

/** A policy weaker than ours, as IAM tells it. */
const WEAK: PasswordPolicy = {
  MinimumPasswordLength: 8,
  RequireSymbols: false,
  RequireNumbers: true,
  RequireUppercaseCharacters: false,
  RequireLowercaseCharacters: false,
  AllowUsersToChangePassword: true,
  ExpirePasswords: false,
};

/** The request that sets it again: what is off is left out. */
const WEAK_REQUEST = { MinimumPasswordLength: 8, RequireNumbers: true, AllowUsersToChangePassword: true };

const cloudFormation = new CloudFormation();
const api = new PasswordPolicyApi();
const store = new ParameterStore();

beforeAll(() => cloudFormation.start());
afterAll(() => cloudFormation.stop());

beforeEach(() => {
  cloudFormation.reset();
  store.reset();
  resources.reset();
  api.reset();
  jest.spyOn(console, 'error').mockReturnValue(undefined);
  jest.spyOn(console, 'log').mockReturnValue(undefined);
});

const resources = new Resources(handler, cloudFormation);

/** Makes, updates or deletes the policy. */
function policy(type: 'Create' | 'Update' | 'Delete', asked: Asked = {}, remaining?: number): Promise<Told> {
  return resources.set(type, 'PasswordPolicy', { Value: REQUEST, ...asked }, remaining);
}

/** Creates the policy in an account that had this one. */
async function deploy(before: PasswordPolicy | undefined, asked: Asked = {}): Promise<void> {
  api.reset(before);
  await policy('Create', { ...asked });
}

const succeeded = (PhysicalResourceId: string) => ({
  ...IDS,
  Status: 'SUCCESS',
  PhysicalResourceId,
  Data: { LeftAlone: 'nothing' },
});
const failed = (PhysicalResourceId: string, Reason: string) => ({
  ...IDS,
  Status: 'FAILED',
  Reason,
  PhysicalResourceId,
});

describe('the former policy', () => {
  test.each<[shows: string, before: PasswordPolicy | undefined, restored: object[]]>([
    ['a policy', WEAK, [WEAK_REQUEST]],
    [
      'a policy that tells "never" as zero',
      { ...WEAK, MaxPasswordAge: 0, PasswordReusePrevention: 0 },
      [WEAK_REQUEST],
    ],
    [
      'a policy that uses every field',
      { ...WEAK, MaxPasswordAge: 60, PasswordReusePrevention: 5, HardExpiry: true, ExpirePasswords: true },
      [{ ...WEAK_REQUEST, MaxPasswordAge: 60, PasswordReusePrevention: 5, HardExpiry: true }],
    ],
    ['no policy', undefined, []],
  ])('%s is set again by a request that IAM takes', async (_shows, before, restored) => {
    await deploy(before);
    api.mock.resetHistory();
    expect(await policy('Delete')).toEqual(succeeded('PasswordPolicy'));
    expect(api.updates).toEqual(restored);
    expect(api.calls.includes('DeleteAccountPasswordPolicyCommand')).toBe(before === undefined);
  });
});

describe.each(['Create', 'Update'] as const)('%s', (type) => {
  test('sends numbers and booleans and reads them back', async () => {
    api.mock.resetHistory();
    expect(await policy(type)).toEqual(succeeded('PasswordPolicy'));
    expect(api.updates).toEqual([REQUEST]);
    expect(api.calls).toEqual([
      // What existed before, and then what exists now.
      'GetAccountPasswordPolicyCommand',
      'GetAccountPasswordPolicyCommand',
      'UpdateAccountPasswordPolicyCommand',
      'GetAccountPasswordPolicyCommand',
    ]);
  });

  test.each<[shows: string, before: PasswordPolicy]>([
    ['the same', { ...REQUEST, ExpirePasswords: true }],
    ['stricter in every field', { ...REQUEST, MinimumPasswordLength: 30, MaxPasswordAge: 30 }],
  ])('sends nothing where the policy is %s', async (_shows, before) => {
    api.reset(before);
    await policy(type);
    expect(api.updates).toEqual([]);
    expect(api.policy).toEqual(before);
  });

  test('of a policy in which everything is off is right when it reads so', async () => {
    const Value = { MinimumPasswordLength: 8, PasswordReusePrevention: 1 };
    expect(await policy(type, { Value })).toEqual(succeeded('PasswordPolicy'));
    expect(api.updates).toEqual([Value]);
  });
});

describe('the stricter of both', () => {
  test.each<[field: string, ours: unknown, former: unknown, set: unknown]>([
    ['MinimumPasswordLength', 15, 20, 20],
    ['MinimumPasswordLength', 15, 8, 15],
    ['PasswordReusePrevention', 5, 24, 24],
    ['PasswordReusePrevention', 24, 5, 24],
    ['PasswordReusePrevention', 5, undefined, 5],
    ['MaxPasswordAge', 90, 30, 30],
    ['MaxPasswordAge', 30, 90, 30],
    ['MaxPasswordAge', 90, undefined, 90],
    ['MaxPasswordAge', undefined, 60, 60],
    ['MaxPasswordAge', undefined, undefined, undefined],
    ...[
      'RequireSymbols',
      'RequireNumbers',
      'RequireUppercaseCharacters',
      'RequireLowercaseCharacters',
    ].flatMap((field): [string, unknown, unknown, unknown][] => [
      [field, true, false, true],
      [field, undefined, true, true],
      [field, undefined, false, undefined],
    ]),
    // It locks people out, which makes no password stronger.
    ['HardExpiry', undefined, true, undefined],
    ['HardExpiry', undefined, false, undefined],
    // It makes no password stronger, so ours is set: who may not change a password keeps the first one.
    ['AllowUsersToChangePassword', true, false, true],
    ['AllowUsersToChangePassword', undefined, true, undefined],
  ])('%s: ours %s and formerly %s makes %s', async (field, own, before, set) => {
    await deploy({ ...WEAK, [field]: before }, { Value: { ...REQUEST, [field]: own } });
    const on = Object.entries(api.policy ?? {}).filter(([key, value]) => key !== 'ExpirePasswords' && value);
    const expected: [string, unknown][] = Object.entries({ ...REQUEST, [field]: set });
    // What is undefined is as good as absent.
    expect(Object.fromEntries(on)).toEqual(Object.fromEntries(expected));
  });

  test('is not asked for by one that may be weaker: it is sent as it is', async () => {
    const before = { ...WEAK, MinimumPasswordLength: 30, MaxPasswordAge: 10, HardExpiry: true };
    await deploy(before, { AllowWeaker: 'true' });
    expect(api.updates).toEqual([REQUEST]);
  });

  test.each([['no policy', undefined] as const, ['a weak policy', WEAK] as const])(
    'after %s, an Update takes back what an earlier one asked for, and keeps what people made stricter',
    async (_, before) => {
      const longer = { ...REQUEST, MinimumPasswordLength: 40 };
      await deploy(before, { Value: longer });
      await policy('Update');
      expect(api.policy).toMatchObject({ MinimumPasswordLength: 15 });
      api.reset({ ...REQUEST, MinimumPasswordLength: 24, MaxPasswordAge: 30 });
      await policy('Update');
      expect(api.policy).toMatchObject({ MinimumPasswordLength: 24, MaxPasswordAge: 30 });
    },
  );

  test.each([['no policy', undefined] as const, ['a weak policy', WEAK] as const])(
    'after %s, is set again by an Update when somebody deleted it',
    async (_, before) => {
      await deploy(before);
      api.reset();
      expect(await policy('Update')).toEqual(succeeded('PasswordPolicy'));
      expect(api.policy).toMatchObject({ MinimumPasswordLength: 15 });
    },
  );

  test('keeps what one person made stricter, and takes back what an Update asked for that is rolled back', async () => {
    await deploy(WEAK);
    api.reset({ ...REQUEST, MaxPasswordAge: 30 });
    await policy('Update', { Value: { ...REQUEST, MinimumPasswordLength: 40 } });
    expect(api.policy).toMatchObject({ MinimumPasswordLength: 40, MaxPasswordAge: 30 });
    await policy('Update');
    expect(api.policy).toMatchObject({ MinimumPasswordLength: 15, MaxPasswordAge: 30 });
  });

  test('takes back what was asked for exactly, when that is rolled back', async () => {
    await deploy({ ...WEAK, MaxPasswordAge: 30 });
    await policy('Update', { Value: { ...REQUEST, MinimumPasswordLength: 40 }, AllowWeaker: 'true' });
    expect(api.policy).toMatchObject({ MinimumPasswordLength: 40, MaxPasswordAge: 90 });
    await policy('Update');
    expect(api.policy).toMatchObject({ MinimumPasswordLength: 15, MaxPasswordAge: 30 });
  });

  test('goes by what was there before, so that an Update can take back what an earlier one asked for', async () => {
    await deploy(WEAK, { Value: { ...REQUEST, MinimumPasswordLength: 40 } });
    await policy('Update');
    expect(api.policy).toMatchObject({ MinimumPasswordLength: 15 });
  });
});

describe('Delete', () => {
  test.each([['no policy', undefined] as const, ['a weak policy', WEAK] as const])(
    'ends where it began: %s',
    async (_shows, before) => {
      await deploy(before);
      await policy('Update', { Value: { ...REQUEST, MinimumPasswordLength: 20 } });
      expect(await policy('Delete')).toEqual(succeeded('PasswordPolicy'));
      expect(api.policy).toEqual(before);
    },
  );

  test('succeeds when someone deleted the policy already', async () => {
    await deploy(undefined);
    api.policy = undefined;
    expect(await policy('Delete')).toEqual(succeeded('PasswordPolicy'));
  });

  test('of a policy whose Create failed leaves the former one', async () => {
    api.reset(WEAK);
    api.mock.on(UpdateAccountPasswordPolicyCommand).rejects(refusal('ServiceFailure', 'try again'));
    const { PhysicalResourceId: id } = await policy('Create');
    expect(await policy('Delete', { id })).toEqual(succeeded(IDS.LogicalResourceId));
    expect(api.policy).toEqual(WEAK);
  });

  test('twice is the same', async () => {
    await deploy(WEAK);
    expect(await policy('Delete')).toEqual(await policy('Delete'));
    expect(api.policy).toEqual(WEAK);
  });
});

describe('a refusal of IAM', () => {
  const message = 'User: arn:aws:sts::123456789012:assumed-role/x is not authorized';
  const denied = refusal('AccessDenied', message);
  const reason = `Error: the account: AccessDenied: ${message}`;

  test('to read is the reason of the answer, and the logical id the physical one', async () => {
    api.mock.on(GetAccountPasswordPolicyCommand).rejects(denied);
    expect(await policy('Create')).toEqual(failed(IDS.LogicalResourceId, reason));
  });

  test('to update is the reason of the answer', async () => {
    api.mock.on(UpdateAccountPasswordPolicyCommand).rejects(denied);
    expect(await policy('Update')).toEqual(failed('PasswordPolicy', reason));
  });

  test('to delete is the reason of the answer', async () => {
    await deploy(undefined);
    api.mock.on(DeleteAccountPasswordPolicyCommand).rejects(denied);
    expect(await policy('Delete')).toEqual(failed('PasswordPolicy', reason));
  });

  test('that passes is not a refusal: a new role’s permissions take some seconds', async () => {
    api.mock.on(UpdateAccountPasswordPolicyCommand).rejectsOnce(denied).callsFake(api.update.bind(api));
    expect(await policy('Create')).toEqual(succeeded('PasswordPolicy'));
  });

  test('of a value is not tried again, and the account keeps what it had', async () => {
    api.reset(WEAK);
    const told = await policy('Update', { Value: { ...REQUEST, MinimumPasswordLength: 129 } });
    const refused = 'Error: the account: ValidationError: MinimumPasswordLength can not be 129';
    expect(told).toEqual(failed('PasswordPolicy', refused));
    expect(api.updates).toHaveLength(1);
    expect(api.policy).toEqual(WEAK);
  });
});

describe('an IAM that never answers', () => {
  test.each(['Create', 'Delete'] as const)('fails %s before the time of the function is up', async (type) => {
    await deploy(undefined);
    api.mock.onAnyCommand().callsFake(() => new Promise(() => undefined));
    expect(await policy(type, { Value: { ...REQUEST, MinimumPasswordLength: 20 } }, 6050)).toMatchObject({
      Status: 'FAILED',
      Reason: 'Error: timed out after 0 seconds',
    });
  });
});

describe('a malformed value', () => {
  test('is answered and changes nothing', async () => {
    const told = await resources.call({
      type: 'Create',
      resourceType: 'Custom::PasswordPolicy',
      properties: { Value: '{"MaxPasswordAge":soon}' },
    });
    expect(told).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(/^SyntaxError: /) as string,
    });
    expect(api.updates).toEqual([]);
  });
});

test.each([
  ['Get', ['Create', 'Update', 'Delete']],
  ['Update', ['Create']],
  ['Delete', ['Delete']],
])('%sAccountPasswordPolicy may be throttled', async (operation, by) => {
  const throttledIn: string[] = [];
  for (const type of ['Create', 'Update', 'Delete'] as const) {
    api.throttled = { operation, times: 3 };
    expect(await policy(type)).toEqual(succeeded('PasswordPolicy'));
    if (api.throttled.times === 0) throttledIn.push(type);
  }
  expect(throttledIn).toEqual(by);
  expect(api.policy).toBeUndefined();
});
