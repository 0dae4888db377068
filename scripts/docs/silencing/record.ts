import type { CloudTrailEvent } from '../../../emulator/metric-filters';
import { uuid } from '../week/record';
import { ACCOUNT } from './deployed';

/** Who calls. */
export type Caller = Readonly<Record<string, unknown>>;

/** An administrator with MFA. */
export const ADMIN: Caller = {
  type: 'IAMUser',
  principalId: 'AIDA0123456789EXAMPLE',
  arn: `arn:aws:iam::${ACCOUNT}:user/alice`,
  accountId: ACCOUNT,
  accessKeyId: 'ASIA0123456789EXAMPLE',
  userName: 'alice',
  sessionContext: { attributes: { creationDate: '2026-11-24T08:00:00Z', mfaAuthenticated: 'true' } },
};

/** A service that acts for the administrator. */
export const through = (service: string): Caller => ({ ...ADMIN, invokedBy: `${service}.amazonaws.com` });

/**
 * The record of a call that succeeds.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function recordOf(
  service: string,
  eventName: string,
  by: Caller,
  requestParameters: Readonly<Record<string, unknown>>,
  awsRegion: string,
): CloudTrailEvent {
  return {
    eventVersion: '1.11',
    userIdentity: by,
    eventTime: '2026-11-24T12:00:00Z',
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion,
    sourceIPAddress: by['invokedBy'] ?? '198.51.100.7',
    userAgent: by['invokedBy'] ?? 'aws-cli/2.32.6',
    requestParameters,
    responseElements: null,
    eventID: uuid(JSON.stringify([service, eventName, requestParameters])),
    readOnly: /^(Get|List|Describe)/.test(eventName),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
  };
}
