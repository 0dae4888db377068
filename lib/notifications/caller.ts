import { clean, type CloudTrailRecord, words } from './cloudtrail-event';

/** Who acted, with which permanent access key, and how to stop them, if that is known. */
interface Caller {
  readonly name: string;
  readonly key: string;
  readonly stop: string;
}

//! A forged kind with capitals would become a sentence.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
const KINDS = /^(AWS(Account|Service)|(Federated|IAM|SAML|WebIdentity)User|Role)$/;

/** Returns who acted and how they signed in. Other accounts than this one are named. */
export function describeCaller(event: CloudTrailRecord, account: string): string {
  const { userIdentity, additionalEventData, eventType, sessionCredentialFromConsole } = event;
  const { identityProvider, invokedBy, onBehalfOf, sessionContext } = userIdentity ?? {};
  const { name, key } = callerOf(event, account);
  const role = clean(sessionContext?.sessionIssuer?.userName);
  // YES for root, Yes for users; the session of a role does not show a person's MFA.
  const mfa =
    clean(additionalEventData?.MFAUsed) || (role ? '' : clean(sessionContext?.attributes?.mfaAuthenticated));
  const details = {
    'user name': additionalEventData?.UserName,
    'on behalf of': role && onBehalfOf?.userId,
    'source identity': sessionContext?.sourceIdentity,
    'signed in by': sessionContext?.webIdFederationData?.federatedProvider ?? identityProvider,
    'access key': key,
    through: clean(invokedBy).replace('signin.amazonaws.com', 'the console'),
  };
  const isConsole = Boolean(sessionCredentialFromConsole) || clean(eventType).includes('Console');
  let text = isConsole && !key ? `${name}, console` : name;
  if (mfa) text += /yes|true/i.test(mfa) ? ', with MFA' : ', WITHOUT MFA';
  for (const [label, value] of Object.entries(details))
    text += clean(value) && `, ${label} ${clean(value, 80)}`;
  return text;
}

// Returns whom to ask and how to stop them, or the alarm's step: a failed sign-in does not prove who tried.
export function advise(event: CloudTrailRecord, account: string, step: string): string {
  const { name, stop } = callerOf(event, account);
  const isFailedSignIn = event.eventSource === 'signin.amazonaws.com' && event.errorMessage;
  if (!stop || isFailedSignIn) return step;
  const whom = name === 'root user' ? 'the holders of the root password' : `the person behind ${name}`;
  return `Ask ${whom} whether this was planned. If not, ${stop}.`;
}

function callerOf({ userIdentity }: CloudTrailRecord, account: string): Caller {
  const { type, userName, arn, principalId, accessKeyId, onBehalfOf, sessionContext } = userIdentity ?? {};
  const { type: issuerType = 'Role', userName: issuer } = sessionContext?.sessionIssuer ?? {};
  const id = clean(userIdentity?.accountId);
  const role = clean(issuer);
  const person = clean(onBehalfOf?.userId);
  const isOther = id !== '' && id !== account;
  const kind = role ? clean(issuerType) : person ? 'IdentityCenterUser' : clean(type);
  const who = role || person || clean(userName) || (isOther ? id : clean(arn ?? principalId));
  const [session = '', store = ''] = [arn, onBehalfOf?.identityStoreArn].map((one) =>
    clean(one, 200).replace(/.*\//, ''),
  );
  // AWS writes its name with capitals.
  const label = (KINDS.test(kind) ? words(kind) : kind).replace('IdentityCenterU', 'Identity Center u');
  let name = kind === 'Root' ? 'root user' : `${label} ${who}`.trim();
  if (role) name += `, session ${session}`;
  else if (person) name += ` of ${store}`;
  if (isOther && kind !== 'AWSAccount') name += ` of account ${id}`;
  const [key = ''] = /^AKIA\w+$/.exec(clean(accessKeyId)) ?? [];
  let stop = '';
  if (kind === 'Root') stop = 'change the root password';
  if (kind === 'Role') stop = 'revoke the sessions of that role';
  if (kind === 'IAMUser') stop = 'attach the policy AWSDenyAll to that user';
  if (kind === 'AWSAccount') stop = 'remove its access';
  if (person || role.startsWith('AWSReservedSSO_')) stop = 'disable that user in IAM Identity Center';
  if (key) stop = `deactivate access key ${key}`;
  //! No sentence gets into the advice as a name.
  return { name, key, stop: (id + kind + who + session + store).includes(' ') ? '' : stop };
}
