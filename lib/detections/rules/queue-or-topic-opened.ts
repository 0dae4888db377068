import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, SUCCEEDED } from '../patterns';
import { EXPOSURE } from '../signals';

/** Texts of policies: SQS and a new topic of SNS, and SNS. */
const TEXTS = ['attributes.Policy', 'attributeValue'];

export const queueOrTopicOpened: DocumentedDetection = {
  id: 'QueueOrTopicOpened',
  signal: EXPOSURE,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    anyOf(
      // AddPermission of SQS, and of SNS.
      '$.requestParameters.aWSAccountIds[*]!="${Account}"',
      '$.requestParameters.aWSAccountId[*]!="${Account}"',
      // A policy names the own account in its resources, too, but then not as an IAM principal.
      ...TEXTS.map((text) =>
        allOf(
          `$.requestParameters.${text}="*:iam::*"`,
          `$.requestParameters.${text}!="*:iam::\${Account}:*"`,
        ),
      ),
    ),
  )}}`,
  why: 'Another account may use a queue or topic of yours: it can read the messages, or send some that your workloads trust.',
  noise:
    'Setting up a connection with another account, once, also by a deployment. A policy that names a principal of this account besides the other does not count, nor does an account given by its ID alone, because a pattern cannot tell the accounts apart: the access analyzer finds both, and `verify` lists them. ResourcePolicyOpened reports a policy for everyone.',
  firstMinutes: [
    'Look in the event for the account.',
    'Ask the caller what the other account needs the queue or topic for.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Restore the policy: SQS console, Access policy, or SNS console, Access policy.',
    'Treat the messages as stolen, and check what the workloads did with messages since then.',
  ],
};
