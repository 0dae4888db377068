import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, eventNameLike, sourceIs, SUCCEEDED, WRITES } from '../patterns';
import { ACCESS } from '../signals';

export const userChanged: DocumentedDetection = {
  id: 'UserChanged',
  signal: ACCESS,
  controls: [],
  // No condition on `invokedBy`: a stack is an easy way to create an administrator.
  pattern: `{${allOf(
    SUCCEEDED,
    WRITES,
    sourceIs('iam'),
    eventNameLike(
      'CreateUser',
      'UpdateUser',
      'DeleteUser',
      '*LoginProfile',
      '*UserToGroup',
      '*UserFromGroup',
      '*ServiceSpecificCredential',
      '*SSHPublicKey',
      '*SigningCertificate',
    ),
  )}}`,
  why: 'An IAM user was created, renamed or deleted, joined or left a group, or got a console password, an SSH key, a signing certificate or a credential for one service. Each change can open a lasting way in, or lock somebody out.',
  noise:
    'A new or departing colleague, added or removed by a deployment of the baseline. Deployments count, because an intruder can deploy a stack, too. AccessKeyCreated reports access keys, and MfaDeviceAdded reports MFA devices.',
  firstMinutes: [
    'Ask the caller who the user is. For a deployment, the caller is the one who deployed.',
    'Check the groups and policies of the user.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Delete what was created, or restore what was removed: [Life of an account](people.md) has the commands.',
  ],
};
