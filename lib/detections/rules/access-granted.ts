import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, DIRECTLY, eventNameLike, sourceIs, SUCCEEDED } from '../patterns';
import { ACCESS } from '../signals';

export const accessGranted: DocumentedDetection = {
  id: 'AccessGranted',
  signal: ACCESS,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    DIRECTLY,
    anyOf(
      allOf(eventNameLike('Attach*'), '$.requestParameters.policyArn="*:aws:policy/AdministratorAccess"'),
      eventNameLike('CreateAccountAssignment'),
      allOf(
        sourceIs('eks'),
        eventNameLike('CreateAccessEntry', 'UpdateAccessEntry', 'AssociateAccessPolicy'),
      ),
    ),
  )}}`,
  why: 'Somebody manually granted far-reaching permissions: AdministratorAccess for a user, group or role, or access to an account in IAM Identity Center or to an EKS cluster.',
  noise:
    'New colleagues and new teams, if people grant access manually. Deployments with CloudFormation and Control Tower (`invokedBy`) do not count; Terraform and eksctl do.',
  firstMinutes: ['Ask the caller who the access is for.', 'Check in the event who got access, and to what.'],
  containment: [
    STOP_THE_CALLER,
    'Detach the policy, or delete the assignment or the access entry. Then end the sessions of the principal that had it.',
  ],
};
