import { calls, example, type Examples, parameters } from '../events/example';
import { ADMIN, APP, INTRUDER } from '../events/fixtures';
import { ACCOUNT, call, CLOUDFORMATION, denied } from '../events/record';

const OTHER = '210987654321';

/** A trust policy as IAM records it: text. */
const trusting = (principal: object) =>
  parameters({
    roleName: 'Partner',
    assumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal }],
    }),
  });

export const examples: Examples = {
  matches: [
    ...calls('iam', ADMIN, {
      CreateSAMLProvider: { name: 'idp', sAMLMetadataDocument: '<EntityDescriptor/>' },
      UpdateSAMLProvider: { sAMLProviderArn: `arn:aws:iam::${ACCOUNT}:saml-provider/idp` },
      CreateOpenIDConnectProvider: { url: 'https://token.actions.githubusercontent.com' },
      UpdateOpenIDConnectProviderThumbprint: { thumbprintList: ['0'.repeat(40)] },
    }),
    example('a stack creates a provider', call('iam', 'CreateOpenIDConnectProvider', CLOUDFORMATION)),
    ...calls('sso', INTRUDER, { CreateInstance: { name: 'sso' } }),
    ...[{ AWS: `arn:aws:iam::${OTHER}:root` }, { AWS: OTHER }, { AWS: '*' }].flatMap((principal) => [
      example(`a role trusts ${principal.AWS}`, call('iam', 'CreateRole', INTRUDER, trusting(principal))),
      example(
        `a role of a stack trusts ${principal.AWS}`,
        call('iam', 'CreateRole', CLOUDFORMATION, trusting(principal)),
      ),
    ]),
    example(
      'a role trusts another account next to its own',
      call('iam', 'CreateRole', INTRUDER, trusting({ AWS: [ACCOUNT, OTHER] })),
    ),
  ],
  nearMisses: [
    example('an intruder may not', denied('iam', 'CreateSAMLProvider', INTRUDER)),
    example('Identity Center is tagged', call('sso', 'TagResource', ADMIN)),
    example('a provider is read', call('iam', 'GetSAMLProvider', ADMIN)),
    example('a provider of another service', call('cognito-idp', 'CreateSAMLProvider', APP)),
    example('Identity Center is read', call('sso', 'DescribeInstance', ADMIN)),
    example('an instance of another service', call('connect', 'CreateInstance', APP)),
    example(
      'a stack creates a role for a service',
      call('iam', 'CreateRole', CLOUDFORMATION, trusting({ Service: 'lambda.amazonaws.com' })),
    ),
    example(
      'somebody creates a role for a service',
      call('iam', 'CreateRole', ADMIN, trusting({ Service: 'lambda.amazonaws.com' })),
    ),
    example(
      'the CDK bootstrap creates a role for this account',
      call('iam', 'CreateRole', CLOUDFORMATION, trusting({ AWS: `arn:aws:iam::${ACCOUNT}:root` })),
    ),
    example(
      'a trust policy of another service',
      call('events', 'PutPermission', ADMIN, trusting({ AWS: OTHER })),
    ),
  ],
};
