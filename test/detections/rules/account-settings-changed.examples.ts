import type { Switch } from '../../../lib/settings/setting';
import { SWITCHES } from '../../../lib/settings/settings';
import { calls, example, type Examples } from '../events/example';
import { ADMIN, APP, INTRUDER, SETTINGS_FUNCTION } from '../events/fixtures';
import { ACCOUNT, call, consoleCall, denied } from '../events/record';

/**
 * Calls that change a setting, as its file has them; Create* is how the baseline's own analyzers come to be.
 */
function changes({ permissions }: Switch) {
  return permissions
    .flatMap(({ actions }) => actions.map((action) => action.split(':')))
    .filter(([, name = '']) => !/^(Get|List|Describe|Create)/.test(name))
    .flatMap(([service = '', name = '']) => calls(service, ADMIN, { [name]: {} }));
}

export const examples: Examples = {
  matches: [
    ...calls('iam', ADMIN, {
      UpdateAccountPasswordPolicy: { minimumPasswordLength: 6 },
      DeleteAccountPasswordPolicy: {},
    }),
    ...SWITCHES.flatMap(changes),
    ...calls('s3', ADMIN, { DeleteAccountPublicAccessBlock: {} }),
    ...calls('account', INTRUDER, {
      PutAlternateContact: { alternateContactType: 'SECURITY' },
      DeleteAlternateContact: { alternateContactType: 'SECURITY' },
      PutContactInformation: { contactInformation: { fullName: 'Mallory' } },
      StartPrimaryEmailUpdate: { accountId: ACCOUNT, primaryEmail: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
      AcceptPrimaryEmailUpdate: { accountId: ACCOUNT, primaryEmail: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
      EnableRegion: { regionName: 'me-south-1' },
      DisableRegion: { regionName: 'eu-north-1' },
      CloseAccount: { accountId: ACCOUNT },
    }),
    ...calls('logs', INTRUDER, {
      PutAccountPolicy: { policyName: 'mask', policyType: 'DATA_PROTECTION_POLICY', scope: 'ALL' },
    }),
    ...calls('guardduty', INTRUDER, {
      UpdateDetector: { detectorId: '12abc34d567e8fa901bc2d34e56789f0', enable: false },
      DeleteDetector: { detectorId: '12abc34d567e8fa901bc2d34e56789f0' },
    }),
    ...calls('logs', INTRUDER, {
      PutDataProtectionPolicy: { logGroupIdentifier: '/aws/cloudtrail', policyDocument: '{}' },
    }),
    ...calls('securityhub', INTRUDER, { DisableSecurityHub: {}, DisableSecurityHubV2: {} }),
    // Whoever may call it could have it weaken what it set.
    example('the baseline’s own function', call('iam', 'UpdateAccountPasswordPolicy', SETTINGS_FUNCTION)),
  ],
  nearMisses: [
    example('an intruder may not', denied('account', 'PutAlternateContact', INTRUDER)),
    example('the root e-mail address is read', call('account', 'GetPrimaryEmail', ADMIN)),
    example('the Regions are listed', call('account', 'ListRegions', ADMIN)),
    example('GuardDuty is read', call('guardduty', 'GetDetector', ADMIN)),
    example('Security Hub is read', call('securityhub', 'DescribeSecurityHubV2', ADMIN)),
    example('another detector is read', call('frauddetector', 'DescribeDetector', APP)),
    example('a contact is read', call('account', 'GetAlternateContact', ADMIN)),
    example('it is read', call('iam', 'GetAccountPasswordPolicy', ADMIN)),
    example('the block is read', call('s3', 'GetAccountPublicAccessBlock', ADMIN)),
    example('the metadata defaults are read', call('ec2', 'GetInstanceMetadataDefaults', ADMIN)),
    example('one bucket is opened', call('s3', 'PutBucketPublicAccessBlock', ADMIN)),
    example('a password is changed', consoleCall('iam', 'ChangePassword', ADMIN)),
  ],
};
