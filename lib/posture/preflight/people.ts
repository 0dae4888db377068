import type { PasswordPolicy } from '@aws-sdk/client-iam';
import { BREAK_GLASS } from '../../access/break-glass';
import { roleNamesOf, userNamesOf } from '../../access/assumable-roles';
import type { BaselineConfig } from '../../config/config';
import { stackKindsOf } from '../../stacks/stack-kinds';
import { characterClasses, weakerThan } from '../checks/password';
import { isDeployed, resourcesOf } from '../baseline-parts';
import type { DeployedStack, Surroundings } from '../snapshot';
import { type Entry, notRead } from './plan';

/** Plans groups and users. IAM names are unique and not case-sensitive. */
export function planPeople({ people, suite }: Surroundings, config: BaselineConfig): Entry[] {
  if (!('value' in people)) return [notRead('Users and groups', people)];
  const { users, groups, roles } = people.value;
  const { billing, access } = config;
  const wantedUsers = userNamesOf(config);
  const wantedRoles = stackKindsOf(config).includes('Roles') ? roleNamesOf(config) : [];
  const wantedGroups = [
    access.groupName,
    ...(billing.viewers.length > 0 ? ['BillingViewers'] : []),
    ...(access.breakGlass ? [BREAK_GLASS] : []),
  ];
  const userNames = users.flatMap(({ UserName }) => UserName ?? []);
  const groupNames = groups.flatMap(({ GroupName }) => GroupName ?? []);
  const roleNames = roles.flatMap(({ RoleName }) => RoleName ?? []);
  return [
    ...wantedRoles.map((name) => planName('Role', name, roleNames, resourcesOf(suite))),
    ...wantedGroups.map((name) => planName('Group', name, groupNames, resourcesOf(suite))),
    ...wantedUsers.map((name) => planName('User', name, userNames, resourcesOf(suite))),
  ];
}

function planName(
  kind: 'User' | 'Group' | 'Role',
  name: string,
  existing: readonly string[],
  resources: DeployedStack['resources'],
): Entry {
  const what = `${kind} ${name}`;
  const found = existing.find((one) => one.toLowerCase() === name.toLowerCase());
  if (found === undefined) return { what, action: 'create', why: 'The name is available.' };
  const isOurs = resources.some(
    ({ ResourceType, PhysicalResourceId }) =>
      ResourceType === `AWS::IAM::${kind}` && PhysicalResourceId === found,
  );
  if (isOurs) return { what, action: 'adopt', why: 'It is in the stack.' };
  return {
    what,
    action: 'stop',
    why: `${found} already exists outside the stack. IAM ${kind.toLowerCase()} names are unique, so the deployment would fail.`,
    remedy: {
      text: 'Import it into the stack, for example after you removed the baseline, or choose another name. An imported user keeps its password.',
      command: 'npx cdk deploy --all --import-existing-resources',
    },
  };
}

/** Plans the password policy. */
export function planPasswordPolicy({ passwordPolicy, suite }: Surroundings, config: BaselineConfig): Entry {
  const what = 'Password policy';
  if (!('value' in passwordPolicy)) return notRead(what, passwordPolicy);
  const policy = passwordPolicy.value;
  if (!policy) return { what, action: 'create', why: 'The account has no password policy.' };
  const raised = weakerThan(config.passwordPolicy, policy);
  const stricter = stricterThan(config.passwordPolicy, policy);
  if (stricter.length > 0 && config.passwordPolicy.allowWeaker) {
    return {
      what,
      action: 'create',
      why: `The account has a password policy with stricter values (${stricter.join(', ')}). passwordPolicy.allowWeaker allows the deployment to weaken it.`,
      remedy: { text: 'Remove passwordPolicy.allowWeaker to keep the stricter values.' },
    };
  }
  const rest = stricter.length > 0 ? ` Stricter values are not changed: ${stricter.join(', ')}.` : '';
  if (raised.length > 0 && isDeployed(suite, 'Settings')) {
    return {
      what,
      action: 'skip',
      why: `It is weaker than the configuration: ${raised.join(', ')}. A deployment raises it only when passwordPolicy changes. If someone changed it in the account, \`npx aws-account-baseline verify\` shows how to reapply it.`,
    };
  }
  if (raised.length > 0) {
    return {
      what,
      action: 'create',
      why: `The account has a weaker password policy, which the deployment raises: ${raised.join(', ')}.${rest} Removing the stack restores the previous policy.`,
    };
  }
  return {
    what,
    action: 'adopt',
    why: `The account has a password policy that is as strict as the configuration.${rest}`,
  };
}

/** The settings in which the account's policy is stricter than the configuration. */
function stricterThan(wanted: BaselineConfig['passwordPolicy'], policy: PasswordPolicy): string[] {
  const {
    MinimumPasswordLength: length = 0,
    PasswordReusePrevention: remembered = 0,
    MaxPasswordAge: age = 0,
  } = policy;
  return [
    ...(length > wanted.minimumLength ? [`${length} characters`] : []),
    ...characterClasses(wanted, policy).flatMap(({ name, isWanted, has }) =>
      !isWanted && has ? [name] : [],
    ),
    ...(remembered > wanted.passwordReusePrevention ? [`${remembered} remembered`] : []),
    ...(age > 0 && age < (wanted.expireAfterDays ?? Infinity) ? [`expiry after ${age} days`] : []),
  ];
}
