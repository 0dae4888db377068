import { AUDIENCE } from '../federation/pipelines/issuers';
import { stackNameOf } from '../stacks/stack-kinds';
import { partsOf } from './baseline-parts';
import type { Finding, Remedy } from './finding';
import { shell } from './shell';
import type { DeployedStack, DeployedSuite, Part } from './snapshot';

/** CloudFormation does not know that somebody deleted the user. */
export const DELETED_USER: Remedy = {
  text: 'Find out who deleted or renamed the user. A renamed user keeps the password and the groups: rename it back with `aws iam update-user`. Otherwise, remove the name from the configuration and deploy. If the person stays, add it again and deploy.',
  command: 'npx cdk deploy --all',
};

/** The person who created the user may have its password. */
export const REMADE_USER: Remedy = {
  text: 'Find out who created the user, and so may know the password. Delete the password before you give the user any permissions, and then set another one.',
};

/** How pipelines can use the provider of somebody else, whose roles may trust it for another audience. */
export function addAudience(provider: string): Remedy {
  return {
    text: 'Ask who manages the provider, then add the audience. Check first that each role that trusts it asks for an audience of its own.',
    command: shell`aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${provider} --client-id ${AUDIENCE}`,
  };
}

/**
 * How to deploy again after a first deployment that failed; undefined if the CDK CLI replaces the stack
 * itself. It enables termination protection before it knows whether the deployment succeeds, and then cannot
 * delete the stack.
 */
export function unprotect(
  { StackStatus: status, EnableTerminationProtection: isProtected }: DeployedStack['stack'],
  stackName: string,
  region: string,
): Remedy | undefined {
  if (isProtected !== true || (status !== 'ROLLBACK_COMPLETE' && status !== 'ROLLBACK_FAILED'))
    return undefined;
  return {
    text: 'Find the first failure in the stack events and fix it. Disable the protection, which keeps the CDK CLI from replacing the stack, and deploy again. Buckets, log group and key of the failed deployment are retained.',
    command: unprotectCommand(stackName, region),
  };
}

const unprotectCommand = (name: string, region: string) =>
  shell`aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${name} --region ${region}`;

/** Deletes a stack and its protection, whether or not the app has the stack. */
export const removeCommand = (name: string, region: string) =>
  `${unprotectCommand(name, region)} && ${shell`aws cloudformation delete-stack --stack-name ${name} --region ${region}`}`;

/** The option of the CDK CLI that compares the stacks with the account. */
const REVERT = '--revert-drift';

const EVERY_STACK = 'npx cdk deploy --all --revert-drift';

/**
 * Whether a deployment with `--revert-drift` would harm people. It creates a first-time password again that
 * was deleted as advised, and so updates its user, who gets that password.
 *
 * @param secrets ARNs and names of the secrets that exist
 */
function resetsPasswords(stack: DeployedStack, secrets: Part<readonly string[]> | undefined): boolean {
  const passwords = partsOf([stack], 'first-password');
  if (passwords.length === 0) return false;
  if (secrets === undefined || !('value' in secrets)) return true;
  return passwords.some(({ id }) => !secrets.value.includes(id));
}

/** How to restore what somebody deleted or changed in a stack whose passwords would be reset. */
function byHand({ kind, stack }: DeployedStack, prefix: string): Remedy {
  const stackName = stackNameOf(prefix, kind);
  const [, , , region = ''] = stack.StackId?.split(':') ?? [];
  return {
    text: `Find out who changed it. Restore it by its own commands, with the values of the template, which this command prints. Do not deploy ${stackName} with ${REVERT}: it would create first-time passwords again that were deleted, and reset the passwords of their users.`,
    command: shell`aws cloudformation get-template --region ${region} --stack-name ${stackName} --query TemplateBody`,
  };
}

/**
 * How to restore resources of stacks that were deleted outside CloudFormation.
 *
 * @param prefix of the names of the stacks
 * @param secrets ARNs and names of the secrets that exist; undefined if the stacks have none
 */
export function restore(
  stacks: readonly DeployedStack[],
  prefix: string,
  secrets: Part<readonly string[]> | undefined,
): Remedy {
  const harmed = stacks.find((stack) => resetsPasswords(stack, secrets));
  if (harmed) return byHand(harmed, prefix);
  const names = stacks.map(({ kind }) => shell`${stackNameOf(prefix, kind)}`);
  return {
    text: `Find out who deleted it. Then have CloudFormation compare the ${names.length === 1 ? 'stack' : 'stacks'} with the account, which creates it again.`,
    command: ['npx cdk deploy', ...names, '--exclusively', REVERT].join(' '),
  };
}

/**
 * A finding whose remedy resets no password: the stacks with deleted first-time passwords are left out of it,
 * or restored manually if the finding is about them.
 */
export function withoutReset(
  finding: Finding,
  suite: DeployedSuite,
  prefix: string,
  secrets: Part<readonly string[]>,
): Finding {
  const { remedy, resource = '', area } = finding;
  if (remedy?.command?.includes(REVERT) !== true) return finding;
  const harmed = suite.filter((stack) => resetsPasswords(stack, secrets));
  const [first] = harmed;
  if (!first) return finding;
  const about =
    harmed.find(({ stack: { StackId } }) => StackId === resource) ?? (area === 'people' ? first : undefined);
  if (about) return { ...finding, remedy: byHand(about, prefix) };
  const others = suite
    .filter((stack) => !harmed.includes(stack))
    .map(({ kind }) => stackNameOf(prefix, kind));
  const command = ['npx cdk deploy', ...others.map((name) => shell`${name}`), '--exclusively', REVERT].join(
    ' ',
  );
  return {
    ...finding,
    remedy: { ...remedy, command: remedy.command.replace(EVERY_STACK, command) },
  };
}
