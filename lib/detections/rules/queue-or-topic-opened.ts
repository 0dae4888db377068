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
  why: 'Another account can use one of your queues or topics: it can read messages, or send messages that your workloads trust.',
  noise:
    'Expect it once when you, or a deployment, set up a connection with another account. A policy that also names a principal of this account does not count, nor does one that names the other account by its ID alone, because a pattern cannot tell the accounts apart: the access analyzer finds both, and `verify` lists them. ResourcePolicyOpened reports a policy for everyone.',
  firstMinutes: [
    'Find the account in the event.',
    'Ask the caller what the other account needs the queue or topic for.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Restore the policy: SQS console, Access policy, or SNS console, Access policy.',
    'Treat the messages as stolen, and check what the workloads have done with messages since then.',
  ],
};
