import { AccessAnalyzerClient, type CreateAnalyzerCommandInput } from '@aws-sdk/client-accessanalyzer';
import {
  AccountClient,
  type AlternateContact,
  type PutAlternateContactCommandInput,
  ResourceNotFoundException,
} from '@aws-sdk/client-account';
import {
  EC2Client,
  type EnableImageBlockPublicAccessCommandInput,
  type ManagedBy,
  type EnableSnapshotBlockPublicAccessCommandInput,
  type InstanceMetadataDefaultsResponse,
  type ModifyInstanceMetadataDefaultsCommandInput,
} from '@aws-sdk/client-ec2';
import {
  type GetPublicAccessBlockCommandInput,
  NoSuchPublicAccessBlockConfiguration,
  type PublicAccessBlockConfiguration,
  type PutPublicAccessBlockCommandInput,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { mockClient } from 'aws-sdk-client-mock';
import { IDS } from '../functions/cloudformation';
import { FakeAws, refusal } from '../functions/fake-aws';
import { resourcesFor } from './resources';
import { handler } from './serving';
import { throttledInTurn } from './throttled-in-turn';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn(() => Promise.resolve()) }));

const HOME = 'eu-central-1';
const REGIONS = [HOME, 'us-east-1', 'ap-south-1', 'sa-east-1'];

/** The settings of EC2 and the analyzers in one Region. */
interface Region {
  encrypted: boolean;
  /** What instances get; empty where there is no preference. */
  metadata: InstanceMetadataDefaultsResponse;
  snapshots: string;
  amis: string;
  /** What reading the block of AMIs says for ten minutes after it was changed. */
  amisLate: string | undefined;
  /** Who governs the settings of EC2 that can be governed. */
  managedBy?: ManagedBy;
  serialConsole: boolean;
  analyzers: string[];
}

const NEW: Region = {
  encrypted: false,
  metadata: {},
  snapshots: 'unblocked',
  amis: 'unblocked',
  amisLate: undefined,
  serialConsole: false,
  analyzers: [],
};

let regions: Record<string, Region>;
let contacts: Record<string, AlternateContact>;
let publicAccess: PublicAccessBlockConfiguration | undefined;

function at(region: string): Region {
  const found = regions[region];
  if (!found) throw refusal('AuthFailure', `${region} is not enabled`);
  return found;
}

const $metadata = {};

const aws = new FakeAws(
  [
    mockClient(AccountClient),
    mockClient(EC2Client),
    mockClient(S3ControlClient),
    mockClient(AccessAnalyzerClient),
  ],
  {
    DescribeRegions: () => ({ Regions: Object.keys(regions).map((RegionName) => ({ RegionName })) }),
    GetEbsEncryptionByDefault: (_, region) => ({ EbsEncryptionByDefault: at(region).encrypted }),
    EnableEbsEncryptionByDefault: (_, region) => ({ EbsEncryptionByDefault: (at(region).encrypted = true) }),
    DisableEbsEncryptionByDefault: (_, region) => ({
      EbsEncryptionByDefault: (at(region).encrypted = false),
    }),
    GetInstanceMetadataDefaults: (_, region) => {
      const { metadata } = at(region);
      const ManagedBy = at(region).managedBy;
      return Object.keys(metadata).length > 0 || ManagedBy
        ? { AccountLevel: { ...metadata, ManagedBy } }
        : {};
    },
    ModifyInstanceMetadataDefaults: (input: ModifyInstanceMetadataDefaultsCommandInput, region) => {
      const state = at(region);
      // As EC2 does, which tells no preference by telling nothing.
      const { HttpTokens, HttpPutResponseHopLimit, HttpTokensEnforced } = { ...state.metadata, ...input };
      state.metadata = {
        ...(HttpTokens === 'no-preference' ? {} : { HttpTokens }),
        ...(HttpPutResponseHopLimit === -1 ? {} : { HttpPutResponseHopLimit }),
        ...(HttpTokensEnforced === 'no-preference' ? {} : { HttpTokensEnforced }),
      };
      return { Return: true };
    },
    GetSnapshotBlockPublicAccessState: (_, region) => ({
      State: at(region).snapshots,
      ManagedBy: at(region).managedBy,
    }),
    EnableSnapshotBlockPublicAccess: ({ State }: EnableSnapshotBlockPublicAccessCommandInput, region) => ({
      State: (at(region).snapshots = String(State)),
    }),
    DisableSnapshotBlockPublicAccess: (_, region) => ({ State: (at(region).snapshots = 'unblocked') }),
    GetImageBlockPublicAccessState: (_, region) => ({
      ImageBlockPublicAccessState: at(region).amisLate ?? at(region).amis,
      ManagedBy: at(region).managedBy,
    }),
    EnableImageBlockPublicAccess: (input: EnableImageBlockPublicAccessCommandInput, region) =>
      blockAmis(region, String(input.ImageBlockPublicAccessState)),
    DisableImageBlockPublicAccess: (_, region) => blockAmis(region, 'unblocked'),
    GetSerialConsoleAccessStatus: (_, region) => ({
      SerialConsoleAccessEnabled: at(region).serialConsole,
      ManagedBy: at(region).managedBy,
    }),
    EnableSerialConsoleAccess: (_, region) => ({
      SerialConsoleAccessEnabled: (at(region).serialConsole = true),
    }),
    DisableSerialConsoleAccess: (_, region) => ({
      SerialConsoleAccessEnabled: (at(region).serialConsole = false),
    }),
    ListAnalyzers: (_, region) => ({ analyzers: at(region).analyzers.map((name) => ({ name })) }),
    CreateAnalyzer: ({ analyzerName }: CreateAnalyzerCommandInput, region) => {
      // An account has one of this type a Region.
      if (at(region).analyzers.length > 0) throw refusal('ServiceQuotaExceededException');
      at(region).analyzers.push(String(analyzerName));
      return {};
    },
    DeleteAnalyzer: ({ analyzerName }: { analyzerName: string }, region) => {
      at(region).analyzers = at(region).analyzers.filter((name) => name !== analyzerName);
      return {};
    },
    GetPublicAccessBlock: (input: GetPublicAccessBlockCommandInput) => {
      expect(input).toEqual({ AccountId });
      if (publicAccess) return { PublicAccessBlockConfiguration: publicAccess };
      throw new NoSuchPublicAccessBlockConfiguration({ message: 'none', $metadata });
    },
    PutPublicAccessBlock: ({ PublicAccessBlockConfiguration }: PutPublicAccessBlockCommandInput) => {
      publicAccess = PublicAccessBlockConfiguration;
      return {};
    },
    DeletePublicAccessBlock: () => {
      publicAccess = undefined;
      return {};
    },
    GetAlternateContact: ({ AlternateContactType }: { AlternateContactType: string }) => {
      const found = contacts[AlternateContactType];
      if (found) return { AlternateContact: { AlternateContactType, ...found } };
      throw new ResourceNotFoundException({ message: 'none', $metadata });
    },
    PutAlternateContact: ({ AlternateContactType, ...contact }: PutAlternateContactCommandInput) => {
      contacts[String(AlternateContactType)] = contact;
      return {};
    },
    DeleteAlternateContact: ({ AlternateContactType }: { AlternateContactType: string }) => {
      contacts = Object.fromEntries(
        Object.entries(contacts).filter(([type]) => type !== AlternateContactType),
      );
      return {};
    },
  },
);

/** It is done when the call answers, and seen ten minutes later. */
function blockAmis(region: string, state: string): object {
  const one = at(region);
  one.amisLate ??= one.amis;
  one.amis = state;
  return { ImageBlockPublicAccessState: state };
}

/** Ten minutes later. */
function settle(): void {
  for (const region of Object.values(regions)) region.amisLate = undefined;
}

const resources = resourcesFor(handler, aws, HOME);

function newAccount(): void {
  regions = Object.fromEntries(REGIONS.map((region) => [region, structuredClone(NEW)]));
  contacts = {};
  publicAccess = undefined;
}

beforeEach(newAccount);

const ALL_BLOCKED = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const CONTACT = {
  Name: 'Ada Lovelace',
  Title: 'CISO',
  EmailAddress: 'ada@example.com',
  PhoneNumber: '+49 30 1',
};
const AccountId = '123456789012';

interface Case {
  readonly name: string;
  /** What the resource asks for. */
  readonly Value?: unknown;
  /** The write of Create on a new account, and that of Delete. */
  readonly create: [operation: string, input: object];
  readonly remove: [operation: string, input: object];
  readonly read: string;
  /** Makes a Region, or the account, so that nothing is to be done. */
  readonly right: (region: Region) => void;
}

const REGIONAL: Case[] = [
  {
    name: 'EbsEncryption',
    read: 'GetEbsEncryptionByDefault',
    create: ['EnableEbsEncryptionByDefault', {}],
    remove: ['DisableEbsEncryptionByDefault', {}],
    right: (region) => (region.encrypted = true),
  },
  {
    name: 'ImdsV2',
    read: 'GetInstanceMetadataDefaults',
    create: [
      'ModifyInstanceMetadataDefaults',
      { HttpTokens: 'required', HttpPutResponseHopLimit: 2, HttpTokensEnforced: 'enabled' },
    ],
    remove: [
      'ModifyInstanceMetadataDefaults',
      {
        HttpTokens: 'no-preference',
        HttpPutResponseHopLimit: -1,
        HttpTokensEnforced: 'no-preference',
      },
    ],
    right: (region) =>
      (region.metadata = {
        HttpTokens: 'required',
        HttpPutResponseHopLimit: 2,
        HttpTokensEnforced: 'enabled',
      }),
  },
  {
    name: 'SnapshotPublicAccessBlock',
    read: 'GetSnapshotBlockPublicAccessState',
    create: ['EnableSnapshotBlockPublicAccess', { State: 'block-all-sharing' }],
    remove: ['DisableSnapshotBlockPublicAccess', {}],
    right: (region) => (region.snapshots = 'block-all-sharing'),
  },
  {
    name: 'AmiPublicAccessBlock',
    read: 'GetImageBlockPublicAccessState',
    create: ['EnableImageBlockPublicAccess', { ImageBlockPublicAccessState: 'block-new-sharing' }],
    remove: ['DisableImageBlockPublicAccess', {}],
    right: (region) => (region.amis = 'block-new-sharing'),
  },
  {
    name: 'AccessAnalyzer',
    read: 'ListAnalyzers',
    create: ['CreateAnalyzer', { analyzerName: 'account-baseline', type: 'ACCOUNT' }],
    remove: ['DeleteAnalyzer', { analyzerName: 'account-baseline' }],
    right: (region) => (region.analyzers = ['account-baseline']),
  },
];

/** It is off in a new account. */
const SERIAL: Case = {
  name: 'SerialConsoleOff',
  read: 'GetSerialConsoleAccessStatus',
  create: ['DisableSerialConsoleAccess', {}],
  remove: ['EnableSerialConsoleAccess', {}],
  right: (region) => (region.serialConsole = false),
};

const GLOBAL: Case[] = [
  {
    name: 'S3PublicAccessBlock',
    read: 'GetPublicAccessBlock',
    create: ['PutPublicAccessBlock', { AccountId, PublicAccessBlockConfiguration: ALL_BLOCKED }],
    remove: ['DeletePublicAccessBlock', { AccountId }],
    right: () => (publicAccess = ALL_BLOCKED),
  },
  ...['Security', 'Billing', 'Operations'].map((who): Case => {
    const AlternateContactType = who.toUpperCase();
    return {
      name: `${who}Contact`,
      Value: CONTACT,
      read: 'GetAlternateContact',
      create: ['PutAlternateContact', { AlternateContactType, ...CONTACT }],
      remove: ['DeleteAlternateContact', { AlternateContactType }],
      right: () => (contacts[AlternateContactType] = CONTACT),
    };
  }),
];

const succeeded = (PhysicalResourceId: string) => ({
  ...IDS,
  Status: 'SUCCESS',
  PhysicalResourceId,
  Data: { LeftAlone: 'nothing' },
});
/** All of the account, as something that later changes do not reach. */
const everything = () => structuredClone({ regions, contacts, publicAccess });

describe.each([...REGIONAL, SERIAL])('$name', ({ name, read, create, remove, right }) => {
  const begin = () => {
    newAccount();
    if (name === SERIAL.name) for (const region of Object.values(regions)) region.serialConsole = true;
  };
  beforeEach(begin);

  test('Create calls in every Region what sets it, once', async () => {
    expect(await resources.set('Create', name)).toEqual(succeeded(name));
    expect(aws.writes).toEqual(REGIONS.map((region) => [region, ...create]));
  });

  test('Update changes nothing more', async () => {
    await resources.set('Create', name);
    settle();
    aws.reset();
    expect(await resources.set('Update', name)).toEqual(succeeded(name));
    expect(aws.writes).toEqual([]);
  });

  test('is only read where it is right already', async () => {
    for (const region of Object.values(regions)) right(region);
    const before = everything();
    await resources.set('Create', name);
    await resources.set('Delete', name);
    expect(aws.writes).toEqual([]);
    expect(everything()).toEqual(before);
  });

  test('Delete calls in every Region what restores it, and leaves what was there', async () => {
    const before = everything();
    await resources.set('Create', name);
    settle();
    aws.reset();
    expect(await resources.set('Delete', name)).toEqual(succeeded(name));
    settle();
    expect(aws.writes).toEqual(REGIONS.map((region) => [region, ...remove]));
    expect(everything()).toEqual(before);
  });

  test('Delete restores it also right after Create, as in a rollback', async () => {
    const before = everything();
    await resources.set('Create', name);
    expect(await resources.set('Delete', name)).toEqual(succeeded(name));
    settle();
    expect(everything()).toEqual(before);
  });

  test('two Regions of four that fail are named, the others are set, and all are restored', async () => {
    const before = everything();
    aws.fail(create[0], refusal('UnauthorizedOperation', 'denied'), { regions: ['us-east-1', 'sa-east-1'] });
    expect(await resources.set('Create', name)).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(
        /^Error: (us-east-1 sa-east-1|sa-east-1 us-east-1): UnauthorizedOperation: denied$/,
      ) as string,
    });
    settle();
    expect(Object.keys(regions).filter((region) => differs(before.regions[region], regions[region]))).toEqual(
      [HOME, 'ap-south-1'],
    );
    expect(await resources.set('Delete', name)).toEqual(succeeded(name));
    settle();
    expect(everything()).toEqual(before);
  });

  test('is set, kept, and restored, whichever call is throttled', async () => {
    const throttled = await throttledInTurn(aws, begin, async () => {
      const before = everything();
      expect(await resources.set('Create', name)).toEqual(succeeded(name));
      settle();
      expect(everything()).not.toEqual(before);
      expect(await resources.set('Update', name)).toEqual(succeeded(name));
      expect(await resources.set('Delete', name)).toEqual(succeeded(name));
      settle();
      expect(everything()).toEqual(before);
    });
    expect(throttled).toEqual(
      expect.arrayContaining([
        `${HOME} DescribeRegions`,
        ...REGIONS.flatMap((region) => [read, create[0], remove[0]].map((call) => `${region} ${call}`)),
      ]),
    );
  });

  test('is set in spite of throttling and of a permission that comes late', async () => {
    aws.fail(read, refusal('RequestLimitExceeded'), { times: 3 });
    aws.fail(create[0], refusal('UnauthorizedOperation'), { regions: [HOME], times: 4 });
    expect(await resources.set('Create', name)).toEqual(succeeded(name));
  });

  test('fails before anything is changed where it can’t be read', async () => {
    aws.fail(read, refusal('UnauthorizedOperation', 'denied'), { regions: ['us-east-1'] });
    const { Reason } = await resources.set('Create', name);
    expect(Reason).toBe('Error: us-east-1: UnauthorizedOperation: denied');
    expect(aws.writes).toEqual([]);
  });
});

describe.each(GLOBAL)('$name', ({ name, Value, read, create, remove, right }) => {
  test('Create calls what sets it, once', async () => {
    expect(await resources.set('Create', name, { Value })).toEqual(succeeded(name));
    expect(aws.writes).toEqual([[HOME, ...create]]);
  });

  test('is only read where it is right already', async () => {
    right(at(HOME));
    await resources.set('Create', name, { Value });
    await resources.set('Update', name, { Value });
    await resources.set('Delete', name, { Value });
    expect(aws.writes).toEqual([]);
  });

  test('Delete restores that there was none', async () => {
    const before = everything();
    await resources.set('Create', name, { Value });
    aws.reset();
    expect(await resources.set('Delete', name, { Value })).toEqual(succeeded(name));
    expect(aws.writes).toEqual([[HOME, ...remove]]);
    expect(everything()).toEqual(before);
  });

  test('is set, kept, and restored, whichever call is throttled', async () => {
    const throttled = await throttledInTurn(aws, newAccount, async () => {
      const before = everything();
      expect(await resources.set('Create', name, { Value })).toEqual(succeeded(name));
      expect(everything()).not.toEqual(before);
      expect(await resources.set('Update', name, { Value })).toEqual(succeeded(name));
      expect(await resources.set('Delete', name, { Value })).toEqual(succeeded(name));
      expect(everything()).toEqual(before);
    });
    expect(throttled).toEqual(
      expect.arrayContaining([read, create[0], remove[0]].map((call) => `${HOME} ${call}`)),
    );
  });

  test('is set in spite of throttling and of a permission that comes late', async () => {
    aws.fail(read, refusal('TooManyRequestsException'), { times: 3 });
    aws.fail(create[0], refusal('AccessDeniedException'), { times: 4 });
    expect(await resources.set('Create', name, { Value })).toEqual(succeeded(name));
  });

  test('fails before anything is changed where it can’t be read: what can’t be seen is not absent', async () => {
    aws.fail(read, refusal('AccessDenied', 'not authorized to perform it'));
    const { Reason } = await resources.set('Create', name, { Value });
    expect(Reason).toBe('Error: the account: AccessDenied: not authorized to perform it');
    expect(aws.writes).toEqual([]);
  });

  test.each(['Create', 'Update'] as const)('%s says that the permission is absent', async (type) => {
    aws.fail(create[0], refusal('AccessDenied', 'not authorized to perform it'));
    const { Reason } = await resources.set(type, name, { Value });
    expect(Reason).toBe('Error: the account: AccessDenied: not authorized to perform it');
  });

  test('Delete says that the permission is absent', async () => {
    await resources.set('Create', name, { Value });
    aws.fail(remove[0], refusal('AccessDenied', 'not authorized to perform it'));
    const { Reason } = await resources.set('Delete', name, { Value });
    expect(Reason).toBe('Error: the account: AccessDenied: not authorized to perform it');
  });
});

describe('what there was is told apart and restored', () => {
  test.each<[name: string, before: Partial<Region>, during: Partial<Region>]>([
    [
      'ImdsV2',
      { metadata: { HttpTokens: 'optional', HttpPutResponseHopLimit: 64 } },
      {
        metadata: { HttpTokens: 'required', HttpPutResponseHopLimit: 2, HttpTokensEnforced: 'enabled' },
      },
    ],
    [
      'ImdsV2',
      { metadata: { HttpPutResponseHopLimit: 1 } },
      {
        metadata: { HttpTokens: 'required', HttpPutResponseHopLimit: 1, HttpTokensEnforced: 'enabled' },
      },
    ],
    ['SnapshotPublicAccessBlock', { snapshots: 'block-new-sharing' }, { snapshots: 'block-all-sharing' }],
    ['SerialConsoleOff', { serialConsole: true }, { serialConsole: false }],
  ])('%s: %j becomes %j', async (name, before, during) => {
    Object.assign(at('us-east-1'), before);
    await resources.set('Create', name);
    expect(at('us-east-1')).toEqual({ ...NEW, ...during });
    await resources.set('Delete', name);
    expect(at('us-east-1')).toEqual({ ...NEW, ...before });
  });

  test('one hop for instance metadata is stricter than two, and stays', async () => {
    at('us-east-1').metadata = {
      HttpTokens: 'required',
      HttpPutResponseHopLimit: 1,
      HttpTokensEnforced: 'enabled',
    };
    await resources.set('Create', 'ImdsV2', {});
    expect(aws.writes.map(([region]) => region)).not.toContain('us-east-1');
  });

  test('two of four blocks of public access become four, and two again', async () => {
    const before = { ...ALL_BLOCKED, BlockPublicPolicy: false, RestrictPublicBuckets: false };
    publicAccess = before;
    await resources.set('Create', 'S3PublicAccessBlock');
    expect(publicAccess).toEqual(ALL_BLOCKED);
    await resources.set('Delete', 'S3PublicAccessBlock');
    expect(publicAccess).toEqual(before);
  });

  test('a contact that was somebody else is that again', async () => {
    const before = { ...CONTACT, Name: 'Grace Hopper' };
    contacts = { SECURITY: before };
    await resources.set('Create', 'SecurityContact', { Value: CONTACT });
    expect(contacts).toEqual({ SECURITY: CONTACT });
    await resources.set('Update', 'SecurityContact', { Value: { ...CONTACT, Title: 'CTO' } });
    expect(contacts).toEqual({ SECURITY: { ...CONTACT, Title: 'CTO' } });
    await resources.set('Delete', 'SecurityContact', { Value: CONTACT });
    expect(contacts).toEqual({ SECURITY: before });
  });

  test('a value that AWS refuses is not tried again', async () => {
    aws.fail('PutAlternateContact', refusal('ValidationException', 'not a phone number'));
    const { Reason } = await resources.set('Create', 'SecurityContact', { Value: CONTACT });
    expect(Reason).toBe('Error: the account: ValidationException: not a phone number');
    expect(aws.writes).toHaveLength(1);
  });
});

describe('what an organization manages', () => {
  const MANAGED = 'managed by a policy of the organization';

  test.each(['ImdsV2', 'SnapshotPublicAccessBlock', 'AmiPublicAccessBlock', 'SerialConsoleOff'])(
    '%s is left alone there, named, and set elsewhere',
    async (name) => {
      for (const region of Object.values(regions)) Object.assign(region, { serialConsole: true });
      at('us-east-1').managedBy = 'declarative-policy';
      at('sa-east-1').managedBy = 'account';
      const before = everything();
      const { Status, Data } = await resources.set('Create', name);
      expect([Status, Data?.['LeftAlone']]).toEqual(['SUCCESS', `us-east-1: ${MANAGED}`]);
      settle();
      expect(aws.writes.map(([region]) => region)).toEqual(REGIONS.filter((one) => one !== 'us-east-1'));
      await resources.set('Delete', name);
      settle();
      expect(everything()).toEqual(before);
    },
  );

  test('since it was set is left alone when it is removed', async () => {
    await resources.set('Create', 'SnapshotPublicAccessBlock');
    at('us-east-1').managedBy = 'declarative-policy';
    expect(await resources.set('Delete', 'SnapshotPublicAccessBlock')).toMatchObject({ Status: 'SUCCESS' });
    expect(REGIONS.map((region) => at(region).snapshots)).toEqual([
      'unblocked',
      'block-all-sharing',
      'unblocked',
      'unblocked',
    ]);
  });

  test('is set when the organization no longer manages it', async () => {
    at('us-east-1').managedBy = 'declarative-policy';
    await resources.set('Create', 'SnapshotPublicAccessBlock');
    delete at('us-east-1').managedBy;
    await resources.set('Update', 'SnapshotPublicAccessBlock');
    expect(at('us-east-1').snapshots).toBe('block-all-sharing');
    await resources.set('Delete', 'SnapshotPublicAccessBlock');
    expect(at('us-east-1').snapshots).toBe('unblocked');
  });

  test('of the S3 block is what S3 denies without IAM’s words', async () => {
    aws.fail('PutPublicAccessBlock', refusal('AccessDenied', 'Access Denied'));
    const { Status, Data } = await resources.set('Create', 'S3PublicAccessBlock');
    expect([Status, Data?.['LeftAlone']]).toEqual(['SUCCESS', MANAGED]);
    expect(await resources.set('Delete', 'S3PublicAccessBlock')).toMatchObject({ Status: 'SUCCESS' });
  });

  test('since it was set does not make the S3 block undeletable', async () => {
    await resources.set('Create', 'S3PublicAccessBlock');
    aws.fail('DeletePublicAccessBlock', refusal('AccessDenied', 'Access Denied'));
    expect(await resources.set('Delete', 'S3PublicAccessBlock')).toMatchObject({
      Status: 'SUCCESS',
      Data: { LeftAlone: MANAGED },
    });
  });
});

describe('an analyzer of somebody else', () => {
  beforeEach(() => (at('us-east-1').analyzers = ['theirs']));

  test('is neither made again nor deleted', async () => {
    await resources.set('Create', 'AccessAnalyzer');
    await resources.set('Delete', 'AccessAnalyzer');
    expect(aws.writes.filter(([region]) => region === 'us-east-1')).toEqual([]);
    expect(REGIONS.map((region) => at(region).analyzers)).toEqual([[], ['theirs'], [], []]);
  });

  test('that they delete is replaced by ours, which goes when the setting goes', async () => {
    at('us-east-1').analyzers = [];
    await resources.set('Update', 'AccessAnalyzer');
    expect(at('us-east-1').analyzers).toEqual(['account-baseline']);
    expect(await resources.set('Delete', 'AccessAnalyzer')).toEqual(succeeded('AccessAnalyzer'));
    expect(at('us-east-1').analyzers).toEqual([]);
  });

  test('that took the place of ours since is left', async () => {
    await resources.set('Create', 'AccessAnalyzer');
    at(HOME).analyzers = ['theirs'];
    expect(await resources.set('Delete', 'AccessAnalyzer')).toEqual(succeeded('AccessAnalyzer'));
    expect(at(HOME).analyzers).toEqual(['theirs']);
  });

  test('of unused access, or of an organization, is another matter: only those of the account are asked for', async () => {
    await resources.set('Create', 'AccessAnalyzer');
    expect(aws.calls).toContainEqual(['us-east-1', 'ListAnalyzers', { type: 'ACCOUNT' }]);
  });
});

describe('all settings of one stack', () => {
  const CASES = [...GLOBAL, ...REGIONAL, SERIAL];

  test('leave the account as it was, whatever was there', async () => {
    Object.assign(at('us-east-1'), { encrypted: true, serialConsole: true, analyzers: ['theirs'] });
    Object.assign(at('sa-east-1'), { snapshots: 'block-new-sharing', amis: 'block-new-sharing' });
    contacts = { BILLING: CONTACT };
    const before = everything();
    for (const { name, Value } of CASES) await resources.set('Create', name, { Value });
    expect(everything()).not.toEqual(before);
    for (const { name, Value } of CASES) await resources.set('Delete', name, { Value });
    settle();
    expect(everything()).toEqual(before);
  });
});

function differs(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}
