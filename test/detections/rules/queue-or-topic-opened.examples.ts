import { calls, example, type Examples, parameters } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { ACCOUNT, call, CLOUDFORMATION, denied } from '../events/record';

const OTHER = '210987654321';
const OWN = `arn:aws:iam::${ACCOUNT}:root`;

/** A policy for these principals, which names the queue of this account. */
const policy = (...AWS: readonly string[]): string =>
  JSON.stringify({
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS },
        Action: 'SQS:*',
        Resource: `arn:aws:sqs:us-east-1:${ACCOUNT}:orders`,
      },
    ],
  });

const queue = (...principals: readonly string[]) => ({ attributes: { Policy: policy(...principals) } });
const topic = (...principals: readonly string[]) => ({
  attributeName: 'Policy',
  attributeValue: policy(...principals),
});

export const examples: Examples = {
  matches: [
    ...calls('sqs', INTRUDER, {
      AddPermission: { label: 'x', aWSAccountIds: [OTHER], actions: ['*'] },
      SetQueueAttributes: queue(`arn:aws:iam::${OTHER}:root`),
    }),
    example(
      'a topic',
      call('sns', 'AddPermission', INTRUDER, parameters({ label: 'x', aWSAccountId: [OTHER] })),
    ),
    ...calls('sns', INTRUDER, { SetTopicAttributes: topic(`arn:aws:iam::${OTHER}:user/x`) }),
    example(
      'a stack creates a queue for another account',
      call('sqs', 'CreateQueue', CLOUDFORMATION, parameters(queue(`arn:aws:iam::${OTHER}:role/x`))),
    ),
  ],
  nearMisses: [
    example(
      'an intruder may not',
      denied('sqs', 'SetQueueAttributes', INTRUDER, parameters(queue(`arn:aws:iam::${OTHER}:root`))),
    ),
    example(
      'an intruder may not, for a topic',
      denied('sns', 'SetTopicAttributes', INTRUDER, parameters(topic(`arn:aws:iam::${OTHER}:root`))),
    ),
    ...calls('sqs', ADMIN, {
      AddPermission: { aWSAccountIds: [ACCOUNT] },
      SetQueueAttributes: queue(OWN),
      CreateQueue: { attributes: { VisibilityTimeout: '30' } },
    }),
    example('a topic', call('sns', 'AddPermission', ADMIN, parameters({ aWSAccountId: [ACCOUNT] }))),
    ...calls('sns', ADMIN, { SetTopicAttributes: topic(OWN) }),
    example(
      'this account besides the other, which only the analyzer can tell',
      call('sqs', 'SetQueueAttributes', ADMIN, parameters(queue(OWN, `arn:aws:iam::${OTHER}:root`))),
    ),
    example(
      'this account besides the other, for a topic',
      call('sns', 'SetTopicAttributes', ADMIN, parameters(topic(OWN, `arn:aws:iam::${OTHER}:root`))),
    ),
    example(
      'everyone, which ResourcePolicyOpened reports',
      call('sqs', 'SetQueueAttributes', INTRUDER, parameters(queue('*'))),
    ),
    example(
      'the name of a topic',
      call(
        'sns',
        'SetTopicAttributes',
        ADMIN,
        parameters({ attributeName: 'DisplayName', attributeValue: 'Orders' }),
      ),
    ),
  ],
};
