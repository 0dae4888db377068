import { createHash } from 'node:crypto';
import type { CloudTrailEvent } from '../../../emulator/metric-filters';
import { uuid } from '../../../scripts/docs/week/record';

type Fields = Readonly<Record<string, unknown>>;

/** Who acted: the `userIdentity` of a record. */
export type Identity = Fields & { readonly type: string; readonly invokedBy?: string };

export const ACCOUNT = '123456789012';

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const NOON = '2026-11-24T12:00:00Z';
const SIGNED_IN = '2026-11-24T08:00:00Z';
/** CloudTrail calls some writes by these verbs, but they change nothing. */
const READS =
  /^(?:AssumeRole|BatchGet|Check|Decrypt|Describe|Filter|GenerateDataKey|Get|Head|List|Lookup|Search|View)/;

/**
 * A record with the fields that every one has. Its ids come from its content, so that a fixture is the same
 * in each run.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
function record(fields: Fields): CloudTrailEvent {
  const complete = {
    eventVersion: '1.11',
    eventTime: NOON,
    awsRegion: 'us-east-1',
    sourceIPAddress: '198.51.100.7',
    requestParameters: null,
    responseElements: null,
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    ...fields,
  };
  return identified(complete, JSON.stringify(complete));
}

/** The same record under an id of its own; `name` decides it. */
export function identified(event: CloudTrailEvent, name: string): CloudTrailEvent {
  // A console sign-in is not a request to an API: AWS's examples carry no requestID.
  const request = event.eventType === 'AwsConsoleSignIn' ? {} : { requestID: uuid(`request ${name}`) };
  return { ...event, ...request, eventID: uuid(name) };
}

/**
 * A call of an API, from the command line unless a service makes it. Whether it reads follows from its verb.
 */
export function call(service: string, eventName: string, by: Identity, fields: Fields = {}): CloudTrailEvent {
  const tlsDetails = {
    tlsVersion: 'TLSv1.3',
    cipherSuite: 'TLS_AES_128_GCM_SHA256',
    clientProvidedHostHeader: `${service}.us-east-1.amazonaws.com`,
  };
  const direct = {
    userAgent: 'aws-cli/2.32.6 md/awscrt#0.28.4 ua/2.1 os/linux lang/python#3.13.9',
    tlsDetails,
  };
  // The sign-in service passes the address of the browser on.
  const isBrowser = by.invokedBy === 'signin.amazonaws.com';
  const passedOn = { userAgent: by.invokedBy, ...(isBrowser ? {} : { sourceIPAddress: by.invokedBy }) };
  return api(service, eventName, by, { ...(by.invokedBy === undefined ? direct : passedOn), ...fields });
}

/**
 * A call that the console makes: CloudTrail leaves the TLS details out and says where the session comes from.
 */
export function consoleCall(
  service: string,
  eventName: string,
  by: Identity,
  fields: Fields = {},
): CloudTrailEvent {
  return api(service, eventName, by, { userAgent: BROWSER, sessionCredentialFromConsole: 'true', ...fields });
}

function api(service: string, eventName: string, by: Identity, fields: Fields): CloudTrailEvent {
  return record({
    userIdentity: by,
    eventSource: `${service}.amazonaws.com`,
    eventName,
    readOnly: READS.test(eventName),
    eventType: 'AwsApiCall',
    ...fields,
  });
}

/** A call that was refused. */
export function denied(
  service: string,
  eventName: string,
  by: Identity,
  fields: Fields = {},
): CloudTrailEvent {
  const errorMessage = `User is not authorized to perform: ${service}:${eventName}`;
  return call(service, eventName, by, { errorCode: 'AccessDenied', errorMessage, ...fields });
}

/**
 * What the sign-in pages log of somebody: `ConsoleLogin`, `PasswordUpdated`, `CheckMfa` and their like.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
 */
export function signInPage(eventName: string, by: Identity, fields: Fields = {}): CloudTrailEvent {
  return record({
    userIdentity: by,
    eventSource: 'signin.amazonaws.com',
    eventName,
    userAgent: BROWSER,
    responseElements: { [eventName]: 'Success' },
    readOnly: false,
    eventType: 'AwsConsoleSignIn',
    ...fields,
  });
}

/**
 * A successful sign-in to the console. `mfaUsed` as the record spells it; federated sign-ins may have none.
 */
export function signIn(by: Identity, mfaUsed?: string, fields: Fields = {}): CloudTrailEvent {
  const page = { LoginTo: 'https://console.aws.amazon.com/console/home', MobileVersion: 'No' };
  const additionalEventData = mfaUsed === undefined ? page : { ...page, MFAUsed: mfaUsed };
  return signInPage('ConsoleLogin', by, { additionalEventData, ...fields });
}

/** A wrong password, or with another `errorMessage` something else that was refused. */
export function failedSignIn(by: Identity, errorMessage = 'Failed authentication'): CloudTrailEvent {
  return signIn(by, 'No', { errorMessage, responseElements: { ConsoleLogin: 'Failure' } });
}

/** Root on the sign-in pages; with `session` beyond them. */
export function root(session?: Fields): Identity {
  const identity = {
    type: 'Root',
    principalId: ACCOUNT,
    arn: `arn:aws:iam::${ACCOUNT}:root`,
    accountId: ACCOUNT,
    accessKeyId: '',
  };
  return session === undefined
    ? identity
    : { ...identity, accessKeyId: 'ASIAIOSFODNN7EXAMPLE', sessionContext: session };
}

/** Root in the console. */
export const ROOT = root(session(true));

/** An IAM user with an access key, or with `mfa` in a session that did or did not use it. */
export function user(userName: string, mfa?: boolean): Identity {
  const identity = {
    type: 'IAMUser',
    principalId: principalId('AIDA', userName),
    arn: `arn:aws:iam::${ACCOUNT}:user/${userName}`,
    accountId: ACCOUNT,
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    userName,
  };
  return mfa === undefined
    ? identity
    : { ...identity, accessKeyId: 'ASIAIOSFODNN7EXAMPLE', sessionContext: session(mfa) };
}

/** Somebody on the sign-in page: a wrong password leaves the name but no ARN. */
export function unproven(userName: string): Identity {
  return { type: 'IAMUser', accountId: ACCOUNT, accessKeyId: '', userName };
}

export function role(roleName: string, sessionName: string): Identity {
  const id = principalId('AROA', roleName);
  const sessionIssuer = {
    type: 'Role',
    principalId: id,
    arn: `arn:aws:iam::${ACCOUNT}:role/${roleName}`,
    accountId: ACCOUNT,
    userName: roleName,
  };
  return {
    type: 'AssumedRole',
    principalId: `${id}:${sessionName}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${roleName}/${sessionName}`,
    accountId: ACCOUNT,
    accessKeyId: 'ASIAI44QH8DHBEXAMPLE',
    sessionContext: { sessionIssuer, ...session(false) },
  };
}

/** Somebody whose request a service passes on, with that person's credentials. */
export function through(service: string, by: Identity): Identity {
  return { ...by, invokedBy: `${service}.amazonaws.com` };
}

/** A service in its own name. */
export function service(name: string): Identity {
  return { type: 'AWSService', invokedBy: `${name}.amazonaws.com` };
}

/** What CloudFormation does for a deployment of the CDK. */
export const CLOUDFORMATION = through(
  'cloudformation',
  role(`cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-us-east-1`, 'AWSCloudFormation'),
);

/** Context of a session; AWS writes the flag as text. */
export function session(mfa: boolean): Fields {
  return { attributes: { creationDate: SIGNED_IN, mfaAuthenticated: String(mfa) } };
}

function principalId(prefix: string, name: string): string {
  return prefix + createHash('sha256').update(name).digest('hex').slice(0, 17).toUpperCase();
}
