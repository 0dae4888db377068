import { example, type Examples, parameters } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { ACCOUNT, call, CLOUDFORMATION, denied, type Identity } from '../events/record';

const OTHER = '210987654321';
const OWN = `arn:aws:iam::${ACCOUNT}:root`;

/** A trust policy as IAM records it: text. */
const trusting = (principal: unknown, indent?: number): string =>
  JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal }],
    },
    undefined,
    indent,
  );

/** A new role, and an existing one. */
const both = (title: string, by: Identity, policy: string) => [
  example(
    `CreateRole: ${title}`,
    call('iam', 'CreateRole', by, parameters({ roleName: 'Partner', assumeRolePolicyDocument: policy })),
  ),
  example(
    `UpdateAssumeRolePolicy: ${title}`,
    call('iam', 'UpdateAssumeRolePolicy', by, parameters({ roleName: 'Partner', policyDocument: policy })),
  ),
];

export const examples: Examples = {
  matches: [
    ...[{ AWS: `arn:aws:iam::${OTHER}:root` }, { AWS: OTHER }, { AWS: '*' }, '*'].flatMap((principal) => [
      ...both(JSON.stringify(principal), INTRUDER, trusting(principal)),
      ...both(`${JSON.stringify(principal)}, by a stack`, CLOUDFORMATION, trusting(principal)),
    ]),
    ...both(
      'another account next to a service',
      INTRUDER,
      trusting({ Service: 'ec2.amazonaws.com', AWS: OTHER }),
    ),
    ...both('another account next to this one', INTRUDER, trusting({ AWS: [ACCOUNT, OTHER] }, 2)),
    ...both('everyone next to this account', INTRUDER, trusting({ AWS: [OWN, '*'] })),
  ],
  nearMisses: [
    example(
      'an intruder may not',
      denied('iam', 'CreateRole', INTRUDER, parameters({ assumeRolePolicyDocument: trusting('*') })),
    ),
    ...both('a service', ADMIN, trusting({ Service: 'lambda.amazonaws.com' })),
    ...both('a service, by a stack', CLOUDFORMATION, trusting({ Service: 'lambda.amazonaws.com' })),
    ...both('an identity provider', ADMIN, trusting({ Federated: 'cognito-identity.amazonaws.com' })),
    ...both('this account', ADMIN, trusting({ AWS: OWN })),
    ...both('the CDK bootstrap', CLOUDFORMATION, trusting({ AWS: [OWN, `arn:aws:iam::${ACCOUNT}:role/x`] })),
    example(
      'a policy that allows to assume a role of another account',
      call('iam', 'PutRolePolicy', ADMIN, parameters({ policyDocument: trusting({ AWS: OTHER }) })),
    ),
  ],
};
