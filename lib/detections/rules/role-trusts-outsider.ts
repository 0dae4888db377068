import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, DIRECTLY, SUCCEEDED } from '../patterns';
import { ACCESS } from '../signals';

/** The text is a trust policy that names an account other than this one, or everyone. */
function trustsOutsider(text: string): string {
  return allOf(
    // "AWS" is the key of account principals. A principal can also be "*", without a key.
    anyOf(`${text}="*AWS*"`, allOf(`${text}!="*Service*"`, `${text}!="*Federated*"`)),
    anyOf(
      `${text}!="*\${Account}*"`,
      // Of two accounts, one may be another, and everyone may stand next to one. The CDK bootstrap names its
      // own account twice, and stacks rarely hide another one behind it.
      allOf(DIRECTLY, String.raw`${text}=%\d{12}[^#]*\d{12}|\x22[*]\x22%`),
    ),
  );
}

export const roleTrustsOutsider: DocumentedDetection = {
  id: 'RoleTrustsOutsider',
  signal: ACCESS,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    anyOf(
      trustsOutsider('$.requestParameters.assumeRolePolicyDocument'),
      allOf('$.eventName="UpdateAssumeRolePolicy"', trustsOutsider('$.requestParameters.policyDocument')),
    ),
  )}}`,
  // Roles of a member usually trust that member, which the pattern takes for an outsider: CDK's bootstrap has
  // five. IAM Access Analyzer finds the roles of a member that trust outsiders.
  inMembers: DIRECTLY,
  why: 'From now on, another account, or everyone, can assume a role of this account: a new role, or an existing one whose trust policy changed. Anyone who controls the other side can come back at any time.',
  noise:
    'Setting up access for another account, a partner or a vendor, once. A trust policy that names only this account, a service or an identity provider does not count. One that names this account twice counts if somebody writes it manually, because a pattern cannot tell two accounts apart. With an organization trail, trust policies that somebody writes manually in a member count even if they name that member alone; those of deployments in members do not count.',
  firstMinutes: [
    'Look in the event for the account that the role trusts, and ask the caller whose it is.',
    'Check what the role may do.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Restore the trust policy or delete the role, then revoke the sessions of the role.',
  ],
};
