import { z } from 'zod';
import { flag, list, section } from '../../fields/basics';
import { accountSettings } from './account-settings';
import { contacts } from './contacts';
import { unitId } from './organization-structure';
import { passwordPolicy } from './password-policy';

type Optional<T extends z.core.$ZodType> = z.ZodOptional<T extends z.ZodDefault<infer Inner> ? Inner : T>;

/** The same options without their defaults. */
function optional<T extends z.ZodRawShape>(shape: T): { [Name in keyof T]: Optional<T[Name]> } {
  const options = Object.entries(shape).map(([name, option]) => [
    name,
    z.optional(option instanceof z.ZodDefault ? option.unwrap() : option),
  ]);
  // Object.fromEntries does not keep the names.
  return Object.fromEntries(options) as { [Name in keyof T]: Optional<T[Name]> };
}

/** What only one account can have, what members do not get, and what a group has by itself. */
const NOT_OF_A_GROUP = {
  alias: true,
  removeDefaultVpcs: true,
  emptyDefaultSecurityGroups: true,
  contacts: true,
  keepOnRemoval: true,
} as const;

const group = section(
  {
    /** IDs of its OUs, which `organization.ous` lists too. The OUs below them belong to it. */
    ous: list(unitId(), 'IDs of OUs').min(1, { error: 'must name at least one OU' }),
    /**
     * Options of `accountSettings` that differ, except for the alias and the default networks.
     * @default {}
     */
    accountSettings: section(
      optional(accountSettings.unwrap().omit(NOT_OF_A_GROUP).shape),
      'must be an object such as { serialConsoleOff: false }',
    ).optional(),
    /**
     * Options of `passwordPolicy` that differ, except for `onRemoval`.
     * @default {}
     */
    passwordPolicy: section(
      optional(passwordPolicy.unwrap().omit({ onRemoval: true }).shape),
      'must be an object such as { minimumLength: 20 }',
    ).optional(),
    /**
     * Alternate contacts of the members.
     * @default - organization.members.contacts
     */
    contacts: contacts.unwrap().optional(),
    /**
     * See `organization.members.keepOnRemoval`.
     * @default - organization.members.keepOnRemoval
     */
    keepOnRemoval: flag().optional(),
  },
  "must be an object such as { ous: ['ou-a1b2-c3d4e5f6'], passwordPolicy: { minimumLength: 20 } }",
);

const groupName = z.string().regex(/^[A-Z][A-Za-z0-9]{0,19}$/, {
  error: 'is not a name of a group: a capital letter, then up to 19 letters and digits',
});

/** Groups of OUs, by their names. */
export const memberGroups = z.record(groupName, group, {
  error: "must be an object such as { Sandbox: { ous: ['ou-a1b2-c3d4e5f6'] } }",
});
