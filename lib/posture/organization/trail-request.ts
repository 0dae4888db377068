import type { Request } from '../../explain/evaluate';
import { callerKeys, contextOf } from '../../explain/request';
import type { TrailEvent } from './trail-events';

/** A call of the trail as a request that policies can be evaluated for. */
export interface TrailRequest {
  /** ARN of the user, role or root. */
  readonly principal: string;
  /** Account of the principal. */
  readonly principalAccount: string;
  /** IAM action, such as `s3:ListAllMyBuckets`. */
  readonly action: string;
  /** ARNs that the event names. Empty if it names none. */
  readonly resources: readonly string[];
  /** Strings among the parameters, which may be names of resources. */
  readonly names: readonly string[];
  /** Account that the resource belongs to. */
  readonly account: string;
  readonly region: string;
  readonly context: Request['context'];
}

/** Prefixes of actions that differ from the first part of the event source. */
const PREFIXES: Readonly<Record<string, string>> = {
  monitoring: 'cloudwatch',
  email: 'ses',
  tagging: 'tag',
};

/**
 * Actions of S3 whose names differ from those of their events.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
const ACTIONS: Readonly<Record<string, string>> = {
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:ListObjects': 's3:ListBucket',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:HeadBucket': 's3:ListBucket',
  's3:HeadObject': 's3:GetObject',
  's3:DeleteBucketLifecycle': 's3:PutLifecycleConfiguration',
  's3:PutBucketLifecycle': 's3:PutLifecycleConfiguration',
  's3:PutBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
};

/** Condition keys that an event decides, in lower case. */
export const KNOWN_KEYS: readonly string[] = [
  'aws:assumedroot',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principalorgid',
  'aws:principaltype',
  'aws:requestedregion',
  'aws:resourceaccount',
  'aws:username',
  'aws:viaawsservice',
];

/** Maximum length of the ARNs and names in parameters that are checked. */
const MOST_CHARACTERS = 512;
/** Maximum number of strings of an event that are checked. */
const MOST_STRINGS = 50;

/**
 * The request of an event; undefined if no policy of an organization applies to the caller: AWS services, and
 * service-linked roles.
 *
 * @param organization its ID, which members have as a condition key
 * @param members IDs of its accounts
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export function requestOf(
  event: TrailEvent,
  organization: string,
  members: ReadonlySet<string>,
): TrailRequest | undefined {
  const { userIdentity, eventSource, eventName, awsRegion: region, recipientAccountId } = event;
  const { sessionContext, accountId: principalAccount } = userIdentity;
  const principal = sessionContext?.sessionIssuer?.arn ?? userIdentity.arn;
  if (principal === undefined || principalAccount === undefined) return undefined;
  if (principal.includes(':role/aws-service-role/')) return undefined;
  const [service = ''] = eventSource.split('.');
  const named = `${PREFIXES[service] ?? service}:${eventName.replace(/\d{8}(v\d+)?$/, '')}`;
  const account =
    event.resources?.find(({ accountId }) => accountId !== undefined)?.accountId ?? recipientAccountId;
  const strings = stringsIn(event.requestParameters).slice(0, MOST_STRINGS);
  const resources = [
    ...(event.resources ?? []).flatMap(({ ARN }) => ARN ?? []),
    ...strings.filter((text) => /^arn:(?:[^:]*:){4}./.test(text)),
  ];
  return {
    principal,
    principalAccount,
    action: ACTIONS[named] ?? named,
    resources: [...new Set(resources)],
    names: strings,
    account,
    region,
    context: contextOf({
      ...callerKeys(principal),
      'aws:PrincipalAccount': principalAccount,
      ...(members.has(principalAccount) ? { 'aws:PrincipalOrgID': organization } : {}),
      ...(String(sessionContext?.assumedRoot) === 'true' ? { 'aws:AssumedRoot': 'true' } : {}),
      'aws:PrincipalIsAWSService': 'false',
      'aws:ViaAWSService': String(userIdentity.invokedBy !== undefined),
      'aws:RequestedRegion': region,
      'aws:ResourceAccount': account,
    }),
  };
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length <= MOST_CHARACTERS ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
