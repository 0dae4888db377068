import { describeCaller } from './caller';
import { clean, type CloudTrailRecord } from './cloudtrail-event';
import { describe } from './parameters';

/** Characters of the line that says what was done, as far as its texts allow. */
const WIDTH = 160;

/**
 * Returns lines that say who did what, when, from where, with or without MFA, and whether it failed.
 *
 * @param account ID of this account: others are named
 * @param consoleDomain domain of the console, such as console.aws.amazon.com
 * @param rootTasks names of the events of root-only tasks, separated by spaces
 */
export function explain(
  event: CloudTrailRecord,
  account: string,
  consoleDomain = '',
  rootTasks = '',
): string[] {
  const region = clean(event.awsRegion);
  const id = clean(event.eventID);
  const failure = clean(event.errorCode) || clean(event.errorMessage);
  const lines = [`Who:  ${describeCaller(event, account)}`, `What: ${what(event, account)}`];
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

// The call, whether a sign-in succeeded, the account if it is another one, and what the call was about.
function what(event: CloudTrailRecord, account: string): string {
  const { requestParameters, responseElements, serviceEventDetails } = event;
  const name = clean(event.eventName);
  const outcome = clean(responseElements?.[name] ?? serviceEventDetails?.[name]);
  const recipient = clean(event.recipientAccountId);
  // Lambda appends the version of its API.
  let line = `${clean(event.eventSource).replace(/\.amazonaws\.com$/, '')} ${name.replace(/\d{8}(v\d)?$/, '')}`;
  if (/^(Success|Failure)$/.test(outcome)) line += outcome === 'Success' ? ' succeeded' : ' failed';
  if (recipient && recipient !== account) line += ` in account ${recipient}`;
  const newAccessKeyId = responseElements?.accessKey?.accessKeyId;
  const parameters = { ...Object(requestParameters), ...serviceEventDetails, newAccessKeyId } as unknown;
  const facts = describe(parameters, account, WIDTH - line.length - 8);
  return facts ? `${line}: ${facts}` : line;
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
  const reason = clean(event.addendum?.reason);
  if (reason === 'UPDATED_DATA') return 'completed by AWS later';
  if (reason) return `delivered late by AWS, ${reason.toLowerCase().replace('_', ' ')}`;
  if (failure) return 'failed; who tried?';
  const name = clean(event.eventName);
  //! IAM rarely needs root, and a takeover begins like this.
  if (event.eventSource === 'iam.amazonaws.com' && !/^(Generate|Get|List|Simulate)/.test(name)) {
    return 'changes who gets in: a takeover, unless it was planned';
  }
  return rootTasks.split(' ').includes(name)
    ? 'may need root: was it planned?'
    : 'not needed, an administrator can do this';
}
