import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, DIRECTLY, eventNameLike, SUCCEEDED } from '../patterns';
import { ACCESS } from '../signals';

export const stackSetChanged: DocumentedDetection = {
  id: 'StackSetChanged',
  signal: ACCESS,
  controls: [],
  needs: 'organization',
  // The stack `Members` acts through CloudFormation: BaselineDeployed reports its deployments.
  pattern: `{${allOf(
    SUCCEEDED,
    DIRECTLY,
    eventNameLike(
      'CreateStackSet',
      'UpdateStackSet',
      'DeleteStackSet',
      'CreateStackInstances',
      'UpdateStackInstances',
      'DeleteStackInstances',
      'ImportStacksToStackSet',
    ),
  )}}`,
  why: 'Somebody deploys to many accounts at once, or removes what was deployed there. A StackSet of the organization acts as an administrator in each account that it covers, whatever the members’ own administrators allow.',
  noise:
    'People who deploy StackSets manually or with Terraform. Deployments of the baseline do not count, because they act through CloudFormation.',
  firstMinutes: [
    'Ask the caller what the StackSet is for.',
    'Look at its template and its operations in the CloudFormation console, under StackSets.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Stop the operation: CloudFormation console, StackSets, Operations.',
    'If members got something that you do not want, delete the stacks of the StackSet. If they lost the baseline, redeploy the stack `Members`.',
  ],
};
