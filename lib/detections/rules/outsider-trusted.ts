import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, eventNameLike, sourceIs, SUCCEEDED, WRITES } from '../patterns';
import { ACCESS } from '../signals';

export const outsiderTrusted: DocumentedDetection = {
  id: 'OutsiderTrusted',
  signal: ACCESS,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    WRITES,
    anyOf(
      allOf(sourceIs('iam'), eventNameLike('*SAMLProvider', '*OpenIDConnectProvider*')),
      allOf(sourceIs('rolesanywhere'), eventNameLike('*TrustAnchor', '*Profile')),
      // sso and sso-directory
      allOf('$.eventSource="sso*"', eventNameLike('CreateInstance', '*Directory')),
    ),
  )}}`,
  why: 'The account trusts somebody outside: an identity provider (SAML, OpenID Connect), a certificate authority (IAM Roles Anywhere), an instance of IAM Identity Center, or another identity source for it. Anyone who controls the other side can come back at any time.',
  noise:
    'Setting up single sign-on or a deployment pipeline, once, and replacing its certificates. RoleTrustsOutsider reports roles that other accounts can assume.',
  firstMinutes: [
    'Ask the caller which outside party it is.',
    'Compare the URL or the certificate in the event with yours.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Delete the provider, the trust anchor or the instance, then revoke the sessions of the roles that trusted it.',
  ],
};
