import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import type { Emulator } from '../../emulator/emulator';

/** What nobody may lose, and what nobody may gain. */
export interface State {
  /** The evidence: log files, events. */
  readonly evidence: readonly string[];
  /** Who can sign in, with which password, and in which groups. */
  readonly people: readonly string[];
  /** What each user and role is allowed, and each role's trust, a line each. */
  readonly allowed: readonly string[];
  /** What each user is denied, a line each. */
  readonly denied: readonly string[];
}

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
}

function statementsOf(document: string | undefined): Statement[] {
  const { Statement } = JSON.parse(decodeURIComponent(document ?? '{"Statement":[]}')) as {
    Statement: Statement | Statement[];
  };
  return [Statement].flat();
}

interface Policies {
  readonly inline: readonly { readonly PolicyDocument?: string }[];
  readonly attached: readonly { readonly PolicyArn?: string }[];
}

/** Reads the account. */
export async function readState({ clientConfig }: Emulator): Promise<State> {
  const iam = new IAM(clientConfig);
  const s3 = new S3({ ...clientConfig, forcePathStyle: true });
  const logs = new CloudWatchLogs(clientConfig);

  const { Buckets = [] } = await s3.listBuckets({});
  const files = Buckets.map(async ({ Name: Bucket = '' }) => {
    const { Versions = [] } = await s3.listObjectVersions({ Bucket, Prefix: 'AWSLogs/' });
    return Versions.length > 0 ? [Bucket] : [];
  });
  const { logGroups = [] } = await logs.describeLogGroups({});
  const events = logGroups.map(async ({ logGroupName = '' }) => {
    const { events: found = [] } = await logs.filterLogEvents({ logGroupName, filterPattern: '"evidence"' });
    return found.length > 0 ? [logGroupName] : [];
  });

  const details = await iam.getAccountAuthorizationDetails({});
  const { UserDetailList = [], GroupDetailList = [], RoleDetailList = [], Policies: managed = [] } = details;
  const documentOf = (arn: string | undefined) => {
    const policy = managed.find(({ Arn }) => Arn === arn);
    return policy?.PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document;
  };
  const rulesOf = (who: string, { inline, attached }: Policies) => [
    ...inline.flatMap(({ PolicyDocument }) => statementsOf(PolicyDocument)).map((one) => ({ who, one })),
    ...attached.flatMap(({ PolicyArn }) => {
      const document = PolicyArn?.includes(':aws:policy/') === true ? undefined : documentOf(PolicyArn);
      return document === undefined
        ? [{ who, one: { Effect: 'Allow' as const, PolicyArn } }]
        : statementsOf(document).map((one) => ({ who, one }));
    }),
  ];
  const rules = [
    ...UserDetailList.flatMap(
      ({ UserName = '', UserPolicyList = [], AttachedManagedPolicies = [], GroupList = [] }) => [
        ...rulesOf(UserName, { inline: UserPolicyList, attached: AttachedManagedPolicies }),
        ...GroupDetailList.filter(({ GroupName = '' }) => GroupList.includes(GroupName)).flatMap(
          ({ GroupPolicyList = [], AttachedManagedPolicies: attached = [] }) =>
            rulesOf(UserName, { inline: GroupPolicyList, attached }),
        ),
      ],
    ),
    ...RoleDetailList.flatMap(
      ({ RoleName = '', RolePolicyList = [], AttachedManagedPolicies = [], AssumeRolePolicyDocument }) => [
        ...rulesOf(RoleName, { inline: RolePolicyList, attached: AttachedManagedPolicies }),
        ...statementsOf(AssumeRolePolicyDocument).map((one) => ({ who: `${RoleName} (trust)`, one })),
      ],
    ),
  ];
  const lines = (effect: 'Allow' | 'Deny') =>
    rules.flatMap(({ who, one }) => (one.Effect === effect ? [`${who} ${JSON.stringify(one)}`] : []));

  const people = UserDetailList.map(async ({ UserName = '', GroupList = [] }) => {
    const { LoginProfile } = await iam
      .getLoginProfile({ UserName })
      .catch(() => ({ LoginProfile: undefined }));
    const password =
      LoginProfile === undefined
        ? 'no password'
        : LoginProfile.PasswordResetRequired === true
          ? 'first-time password'
          : 'password';
    return `${UserName}: ${password}, ${[...GroupList].sort().join(' ')}`;
  });
  return {
    evidence: (await Promise.all([...files, ...events])).flat().sort(),
    people: (await Promise.all(people)).sort(),
    allowed: lines('Allow').sort(),
    denied: lines('Deny').sort(),
  };
}

/** Gives the account something to lose: a log file, an event, and passwords of their own for all users. */
export async function growEvidence(
  { clientConfig }: Emulator,
  bucket: string,
  logGroupName: string,
): Promise<void> {
  const s3 = new S3({ ...clientConfig, forcePathStyle: true });
  const logs = new CloudWatchLogs(clientConfig);
  const iam = new IAM(clientConfig);
  await s3.putObject({ Bucket: bucket, Key: 'AWSLogs/log.json.gz', Body: 'evidence' });
  const stream = { logGroupName, logStreamName: 'evidence' };
  await logs.createLogStream(stream);
  await logs.putLogEvents({ ...stream, logEvents: [{ timestamp: Date.now(), message: 'evidence' }] });
  const { Users = [] } = await iam.listUsers({});
  for (const { UserName } of Users) await iam.updateLoginProfile({ UserName, PasswordResetRequired: false });
}

/** Billing viewers keep no rights without the stack: lib/removal/kept.ts. */
const FORGOTTEN = /BillingViewers$/;

/**
 * What a step took or gave that it should not have: evidence and people who could sign in are still there,
 * and nobody may do more than before the hand or after it.
 */
export function harm(before: State, afterHand: State, now: State): string[] {
  const lost = (kind: 'evidence' | 'people') =>
    afterHand[kind]
      // The deployment may restore what was there before.
      .filter((one) => !now[kind].includes(one) && before[kind].includes(one) && !FORGOTTEN.test(one))
      .map((one) => `lost: ${one}`);
  const gained = now.allowed
    .filter((one) => !before.allowed.includes(one) && !afterHand.allowed.includes(one))
    .map((one) => `allowed: ${one}`);
  const lifted = before.denied
    .filter((one) => afterHand.denied.includes(one) && !now.denied.includes(one))
    .map((one) => `no longer denied: ${one}`);
  return [...lost('evidence'), ...lost('people'), ...gained, ...lifted];
}
