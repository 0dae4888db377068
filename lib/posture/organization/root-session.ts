import { IAMClient, ListOrganizationsFeaturesCommand } from '@aws-sdk/client-iam';
import { AssumeRootCommand, STSClient } from '@aws-sdk/client-sts';
import { CallFailed, Clients } from '../clients';
import { UsageError } from '../commands/exit-code';
import { noAnswer } from '../read';

/**
 * What a root session can do.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/security-iam-awsmanpol.html#security-iam-awsmanpol-IAMAuditRootUserCredentials
 */
export type RootTask = 'IAMAuditRootUserCredentials' | 'IAMDeleteRootUserCredentials';

/** Attempts of a call, with growing pauses. */
const ATTEMPTS = 8;

const HOW_TO_ENABLE = `Deploy the stack Services with organization.centralRoot on, which is the default, or enable it in the management account:
  aws organizations enable-aws-service-access --service-principal iam.amazonaws.com
  aws iam enable-organizations-root-credentials-management`;

/**
 * Checks that the root users of members can be managed centrally.
 *
 * @throws {UsageError} if not, with how to enable it
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html
 */
export async function requireCentralRoot(clients: Clients): Promise<void> {
  let features: readonly string[];
  try {
    const answer = await clients.get(IAMClient).send(new ListOrganizationsFeaturesCommand({}));
    features = answer.EnabledFeatures ?? [];
  } catch (error) {
    if (!(error instanceof CallFailed) || error.code !== 'ServiceAccessNotEnabledException') throw error;
    features = [];
  }
  if (features.includes('RootCredentialsManagement')) return;
  throw new UsageError(`Central root access is not enabled. ${HOW_TO_ENABLE}`);
}

/**
 * Does something in a root session of a member. STS has no such sessions in its global endpoint, which the
 * SDK does not use.
 *
 * @param partition such as aws
 * @throws {CallFailed} if the session is refused
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html
 */
export async function inRootSession<T>(
  clients: Clients,
  {
    account,
    partition,
    task,
  }: { readonly account: string; readonly partition: string; readonly task: RootTask },
  work: (iam: IAMClient) => Promise<T>,
): Promise<T> {
  const sts = clients.get(STSClient);
  const { Credentials: given } = await sts.send(
    new AssumeRootCommand({
      TargetPrincipal: account,
      TaskPolicyArn: { arn: `arn:${partition}:iam::aws:policy/root-task/${task}` },
      DurationSeconds: 900,
    }),
  );
  const {
    AccessKeyId: accessKeyId = noAnswer('the access key of the session'),
    SecretAccessKey: secretAccessKey = noAnswer('the secret key of the session'),
    SessionToken: sessionToken = noAnswer('the token of the session'),
  } = given ?? {};
  const credentials = { accessKeyId, secretAccessKey, sessionToken };
  const own = new Clients({ region: await sts.config.region(), credentials, patientAttempts: ATTEMPTS });
  try {
    return await work(own.get(IAMClient));
  } finally {
    own.destroy();
  }
}
