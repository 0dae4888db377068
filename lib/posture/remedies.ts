import type { BaselineConfig } from '../config/config';
import { stackNameOf } from '../stacks/stack-kinds';
import { partsOf } from './baseline-parts';
import type { Remedy } from './finding';
import { shell } from './shell';
import type { DeployedStack, Part } from './snapshot';

/** CloudFormation does not know that somebody deleted the user. */
export const DELETED_USER: Remedy = {
  text: 'Find out who deleted the user. Remove the name from the configuration and deploy. If the person stays, add it again and deploy.',
  command: 'npx cdk deploy --all',
};

/**
 * How to restore a resource that was deleted outside CloudFormation. A deployment that compares the stack
 * with the account would also create a first-time password again that was deleted as advised, and set it for
 * its user.
 *
 * @param secrets ARNs or names of the secrets that exist; undefined if the stacks have none
 */
export function restore(
  stack: DeployedStack,
  { stackName }: BaselineConfig,
  secrets: Part<readonly string[]> | undefined,
): Remedy {
  const name = stackNameOf(stackName, stack.kind);
  const passwords = partsOf([stack], 'first-password').map(({ id }) => id);
  const areStored =
    passwords.length === 0 ||
    (secrets !== undefined && 'value' in secrets && passwords.every((id) => secrets.value.includes(id)));
  if (areStored) {
    return {
      text: 'Find out who deleted it. Then have CloudFormation compare the stack with the account, which creates it again.',
      command: shell`npx cdk deploy ${name} --exclusively --revert-drift`,
    };
  }
  return {
    text: `Find out who deleted it. Create it again with the same name and the values of the template, which this command prints. Do not deploy ${name} with --revert-drift: it would create first-time passwords again that were deleted, and reset the passwords of their users.`,
    command: shell`aws cloudformation get-template --stack-name ${name} --query TemplateBody`,
  };
}
