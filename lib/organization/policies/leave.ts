import { exceptMembers } from './exceptions';
import type { OrganizationPolicy } from './policy';

/** Nobody in a member can end what the organization enforces. */
export const leave: OrganizationPolicy = {
  name: 'leave',
  type: 'SERVICE_CONTROL_POLICY',
  denies: 'Leaving the organization',
  reason:
    'An account that leaves is no longer limited by any policy, and its events reach no trail of the organization.',
  noise: 'Nobody in ordinary work. To hand over an account, remove it from the management account.',
  exempt: 'Nobody',
  neverDenies: 'The management account can remove a member.',
  document: ({ exceptAccounts }) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'DenyLeaving',
        Effect: 'Deny',
        Action: 'organizations:LeaveOrganization',
        Resource: '*',
        ...exceptMembers(exceptAccounts),
      },
    ],
  }),
};
