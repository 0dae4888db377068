import { isDeepStrictEqual } from 'node:util';
import { PARAMETER_PATH } from '../../settings/parameter-path';
import type { MemberSwitch } from '../../settings/setting';
import { SWITCHES } from '../../settings/settings';
import { exceptRollout, exceptUnits, exemptRoles, stackOfMembers } from './exceptions';
import { denials, type OrganizationPolicy, type PolicyOptions } from './policy';

/** The password policy has no switch. */
const PASSWORD_POLICY = ['iam:DeleteAccountPasswordPolicy', 'iam:UpdateAccountPasswordPolicy'];

/**
 * Calls that change resources of the baseline. A wildcard stands where every other call of the service that
 * begins so would change them, too, including those that AWS adds.
 */
const CHANGES = [
  'access-analyzer:DeleteAnalyzer',
  'access-analyzer:UpdateAnalyzer',
  'cloudformation:CancelUpdateStack',
  'cloudformation:ContinueUpdateRollback',
  'cloudformation:Create*',
  'cloudformation:Delete*',
  'cloudformation:ExecuteChangeSet',
  'cloudformation:RollbackStack',
  'cloudformation:SetStackPolicy',
  'cloudformation:Update*',
  'events:DeleteRule',
  'events:DisableRule',
  'events:Put*',
  'events:RemoveTargets',
  'lambda:AddPermission',
  'lambda:CreateFunction',
  'lambda:Delete*',
  'lambda:Invoke*',
  'lambda:Put*',
  'lambda:RemovePermission',
  'lambda:Update*',
  'logs:AssociateKmsKey',
  'logs:Delete*',
  'logs:Put*',
  'ssm:DeleteParameter*',
  'ssm:PutParameter',
];

/** Calls that change who may use a role, what it may do, or who it is, and that pass it to a function. */
const CHANGES_OF_ROLES = [
  'iam:AttachRolePolicy',
  'iam:CreateRole',
  'iam:DeleteRole*',
  'iam:DetachRolePolicy',
  'iam:PassRole',
  'iam:PutRole*',
  'iam:TagRole',
  'iam:UntagRole',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateRole*',
];

/** Calls that weaken settings, by the OUs that have them off. The first are denied to all members. */
function protectSettings({
  settings,
  unitsWithout,
}: PolicyOptions): { actions: string[]; units: string[] }[] {
  const found = [{ actions: [...PASSWORD_POLICY], units: [] as string[] }];
  const switches: readonly MemberSwitch[] = SWITCHES;
  for (const { option, weakenedBy } of switches) {
    const [name = ''] = Object.keys(option);
    if (!settings.includes(name) || weakenedBy.length === 0) continue;
    const units = [...(unitsWithout[name] ?? [])];
    const same = found.find((one) => isDeepStrictEqual(one.units, units));
    if (same) same.actions.push(...weakenedBy);
    else found.push({ actions: [...weakenedBy], units });
  }
  return found;
}

/**
 * Protects what StackSets deploy in a member, and the settings that it applies, from everybody there.
 * CloudFormation is not exempt, because StackSets call it by a role of their own.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const protect: OrganizationPolicy = {
  name: 'protect',
  type: 'SERVICE_CONTROL_POLICY',
  denies: 'Changing the baseline of a member, its settings, and the roles that roll it out',
  reason:
    'An administrator of a member, or a thief of their credentials, could disable the baseline first. The other policies exempt roles by name.',
  noise:
    'Administrators who change a setting of the baseline, or create `OrganizationAccountAccessRole` in an account that was invited: do it by a StackSet',
  exempt: 'The roles that roll out the baseline or recover a member; central root sessions',
  neverDenies: 'Strengthening a setting, and changing anything whose name is not one of the baseline',
  document: (options) => {
    const { prefix } = options;
    const Condition = exceptRollout(options);
    const stack = `${stackOfMembers(prefix)}*`;
    return denials([
      {
        Sid: 'ProtectBaseline',
        Effect: 'Deny',
        Action: CHANGES,
        Resource: [
          // Of the account, and of the organization.
          'arn:*:access-analyzer:*:*:analyzer/account-baseline*',
          `arn:*:cloudformation:*:*:stack/${stack}`,
          `arn:*:events:*:*:rule/${stack}`,
          `arn:*:lambda:*:*:function:${stack}`,
          `arn:*:logs:*:*:log-group:${stack}`,
          `arn:*:ssm:*:*:parameter${PARAMETER_PATH}/*`,
        ],
        Condition,
      },
      {
        Sid: 'ProtectRoles',
        Effect: 'Deny',
        Action: CHANGES_OF_ROLES,
        Resource: exemptRoles(prefix),
        Condition,
      },
      ...protectSettings(options).map(({ actions, units }, index) => ({
        Sid: `ProtectSettings${index || ''}`,
        Effect: 'Deny' as const,
        Action: actions.sort(),
        // Settings of an account are not resources.
        Resource: '*',
        Condition: { ...Condition, ...exceptUnits(units, options) },
      })),
    ]);
  },
};
