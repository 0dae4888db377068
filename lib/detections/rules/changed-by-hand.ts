import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, DIRECTLY, eventNameLike, sourceIs, SUCCEEDED, WRITES } from '../patterns';
import { ACTIVITY } from '../signals';

export const changedByHand: DocumentedDetection = {
  id: 'ChangedByHand',
  signal: ACTIVITY,
  controls: [],
  pattern: `{${allOf(
    DIRECTLY,
    WRITES,
    SUCCEEDED,
    anyOf(
      allOf(
        anyOf(sourceIs('iam'), sourceIs('sso')),
        eventNameLike('*Policy*', '*PermissionsBoundary', 'DeactivateMFADevice'),
        // AccountSettingsChanged counts these.
        '$.eventName!="*PasswordPolicy"',
      ),
      allOf(sourceIs('budgets'), eventNameLike('Delete*', 'Update*')),
      '$.requestParameters.bucketName="${Bucket}"',
      // CloudFormation begins the names of buckets with the name of the stack in lower case.
      '$.requestParameters.bucketName="${BucketPrefix}-*"',
      '$.requestParameters.role="*/${Prefix}-*"',
      eventNameLike(
        'PutKeyPolicy',
        '*BucketPolicy',
        '*BucketAcl',
        '*BucketPublicAccessBlock',
        '*SecurityGroup*',
        '*NetworkAcl*',
        '*Gateway*',
        '*Route*',
        '*Vpc*',
      ),
    ),
  )}}`,
  why: 'A person or an access key, rather than a deployment, changed permissions, opened a bucket or changed what the network allows in. It also covers the buckets of the baseline, permissions boundaries, budgets changed or deleted, a deactivated MFA device, and a function created with a role of the baseline. Such changes are rare where infrastructure is code, but intruders make them often. The patterns of the standards cannot tell manual changes from deployments; this detection can.',
  noise:
    'CloudFormation and AWS services act with `invokedBy` and do not count. Tools that call the APIs themselves (Terraform, Kubernetes controllers) do count: disable the detection where you use them. UserChanged reports users, console passwords and group memberships. Routes and gateways of API Gateway count too. Stopping a caller with a policy triggers it as well.',
  firstMinutes: [
    'Ask the caller what the change is for.',
    'Look in the event for `0.0.0.0/0`, `*` and accounts that are not yours.',
  ],
  containment: [STOP_THE_CALLER, 'Undo the change.'],
};
