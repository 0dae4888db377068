import { exceptMembers } from './exceptions';
import { denials, type OrganizationPolicy } from './policy';

/** Nobody in a member can end what the organization enforces. */
export const leave: OrganizationPolicy = {
  name: 'leave',
  type: 'SERVICE_CONTROL_POLICY',
  denies: 'Leaving the organization',
  reason: 'A member that leaves is free of every policy, and its events no longer reach the trail.',
  noise: 'Those who hand over an account to another company',
  exempt: 'Nobody',
  neverDenies: 'Removing a member from the management account',
  document: ({ exceptAccounts }) =>
    denials([
      {
        Sid: 'DenyLeaving',
        Effect: 'Deny',
        Action: 'organizations:LeaveOrganization',
        Resource: '*',
        Condition: exceptMembers(exceptAccounts),
      },
    ]),
};
