import {
  AccessAnalyzerClient,
  CreateAnalyzerCommand,
  DeleteAnalyzerCommand,
  ListAnalyzersCommand,
} from '@aws-sdk/client-accessanalyzer';
import {
  AccountClient,
  DeleteAlternateContactCommand,
  GetAlternateContactCommand,
  PutAlternateContactCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-account';
import {
  DescribeRegionsCommand,
  DisableEbsEncryptionByDefaultCommand,
  DisableImageBlockPublicAccessCommand,
  DisableSerialConsoleAccessCommand,
  DisableSnapshotBlockPublicAccessCommand,
  EC2Client,
  EnableEbsEncryptionByDefaultCommand,
  EnableImageBlockPublicAccessCommand,
  EnableSerialConsoleAccessCommand,
  EnableSnapshotBlockPublicAccessCommand,
  GetEbsEncryptionByDefaultCommand,
  GetImageBlockPublicAccessStateCommand,
  GetInstanceMetadataDefaultsCommand,
  GetSerialConsoleAccessStatusCommand,
  GetSnapshotBlockPublicAccessStateCommand,
  ModifyInstanceMetadataDefaultsCommand,
} from '@aws-sdk/client-ec2';
import {
  DeleteAccountPasswordPolicyCommand,
  GetAccountPasswordPolicyCommand,
  IAMClient,
  NoSuchEntityException,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand,
  NoSuchPublicAccessBlockConfiguration,
  PutPublicAccessBlockCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';

/** What a Region has. */
interface RegionState {
  ebs: boolean;
  tokens?: 'required' | 'optional' | undefined;
  /** Hops of a metadata response. */
  hops?: number | undefined;
  enforced?: 'enabled' | 'disabled' | undefined;
  snapshots: 'unblocked' | 'block-new-sharing' | 'block-all-sharing';
  images: 'unblocked' | 'block-new-sharing';
  console: boolean;
  analyzer?: string | undefined;
}

/** A password policy as IAM answers. */
interface PasswordPolicyState {
  MinimumPasswordLength: number;
  RequireSymbols: boolean;
  RequireNumbers: boolean;
  RequireUppercaseCharacters: boolean;
  RequireLowercaseCharacters: boolean;
  AllowUsersToChangePassword: boolean;
  ExpirePasswords: boolean;
  MaxPasswordAge?: number | undefined;
  PasswordReusePrevention?: number | undefined;
  HardExpiry?: boolean | undefined;
}

/** What an account has. */
export interface AccountState {
  regions: Record<string, RegionState>;
  passwords?: PasswordPolicyState | undefined;
  buckets?: Record<string, boolean> | undefined;
  contacts: Record<string, object | undefined>;
}

const flag = fc.boolean();

/** Anything that a Region may have. */
const regionState: fc.Arbitrary<RegionState> = fc.record({
  ebs: flag,
  tokens: fc.constantFrom('required', 'optional', undefined),
  enforced: fc.constantFrom('enabled', 'disabled', undefined),
  hops: fc.option(fc.integer({ min: 1, max: 64 }), { nil: undefined }),
  snapshots: fc.constantFrom('unblocked', 'block-new-sharing', 'block-all-sharing'),
  images: fc.constantFrom('unblocked', 'block-new-sharing'),
  console: flag,
  analyzer: fc.constantFrom(undefined, 'theirs', 'account-baseline'),
});

const some = (minimum: number, maximum: number) =>
  fc.option(fc.integer({ min: minimum, max: maximum }), { nil: undefined });

const passwordPolicy: fc.Arbitrary<PasswordPolicyState> = fc
  .record({
    MinimumPasswordLength: fc.integer({ min: 6, max: 128 }),
    RequireSymbols: flag,
    RequireNumbers: flag,
    RequireUppercaseCharacters: flag,
    RequireLowercaseCharacters: flag,
    AllowUsersToChangePassword: flag,
    MaxPasswordAge: some(1, 1095),
    PasswordReusePrevention: some(1, 24),
    HardExpiry: fc.constantFrom(true, undefined),
  })
  .map((policy) => ({ ...policy, ExpirePasswords: policy.MaxPasswordAge !== undefined }));

const contact = fc.record({
  Name: fc.string({ minLength: 1, maxLength: 20 }),
  Title: fc.constant('CISO'),
  EmailAddress: fc.constant('former@example.com'),
  PhoneNumber: fc.constant('+1 555 0100'),
});

/** Anything that an account may have. */
export const accountState: fc.Arbitrary<AccountState> = fc.record({
  regions: fc.dictionary(
    fc.constantFrom('us-east-1', 'eu-central-1', 'ap-south-1', 'sa-east-1'),
    regionState,
    {
      minKeys: 1,
      noNullPrototype: true,
    },
  ),
  passwords: fc.option(passwordPolicy, { nil: undefined }),
  buckets: fc.option(
    fc.record({
      BlockPublicAcls: flag,
      IgnorePublicAcls: flag,
      BlockPublicPolicy: flag,
      RestrictPublicBuckets: flag,
    }),
    { nil: undefined },
  ),
  contacts: fc.dictionary(fc.constantFrom('SECURITY', 'BILLING', 'OPERATIONS'), contact, {
    noNullPrototype: true,
  }),
});

/** Where an account is weaker than it was, as people would say it. */
export function weaker(was: AccountState, is: AccountState): string[] {
  const found: string[] = [];
  const atLeast = (what: string, before: boolean | number, now: boolean | number) => {
    if (Number(now) < Number(before)) found.push(what);
  };
  for (const [region, before] of Object.entries(was.regions)) {
    const now = is.regions[region];
    if (!now) throw new Error(`${region} is gone`);
    atLeast('ebs', before.ebs, now.ebs);
    atLeast('enforced', before.enforced === 'enabled', now.enforced === 'enabled');
    atLeast('tokens', before.tokens === 'required', now.tokens === 'required');
    // Nothing said is left to the image or the instance, which is no limit.
    atLeast('hops', -(before.hops ?? 64), -(now.hops ?? 64));
    const levels = ['unblocked', 'block-new-sharing', 'block-all-sharing'];
    atLeast('snapshots', levels.indexOf(before.snapshots), levels.indexOf(now.snapshots));
    atLeast('images', levels.indexOf(before.images), levels.indexOf(now.images));
    atLeast('console', !before.console, !now.console);
    if (before.analyzer !== undefined && now.analyzer !== before.analyzer) found.push('analyzer');
  }
  for (const [name, value] of Object.entries(was.buckets ?? {}))
    atLeast(name, value, is.buckets?.[name] ?? false);
  const { passwords: before } = was;
  if (!before) return found;
  const { passwords: now } = is;
  if (!now) return [...found, 'passwords'];
  for (const name of [
    ...(['MinimumPasswordLength', 'RequireSymbols', 'RequireNumbers', 'RequireUppercaseCharacters'] as const),
    ...(['RequireLowercaseCharacters', 'PasswordReusePrevention', 'HardExpiry'] as const),
  ]) {
    atLeast(name, before[name] ?? 0, now[name] ?? 0);
  }
  atLeast('MaxPasswordAge', -(before.MaxPasswordAge ?? 1096), -(now.MaxPasswordAge ?? 1096));
  return found;
}

/** An account as its APIs tell of it, with the values that they fill in and leave out. */
export class Account {
  state: AccountState = { regions: {}, contacts: {} };
  /** Called after each change. */
  onChange = (): void => undefined;

  private readonly clients = [
    mockClient(EC2Client),
    mockClient(AccessAnalyzerClient),
    mockClient(IAMClient),
    mockClient(S3ControlClient),
    mockClient(AccountClient),
  ] as const;

  constructor() {
    this.serveRegions();
    this.serveAccount();
  }

  /** Starts over, and forgets the calls, of which each makes the next slower. */
  begin(state: AccountState): void {
    this.state = structuredClone(state);
    this.onChange = () => undefined;
    for (const client of this.clients) client.resetHistory();
  }

  /** Calls of a Region, by the one that the client is for. */
  private serveRegions(): void {
    const [ec2, analyzers] = this.clients;
    type GetClient = () => { config: { region: () => Promise<string> } };
    const there =
      <I, O>(work: (region: RegionState, input: I) => O) =>
      async (input: I, getClient: GetClient): Promise<O> => {
        const name = await getClient().config.region();
        const region = this.state.regions[name];
        if (!region) throw new Error(`${name} is not enabled`);
        return work(region, input);
      };
    const change = <I>(work: (region: RegionState, input: I) => object | undefined) =>
      there((region: RegionState, input: I) => {
        const answer = work(region, input) ?? {};
        this.onChange();
        return answer;
      });
    ec2.on(DescribeRegionsCommand).callsFake(() => ({
      Regions: Object.keys(this.state.regions).map((RegionName) => ({ RegionName })),
    }));
    ec2.on(GetEbsEncryptionByDefaultCommand).callsFake(there(({ ebs }) => ({ EbsEncryptionByDefault: ebs })));
    ec2.on(EnableEbsEncryptionByDefaultCommand).callsFake(change((region) => void (region.ebs = true)));
    ec2.on(DisableEbsEncryptionByDefaultCommand).callsFake(change((region) => void (region.ebs = false)));
    ec2.on(GetInstanceMetadataDefaultsCommand).callsFake(
      there(({ tokens, hops, enforced }) => ({
        AccountLevel: {
          HttpTokens: tokens,
          HttpPutResponseHopLimit: hops,
          HttpTokensEnforced: enforced,
        },
      })),
    );
    ec2.on(ModifyInstanceMetadataDefaultsCommand).callsFake(
      change(
        (
          region,
          input: Record<'HttpTokens' | 'HttpTokensEnforced', string> & { HttpPutResponseHopLimit: number },
        ) => {
          region.enforced =
            input.HttpTokensEnforced === 'no-preference'
              ? undefined
              : (input.HttpTokensEnforced as 'enabled');
          region.tokens = input.HttpTokens === 'no-preference' ? undefined : (input.HttpTokens as 'required');
          region.hops = input.HttpPutResponseHopLimit === -1 ? undefined : input.HttpPutResponseHopLimit;
          return undefined;
        },
      ),
    );
    ec2
      .on(GetSnapshotBlockPublicAccessStateCommand)
      .callsFake(there(({ snapshots }) => ({ State: snapshots })));
    ec2
      .on(EnableSnapshotBlockPublicAccessCommand)
      .callsFake(
        change((region, { State }: { State: 'block-all-sharing' }) => void (region.snapshots = State)),
      );
    ec2
      .on(DisableSnapshotBlockPublicAccessCommand)
      .callsFake(change((region) => void (region.snapshots = 'unblocked')));
    const images = ({ images }: RegionState) => ({ ImageBlockPublicAccessState: images });
    ec2.on(GetImageBlockPublicAccessStateCommand).callsFake(there(images));
    ec2.on(EnableImageBlockPublicAccessCommand).callsFake(
      change((region) => {
        region.images = 'block-new-sharing';
        return images(region);
      }),
    );
    ec2.on(DisableImageBlockPublicAccessCommand).callsFake(
      change((region) => {
        region.images = 'unblocked';
        return images(region);
      }),
    );
    ec2
      .on(GetSerialConsoleAccessStatusCommand)
      .callsFake(there((region) => ({ SerialConsoleAccessEnabled: region.console })));
    ec2.on(EnableSerialConsoleAccessCommand).callsFake(change((region) => void (region.console = true)));
    ec2.on(DisableSerialConsoleAccessCommand).callsFake(change((region) => void (region.console = false)));
    analyzers
      .on(ListAnalyzersCommand)
      .callsFake(
        there(({ analyzer }) => ({ analyzers: analyzer === undefined ? [] : [{ name: analyzer }] })),
      );
    analyzers.on(CreateAnalyzerCommand).callsFake(
      change((region, { analyzerName }: { analyzerName: string }) => {
        if (region.analyzer !== undefined) throw new Error('one a Region');
        region.analyzer = analyzerName;
        return undefined;
      }),
    );
    analyzers.on(DeleteAnalyzerCommand).callsFake(
      change((region, { analyzerName }: { analyzerName: string }) => {
        if (region.analyzer !== analyzerName) throw new Error('no such analyzer');
        region.analyzer = undefined;
        return undefined;
      }),
    );
  }

  private serveAccount(): void {
    const [, , iam, s3, contacts] = this.clients;
    const fault = { $metadata: {}, message: 'none' };
    const change =
      <I>(work: (input: I) => void) =>
      (input: I) => {
        work(input);
        this.onChange();
        return {};
      };
    iam.on(GetAccountPasswordPolicyCommand).callsFake(() => {
      if (!this.state.passwords) throw new NoSuchEntityException(fault);
      return { PasswordPolicy: this.state.passwords };
    });
    iam.on(UpdateAccountPasswordPolicyCommand).callsFake(
      change((input: Partial<PasswordPolicyState>) => {
        this.state.passwords = {
          MinimumPasswordLength: input.MinimumPasswordLength ?? 6,
          RequireSymbols: input.RequireSymbols ?? false,
          RequireNumbers: input.RequireNumbers ?? false,
          RequireUppercaseCharacters: input.RequireUppercaseCharacters ?? false,
          RequireLowercaseCharacters: input.RequireLowercaseCharacters ?? false,
          AllowUsersToChangePassword: input.AllowUsersToChangePassword ?? false,
          ExpirePasswords: input.MaxPasswordAge !== undefined,
          MaxPasswordAge: input.MaxPasswordAge,
          PasswordReusePrevention: input.PasswordReusePrevention,
          HardExpiry: input.HardExpiry,
        };
      }),
    );
    iam.on(DeleteAccountPasswordPolicyCommand).callsFake(change(() => (this.state.passwords = undefined)));
    s3.on(GetPublicAccessBlockCommand).callsFake(() => {
      if (!this.state.buckets) throw new NoSuchPublicAccessBlockConfiguration(fault);
      return { PublicAccessBlockConfiguration: this.state.buckets };
    });
    s3.on(PutPublicAccessBlockCommand).callsFake(
      change((input: { PublicAccessBlockConfiguration: Record<string, boolean> }) => {
        this.state.buckets = input.PublicAccessBlockConfiguration;
      }),
    );
    s3.on(DeletePublicAccessBlockCommand).callsFake(change(() => (this.state.buckets = undefined)));
    type Of = { AlternateContactType: string };
    contacts.on(GetAlternateContactCommand).callsFake(({ AlternateContactType: type }: Of) => {
      const found = this.state.contacts[type];
      if (!found) throw new ResourceNotFoundException(fault);
      return { AlternateContact: { ...found, AlternateContactType: type } };
    });
    contacts
      .on(PutAlternateContactCommand)
      .callsFake(
        change(
          ({ AlternateContactType, ...contact }: Of) => (this.state.contacts[AlternateContactType] = contact),
        ),
      );
    contacts
      .on(DeleteAlternateContactCommand)
      .callsFake(
        change(({ AlternateContactType }: Of) => (this.state.contacts[AlternateContactType] = undefined)),
      );
  }
}
