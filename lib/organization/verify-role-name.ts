/**
 * Name of the role with which `org verify` reads a member. It is fixed, because the command and the
 * organization's policies must know it.
 *
 * @param prefix the configuration's `stackName`
 */
export function verifyRoleName(prefix: string): string {
  return `${prefix}-Verify`;
}
