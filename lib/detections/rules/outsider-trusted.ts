import { STOP_THE_CALLER } from '../containment';
import type { Detection } from '../detection';
import { allOf, anyOf, DIRECTLY, eventNameLike, sourceIs, SUCCEEDED, WRITES } from '../patterns';
import { ACCESS } from '../signals';

export const outsiderTrusted: Detection = {
  id: 'OutsiderTrusted',
  signal: ACCESS,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    WRITES,
    anyOf(
      allOf(sourceIs('iam'), eventNameLike('*SAMLProvider', '*OpenIDConnectProvider*')),
      allOf(sourceIs('sso'), '$.eventName="CreateInstance"'),
      allOf(
        '$.eventName="CreateRole"',
        // The key of account principals in a trust policy.
        '$.requestParameters.assumeRolePolicyDocument="*AWS*"',
        // The roles of the CDK bootstrap trust their own account. A manual one could name it as a pretext.
        anyOf(DIRECTLY, '$.requestParameters.assumeRolePolicyDocument!="*${Account}*"'),
      ),
    ),
  )}}`,
  why: 'The account trusts somebody outside: an identity provider (SAML, OpenID Connect), an instance of IAM Identity Center, or a role that another account can assume. Whoever controls the other side can come back at any time.',
  noise:
    'Setting up single sign-on or a deployment pipeline, once. A role that somebody creates manually counts even if it trusts this account only. ChangedByHand reports manual changes to the trust policies of existing roles.',
  firstMinutes: [
    'Ask the caller which outside party it is.',
    'Compare the account, the URL or the certificate in the event with yours.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Delete the provider, instance or role, then revoke the sessions of the roles that trusted it.',
  ],
};
