import type { BaselineOptions } from '../../lib/config/config';
import { ALICE, type Context, VIA_CLOUDFORMATION, WITH_MFA } from '../../scripts/docs/access-rows/request';
import { IDENTITY_CENTER, SAML } from '../everything';
import { baselineTemplate } from '../synth';
import { decideChecked } from './simulator';
import { templatePolicies } from './template-policies';

const OPTIONS: Partial<BaselineOptions> = {
  access: { breakGlass: ['glass1', 'glass2'], delegation: true },
  federation: {
    saml: SAML,
    identityCenter: IDENTITY_CENTER,
    pipelines: { github: [{ repository: 'acme/site', deploy: { branch: 'main' } }] },
  },
};
const asUsers = templatePolicies(baselineTemplate(OPTIONS));
const asRoles = templatePolicies(
  baselineTemplate({ ...OPTIONS, access: { ...OPTIONS.access, mode: 'roles' } }),
);

const iam = (resource: string) => `arn:aws:iam::\${AWS::AccountId}:${resource}`;
const OF_GROUPS = [
  'iam:AttachGroupPolicy',
  'iam:DeleteGroup',
  'iam:DeleteGroupPolicy',
  'iam:DetachGroupPolicy',
  'iam:PutGroupPolicy',
  'iam:RemoveUserFromGroup',
  'iam:UpdateGroup',
];
const OF_ROLES = [
  'iam:AttachRolePolicy',
  'iam:DeleteRole',
  'iam:DeleteRolePolicy',
  'iam:DetachRolePolicy',
  'iam:PutRolePermissionsBoundary',
  'iam:PutRolePolicy',
  'iam:UpdateAssumeRolePolicy',
];

/** What each stack creates that a person could change. Sets of permissions are in another service. */
const PARTS: readonly [stack: string, on: string, actions: readonly string[]][] = [
  ['Roles', '${Saml}', ['iam:DeleteSAMLProvider', 'iam:UpdateSAMLProvider']],
  ['Roles', '${RolesAdministrator.Arn}', OF_ROLES],
  ['Pipelines', iam('role/AccountBaseline-site-deploy'), OF_ROLES],
  [
    'Pipelines',
    iam('oidc-provider/token.actions.githubusercontent.com'),
    ['iam:AddClientIDToOpenIDConnectProvider', 'iam:DeleteOpenIDConnectProvider'],
  ],
  [
    'Delegation',
    iam('policy/AccountBaseline-Delegated'),
    ['iam:CreatePolicyVersion', 'iam:DeletePolicy', 'iam:SetDefaultPolicyVersion'],
  ],
  ['BreakGlass', '${BreakGlassGroup.Arn}', OF_GROUPS],
];

test.each([
  ['a user of Administrators', asUsers, ALICE, WITH_MFA],
  ['the role Administrator', asRoles, '${RolesAdministrator.Arn}', {}],
  ['a break-glass user', asUsers, '${BreakGlassglass1User.Arn}', WITH_MFA],
])('%s changes what the optional stacks created by a deployment only', (_, policies, who, own) => {
  const answers = (context: Context) =>
    PARTS.flatMap(([stack, on, actions]) =>
      actions.map((action) => `${stack} ${action}: ${decideChecked(policies, { who, on, context }, action)}`),
    );
  expect(answers(own).filter((answer) => !answer.endsWith(': no'))).toEqual([]);
  expect(answers(VIA_CLOUDFORMATION).filter((answer) => !answer.endsWith(': yes'))).toEqual([]);
});

test('another SAML provider of the account is not guarded', () => {
  const request = { who: ALICE, on: iam('saml-provider/Other'), context: WITH_MFA };
  expect(decideChecked(asUsers, request, 'iam:DeleteSAMLProvider')).toBe('yes');
});

test('the guard lets administrators read the SAML provider', () => {
  const request = { who: ALICE, on: '${Saml}', context: WITH_MFA };
  expect(decideChecked(asUsers, request, 'iam:GetSAMLProvider')).toBe('yes');
});
