import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, DIRECTLY, eventNameLike, SUCCEEDED } from '../patterns';
import { ACCESS } from '../signals';

export const instanceAccessChanged: DocumentedDetection = {
  id: 'InstanceAccessChanged',
  signal: ACCESS,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    DIRECTLY,
    anyOf(
      allOf(
        eventNameLike('ModifyInstanceAttribute'),
        // CloudTrail removes the text, and has recorded the change in both forms.
        anyOf('$.requestParameters.userData="*"', '$.requestParameters.attribute="userData"'),
      ),
      eventNameLike(
        'SendSerialConsoleSSHPublicKey',
        'AssociateIamInstanceProfile',
        'ReplaceIamInstanceProfile*',
      ),
    ),
  )}}`,
  why: 'Somebody replaced the user data of an EC2 instance, which can run as root at the next start; sent a key for its serial console, which no security group blocks; or gave a running instance another role. The first two give access to the instance and to the credentials of its role; the third gives everyone on the instance the permissions of that role.',
  noise:
    'Rare: repairing an instance, or giving it its first role in the console. Deployments with CloudFormation do not count. Terraform counts if it changes the user data of an instance instead of replacing it.',
  firstMinutes: [
    'Ask the caller what the change is for.',
    'Compare the user data with your own: EC2 console, Instance settings, Edit user data. For another role, look at its policies.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Stop the instance, create a snapshot of its disks as evidence, and replace it.',
    'Revoke the sessions of the role of the instance.',
  ],
};
