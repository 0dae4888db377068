import { randomUUID } from 'node:crypto';
import type { CloudTrailEvent } from './metric-filters';

/**
 * CloudTrail event of a root sign-in with MFA.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
 */
export function rootSignIn(accountId: string, time = new Date()): CloudTrailEvent {
  return {
    eventVersion: '1.08',
    userIdentity: {
      type: 'Root',
      principalId: accountId,
      arn: `arn:aws:iam::${accountId}:root`,
      accountId,
      accessKeyId: '',
    },
    eventTime: time.toISOString().replace(/\.\d+Z/, 'Z'),
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    awsRegion: 'us-east-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    requestParameters: null,
    responseElements: { ConsoleLogin: 'Success' },
    additionalEventData: {
      LoginTo: 'https://console.aws.amazon.com/console/home',
      MobileVersion: 'No',
      MFAIdentifier: `arn:aws:iam::${accountId}:mfa/root-account-mfa-device`,
      MFAUsed: 'Yes',
    },
    eventID: 'c2a5c2a0-6d2e-4b58-9c55-0f3d8e1f4a11',
    readOnly: false,
    eventType: 'AwsConsoleSignIn',
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: 'Management',
  };
}

/**
 * CloudTrail event of a root sign-in with a wrong password. Anyone who knows the e-mail address of root can
 * cause it.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
 */
export function failedRootSignIn(accountId: string, time = new Date()): CloudTrailEvent {
  const { additionalEventData, ...signIn } = rootSignIn(accountId, time);
  return {
    ...signIn,
    eventID: randomUUID(),
    sourceIPAddress: '203.0.113.66',
    errorMessage: 'Failed authentication',
    responseElements: { ConsoleLogin: 'Failure' },
    additionalEventData: { ...Object(additionalEventData), MFAUsed: 'No' },
  };
}
