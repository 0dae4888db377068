import {
  AssumeRoleWithSAMLCommand,
  AssumeRoleWithWebIdentityCommand,
  type AssumeRoleWithWebIdentityCommandOutput,
  type STSClient,
} from '@aws-sdk/client-sts';

/** A token of an issuer, which the emulator takes without a signature. */
function token(claims: Readonly<Record<string, unknown>>): string {
  const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 300;
  return `${encoded({ alg: 'RS256', typ: 'JWT' })}.${encoded({ exp, aud: 'sts.amazonaws.com', ...claims })}.signature`;
}

/** The session that a token gets, or the name of the error. */
export async function assumeWith(
  sts: STSClient,
  RoleArn: string,
  claims: Readonly<Record<string, unknown>>,
): Promise<AssumeRoleWithWebIdentityCommandOutput | string> {
  const request = { RoleArn, RoleSessionName: 'run-1', WebIdentityToken: token(claims) };
  try {
    return await sts.send(new AssumeRoleWithWebIdentityCommand(request));
  } catch (error) {
    return (error as Error).name;
  }
}

/** An assertion that an identity provider makes of somebody. */
export interface Assertion {
  readonly roleArn: string;
  readonly providerArn: string;
  readonly email: string;
  readonly groups?: readonly string[];
  readonly recipient?: string;
}

/** ARN of the session that an assertion gets, or the name of the error. */
export async function assumeWithAssertion(sts: STSClient, assertion: Assertion): Promise<string | undefined> {
  const {
    roleArn,
    providerArn,
    email,
    groups = [],
    recipient = 'https://signin.aws.amazon.com/saml',
  } = assertion;
  const attribute = (name: string, values: readonly string[]) =>
    `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join('')}</saml:Attribute>`;
  const ofAws = 'https://aws.amazon.com/SAML/Attributes';
  const response = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">
    <saml:Assertion><saml:Issuer>https://idp.example.com</saml:Issuer><saml:Subject><saml:NameID>id-1</saml:NameID>
    <saml:SubjectConfirmation><saml:SubjectConfirmationData Recipient="${recipient}"/></saml:SubjectConfirmation>
    </saml:Subject><saml:AttributeStatement>
    ${attribute(`${ofAws}/Role`, [`${roleArn},${providerArn}`])}${attribute(`${ofAws}/RoleSessionName`, [email])}
    ${attribute(`${ofAws}/SourceIdentity`, [email])}${attribute('urn:oid:1.3.6.1.4.1.5923.1.1.1.1', groups)}
    </saml:AttributeStatement></saml:Assertion></samlp:Response>`;
  const SAMLAssertion = Buffer.from(response).toString('base64');
  try {
    const request = { RoleArn: roleArn, PrincipalArn: providerArn, SAMLAssertion };
    return (await sts.send(new AssumeRoleWithSAMLCommand(request))).AssumedRoleUser?.Arn;
  } catch (error) {
    return (error as Error).name;
  }
}
