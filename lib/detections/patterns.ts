/**
 * The call succeeded. Every signal except those of attempts requires it: anyone can cause failures, and could
 * keep an alarm that counts them in ALARM, where it sends no further notification.
 */
export const SUCCEEDED = '$.errorCode NOT EXISTS';

/** AWS services, CloudFormation included, name themselves in what they do for others. */
export const DIRECTLY = '$.userIdentity.invokedBy NOT EXISTS';

/** The event can change something. */
export const WRITES = '$.readOnly IS FALSE';

/** Conditions that must all be true. */
export function allOf(...conditions: readonly string[]): string {
  return `(${conditions.join(' && ')})`;
}

/** Conditions of which at least one must be true. */
export function anyOf(...conditions: readonly string[]): string {
  return `(${conditions.join(' || ')})`;
}

/** The event comes from this service. */
export function sourceIs(service: string): string {
  return `$.eventSource="${service}.amazonaws.com"`;
}

/**
 * The event has one of these names. There are no outer parentheses, because Security Hub compares patterns
 * literally.
 */
export function eventNameIs(...names: readonly string[]): string {
  return names.map((name) => `($.eventName=${name})`).join(' || ');
}

/** The name of the event matches one of these patterns; `*` stands for any characters. */
export function eventNameLike(...names: readonly string[]): string {
  const conditions = names.map((name) => `$.eventName="${name}"`);
  return conditions.length === 1 ? conditions.join('') : anyOf(...conditions);
}

/**
 * An event of root is more than an attempt to get in, which needs only the e-mail address. Calls that fail
 * count: they carry root's credentials.
 */
export const ROOT_IS_IN: readonly string[] = [
  '$.eventName!="PasswordRecoveryRequested"',
  // The sign-in page asks for MFA. AWS does not document whether it does so before it checks the password.
  '$.eventName!="CheckMfa"',
  anyOf('$.eventName!="ConsoleLogin"', '$.responseElements.ConsoleLogin="Success"'),
];

/**
 * A person acts, or a command that could be one: a role that uses an SDK is a workload, which reads its few
 * secrets often. An intruder can pretend to be a workload, so this is for what is counted only.
 */
export const BY_PERSON = anyOf(
  '$.userIdentity.type!="AssumedRole"',
  '$.userIdentity.sessionContext.sessionIssuer.userName="AWSReservedSSO_*"',
  '$.userAgent="aws-cli*"',
);
