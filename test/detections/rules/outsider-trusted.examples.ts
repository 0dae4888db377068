import { calls, example, type Examples, parameters } from '../events/example';
import { ADMIN, APP, INTRUDER } from '../events/fixtures';
import { ACCOUNT, call, CLOUDFORMATION, denied } from '../events/record';

const PROFILE = { name: 'build', roleArns: [`arn:aws:iam::${ACCOUNT}:role/Build`], enabled: true };

export const examples: Examples = {
  matches: [
    ...calls('iam', ADMIN, {
      CreateSAMLProvider: { name: 'idp', sAMLMetadataDocument: '<EntityDescriptor/>' },
      UpdateSAMLProvider: { sAMLProviderArn: `arn:aws:iam::${ACCOUNT}:saml-provider/idp` },
      CreateOpenIDConnectProvider: { url: 'https://token.actions.githubusercontent.com' },
      UpdateOpenIDConnectProviderThumbprint: { thumbprintList: ['0'.repeat(40)] },
    }),
    example('a stack creates a provider', call('iam', 'CreateOpenIDConnectProvider', CLOUDFORMATION)),
    ...calls('rolesanywhere', INTRUDER, {
      CreateTrustAnchor: { name: 'build', enabled: true },
      EnableTrustAnchor: { trustAnchorId: '1234abcd' },
      CreateProfile: PROFILE,
    }),
    ...calls('sso', INTRUDER, {
      CreateInstance: { name: 'sso' },
      AssociateDirectory: { directoryId: 'd-9067642ac7' },
    }),
    ...calls('sso-directory', INTRUDER, {
      DisassociateDirectory: { directoryId: 'd-9067642ac7' },
      EnableExternalIdPConfigurationForDirectory: { directoryId: 'd-9067642ac7' },
    }),
  ],
  nearMisses: [
    example('an intruder may not', denied('iam', 'CreateSAMLProvider', INTRUDER)),
    example('a role is created, which RoleTrustsOutsider reports', call('iam', 'CreateRole', ADMIN)),
    example('Identity Center is tagged', call('sso', 'TagResource', ADMIN)),
    example('a provider is read', call('iam', 'GetSAMLProvider', ADMIN)),
    example('a provider of another service', call('cognito-idp', 'CreateSAMLProvider', APP)),
    example('Identity Center is read', call('sso', 'DescribeInstance', ADMIN)),
    example('an instance of another service', call('connect', 'CreateInstance', APP)),
    example('a directory of another service', call('ds', 'CreateDirectory', ADMIN)),
    example('an anchor is read', call('rolesanywhere', 'GetTrustAnchor', ADMIN)),
    example('an anchor is tagged', call('rolesanywhere', 'TagResource', ADMIN)),
    example('a profile of another service', call('mediaconvert', 'CreateProfile', APP, parameters(PROFILE))),
  ],
};
