import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, eventNameLike, sourceIs, SUCCEEDED } from '../patterns';
import { SAFEGUARDS } from '../signals';

export const organizationRightsChanged: DocumentedDetection = {
  id: 'OrganizationRightsChanged',
  signal: SAFEGUARDS,
  controls: [],
  needs: 'organization',
  pattern: `{${allOf(
    SUCCEEDED,
    anyOf(
      allOf(
        sourceIs('organizations'),
        eventNameLike(
          '*AWSServiceAccess',
          '*egisterDelegatedAdministrator',
          'PutResourcePolicy',
          'DeleteResourcePolicy',
        ),
      ),
      eventNameLike(
        // Such as EnableOrganizationsRootSessions and DisableOrganizationsRootCredentialsManagement.
        '*ableOrganizationsRoot*',
        // Of GuardDuty, Security Hub, Macie and others, which register the account with Organizations.
        '*ableOrganizationAdminAccount',
        // Of StackSets.
        '*ctivateOrganizationsAccess',
      ),
    ),
  )}}`,
  why: 'Somebody changed who may act in every account of the organization: an AWS service got or lost trusted access, an account became a delegated administrator or is no longer one, the delegation policy of the organization changed, or central root access was enabled or disabled. Without trusted access for CloudTrail, the organization trail records no member. Without trusted access for StackSets, no new account gets the baseline.',
  noise:
    'The function of the stack `Organization` enables trusted access and central root access at the first deployment: expect one or two messages. Enabling a security service for the organization, once.',
  firstMinutes: [
    'Ask the caller. If it is the function of the stack `Organization`, ask who deployed.',
    'Look in the event for the service principal and the account: `servicePrincipal`, `accountId`.',
  ],
  containment: [
    STOP_THE_CALLER,
    'List the delegated administrators with `aws organizations list-delegated-administrators`, and deregister any that you do not know.',
    'Redeploy the stack `Organization`, then run `npx aws-account-baseline org preflight`.',
  ],
};
