import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, eventNameLike, SUCCEEDED } from '../patterns';
import { SWITCHES } from '../../settings/settings';
import { SAFEGUARDS } from '../signals';

export const accountSettingsChanged: DocumentedDetection = {
  id: 'AccountSettingsChanged',
  signal: SAFEGUARDS,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    '$.eventName!="Get*"',
    eventNameLike(
      '*PasswordPolicy',
      ...new Set(SWITCHES.flatMap(({ changedBy }) => [...changedBy])),
      '*AlternateContact',
      'PutContactInformation',
      '*PrimaryEmailUpdate',
      'EnableRegion',
      'DisableRegion',
      'CloseAccount',
      // Matches CreateDetector, UpdateDetector and DeleteDetector, but not DescribeDetector.
      '*teDetector',
      'DisableSecurityHub*',
      'PutAccountPolicy',
      'PutDataProtectionPolicy',
    ),
  )}}`,
  why: 'These settings protect the whole account. From now on, passwords may be weaker, buckets, snapshots and images may be public, AWS may send its notices to somebody else, the root e-mail address may change, resources may be created in a Region that nobody watches, an account may be closed, GuardDuty or Security Hub may be disabled, or log events may be masked.',
  noise:
    'The baseline’s own function changes the settings at the first deployment, whenever a deployment enables or disables one, and when the daily check finds one changed. The message then names the function’s role. These changes count, because anyone who can invoke the function could use it to weaken a setting. Deployments that enable or change GuardDuty also count, and so does deleting a detector of Amazon Fraud Detector.',
  firstMinutes: [
    'Ask the caller. If it is the baseline’s function and there was no deployment, find out who can invoke or change it.',
    'Check in the event which setting changed, in which Region, and to what value: `DisableEbsEncryptionByDefault` weakens it, `EnableEbsEncryptionByDefault` strengthens it.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Restore the setting. With `accountSettings.dailyCheck`, this happens within a day. Otherwise disable the setting in the configuration, deploy, enable it and deploy again: CloudFormation does not deploy an unchanged configuration.',
  ],
};
