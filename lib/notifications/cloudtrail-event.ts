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
  readonly requestParameters?: Maybe<object>;
  readonly additionalEventData?: Maybe<{ readonly MFAUsed?: unknown }>;
  readonly addendum?: Maybe<{ readonly reason?: unknown }>;
  readonly userIdentity?: Maybe<{
    readonly type?: unknown;
    readonly userName?: unknown;
    readonly arn?: unknown;
    readonly principalId?: unknown;
    readonly accessKeyId?: unknown;
    readonly invokedBy?: unknown;
    readonly sessionContext?: Maybe<{
      readonly assumedRoot?: unknown;
      readonly sessionIssuer?: Maybe<{ readonly userName?: unknown }>;
      readonly attributes?: Maybe<{ readonly mfaAuthenticated?: unknown }>;
    }>;
  }>;
}

type Maybe<T> = T | null | undefined;

/** Returns a value of a record as one short line of plain text; an empty one for objects. */
export function clean(value: unknown, length = 120): string {
  // eslint-disable-next-line @typescript-eslint/no-base-to-string -- not an object
  const text = typeof value === 'object' ? '' : String(value ?? '');
  //! The name of a service: nobody else can serve anything there.
  if (/^[\w-]+\.amazonaws\.com$/.test(text)) return text;
  //! No value can begin a line, reverse or hide text, be markup or a mention, or become a link.
  // NFKC makes look-alike letters plain. U+3002 is a full stop that browsers take for a dot.
  return text
    .normalize('NFKC')
    .slice(0, length)
    .replace(/(?:[\p{C}\p{DI}\p{Z}`"<>[\]()*~|\\&]|:\/\/|(?<![A-Za-z\d])[@_]+|[@_]+(?![A-Za-z\d]))+/gu, ' ')
    .replace(/[.\u3002]+(?=[\p{L}\p{M}])/gu, '[.]')
    .trim();
}

/**
 * Returns lines that say who did what, when, from where, with or without MFA, and whether it failed.
 *
 * @param consoleDomain domain of the console, such as console.aws.amazon.com
 * @param rootTasks names of the events of root-only tasks, separated by spaces
 */
export function explain(event: CloudTrailRecord, consoleDomain = '', rootTasks = ''): string[] {
  const region = clean(event.awsRegion);
  const id = clean(event.eventID);
  const failure = clean(event.errorCode) || clean(event.errorMessage);
  const lines = [
    `Who:  ${who(event)}`,
    `What: ${clean(event.eventSource).replace(/\.amazonaws\.com$/, '')} ${clean(event.eventName)}${named(event)}`,
  ];
  if (failure) lines.push(`      FAILED: ${failure}`);
  lines.push(
    `When: ${clean(event.eventTime)
      .replace(/(?<=\d)T(?=\d)/, ' ')
      .replace(/(?<=\d)Z$/, ' UTC')}`,
    `From: ${[clean(event.sourceIPAddress), agent(clean(event.userAgent, 300)), region].filter(Boolean).join(', ')}`,
  );
  if (event.userIdentity?.type === 'Root') lines.push(`Root: ${judge(event, failure, rootTasks)}`);
  if (/^[\w-]+,[\w-]+$/.test(`${region},${id}`)) {
    lines.push(`Link: https://${region}.${consoleDomain}/cloudtrailv2/home?region=${region}#/events/${id}`);
  }
  return lines;
}

function who(event: CloudTrailRecord): string {
  const { userIdentity, additionalEventData, eventType, sessionCredentialFromConsole } = event;
  const { type, userName, arn, principalId, accessKeyId, invokedBy, sessionContext } = userIdentity ?? {};
  const role = clean(sessionContext?.sessionIssuer?.userName);
  const key = clean(accessKeyId);
  const service = clean(invokedBy);
  //! YES for root, Yes for users; the session of a role does not show a person's MFA.
  const mfa =
    clean(additionalEventData?.MFAUsed) || (role ? '' : clean(sessionContext?.attributes?.mfaAuthenticated));
  let text = `${clean(type)} ${clean(userName ?? arn ?? principalId)}`.trim();
  if (type === 'Root') text = 'root user';
  else if (role) text = `role ${role}, session ${clean(arn, 200).replace(/.*\//, '')}`;
  if (key.startsWith('AKIA')) text += `, access key ${key}`;
  else if (sessionCredentialFromConsole || clean(eventType).includes('Console')) text += ', console';
  if (mfa) text += /yes|true/i.test(mfa) ? ', with MFA' : ', WITHOUT MFA';
  return service ? `${text}, through ${service}` : text;
}

// The first parameter that names something.
function named({ requestParameters }: CloudTrailRecord): string {
  const found = Object.entries(requestParameters ?? {}).find(
    ([key, value]) => /(name|arn|id)$/i.test(key) && clean(value),
  );
  return found ? ` (${clean(found[0])} ${clean(found[1])})` : '';
}

// Browser and system, or name of the tool.
function agent(text: string): string {
  const has = (names: string) => names.split('|').find((name) => text.includes(name)) ?? '?';
  return text.includes('Mozilla')
    ? `${has('Edg|Firefox|Chrome|Safari')} on ${has('Windows|Android|iPhone|iPad|Mac OS|Linux')}`
    : text.replace(/^APN\S+ \S+ | .*/g, '');
}

// Whether this use of root may be legitimate.
function judge(event: CloudTrailRecord, failure: string, rootTasks: string): string {
  if (event.userIdentity?.sessionContext?.assumedRoot) return 'central session of the organization';
  if (event.addendum) return `delivered late by AWS, ${clean(event.addendum.reason)}`;
  if (failure) return 'failed; who tried?';
  const name = clean(event.eventName);
  //! IAM rarely needs root, and a takeover begins like this.
  if (event.eventSource === 'iam.amazonaws.com' && !/^(Get|List)/.test(name)) {
    return 'changes who gets in: a takeover, unless it was planned';
  }
  return rootTasks.split(' ').includes(name)
    ? 'may need root: was it planned?'
    : 'not needed, an administrator can do this';
}
