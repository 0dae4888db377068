import { createHash } from 'node:crypto';
import type { CloudTrailEvent } from '../../../emulator/metric-filters';
import { ACCOUNT } from '../silencing/deployed';

export type Fields = Readonly<Record<string, unknown>>;

/** Region of the company. */
export const REGION = 'us-east-1';

/** Who calls, and what every record of the caller says. */
export interface Caller {
  /**
   * The `userIdentity`.
   * @param since when the session began
   */
  readonly identity: (since: string) => Fields;
  readonly fields: Fields;
}

/** A record without its time and IDs. */
export type Call = (since: string) => Fields;

/** Calls that read. CloudTrail's flag does not follow the verb alone: a role is assumed by reading. */
const READS =
  /^(?:AssumeRole|BatchCheck|BatchGet|Check|Decrypt|Describe|Filter|GenerateDataKey|Get|Head|InvokeModel|List|Lookup|Query|Search|StartQuery|View)/;

/**
 * A call of an API.
 *
 * @param more fields in addition to, or instead of, those of the caller
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function call(
  by: Caller,
  service: string,
  eventName: string,
  requestParameters: Fields | null = null,
  more: Fields = {},
): Call {
  return (since) => ({
    eventVersion: '1.11',
    userIdentity: by.identity(since),
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: REGION,
    requestParameters,
    responseElements: null,
    readOnly: READS.test(eventName),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    ...(isDirect(by) ? { tlsDetails: tlsOf(`${service}.${REGION}.amazonaws.com`) } : {}),
    ...by.fields,
    ...more,
  });
}

/** The console has no TLS details in its records, and neither do services that call for somebody. */
const isDirect = ({ fields }: Caller) =>
  !('sessionCredentialFromConsole' in fields) && /^[\d.]+$/.test(String(fields['sourceIPAddress']));

const tlsOf = (clientProvidedHostHeader: string) => ({
  tlsVersion: 'TLSv1.3',
  cipherSuite: 'TLS_AES_128_GCM_SHA256',
  clientProvidedHostHeader,
});

/** The call fails. */
export function failing(one: Call, errorCode: string, errorMessage: string): Call {
  return (since) => ({ ...one(since), errorCode, errorMessage });
}

/** A call that IAM denies. Amazon EC2 has an error code of its own. */
export function denied(by: Caller, service: string, eventName: string, parameters?: Fields): Call {
  const { arn } = by.identity('');
  const [code, message] =
    service === 'ec2'
      ? ['Client.UnauthorizedOperation', 'You are not authorized to perform this operation.']
      : ['AccessDenied', `User: ${String(arn)} is not authorized to perform: ${service}:${eventName}`];
  return failing(call(by, service, eventName, parameters ?? null), code, message);
}

/**
 * What a service did without a request.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/non-api-aws-service-events.html
 */
export function serviceEvent(service: string, eventName: string, serviceEventDetails: Fields): Call {
  const identity = () => ({ accountId: ACCOUNT, invokedBy: `${service}.amazonaws.com` });
  return call({ identity, fields: ofService(service) }, service, eventName, null, {
    readOnly: false,
    eventType: 'AwsServiceEvent',
    serviceEventDetails,
  });
}

/**
 * An event of the sign-in page. Events of Identity Center do not say whether MFA was used.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
 */
export function signIn(by: Caller, additionalEventData: Fields, more: Fields = {}): Call {
  return signInPage(by, 'ConsoleLogin', {
    additionalEventData: {
      LoginTo: 'https://console.aws.amazon.com/console/home',
      MobileVersion: 'No',
      ...additionalEventData,
    },
    ...more,
  });
}

/** Another record of the sign-in page, such as `CheckMfa`. It names no session of an IAM user. */
export function signInPage(by: Caller, eventName: string, more: Fields = {}): Call {
  const { identity, fields } = using(String(by.fields['userAgent']), by);
  const ofPage = (since: string): Fields => {
    const session = Object.entries(identity(since));
    return Object.fromEntries(session.filter(([name]) => name !== 'sessionContext' || isOfRole(session)));
  };
  return call({ identity: ofPage, fields }, 'signin', eventName, null, {
    readOnly: false,
    responseElements: { [eventName]: 'Success' },
    eventType: 'AwsConsoleSignIn',
    tlsDetails: tlsOf(`${REGION}.signin.aws.amazon.com`),
    ...more,
  });
}

const isOfRole = (identity: readonly [string, unknown][]) =>
  identity.some(([name, value]) => name === 'type' && value === 'AssumedRole');

/** An IAM user with MFA, in the console. */
export function user(userName: string, sourceIPAddress: string, mfa = true): Caller {
  const [principalId, accessKeyId] = [idOf('AIDA', userName), idOf('ASIA', userName)];
  return {
    identity: (since) => ({
      type: 'IAMUser',
      principalId,
      arn: `arn:aws:iam::${ACCOUNT}:user/${userName}`,
      accountId: ACCOUNT,
      accessKeyId,
      userName,
      sessionContext: { attributes: { creationDate: since, mfaAuthenticated: String(mfa) } },
    }),
    fields: { sourceIPAddress, userAgent: BROWSER, sessionCredentialFromConsole: 'true' },
  };
}

/** Somebody on the sign-in page who has not proven to be the user. */
export function unproven(userName: string, sourceIPAddress: string): Caller {
  return {
    identity: () => ({ type: 'IAMUser', accountId: ACCOUNT, accessKeyId: '', userName }),
    fields: { sourceIPAddress, userAgent: BROWSER },
  };
}

/** A session of a role. `path` ends in a slash. */
export function role(roleName: string, sessionName: string, fields: Fields, path = ''): Caller {
  const [id, accessKeyId] = [idOf('AROA', roleName), idOf('ASIA', `${roleName}/${sessionName}`)];
  const sessionIssuer = {
    type: 'Role',
    principalId: id,
    arn: `arn:aws:iam::${ACCOUNT}:role/${path}${roleName}`,
    accountId: ACCOUNT,
    userName: roleName,
  };
  return {
    identity: (since) => ({
      type: 'AssumedRole',
      principalId: `${id}:${sessionName}`,
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${roleName}/${sessionName}`,
      accountId: ACCOUNT,
      accessKeyId,
      sessionContext: { sessionIssuer, attributes: { creationDate: since, mfaAuthenticated: 'false' } },
    }),
    fields,
  };
}

/** A person of IAM Identity Center, in the console. */
export function employee(permissionSet: string, email: string, sourceIPAddress: string): Caller {
  const name = `AWSReservedSSO_${permissionSet}_${hash(permissionSet).slice(0, 16)}`;
  const console = { sourceIPAddress, userAgent: BROWSER, sessionCredentialFromConsole: 'true' };
  return role(name, email, console, `aws-reserved/sso.amazonaws.com/`);
}

/** The same caller with a tool. */
export function using(userAgent: string, { identity, fields }: Caller): Caller {
  return { identity, fields: { sourceIPAddress: fields['sourceIPAddress'], userAgent } };
}

/** A service that passes on a caller's request. */
export function through(service: string, { identity }: Caller): Caller {
  const { sourceIPAddress: invokedBy, ...rest } = ofService(service);
  return {
    identity: (since) => ({ ...identity(since), invokedBy }),
    fields: { sourceIPAddress: invokedBy, ...rest },
  };
}

/** A service in the role that it has in every account. */
export function linked(name: string, service: string): Caller {
  const path = `aws-service-role/${service}.amazonaws.com/`;
  return through(service, role(`AWSServiceRoleFor${name}`, name, {}, path));
}

/** A service in its own name. */
export function service(name: string): Caller {
  const fields = ofService(name);
  return { identity: () => ({ type: 'AWSService', invokedBy: fields.sourceIPAddress }), fields };
}

/** Most services have their principal here; a few hide behind this name. */
function ofService(name: string) {
  const principal = name === 'AWS Internal' ? name : `${name}.amazonaws.com`;
  return { sourceIPAddress: principal, userAgent: principal };
}

/** The role that a service assumes. */
export function assumption(by: Caller, roleName: string, roleSessionName: string): Call {
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/${roleName}`;
  const resources = [{ accountId: ACCOUNT, type: 'AWS::IAM::Role', ARN: roleArn }];
  return call(by, 'sts', 'AssumeRole', { roleArn, roleSessionName }, { resources });
}

/** Policies as CloudTrail records those of most services: as text. */
export function policyText(...statements: readonly Fields[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** ARN of a resource in the Region. */
export function arnOf(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
}

/** A resource ID such as `sg-0a1b2c3d4e5f60718`, the same for the same name. */
export function resourceId(kind: string, name: string): string {
  return `${kind}-0${hash(name).slice(0, 16)}`;
}

/** A version 4 UUID by its form, though derived from `name`. */
export function uuid(name: string): string {
  return hash(name).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5');
}

/** Gives a record its IDs. A sign-in and an event of a service belong to no request. */
export function identified(event: CloudTrailEvent, name: string): CloudTrailEvent {
  const request = event['eventType'] === 'AwsApiCall' ? { requestID: uuid(`request ${name}`) } : {};
  return { ...event, ...request, eventID: uuid(name) };
}

/** An ID of IAM, the same for the same name. */
const idOf = (prefix: string, name: string) => prefix + hash(name).slice(0, 16).toUpperCase();

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

const BROWSER =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
