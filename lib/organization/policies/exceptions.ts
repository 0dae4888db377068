/** Conditions of a statement: operators, keys, values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/**
 * The condition of a service control policy that excepts accounts. Not attaching the policy to them would not
 * do: accounts inherit the policies of every OU above them.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function exceptMembers(
  accounts: readonly string[],
  conditions: Conditions = {},
): { readonly Condition?: Conditions } {
  const all = {
    ...conditions,
    ...(accounts.length > 0 && {
      StringNotEquals: { ...conditions['StringNotEquals'], 'aws:PrincipalAccount': accounts },
    }),
  };
  return Object.keys(all).length > 0 ? { Condition: all } : {};
}
