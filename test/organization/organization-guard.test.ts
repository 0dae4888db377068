import { Template } from 'aws-cdk-lib/assertions';
import { type BaselineOptions, defineBaseline } from '../../lib/config/config';
import { stackProps } from '../../lib/stacks/baseline-stack';
import { OrganizationStack } from '../../lib/stacks/organization-stack';
import { MANAGED_POLICIES, type PolicyDocument } from '../../scripts/docs/managed-policies';
import { decide } from '../access/simulator';
import { ACCOUNT, identityPolicy, type IamPolicies, templatePolicies } from '../access/template-policies';
import { SAML } from '../everything';
import { SMALLEST } from '../smallest';
import { testApp } from '../synth';
import { SMALLEST_ORGANIZATION } from './smallest-organization';

const ALICE = `arn:aws:iam::${ACCOUNT}:user/alice`;
const THROUGH = { 'aws:CalledVia': ['cloudformation.amazonaws.com'], 'aws:ViaAWSService': 'true' };
const OF_ORGANIZATION = `arn:aws:organizations::${ACCOUNT}`;
const policyArn = (id: string) => `${OF_ORGANIZATION}:policy/o-a1b2c3d4e5/service_control_policy/p-${id}`;

const templateOf = (more: Partial<BaselineOptions> = {}): Template => {
  const config = defineBaseline({ ...SMALLEST, organization: SMALLEST_ORGANIZATION, ...more });
  return Template.fromStack(
    new OrganizationStack(testApp(), 'Organization', stackProps(config, 'Organization')),
  );
};

interface Guard {
  readonly Properties: {
    readonly PolicyDocument: object;
    readonly Groups?: readonly string[];
    readonly Roles?: readonly string[];
  };
}
const guardOf = (template: Template): Guard | undefined =>
  (Object.values(template.findResources('AWS::IAM::ManagedPolicy')) as Guard[])[0];

const template = templateOf();

/** The document as IAM has it; each policy's ARN ends with its logical ID. */
const document = JSON.parse(
  JSON.stringify(guardOf(template)?.Properties.PolicyDocument)
    .replaceAll(/\{"Fn::GetAtt":\["(\w+)","Arn"\]\}/g, (_, id: string) =>
      JSON.stringify(policyArn(id.toLowerCase())),
    )
    .replaceAll(/\{"Fn::Sub":("(?:[^"\\]|\\.)*")\}/g, '$1')
    .replaceAll('${AWS::Partition}', 'aws')
    .replaceAll('${AWS::AccountId}', ACCOUNT)
    .replaceAll('${AWS::Region}', 'eu-central-1'),
) as PolicyDocument;

const guarded: IamPolicies = {
  names: templatePolicies(template).names,
  identity: new Map([
    [
      ALICE,
      [MANAGED_POLICIES['AdministratorAccess']?.document as PolicyDocument, document].map((one, index) =>
        identityPolicy(String(index), one),
      ),
    ],
  ]),
  resource: new Map(),
};

const stackSet = (name: string) => `arn:aws:cloudformation:eu-central-1:${ACCOUNT}:stackset/${name}:1a2b`;

test.each([
  ['cloudformation:UpdateStackSet', stackSet('AccountBaseline-Members'), 'no'],
  ['cloudformation:DeleteStackSet', stackSet('AccountBaseline-Members'), 'no'],
  ['cloudformation:DeleteStackInstances', stackSet('AccountBaseline-Members'), 'no'],
  ['cloudformation:UpdateStackInstances', stackSet('AccountBaseline-Members'), 'no'],
  ['organizations:UpdatePolicy', policyArn('policiesprotect'), 'no'],
  ['organizations:DetachPolicy', policyArn('policiesroot'), 'no'],
  ['organizations:DeletePolicy', policyArn('policiesleave'), 'no'],
  ['organizations:DisablePolicyType', `${OF_ORGANIZATION}:root/o-a1b2c3d4e5/r-a1b2`, 'no'],
  ['iam:CreatePolicyVersion', `arn:aws:iam::${ACCOUNT}:policy/AccountBaseline-Organization-Guard-1A2B`, 'no'],
  // The command that tries members again, and what belongs to others.
  ['cloudformation:CreateStackInstances', stackSet('AccountBaseline-Members'), 'yes'],
  ['cloudformation:UpdateStackSet', stackSet('Theirs'), 'yes'],
  ['organizations:UpdatePolicy', policyArn('theirs'), 'yes'],
  ['organizations:DetachPolicy', policyArn('theirs'), 'yes'],
])('%s on %s: %s, and always through CloudFormation', async (action, on, answer) => {
  expect(await decide(guarded, { who: ALICE, on }, action)).toBe(answer);
  expect(await decide(guarded, { who: ALICE, on, context: THROUGH }, action)).toBe('yes');
});

test('it limits the administrators’ group, and the roles that can change the baseline', () => {
  const of = (more: Partial<BaselineOptions>) => {
    const { Groups, Roles } = guardOf(templateOf(more))?.Properties ?? {};
    return [Groups, Roles];
  };
  expect(of({})).toEqual([['Administrators'], undefined]);
  const both = [['Administrators'], ['AccountBaseline-Administrator', 'AccountBaseline-PowerUser']];
  expect(of({ access: { mode: 'roles' } })).toEqual(both);
  expect(of({ federation: { saml: SAML } })).toEqual(both);
  // Only roles that somebody may assume exist.
  const people = [{ name: 'alice', roles: ['Administrator' as const] }];
  expect(of({ access: { mode: 'roles', people } })).toEqual([
    ['Administrators'],
    ['AccountBaseline-Administrator'],
  ]);
});

test('without the guard of the configuration, there is none', () => {
  expect(guardOf(templateOf({ access: { guard: false } }))).toBeUndefined();
});
