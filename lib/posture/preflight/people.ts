import type { PasswordPolicy } from '@aws-sdk/client-iam';
import type { BaselineConfig } from '../../config/config';
import { characterClasses, weakerThan } from '../checks/password';
import type { DeployedStack, Part, Surroundings } from '../snapshot';
import { type Entry, notRead } from './plan';

/** What becomes of groups and users: IAM has one of each name, without regard to case. */
export function planPeople({ people, stack }: Surroundings, config: BaselineConfig): Entry[] {
  if (!('value' in people)) return [notRead('Users and groups', people)];
  const { users, groups } = people.value;
  const { administrators, billing, access } = config;
  const wantedUsers = [...administrators, ...billing.viewers];
  const wantedGroups = [access.groupName, ...(billing.viewers.length > 0 ? ['BillingViewers'] : [])];
  const userNames = users.flatMap(({ UserName }) => UserName ?? []);
  const groupNames = groups.flatMap(({ GroupName }) => GroupName ?? []);
  return [
    ...wantedGroups.map((name) => planName('Group', name, groupNames, stack)),
    ...wantedUsers.map((name) => planName('User', name, userNames, stack)),
  ];
}

function planName(
  kind: 'User' | 'Group',
  name: string,
  existing: readonly string[],
  stack: Part<DeployedStack | undefined>,
): Entry {
  const what = `${kind} ${name}`;
  const found = existing.find((one) => one.toLowerCase() === name.toLowerCase());
  if (found === undefined) return { what, action: 'create', why: 'Nobody has the name.' };
  const resources = 'value' in stack ? (stack.value?.resources ?? []) : [];
  const isOurs = resources.some(
    ({ ResourceType, PhysicalResourceId }) =>
      ResourceType === `AWS::IAM::${kind}` && PhysicalResourceId === found,
  );
  if (isOurs) return { what, action: 'adopt', why: 'The stack has it.' };
  return {
    what,
    action: 'stop',
    why: `${found} is there and not in the stack: IAM has one ${kind.toLowerCase()} of a name, and the deployment would fail.`,
    remedy: {
      text: 'Take it into the stack, as after a removal of the baseline, or choose another name. An imported user keeps its password.',
      command: 'npx cdk deploy --import-existing-resources',
    },
  };
}

/** What becomes of the password policy. */
export function planPasswordPolicy({ passwordPolicy, stack }: Surroundings, config: BaselineConfig): Entry {
  const what = 'Password policy';
  if (!('value' in passwordPolicy)) return notRead(what, passwordPolicy);
  const policy = passwordPolicy.value;
  if (!policy) return { what, action: 'create', why: 'The account has none.' };
  const raised = weakerThan(config.passwordPolicy, policy);
  const stricter = stricterThan(config.passwordPolicy, policy);
  const isDeployed = 'value' in stack && stack.value !== undefined;
  const kept = `it is stricter in ${stricter.join(', ')}`;
  if (stricter.length > 0 && config.passwordPolicy.allowWeaker) {
    return {
      what,
      action: 'create',
      why: `The account has one, and ${kept}; passwordPolicy.allowWeaker lets the deployment weaken it.`,
      remedy: { text: 'Leave passwordPolicy.allowWeaker out, and it stays.' },
    };
  }
  const rest = stricter.length > 0 ? ` What is stricter stays: ${stricter.join(', ')}.` : '';
  if (raised.length > 0 && isDeployed) {
    return {
      what,
      action: 'skip',
      why: `It is weaker than the configuration: ${raised.join(', ')}. A deployment raises it only with a change of passwordPolicy; if it was changed in the account, \`npx aws-account-baseline verify\` says how to set it again.`,
    };
  }
  if (raised.length > 0) {
    return {
      what,
      action: 'create',
      why: `The account has a weaker one, which is raised: ${raised.join(', ')}.${rest} Removing the stack restores it.`,
    };
  }
  return { what, action: 'adopt', why: `The account has one that is as strict as the configuration.${rest}` };
}

/** What the account's policy asks more of than the configuration does. */
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
    ...(remembered > wanted.rememberedPasswords ? [`${remembered} remembered`] : []),
    ...(age > 0 && age < (wanted.expireAfterDays ?? Infinity) ? [`expiry after ${age} days`] : []),
  ];
}
