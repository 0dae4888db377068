/**
 * Beginning of the names of the roles with which `org verify` reads members. It is fixed, because the
 * organization's policies must know it.
 *
 * @param prefix the configuration's `stackName`
 */
export function verifyRolePrefix(prefix: string): string {
  return `${prefix}-Verify-`;
}

/**
 * Name of the role that a stack of a member has created. An account that has left a group or the organization
 * keeps its stack, so that the next one needs another name.
 *
 * @param prefix the configuration's `stackName`
 * @param stackId ARN of the stack, which ends with a UUID
 */
export function verifyRoleName(prefix: string, stackId: string): string {
  const [, , uuid = ''] = stackId.split('/');
  return `${verifyRolePrefix(prefix)}${uuid.split('-')[0] ?? ''}`;
}
