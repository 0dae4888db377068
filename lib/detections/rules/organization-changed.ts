import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { eventNameIs, SUCCEEDED } from '../patterns';
import { SAFEGUARDS } from '../signals';

const CHANGES = eventNameIs(
  'AcceptHandshake',
  'AttachPolicy',
  'CancelHandshake',
  'CreateAccount',
  'CreateOrganization',
  'CreateOrganizationalUnit',
  'CreatePolicy',
  'DeclineHandshake',
  'DeleteOrganization',
  'DeleteOrganizationalUnit',
  'DeletePolicy',
  'DetachPolicy',
  'DisablePolicyType',
  'EnableAllFeatures',
  'EnablePolicyType',
  'InviteAccountToOrganization',
  'LeaveOrganization',
  'MoveAccount',
  'RemoveAccountFromOrganization',
  'UpdateOrganizationalUnit',
  'UpdatePolicy',
);

export const organizationChanged: DocumentedDetection = {
  id: 'OrganizationChanged',
  signal: SAFEGUARDS,
  controls: ['CIS 7.0 5.15'],
  pattern: `{($.eventSource=organizations.amazonaws.com) && (${CHANGES}) && ${SUCCEEDED}}`,
  why: 'The owner of an organization controls its accounts. An account that joins or leaves an organization changes hands.',
  noise: 'Only administration of the organization.',
  firstMinutes: ['Ask the caller.', 'Check in the Organizations console what changed.'],
  containment: [
    STOP_THE_CALLER,
    'If the organization is not yours, leave it; the account needs a payment method for this.',
  ],
};
