import {
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
