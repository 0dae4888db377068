import type { PasswordPolicy } from '@aws-sdk/client-iam';
import { BREAK_GLASS } from '../../access/break-glass';
import { roleNamesOf, userNamesOf } from '../../access/assumable-roles';
import { BILLING_VIEWERS } from '../../billing/billing-viewers';
import type { BaselineConfig } from '../../config/config';
import { stackKindsOf } from '../../stacks/stack-kinds';
import { characterClasses, weakerThan } from '../checks/password';
import { isDeployed, resourcesOf } from '../baseline-parts';
import { remadeUsers } from '../deployed-roles';
import { REMADE_USER } from '../remedies';
import { shell } from '../shell';
import type { DeployedStack, People, Surroundings } from '../snapshot';
import { type Choice, type Entry, notRead } from './plan';

/** Plans groups and users. IAM names are unique and not case-sensitive. */
export function planPeople(surroundings: Surroundings, config: BaselineConfig): Entry[] {
  const { people, suite } = surroundings;
  if (!('value' in people)) return [notRead('Users and groups', people)];
  const { users, groups, roles } = people.value;
  const { billing, access } = config;
  const wantedUsers = userNamesOf(config);
  const wantedRoles = stackKindsOf(config).includes('Roles') ? roleNamesOf(config) : [];
  const wantedGroups = [
    access.groupName,
    ...(billing.viewers.length > 0 ? [BILLING_VIEWERS] : []),
    ...(access.breakGlass ? [BREAK_GLASS] : []),
  ];
  const userNames = users.flatMap(({ UserName }) => UserName ?? []);
  const groupNames = groups.flatMap(({ GroupName }) => GroupName ?? []);
  const roleNames = roles.flatMap(({ RoleName }) => RoleName ?? []);
  const resources = resourcesOf(suite);
  const isKept = access.keepOnRemoval;
  return [
    ...wantedRoles.flatMap((name) => planName('Role', name, roleNames, resources, isKept)),
    ...wantedGroups.flatMap((name) =>
      planName(
        'Group',
        name,
        groupNames,
        resources,
        // Its group is deleted with the stack.
        isKept && name !== BILLING_VIEWERS,
        whoIsIn(people.value, name, config),
      ),
    ),
    ...wantedUsers.flatMap((name) =>
      changesGroup(name, resources, config)
        ? [{ what: `User ${name}`, ...CHANGES_GROUP }]
        : planName('User', name, userNames, resources, isKept),
    ),
    ...('value' in suite ? remadeUsers(suite.value, users) : []).map((name): Entry => ({
      what: `User ${name}`,
      action: 'info',
      why: 'It was deleted and created again after the deployment. CloudFormation still treats it as the user of the stack.',
      remedy: { ...REMADE_USER, command: shell`aws iam delete-login-profile --user-name ${name}` },
    })),
  ];
}

/** Whether a user of the stack becomes a billing viewer or an administrator, who is another resource. */
function changesGroup(
  name: string,
  resources: DeployedStack['resources'],
  { administrators, billing }: BaselineConfig,
): boolean {
  const deployed = resources.find(
    ({ ResourceType, PhysicalResourceId }) =>
      ResourceType === 'AWS::IAM::User' && PhysicalResourceId === name,
  );
  const was = (group: string) => deployed?.LogicalResourceId?.startsWith(group) === true;
  return billing.viewers.includes(name)
    ? was('AdminAccess')
    : administrators.includes(name) && was('BillingAccess');
}

const CHANGES_GROUP = {
  action: 'stop',
  why: 'It is in the stack as a member of another group. The deployment would create it again, and fail.',
  remedy: {
    text: 'First deploy without this person, whose user stays in the account with its password. Then add the person, and deploy with --import-existing-resources.',
  },
} as const;

/** What a group that exists would bring along. */
interface Membership {
  /** Members that the configuration does not make administrators, or whatever else the group is for. */
  readonly strangers: readonly string[];
  /** Names of the managed policies that are attached, and of the inline policies. */
  readonly policies: readonly string[];
  /** Name of the group, if an option sets it. @default - no option sets it */
  readonly groupName?: string;
}

function whoIsIn({ users, groups }: People, name: string, config: BaselineConfig): Membership {
  const isSame = (other: string | undefined) => other?.toLowerCase() === name.toLowerCase();
  const wanted = userNamesOf(config).map((one) => one.toLowerCase());
  const group = groups.find(({ GroupName }) => isSame(GroupName));
  const { AttachedManagedPolicies: attached = [], GroupPolicyList: inline = [] } = group ?? {};
  return {
    strangers: users.flatMap(({ UserName = '', GroupList = [] }) =>
      GroupList.some(isSame) && !wanted.includes(UserName.toLowerCase()) ? [UserName] : [],
    ),
    ...(name === config.access.groupName && { groupName: name }),
    policies: [
      ...attached.map(({ PolicyName = '' }) => PolicyName),
      ...inline.map(({ PolicyName = '' }) => PolicyName),
    ],
  };
}

function planName(
  kind: 'User' | 'Group' | 'Role',
  name: string,
  existing: readonly string[],
  resources: DeployedStack['resources'],
  isKept: boolean,
  { strangers, policies, groupName }: Membership = { strangers: [], policies: [] },
): Entry[] {
  const what = `${kind} ${name}`;
  const found = existing.find((one) => one.toLowerCase() === name.toLowerCase());
  const isOurs = resources.some(
    ({ ResourceType, PhysicalResourceId }) =>
      ResourceType === `AWS::IAM::${kind}` && PhysicalResourceId === (found ?? name),
  );
  // What was deleted has an entry of its own.
  if (found === undefined) return isOurs ? [] : [{ what, action: 'create', why: 'The name is available.' }];
  const members =
    strangers.length > 0
      ? [`It has the members ${strangers.join(', ')}, whom the configuration does not name.`]
      : [];
  const removal = strangers
    .map((user) => shell`aws iam remove-user-from-group --group-name ${found} --user-name ${user}`)
    .join(' && ');
  if (isOurs) {
    return [
      {
        what,
        action: 'adopt',
        why: ['It is in the stack.', ...members].join(' '),
        // Somebody added them, or created another group with this name.
        ...(strangers.length > 0 && {
          remedy: {
            text: 'Decide about the members first: a deployment can give them the rights that the baseline gives to the group. Remove them with this command, or add them to the configuration.',
            command: removal,
          },
        }),
      },
    ];
  }
  const has = [...members, ...(policies.length > 0 ? [`It has the policies ${policies.join(', ')}.`] : [])];
  return [
    {
      what,
      action: 'stop',
      why: [
        `${found} already exists outside the stack. IAM ${kind.toLowerCase()} names are unique, so the deployment would fail.`,
        ...has,
      ].join(' '),
      remedy:
        strangers.length > 0
          ? {
              text: `Decide about the members first: an import would give them the rights that the baseline gives to the group. Remove them with this command, or choose another name for the group of the baseline.`,
              command: removal,
            }
          : !isKept
            ? { text: 'Delete or rename it. CloudFormation imports only what the stack keeps on removal.' }
            : {
                text: 'Import it into the stack, for example after you removed the baseline, or choose another name. An imported user keeps its password, if it has one.',
                command: 'npx cdk deploy --all --import-existing-resources',
              },
      choices: [
        // An import finds the resource by the exact name of the template.
        ...(isKept && strangers.length === 0 && found === name
          ? [
              {
                id: 'import',
                text:
                  kind === 'User' ? 'Import the user, who keeps the password' : 'Import it into the stack',
                takesOver: true,
              },
            ]
          : []),
        ...(groupName === undefined
          ? []
          : [
              {
                id: 'rename',
                text: `Name the group of the baseline ${OTHER_GROUP}, and leave ${found} unchanged`,
                options: [{ path: ['access', 'groupName'], value: OTHER_GROUP }],
              },
            ]),
        { id: 'wait', text: 'Change it yourself first, and run this again', isOpen: true },
      ],
    },
  ];
}

/** Name of the administrators' group where the default is taken. */
const OTHER_GROUP = 'BaselineAdministrators';

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
  const isOurs = isDeployed(suite, 'Settings');
  const exception = isOurs ? ', unless the baseline set them' : '';
  const rest =
    stricter.length > 0 ? ` Stricter values are not changed${exception}: ${stricter.join(', ')}.` : '';
  if (raised.length > 0 && isOurs) {
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
      ...(stricter.length > 0 && { choices: keepOrWeaken(stricter) }),
    };
  }
  return {
    what,
    action: 'adopt',
    why: `The account has a password policy that is as strict as the configuration.${rest}`,
    ...(stricter.length > 0 && { choices: keepOrWeaken(stricter) }),
  };
}

/**
 * Plans the lock-out of people whose password expired. It makes no password stronger, and a sole
 * administrator could only come back through root.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
 */
export function planHardExpiry({ passwordPolicy, suite }: Surroundings): Entry[] {
  if (!('value' in passwordPolicy) || passwordPolicy.value?.HardExpiry !== true) return [];
  const what = 'Hard expiry of passwords';
  const why = 'Only an administrator can restore access for somebody whose password expired.';
  return [
    isDeployed(suite, 'Settings')
      ? {
          what,
          action: 'skip',
          why: `${why} Somebody enabled it after the deployment, which changes it only when passwordPolicy changes; \`npx aws-account-baseline verify\` shows how to disable it.`,
        }
      : {
          what,
          action: 'create',
          why: `${why} The deployment disables it. Removing the stack restores the previous policy.`,
        },
  ];
}

function keepOrWeaken(stricter: readonly string[]): Choice[] {
  return [
    { id: 'keep', text: `Keep what is stricter: ${stricter.join(', ')}` },
    {
      id: 'weaken',
      text: 'Set exactly the values of the configuration',
      options: [{ path: ['passwordPolicy', 'allowWeaker'], value: true }],
    },
  ];
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
