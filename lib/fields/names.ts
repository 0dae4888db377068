import { matching } from './text';

const OF_IAM = 'A-Z a-z 0-9 + = , . @ _ -';

/**
 * An IAM user name.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html
 */
export const userName = () =>
  matching(/^[\w+=,.@-]{1,64}$/, `must be an IAM user name: 1 to 64 of ${OF_IAM}`);

/**
 * An IAM group name.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html
 */
export const groupName = () =>
  matching(/^[\w+=,.@-]{1,128}$/, `must be an IAM group name: 1 to 128 of ${OF_IAM}`);

/**
 * A bucket name.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const bucketName = () => {
  const error =
    'must be a bucket name: 3 to 63 lower-case letters and digits, with . and - between them; not an IP address';
  return matching(/^(?!\d+(?:\.\d+){3}$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, error);
};

/** A name for an account, for people. */
export const accountName = () =>
  matching(/^[\w.-]{1,32}$/, 'must be a name of 1 to 32 letters, digits, dots, hyphens and underscores');

/** The ID of an AWS account. */
export const accountId = () => matching(/^\d{12}$/, 'must be an account ID: 12 digits, as a string');

/** The ID of an organization. */
export const organizationId = () =>
  matching(/^o-[a-z0-9]{10,32}$/, 'must be the ID of an organization, such as o-a1b2c3d4e5');

/**
 * The name of a SAML provider.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html
 */
export const samlProviderName = () =>
  matching(/^[\w.-]{1,128}$/, 'must be the name of a SAML provider: 1 to 128 of A-Z a-z 0-9 . _ -');

/**
 * The name of a SAML provider, or the URL of an OpenID Connect provider without its scheme.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html
 */
export const providerName = () =>
  matching(
    /^(?!https?:)[\w.-]{1,128}(?:\/[\w./~%-]{1,254})?$/,
    'must be the name of a SAML provider, or the URL of an OpenID Connect provider without https://',
  );

/**
 * A trail name.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-naming-requirements.html
 */
export const trailName = () => {
  const error =
    'must be a trail name: 3 to 128 letters and digits, with single . _ - between them; not an IP address';
  return matching(/^(?=.{3,128}$)(?!\d+(?:\.\d+){3}$)[A-Za-z0-9](?:[._-]?[A-Za-z0-9])*$/, error);
};

/**
 * An account alias.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html
 */
export const accountAlias = () => {
  const error =
    'must be an account alias: 3 to 63 lower-case letters and digits, with single hyphens between them; ' +
    'not an account ID';
  return matching(/^(?=.{3,63}$)(?!\d{12}$)[a-z0-9](?:-?[a-z0-9])*$/, error);
};

/**
 * CloudFormation generates names as `stack-LogicalId-suffix`, with a suffix of 12 or 13 characters, and
 * truncates the first two parts if the name is too long. Of the 64 characters of a function or role and the
 * 63 of a bucket, 25 remain for the stack name. A prefix of 24 and the hyphen survive, so a policy on
 * `prefix-*` covers the whole suite. AWS does not document this. See
 * https://github.com/convox/rack/issues/2297 and, for roles and buckets,
 * https://github.com/KensioSoftware/yulin/issues/1113.
 */
export const LONGEST_PREFIX = 24;

/**
 * Prefix of the stack names and, in lower case, of the bucket names.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const stackPrefix = () => {
  const error =
    `must be a prefix of stack names: a letter, then up to ${LONGEST_PREFIX - 1} letters and digits, ` +
    'with single hyphens between them';
  return matching(/^[A-Za-z](?:-?[A-Za-z0-9])*$/, error)
    .max(LONGEST_PREFIX, { error })
    .regex(/^(?!(?:sthree|amzn-s3-demo)(?:-|$))/i, {
      error: 'must not begin with sthree or amzn-s3-demo, which S3 does not allow in bucket names',
    });
};

/** A UUID, such as Microsoft uses for IDs. */
export const uuid = (what: string) =>
  matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, `must be the ID of ${what}, a UUID`);
