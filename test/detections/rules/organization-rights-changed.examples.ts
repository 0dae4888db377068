import { calls, example, type Examples } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { call, denied } from '../events/record';

const CLOUDTRAIL = { servicePrincipal: 'cloudtrail.amazonaws.com' };
const SECURITY = { adminAccountId: '222222222222' };

export const examples: Examples = {
  matches: [
    ...calls('organizations', ADMIN, {
      EnableAWSServiceAccess: CLOUDTRAIL,
      DisableAWSServiceAccess: CLOUDTRAIL,
      RegisterDelegatedAdministrator: { ...CLOUDTRAIL, accountId: '222222222222' },
      DeregisterDelegatedAdministrator: { ...CLOUDTRAIL, accountId: '222222222222' },
      PutResourcePolicy: { content: '{}' },
      DeleteResourcePolicy: {},
    }),
    ...calls('iam', ADMIN, {
      EnableOrganizationsRootSessions: {},
      DisableOrganizationsRootSessions: {},
      EnableOrganizationsRootCredentialsManagement: {},
      DisableOrganizationsRootCredentialsManagement: {},
    }),
    ...calls('guardduty', ADMIN, {
      EnableOrganizationAdminAccount: SECURITY,
      DisableOrganizationAdminAccount: SECURITY,
    }),
    ...calls('cloudformation', ADMIN, {
      ActivateOrganizationsAccess: {},
      DeactivateOrganizationsAccess: {},
    }),
  ],
  nearMisses: [
    example('an intruder may not', denied('organizations', 'DisableAWSServiceAccess', INTRUDER)),
    example(
      'the services with access are listed',
      call('organizations', 'ListAWSServiceAccessForOrganization', ADMIN),
    ),
    example('the administrators are listed', call('organizations', 'ListDelegatedAdministrators', ADMIN)),
    example(
      'the features of central root access are listed',
      call('iam', 'ListOrganizationsFeatures', ADMIN),
    ),
    example('a secret gets a policy', call('secretsmanager', 'PutResourcePolicy', ADMIN)),
    example('StackSets’ access is read', call('cloudformation', 'DescribeOrganizationsAccess', ADMIN)),
  ],
};
