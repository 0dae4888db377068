/**
 * The fields of a CloudTrail record that messages use. None of them can be trusted: the log group can contain
 * other lines, and callers choose names, parameters and user agents.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export interface CloudTrailRecord {
  readonly eventTime?: unknown;
  readonly eventSource?: unknown;
  readonly eventName?: unknown;
  readonly eventID?: unknown;
  readonly awsRegion?: unknown;
  readonly sourceIPAddress?: unknown;
  readonly userAgent?: unknown;
  readonly eventType?: unknown;
  readonly sessionCredentialFromConsole?: unknown;
  readonly errorCode?: unknown;
  readonly errorMessage?: unknown;
  readonly recipientAccountId?: unknown;
  readonly requestParameters?: unknown;
  readonly responseElements?: Maybe<
    Fields & { readonly accessKey?: Maybe<{ readonly accessKeyId?: unknown }> }
  >;
  readonly serviceEventDetails?: Maybe<Fields>;
  readonly additionalEventData?: Maybe<{ readonly MFAUsed?: unknown; readonly UserName?: unknown }>;
  readonly addendum?: Maybe<{ readonly reason?: unknown }>;
  readonly userIdentity?: Maybe<{
    readonly type?: unknown;
    readonly userName?: unknown;
    readonly arn?: unknown;
    readonly principalId?: unknown;
    readonly accountId?: unknown;
    readonly accessKeyId?: unknown;
    readonly identityProvider?: unknown;
    readonly invokedBy?: unknown;
    readonly onBehalfOf?: Maybe<{ readonly userId?: unknown; readonly identityStoreArn?: unknown }>;
    readonly sessionContext?: Maybe<{
      readonly assumedRoot?: unknown;
      readonly sourceIdentity?: unknown;
      readonly sessionIssuer?: Maybe<{ readonly type?: unknown; readonly userName?: unknown }>;
      readonly webIdFederationData?: Maybe<{ readonly federatedProvider?: unknown }>;
      readonly attributes?: Maybe<{ readonly mfaAuthenticated?: unknown }>;
    }>;
  }>;
}

type Maybe<T> = T | null | undefined;

type Fields = Readonly<Record<string, unknown>>;

/** Returns a value of a record as one short line of plain text; an empty one for objects. */
export function clean(value: unknown, length = 120): string {
  // eslint-disable-next-line @typescript-eslint/no-base-to-string -- not an object
  const text = typeof value === 'object' ? '' : String(value ?? '');
  //! A service or an instance type is no one else's domain.
  if (/^[\w-]+\.(amazonaws\.com|nano|micro|small|medium|\d*x?large|metal)$/.test(text)) return text;
  //! No value can begin a line, reverse or hide text, be markup or a mention, or become a link.
  // NFKC makes look-alike letters plain. U+3002 is a full stop that browsers take for a dot.
  return text
    .normalize('NFKC')
    .slice(0, length)
    .replace(/(?:[\p{C}\p{DI}\p{Z}`"<>[\]()*~|\\&]|:\/\/|(?<![A-Za-z\d])[@_]+|[@_]+(?![A-Za-z\d]))+/gu, ' ')
    .replace(/[.\u3002]+(?=[\p{L}\p{M}])/gu, '[.]')
    .trim();
}

/** Returns a name of AWS's API as words: dBSnapshotIdentifier becomes DB snapshot. */
export function words(name: string): string {
  return name
    .replace(/(?<=.)(Name|Arn|Id|Identifier|Url)s?$/, '')
    .replace(/^[a-z](?=[A-Z]{2})/, (letter) => letter.toUpperCase())
    .replace(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ')
    .replace(/\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());
}
