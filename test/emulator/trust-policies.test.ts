import {
  CreateAccessKeyCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  CreateSAMLProviderCommand,
  CreateUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  AssumeRoleWithSAMLCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { assumeWith } from './trust-policies';

jest.setTimeout(60_000);

const GITHUB = 'token.actions.githubusercontent.com';
const MAIN = { iss: `https://${GITHUB}`, sub: 'repo:acme/site:ref:refs/heads/main' };

let emulator: Emulator;
let iam: IAMClient;
let account: string;
let alice: STSClient;

interface Keys {
  readonly AccessKeyId?: string;
  readonly SecretAccessKey?: string;
  readonly SessionToken?: string;
}
const signedInWith = ({ AccessKeyId = '', SecretAccessKey = '', SessionToken: sessionToken }: Keys = {}) =>
  new STSClient({
    ...emulator.clientConfig,
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken },
  });

/** Creates a role and returns its ARN. */
async function role(name: string, statement: object, more: object = {}): Promise<string> {
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }].flat(),
      }),
      ...more,
    }),
  );
  return Role?.Arn ?? '';
}

/** The ARN of the session, or the error. */
async function assume(sts: STSClient, RoleArn: string, more: Partial<AssumeRoleCommandInput> = {}) {
  try {
    const request = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'alice', ...more });
    const { AssumedRoleUser, Credentials } = await sts.send(request);
    return { arn: AssumedRoleUser?.Arn, keys: Credentials };
  } catch (error) {
    return { error: `${(error as Error).name}: ${(error as Error).message}`, keys: undefined };
  }
}

beforeAll(async () => {
  emulator = await startEmulator();
  account = emulator.accountId;
  iam = new IAMClient(emulator.clientConfig);
  await iam.send(new CreateUserCommand({ UserName: 'alice' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'alice' }));
  alice = signedInWith(AccessKey);
});

afterAll(async () => {
  await emulator.stop();
});

describe('AssumeRole', () => {
  const ofAccount = () => ({ Principal: { AWS: `arn:aws:iam::${account}:root` } });

  test('gives the session of a role that trusts the caller', async () => {
    const arn = await role('trusting', ofAccount());
    const { keys } = await assume(alice, arn);
    const { Arn } = await signedInWith(keys).send(new GetCallerIdentityCommand({}));
    expect(Arn).toBe(`arn:aws:sts::${account}:assumed-role/trusting/alice`);
  });

  test('is denied to others, and to root', async () => {
    const arn = await role('others', { Principal: { AWS: `arn:aws:iam::${account}:user/bob` } });
    const who = `arn:aws:iam::${account}:user/alice`;
    expect(await assume(alice, arn)).toMatchObject({
      error: `AccessDenied: User: ${who} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
    });
    const open = await role('open', ofAccount());
    const root = new STSClient(emulator.clientConfig);
    expect(await assume(root, open)).toMatchObject({
      error: 'AccessDenied: Roles may not be assumed by root accounts.',
    });
    expect(await assume(alice, `arn:aws:iam::${account}:role/none`)).toMatchObject({
      error: expect.stringContaining('AccessDenied') as string,
    });
  });

  test('asks for MFA, of the call or of the session token before it', async () => {
    const arn = await role('with-mfa', {
      ...ofAccount(),
      Condition: {
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
      },
    });
    const mfa = { SerialNumber: `arn:aws:iam::${account}:mfa/alice`, TokenCode: '123456' };
    expect(await assume(alice, arn)).toHaveProperty('error');
    expect(await assume(alice, arn, mfa)).toHaveProperty('arn');
    const session = await alice.send(new GetSessionTokenCommand(mfa));
    expect(await assume(signedInWith(session.Credentials), arn)).toHaveProperty('arn');
    const without = await alice.send(new GetSessionTokenCommand({}));
    expect(await assume(signedInWith(without.Credentials), arn)).toHaveProperty('error');
  });

  test('takes a source identity that the trust allows, and no other', async () => {
    const arn = await role('named', {
      ...ofAccount(),
      Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
      Condition: { StringEquals: { 'sts:SourceIdentity': '${aws:username}' } },
    });
    expect(await assume(alice, arn, { SourceIdentity: 'alice' })).toHaveProperty('arn');
    expect(await assume(alice, arn, { SourceIdentity: 'bob' })).toHaveProperty('error');
    expect(await assume(alice, arn)).toHaveProperty('error');
    const plain = await role('unnamed', ofAccount());
    expect(await assume(alice, plain, { SourceIdentity: 'alice' })).toMatchObject({
      error: expect.stringContaining('sts:SetSourceIdentity') as string,
    });
  });

  test('lasts as long as the role allows, and one hour when a role assumes it', async () => {
    const arn = await role('long', ofAccount(), { MaxSessionDuration: 7200 });
    expect(await assume(alice, arn, { DurationSeconds: 7201 })).toHaveProperty('error');
    const { keys } = await assume(alice, arn, { DurationSeconds: 7200 });
    expect(await assume(signedInWith(keys), arn, { DurationSeconds: 3601 })).toMatchObject({
      error: expect.stringContaining('role chaining') as string,
    });
    expect(await assume(signedInWith(keys), arn)).toHaveProperty('arn');
  });
});

describe('AssumeRoleWithWebIdentity', () => {
  let arn: string;

  beforeAll(async () => {
    const Federated = `arn:aws:iam::${account}:oidc-provider/${GITHUB}`;
    arn = await role('deploy', {
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated },
      Condition: {
        StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com', [`${GITHUB}:repository_id`]: '222' },
        StringLike: { [`${GITHUB}:sub`]: 'repo:acme/site:ref:refs/heads/*' },
      },
    });
  });

  const tried = (claims: object) =>
    assumeWith(new STSClient(emulator.clientConfig), arn, { ...MAIN, repository_id: '222', ...claims });

  test('needs a provider of the issuer, with the audience', async () => {
    expect(await tried({})).toBe('InvalidIdentityTokenException');
    await iam.send(
      new CreateOpenIDConnectProviderCommand({
        Url: `https://${GITHUB}`,
        ClientIDList: ['sts.amazonaws.com'],
      }),
    );
    expect(await tried({ aud: 'https://github.com/acme' })).toBe('InvalidIdentityTokenException');
  });

  test('gives the session of a role that trusts the claims, and says whose token it was', async () => {
    expect(await tried({})).toMatchObject({
      SubjectFromWebIdentityToken: MAIN.sub,
      Audience: 'sts.amazonaws.com',
      AssumedRoleUser: { Arn: `arn:aws:sts::${account}:assumed-role/deploy/run-1` },
    });
  });

  test.each([
    ['another repository', { sub: 'repo:acme/other:ref:refs/heads/main' }, 'AccessDenied'],
    ['another ID', { repository_id: '333' }, 'AccessDenied'],
    ['no ID', { repository_id: undefined }, 'AccessDenied'],
    ['another issuer', { iss: 'https://gitlab.com' }, 'InvalidIdentityTokenException'],
    ['a time long ago', { exp: 1 }, 'ExpiredTokenException'],
  ])('refuses a token with %s', async (_, claims, error) => {
    expect(await tried(claims)).toBe(error);
  });
});

describe('AssumeRoleWithSAML', () => {
  const SIGN_IN = 'https://signin.aws.amazon.com/saml';
  let arn: string;
  let PrincipalArn: string;

  beforeAll(async () => {
    PrincipalArn = `arn:aws:iam::${account}:saml-provider/Corp`;
    await iam.send(
      new CreateSAMLProviderCommand({ Name: 'Corp', SAMLMetadataDocument: '<x/>'.padEnd(1000) }),
    );
    arn = await role('people', {
      Action: ['sts:AssumeRoleWithSAML', 'sts:SetSourceIdentity'],
      Principal: { Federated: PrincipalArn },
      Condition: {
        StringEquals: { 'SAML:aud': SIGN_IN },
        StringLike: { 'sts:SourceIdentity': '*@example.com' },
      },
    });
  });

  async function signIn({ recipient = SIGN_IN, roleArn = arn, email = 'ann@example.com' } = {}) {
    const attribute = (name: string, value: string) =>
      `<saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/${name}"><saml:AttributeValue>${value}</saml:AttributeValue></saml:Attribute>`;
    const response = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">
      <saml:Assertion><saml:Issuer>https://idp.example.com</saml:Issuer><saml:Subject>
      <saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">ann</saml:NameID>
      <saml:SubjectConfirmation><saml:SubjectConfirmationData Recipient="${recipient}"/></saml:SubjectConfirmation>
      </saml:Subject><saml:AttributeStatement>
      ${attribute('Role', `${roleArn},${PrincipalArn}`)}${attribute('RoleSessionName', 'ann')}${attribute('SourceIdentity', email)}
      </saml:AttributeStatement></saml:Assertion></samlp:Response>`;
    const SAMLAssertion = Buffer.from(response).toString('base64');
    try {
      return await new STSClient(emulator.clientConfig).send(
        new AssumeRoleWithSAMLCommand({ RoleArn: arn, PrincipalArn, SAMLAssertion }),
      );
    } catch (error) {
      return (error as Error).name;
    }
  }

  test('gives the session of a role that trusts the provider, and says who it is', async () => {
    expect(await signIn()).toMatchObject({
      AssumedRoleUser: { Arn: `arn:aws:sts::${account}:assumed-role/people/ann` },
      Subject: 'ann',
      SubjectType: 'persistent',
      Issuer: 'https://idp.example.com',
      Audience: SIGN_IN,
      SourceIdentity: 'ann@example.com',
    });
  });

  test('is denied for another audience, another role, or another source identity', async () => {
    expect(await signIn({ recipient: 'https://evil.example.com' })).toBe('AccessDenied');
    expect(await signIn({ roleArn: `arn:aws:iam::${account}:role/trusting` })).toBe('AccessDenied');
    expect(await signIn({ email: 'ann@evil.example' })).toBe('AccessDenied');
  });
});
