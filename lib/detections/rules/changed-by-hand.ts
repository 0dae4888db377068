import { STOP_THE_CALLER } from '../containment';
import type { Detection } from '../detection';
import { allOf, anyOf, eventNameLike } from '../patterns';
import { ACTIVITY } from '../signals';

export const changedByHand: Detection = {
  id: 'ChangedByHand',
  signal: ACTIVITY,
  weight: 300,
  controls: [],
  pattern: `{${allOf(
    '$.userIdentity.invokedBy NOT EXISTS',
    '$.readOnly IS FALSE',
    anyOf(
      allOf(
        '$.eventSource="iam.amazonaws.com"',
        eventNameLike('*Policy*', '*LoginProfile', '*UserToGroup', '*UserFromGroup', 'DeactivateMFADevice'),
        // AccountSettingsChanged counts these.
        '$.eventName!="*PasswordPolicy"',
      ),
      '$.requestParameters.bucketName="${Bucket}"',
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
  why: 'A person or an access key, rather than a deployment, changed permissions, opened a bucket or changed what the network allows in. It also covers the trail’s bucket, a deactivated MFA device, and a function created with a role of the baseline. Such changes are rare where infrastructure is code, and common for an intruder. The counts of the standards cannot tell manual changes from deployments; this detection can.',
  noise:
    'CloudFormation and AWS services act with `invokedBy` and do not count. Tools that call the APIs themselves (Terraform, Kubernetes controllers) do count: disable the detection where you use them. Routes and gateways of API Gateway count too, and so do attempts that are refused. Stopping a caller with a policy triggers it as well.',
  firstMinutes: [
    'Ask the caller what the change is for.',
    'Look in the event for `0.0.0.0/0`, `*` and accounts that are not yours.',
  ],
  containment: [STOP_THE_CALLER, 'Undo the change.'],
};
