import { personRoleName } from '../../access/person-roles';
import type { BaselineConfig } from '../../config/config';
import { stackNameOf } from '../../stacks/stack-kinds';
import { isDeployed, partOf } from '../baseline-parts';
import { shell } from '../shell';
import type { Surroundings } from '../snapshot';
import type { Entry } from './plan';

/**
 * Plans the change between users and roles. CloudFormation deploys with the caller's rights, so a user who
 * loses them halfway could not finish.
 */
export function planAccessMode(
  { caller, people, suite, region }: Surroundings,
  config: BaselineConfig,
): Entry[] {
  if (!isDeployed(suite, 'Access')) return firstDeployment(config);
  const { access, administrators, stackName } = config;
  const group = partOf(suite, 'people-group');
  const areRoles =
    'value' in group &&
    'value' in people &&
    people.value.users.some(
      ({ UserName = '', GroupList = [] }) =>
        administrators.includes(UserName) && GroupList.includes(group.value),
    );
  const role = personRoleName(stackName, 'Administrator');
  const isRole = caller.arn.includes(`:assumed-role/${role}/`);
  const what = 'Rights of people';
  // No deployment takes the rights of a break-glass user.
  const isBreakGlass = (access.breakGlass ?? []).some((name) => caller.arn.endsWith(`:user/${name}`));
  if (access.mode === 'roles' && isUser(caller.arn) && !isBreakGlass) {
    return [
      {
        what,
        action: 'stop',
        why: areRoles
          ? `Users may only assume roles, and you are signed in as a user: ${caller.arn}.`
          : 'The deployment takes the rights of users, and you are signed in as a user: the rest of it would fail.',
        remedy: {
          text: `${isDeployed(suite, 'Roles') ? 'Deploy' : `Deploy ${stackNameOf(stackName, 'Roles')} as a user, then deploy`} the rest with a profile that assumes ${role}: see docs/roles.md.`,
          command: [
            ...(isDeployed(suite, 'Roles') ? [] : [shell`npx cdk deploy ${stackNameOf(stackName, 'Roles')}`]),
            'npx cdk deploy --all --profile administrator',
          ].join(' && '),
        },
      },
    ];
  }
  if (access.mode === 'users' && areRoles) {
    return [
      isUser(caller.arn)
        ? {
            what,
            action: 'stop',
            why: `Users may only assume roles, and you are signed in as a user: ${caller.arn}.`,
            remedy: {
              text: `Deploy with a profile that assumes ${role}: see docs/roles.md.`,
              command: 'npx cdk deploy --all --profile administrator',
            },
          }
        : {
            what,
            action: 'info',
            why: `The deployment gives users their rights again. Keep ${stackNameOf(stackName, 'Roles')} until it is complete${isRole ? ': you deploy with one of its roles' : ''}.`,
            remedy: {
              text: 'Delete the stack later, signed in as an administrator’s user.',
              command: shell`aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${stackNameOf(stackName, 'Roles')} --region ${region} && aws cloudformation delete-stack --stack-name ${stackNameOf(stackName, 'Roles')} --region ${region}`,
            },
          },
    ];
  }
  return [];
}

const isUser = (arn: string) => /:user\//.test(arn);

/** A new account has no users, so root or another role deploys everything. */
function firstDeployment({ access }: BaselineConfig): Entry[] {
  return access.mode === 'roles'
    ? [
        {
          what: 'Rights of people',
          action: 'info',
          why: 'People get users that can only assume roles with MFA. Administrators read the first-time passwords as users.',
        },
      ]
    : [];
}
