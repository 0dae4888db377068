import { example, type Examples } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { ACCOUNT, call, CLOUDFORMATION, denied } from '../events/record';

/** A policy as its text, in one line or over several. */
const text = (principal: unknown, others: object = {}, indent?: number): string =>
  JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: principal, Action: 'x:*', ...others }],
    },
    undefined,
    indent,
  );
const OWN = { AWS: `arn:aws:iam::${ACCOUNT}:root` };

/** SNS's own policy of a new topic. */
const OWNER = { Condition: { StringEquals: { 'AWS:SourceOwner': ACCOUNT } } };

const CALLS: readonly (readonly [service: string, name: string, of: (policy: string) => object])[] = [
  ['kms', 'PutKeyPolicy', (policy) => ({ keyId: '1234abcd', policyName: 'default', policy })],
  ['kms', 'CreateKey', (policy) => ({ policy })],
  ['ecr', 'SetRepositoryPolicy', (policyText) => ({ repositoryName: 'orders', policyText })],
  ['sqs', 'SetQueueAttributes', (Policy) => ({ attributes: { Policy } })],
  ['sns', 'CreateTopic', (Policy) => ({ name: 'orders', attributes: { Policy } })],
  ['sns', 'SetTopicAttributes', (attributeValue) => ({ attributeName: 'Policy', attributeValue })],
  ['elasticfilesystem', 'PutFileSystemPolicy', (policy) => ({ fileSystemId: 'fs-1', policy })],
  ['secretsmanager', 'PutResourcePolicy', (resourcePolicy) => ({ secretId: 'orders', resourcePolicy })],
];

const each = (title: string, policy: string, by = INTRUDER) =>
  CALLS.map(([service, name, of]) =>
    example(`${service} ${name}: ${title}`, call(service, name, by, { requestParameters: of(policy) })),
  );

export const examples: Examples = {
  matches: [
    ...each('everyone', text('*')),
    ...each('everyone of AWS, over several lines', text({ AWS: ['*'] }, {}, 4)),
    ...each('a stack', text({ AWS: '*' }), CLOUDFORMATION),
  ],
  nearMisses: [
    ...each('this account', text(OWN), ADMIN),
    ...each('this account may do everything', text(OWN, { Action: '*', Resource: '*' }), ADMIN),
    ...each('a service', text({ Service: 's3.amazonaws.com' }), CLOUDFORMATION),
    ...each('everyone of this account', text({ AWS: '*' }, OWNER), ADMIN).filter(
      ({ event }) => event.eventSource !== 'secretsmanager.amazonaws.com',
    ),
    example(
      'an intruder may not',
      denied('kms', 'PutKeyPolicy', INTRUDER, { requestParameters: { policy: text('*') } }),
    ),
    example(
      'a policy is checked',
      call('access-analyzer', 'ValidatePolicy', ADMIN, {
        requestParameters: { policyDocument: text('*') },
        readOnly: true,
      }),
    ),
    example(
      'a role, which RoleTrustsOutsider reports',
      call('iam', 'CreateRole', INTRUDER, { requestParameters: { assumeRolePolicyDocument: text('*') } }),
    ),
  ],
};
