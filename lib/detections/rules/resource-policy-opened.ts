import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, SUCCEEDED, WRITES } from '../patterns';
import { EXPOSURE } from '../signals';

/** Where calls have the text of a resource policy, and whose. */
const TEXTS = [
  // KMS, EFS, DynamoDB, AWS Backup, Glacier
  '$.requestParameters.policy',
  // ECR
  '$.requestParameters.policyText',
  // SQS, and a new topic of SNS
  '$.requestParameters.attributes.Policy',
  // SNS
  '$.requestParameters.attributeValue',
];

/**
 * A principal that is an asterisk. Outside a regex, an asterisk matches any text. CloudWatch Logs takes five
 * patterns with a regex in a log group; this and RoleTrustsOutsider are ours.
 */
const EVERYONE = String.raw`%AWS\W+[*]|Principal\W+[*]%`;

export const resourcePolicyOpened: DocumentedDetection = {
  id: 'ResourcePolicyOpened',
  signal: EXPOSURE,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    WRITES,
    anyOf(`$.requestParameters.*=${EVERYONE}`, `$.requestParameters.attributes.Policy=${EVERYONE}`),
    // SNS's default policy limits everyone to the owner by a condition, others deny everyone without TLS.
    ...TEXTS.map((text) => anyOf(`${text} NOT EXISTS`, `${text}!="*Condition*"`)),
    // RoleTrustsOutsider reports trust policies.
    '$.eventSource!="iam.amazonaws.com"',
  )}}`,
  why: 'The policy of a queue, topic, key, repository, secret, file system or table names everyone as principal, and no condition limits it.',
  noise:
    'Rare. Policies with a condition do not count, even if another statement is open to everyone: ChangedByHand reports manual changes of such policies. A policy for one other account does not count either: QueueOrTopicOpened reports it for a queue or topic. For other resources, the access analyzer finds it, and `verify` lists it.',
  firstMinutes: [
    'Ask the caller whether the policy is meant for everyone.',
    'Check in the event which actions the policy allows.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Restore the policy.',
    'Treat everything that could be read as stolen: messages, images, secrets. Change the passwords and keys in it.',
  ],
};
