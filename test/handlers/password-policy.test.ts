import {
  DeleteAccountPasswordPolicyCommand,
  GetAccountPasswordPolicyCommand,
  type PasswordPolicy,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import { handler } from '../../lib/handlers/password-policy';
import { type Change, CloudFormation, contextWith, eventOf, IDS } from './cloudformation';
import { PasswordPolicyApi, refusal } from './password-policy-api';

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

/** The request that sets it again, which is also what the former policy's physical id holds. */
const WEAK_REQUEST = {
  MinimumPasswordLength: 8,
  RequireSymbols: false,
  RequireNumbers: true,
  RequireUppercaseCharacters: false,
  RequireLowercaseCharacters: false,
  AllowUsersToChangePassword: true,
};
const WEAK_ID = JSON.stringify(WEAK_REQUEST);

const cloudFormation = new CloudFormation();
const api = new PasswordPolicyApi();

beforeAll(() => cloudFormation.start());
afterAll(() => cloudFormation.stop());

beforeEach(() => {
  cloudFormation.reset();
  api.reset();
  jest.spyOn(console, 'error').mockReturnValue(undefined);
});

/** Calls the function and returns what it answered. */
async function call(change: Change, remaining = 60_000): Promise<unknown> {
  await handler(eventOf(cloudFormation.url, change), contextWith(remaining));
  return cloudFormation.bodies.at(-1);
}

function former(type: Change['type'], physicalId = WEAK_ID): Change {
  return { type, physicalId, resourceType: 'Custom::FormerPasswordPolicy' };
}

function policy(type: Change['type'], properties: Record<string, unknown> = {}): Change {
  return {
    type,
    physicalId: 'PasswordPolicy',
    resourceType: 'Custom::PasswordPolicy',
    properties: { Former: 'none', Policy: ours(), AllowWeaker: 'false', OnRemoval: 'restore', ...properties },
  };
}

/** Our policy, but for these fields, as the property has it. */
function ours(fields: PasswordPolicy = {}): string {
  return JSON.stringify({ ...REQUEST, ...fields });
}

const succeeded = (PhysicalResourceId: string) => ({ ...IDS, Status: 'SUCCESS', PhysicalResourceId });
const failed = (PhysicalResourceId: string, Reason: string) => ({
  ...IDS,
  Status: 'FAILED',
  Reason,
  PhysicalResourceId,
});

describe('the former policy', () => {
  test.each<[shows: string, before: PasswordPolicy | undefined, id: string]>([
    ['no policy', undefined, 'none'],
    ['a policy', WEAK, WEAK_ID],
    [
      'a policy that tells "never" as zero',
      { ...WEAK, MaxPasswordAge: 0, PasswordReusePrevention: 0 },
      WEAK_ID,
    ],
    [
      'a policy that uses every field',
      { ...WEAK, MaxPasswordAge: 60, PasswordReusePrevention: 5, HardExpiry: true, ExpirePasswords: true },
      JSON.stringify({ ...WEAK_REQUEST, MaxPasswordAge: 60, PasswordReusePrevention: 5, HardExpiry: true }),
    ],
  ])('Create keeps %s as the physical id', async (_shows, before, id) => {
    api.reset(before);
    expect(await call(former('Create'))).toEqual(succeeded(id));
  });

  test('Create only reads', async () => {
    api.reset(WEAK);
    await call(former('Create'));
    expect(api.calls).toEqual(['GetAccountPasswordPolicyCommand']);
  });

  test.each(['Update', 'Delete'] as const)(
    '%s returns the physical id of Create, whatever the account has by now, and calls nothing',
    async (type) => {
      api.reset({ ...WEAK, MinimumPasswordLength: 30 });
      expect(await call(former(type))).toEqual(succeeded(WEAK_ID));
      expect(api.calls).toEqual([]);
    },
  );

  test('the longest policy fits into a physical id, which CloudFormation limits to 1 KB', async () => {
    api.reset({
      ...{ MinimumPasswordLength: 128, MaxPasswordAge: 1095, PasswordReusePrevention: 24 },
      ...{ RequireSymbols: false, RequireNumbers: false, RequireUppercaseCharacters: false },
      ...{ RequireLowercaseCharacters: false, AllowUsersToChangePassword: false, HardExpiry: false },
      ExpirePasswords: true,
    });
    const { PhysicalResourceId } = (await call(former('Create'))) as { PhysicalResourceId: string };
    expect(Buffer.byteLength(PhysicalResourceId)).toBeLessThan(1024);
  });
});

describe.each(['Create', 'Update'] as const)('%s of the policy', (type) => {
  test('sends the numbers and booleans of its property', async () => {
    expect(await call(policy(type))).toEqual(succeeded('PasswordPolicy'));
    expect(api.updates).toEqual([REQUEST]);
  });

  test.each(['none', WEAK_ID])('calls nothing else when the former policy is %s', async (Former) => {
    await call(policy(type, { Former }));
    expect(api.calls).toEqual(['UpdateAccountPasswordPolicyCommand']);
  });
});

describe('the stricter of both', () => {
  test.each<[field: string, ours: unknown, former: unknown, sent: unknown]>([
    ['MinimumPasswordLength', 15, 20, 20],
    ['MinimumPasswordLength', 15, 8, 15],
    ['MinimumPasswordLength', 15, undefined, 15],
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
    ].flatMap((field): [string, boolean, unknown, boolean][] => [
      [field, true, false, true],
      [field, true, undefined, true],
      [field, false, true, true],
      [field, false, false, false],
    ]),
    ['HardExpiry', undefined, true, true],
    ['HardExpiry', undefined, false, false],
    ['HardExpiry', undefined, undefined, undefined],
    // It makes no password stronger, so ours is sent: who may not change a password keeps the first one.
    ['AllowUsersToChangePassword', true, false, true],
    ['AllowUsersToChangePassword', false, true, false],
  ])('%s: ours %s and formerly %s makes %s', async (field, own, before, sent) => {
    const Former = JSON.stringify({ [field]: before });
    await call(policy('Create', { Former, Policy: ours({ [field]: own }) }));
    expect(api.updates).toEqual([{ ...REQUEST, [field]: sent }]);
  });

  test("AllowWeaker 'true' sends ours as it is", async () => {
    const Former = JSON.stringify({ MinimumPasswordLength: 30, MaxPasswordAge: 10, HardExpiry: true });
    await call(policy('Create', { Former, AllowWeaker: 'true' }));
    expect(api.updates).toEqual([REQUEST]);
  });

  test("AllowWeaker 'true' sends nothing for passwords that do not expire", async () => {
    const Policy = ours({ MaxPasswordAge: undefined });
    await call(policy('Create', { Former: WEAK_ID, Policy, AllowWeaker: 'true' }));
    expect(api.updates).toEqual([{ ...REQUEST, MaxPasswordAge: undefined }]);
  });
});

describe('Delete of the policy', () => {
  const deployed: PasswordPolicy = { ...REQUEST, ExpirePasswords: true };

  test.each<[onRemoval: string, former: string, left: PasswordPolicy | undefined]>([
    ['restore', WEAK_ID, WEAK],
    ['restore', 'none', undefined],
    ['retain', WEAK_ID, deployed],
    ['retain', 'none', deployed],
    ['delete', WEAK_ID, undefined],
    ['delete', 'none', undefined],
  ])('%s, formerly %s', async (OnRemoval, Former, left) => {
    api.reset(deployed);
    expect(await call(policy('Delete', { OnRemoval, Former }))).toEqual(succeeded('PasswordPolicy'));
    expect(api.policy).toEqual(left);
  });

  test('restores a former policy that was stronger or weaker, never a mix of both', async () => {
    api.reset(deployed);
    await call(policy('Delete', { Former: WEAK_ID }));
    expect(api.updates).toEqual([WEAK_REQUEST]);
  });

  test.each(['restore', 'delete'])('%s succeeds when someone deleted it already', async (OnRemoval) => {
    expect(await call(policy('Delete', { OnRemoval }))).toEqual(succeeded('PasswordPolicy'));
  });
});

describe('a refusal of IAM', () => {
  const denied = refusal('AccessDenied', 'User: arn:aws:sts::123456789012:assumed-role/x is not authorized');
  const reason = 'AccessDenied: User: arn:aws:sts::123456789012:assumed-role/x is not authorized';

  test('to read is the reason of the answer, and the logical id the physical one', async () => {
    api.mock.on(GetAccountPasswordPolicyCommand).rejects(denied);
    expect(await call(former('Create'))).toEqual(failed(IDS.LogicalResourceId, reason));
  });

  test('to update is the reason of the answer', async () => {
    api.mock.on(UpdateAccountPasswordPolicyCommand).rejects(denied);
    expect(await call(policy('Update'))).toEqual(failed('PasswordPolicy', reason));
  });

  test('to delete is the reason of the answer', async () => {
    api.mock.on(DeleteAccountPasswordPolicyCommand).rejects(denied);
    expect(await call(policy('Delete'))).toEqual(failed('PasswordPolicy', reason));
  });

  test('of a value is the reason of the answer, and the account keeps what it had', async () => {
    api.reset(WEAK);
    const Policy = ours({ MinimumPasswordLength: 129 });
    const refused = 'ValidationError: MinimumPasswordLength can not be 129';
    expect(await call(policy('Update', { Policy }))).toEqual(failed('PasswordPolicy', refused));
    expect(api.policy).toEqual(WEAK);
  });
});

describe('an IAM that never answers', () => {
  test.each([former('Create'), policy('Create'), policy('Delete')])(
    'fails $type of $resourceType before the time of the function is up',
    async (change) => {
      api.mock.onAnyCommand().callsFake(() => new Promise(() => undefined));
      expect(await call(change, 6050)).toMatchObject({
        Status: 'FAILED',
        Reason: 'Error: not done after 0 seconds',
      });
    },
  );
});

describe('the same event twice', () => {
  test.each<[shows: string, change: Change]>([
    ['Create of the former policy', former('Create')],
    ['Create', policy('Create', { Former: WEAK_ID })],
    ['Update', policy('Update', { Former: WEAK_ID })],
    ['Delete with restore of a policy', policy('Delete', { Former: WEAK_ID })],
    ['Delete with restore of none', policy('Delete')],
    ['Delete with retain', policy('Delete', { OnRemoval: 'retain' })],
    ['Delete with delete', policy('Delete', { OnRemoval: 'delete' })],
  ])('%s gives the same answer and leaves the same policy', async (_shows, change) => {
    api.reset({ ...WEAK, MinimumPasswordLength: 10 });
    const once = { answer: await call(change), policy: api.policy };
    const twice = { answer: await call(change), policy: api.policy };
    expect(twice).toEqual(once);
  });

  test('and an answer that is lost twice do not change that', async () => {
    cloudFormation.reset('refused', 'broken');
    expect(await call(policy('Create'))).toEqual(succeeded('PasswordPolicy'));
    expect(api.updates).toEqual([REQUEST]);
  });
});

describe('the life of a stack', () => {
  async function create(): Promise<string> {
    const { PhysicalResourceId } = (await call(former('Create'))) as { PhysicalResourceId: string };
    await call(policy('Create', { Former: PhysicalResourceId }));
    return PhysicalResourceId;
  }

  test.each([['no policy', undefined] as const, ['a weak policy', WEAK] as const])(
    'ends where it began: %s',
    async (_shows, before) => {
      api.reset(before);
      const Former = await create();
      await call(policy('Update', { Former, Policy: ours({ MinimumPasswordLength: 20 }) }));
      await call(policy('Delete', { Former }));
      await call(former('Delete', Former));
      expect(api.policy).toEqual(before);
    },
  );

  test('an Update that is rolled back leaves what the old properties say', async () => {
    api.reset(WEAK);
    const Former = await create();
    const deployed = api.policy;
    await call(policy('Update', { Former, Policy: ours({ MinimumPasswordLength: 20 }) }));
    await call(policy('Update', { Former }));
    expect(api.policy).toEqual(deployed);
  });

  test('Delete of a policy whose Create failed leaves the former one', async () => {
    api.reset(WEAK);
    api.mock.on(UpdateAccountPasswordPolicyCommand).rejectsOnce(refusal('ServiceFailure', 'try again'));
    const Former = await create();
    const physicalId = IDS.LogicalResourceId;
    expect(await call({ ...policy('Delete', { Former }), physicalId })).toEqual(succeeded(physicalId));
    expect(api.policy).toEqual(WEAK);
  });

  test.each(['Update', 'Delete'] as const)('%s keeps the physical id that it came with', async (type) => {
    api.reset(WEAK);
    expect(await call({ ...policy(type), physicalId: 'another' })).toEqual(succeeded('another'));
  });

  test('Delete of a former policy whose Create failed calls nothing', async () => {
    const id = IDS.LogicalResourceId;
    expect(await call(former('Delete', id))).toEqual(succeeded(id));
    expect(api.calls).toEqual([]);
  });
});

describe('a malformed event is answered and changes nothing', () => {
  test.each<[shows: string, change: Change, reason: RegExp]>([
    ['without the former policy', policy('Create', { Former: undefined }), /^SyntaxError: /],
    ['with a former policy that is no JSON', policy('Delete', { Former: 'gone' }), /^SyntaxError: /],
    ['without a policy', policy('Update', { Policy: undefined }), /^SyntaxError: /],
    [
      'with a policy that is no JSON',
      policy('Update', { Policy: '{"MaxPasswordAge":soon}' }),
      /^SyntaxError: /,
    ],
  ])('%s', async (_shows, change, reason) => {
    expect(await call(change)).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(reason) as string,
    });
    expect(api.calls).toEqual([]);
  });
});
