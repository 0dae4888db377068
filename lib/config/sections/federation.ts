import { z } from 'zod';
import { PERSON_ROLES } from '../../access/person-roles';
import { oneOf, section } from '../../fields/basics';
import { samlProviderName } from '../../fields/names';
import { matching } from '../../fields/text';
import { identityCenter } from './identity-center';
import { pipelines } from './pipelines';

const samlRole = section(
  {
    /** Role that the provider leads to. */
    role: oneOf(PERSON_ROLES),
    /**
     * Value that `groupAttribute` must have in the assertion.
     * @default - the identity provider decides alone, by the roles that it names in the assertion
     */
    group: matching(
      /^[^"\\\n\r$*?{}]{1,128}$/,
      'must be the name of a group: 1 to 128 characters, without " \\ $ * ? { }',
    ).optional(),
  },
  "must be a role such as { role: 'ReadOnly', group: 'engineers' }",
);

const saml = section({
  /** Name of the provider in IAM. A changed name replaces the provider. */
  name: samlProviderName(),
  /** File with the metadata of the identity provider, relative to the configuration file. */
  metadata: matching(/\S/, 'must be the path of a file'),
  /**
   * Roles that the provider leads to, such as `[{ role: 'ReadOnly', group: 'engineers' }]`. The longest
   * session is `access.sessionHours`.
   */
  roles: z
    .array(samlRole, { error: 'must be a list of roles' })
    .min(1, { error: 'must name at least one role' }),
  /**
   * Attribute of the assertion with the groups of a person.
   * @default 'eduPersonAffiliation'
   */
  groupAttribute: oneOf(['eduPersonAffiliation', 'eduPersonEntitlement']).default('eduPersonAffiliation'),
}).optional();

export const federation = section({
  /**
   * A SAML identity provider whose people assume the roles for people. Assertions must have the e-mail
   * address of the person as source identity.
   * @default - none
   */
  saml,
  /**
   * Pipelines that assume roles with tokens of their own platform, so that they need no access keys. Each
   * repository gets a role that reads, for pull requests, and one that deploys.
   */
  pipelines,
  /**
   * Permission sets of IAM Identity Center for this account, and the groups that get them. It needs an
   * organization instance, and a deployment from the account that administers it.
   * @default - none
   */
  identityCenter,
}).prefault({});
