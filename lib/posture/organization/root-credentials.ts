import {
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteSigningCertificateCommand,
  GetAccessKeyLastUsedCommand,
  GetLoginProfileCommand,
  type IAMClient,
  paginateListAccessKeys,
  paginateListMFADevices,
  paginateListSigningCertificates,
} from '@aws-sdk/client-iam';
import { all, ifThere, noAnswer } from '../read';

/** An access key of root. */
export interface RootAccessKey {
  readonly id: string;
  /** Active or Inactive. */
  readonly status: string;
  /** @default - never */
  readonly lastUsed?: Date;
}

/** What a root user can sign in or make calls with. */
export interface RootCredentials {
  readonly hasPassword: boolean;
  readonly accessKeys: readonly RootAccessKey[];
  /** IDs of the signing certificates. */
  readonly certificates: readonly string[];
  /** Serial numbers or ARNs. */
  readonly mfaDevices: readonly string[];
}

/** Reads them in a session of the root user, to whom a call refers if it names no user. */
export async function readRootCredentials(iam: IAMClient): Promise<RootCredentials> {
  const [profile, keys, certificates, devices] = await Promise.all([
    ifThere(['NoSuchEntityException'], () => iam.send(new GetLoginProfileCommand({}))),
    all(
      paginateListAccessKeys({ client: iam }, {}),
      (page) => page.AccessKeyMetadata ?? noAnswer('the access keys'),
    ),
    all(
      paginateListSigningCertificates({ client: iam }, {}),
      (page) => page.Certificates ?? noAnswer('the signing certificates'),
    ),
    all(
      paginateListMFADevices({ client: iam }, {}),
      (page) => page.MFADevices ?? noAnswer('the MFA devices'),
    ),
  ]);
  return {
    hasPassword: profile !== undefined,
    accessKeys: await Promise.all(
      keys.map(async ({ AccessKeyId: id = noAnswer('the ID of an access key'), Status: status = '' }) => {
        const { AccessKeyLastUsed } = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id }));
        const lastUsed = AccessKeyLastUsed?.LastUsedDate;
        return { id, status, ...(lastUsed && { lastUsed }) };
      }),
    ),
    certificates: certificates.map(
      ({ CertificateId = noAnswer('the ID of a certificate') }) => CertificateId,
    ),
    mfaDevices: devices.map(({ SerialNumber = noAnswer('the serial number of a device') }) => SerialNumber),
  };
}

/** A deletion, in words and in calls. */
export interface Deletion {
  /** Such as `access key AKIAIOSFODNN7EXAMPLE`. */
  readonly what: string;
  readonly run: (iam: IAMClient) => Promise<unknown>;
}

/**
 * The deletions that leave root without credentials. MFA devices come last: until then, they protect what is
 * left. The session cannot delete virtual devices, which are useless once nobody has them.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/security-iam-awsmanpol.html#security-iam-awsmanpol-IAMDeleteRootUserCredentials
 */
export function deletionsOf(credentials: RootCredentials): Deletion[] {
  const { hasPassword, accessKeys, certificates, mfaDevices } = credentials;
  return [
    ...(hasPassword
      ? [{ what: 'password', run: (iam: IAMClient) => iam.send(new DeleteLoginProfileCommand({})) }]
      : []),
    ...accessKeys.map(({ id }) => ({
      what: `access key ${id}`,
      run: (iam: IAMClient) => iam.send(new DeleteAccessKeyCommand({ AccessKeyId: id })),
    })),
    ...certificates.map((CertificateId) => ({
      what: `signing certificate ${CertificateId}`,
      run: (iam: IAMClient) => iam.send(new DeleteSigningCertificateCommand({ CertificateId })),
    })),
    ...mfaDevices.map((SerialNumber) => ({
      what: `MFA device ${SerialNumber}`,
      run: (iam: IAMClient) => iam.send(new DeactivateMFADeviceCommand({ SerialNumber })),
    })),
  ];
}

/** Whether root can sign in or make calls. An MFA device alone gives no access. */
export function letsIn({ hasPassword, accessKeys, certificates }: RootCredentials): boolean {
  return hasPassword || accessKeys.length + certificates.length > 0;
}
