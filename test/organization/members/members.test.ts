import { Match, Template } from 'aws-cdk-lib/assertions';
import { parse, stringify } from 'yaml';
import { type BaselineOptions, defineBaseline } from '../../../lib/config/config';
import { parseTemplate } from '../../../lib/posture/parse-template';
import { EVERYTHING, ORGANIZATION } from '../../everything';
import { stackProps, tagResources } from '../../../lib/stacks/baseline-stack';
import { MembersStack } from '../../../lib/stacks/members-stack';
import { SMALLEST } from '../../smallest';
import { stackTemplate, testApp } from '../../synth';
import { DEFAULT_LIMIT, LIMIT } from '../../template-limits';

type Json = Readonly<Record<string, unknown>>;
interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties: Json;
}

const membersOf = (
  organization: BaselineOptions['organization'] = ORGANIZATION,
  others: Partial<BaselineOptions> = {},
) => {
  const config = defineBaseline({ ...SMALLEST, ...others, organization });
  return Template.fromStack(new MembersStack(testApp(), 'Members', stackProps(config, 'Members')));
};

/** The text of the members' template, as the StackSet has it. */
const bodyOf = (template: ReturnType<typeof membersOf>): string => {
  const [set] = Object.values(template.findResources('AWS::CloudFormation::StackSet')) as Resource[];
  return String(set?.Properties['TemplateBody']);
};

const resourcesOf = (template: ReturnType<typeof membersOf>) =>
  Object.values((parseTemplate(bodyOf(template)) as { Resources: Record<string, Resource> }).Resources);

const custom = (template: ReturnType<typeof membersOf>) =>
  resourcesOf(template).filter(({ Type }) => Type.startsWith('Custom::'));

const members = membersOf();
const largest = membersOf(ORGANIZATION, EVERYTHING);

test('every account of the organization gets a stack, those that join later too', () => {
  members.hasResourceProperties('AWS::CloudFormation::StackSet', {
    StackSetName: 'AccountBaseline-Members',
    PermissionModel: 'SERVICE_MANAGED',
    CallAs: 'SELF',
    AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true },
    ManagedExecution: { Active: true },
    OperationPreferences: { MaxConcurrentCount: 50, FailureTolerancePercentage: 100 },
    StackInstancesGroup: [
      {
        Regions: [{ Ref: 'AWS::Region' }],
        DeploymentTargets: {
          OrganizationalUnitIds: ['r-a1b2'],
          Accounts: Match.absent(),
          AccountFilterType: Match.absent(),
        },
      },
    ],
  });
});

test('the StackSet goes without a tag whose key it does not take', () => {
  const config = defineBaseline({ ...SMALLEST, organization: ORGANIZATION });
  const stack = new MembersStack(testApp(), 'Members', stackProps(config, 'Members'));
  tagResources(stack, { 'ops@acme': '7', größe: 's', 'cost center': '7' });
  const [set] = Object.values(Template.fromStack(stack).findResources('AWS::CloudFormation::StackSet'));
  expect((set as Resource).Properties['Tags']).toEqual([{ Key: 'cost center', Value: '7' }]);
});

test('OUs and exceptions limit who gets one', () => {
  const limited = membersOf({
    ...ORGANIZATION,
    ous: ['ou-a1b2-11111111', 'ou-a1b2-22222222'],
    exceptAccounts: ['333333333333'],
  });
  limited.hasResourceProperties('AWS::CloudFormation::StackSet', {
    StackInstancesGroup: [
      {
        DeploymentTargets: {
          OrganizationalUnitIds: ['ou-a1b2-11111111', 'ou-a1b2-22222222'],
          Accounts: ['333333333333'],
          AccountFilterType: 'DIFFERENCE',
        },
      },
    ],
  });
  const { Retry } = limited.findOutputs('Retry') as Record<string, { Value: Json }>;
  expect(Retry?.Value['Fn::Sub']).toContain(
    'create-stack-instances --stack-set-name AccountBaseline-Members --regions ${AWS::Region} --deployment-targets ' +
      'OrganizationalUnitIds=ou-a1b2-11111111,ou-a1b2-22222222,Accounts=333333333333,AccountFilterType=DIFFERENCE ',
  );
});

test('members have the settings of the management account, without its alias', () => {
  const own = stackTemplate('Settings').toJSON() as { Resources: Record<string, Resource> };
  const types = (all: readonly Resource[]) =>
    all.map(({ Type }) => Type).filter((type) => type.startsWith('Custom::'));
  expect(types(custom(members)).sort()).toEqual(types(Object.values(own.Resources)).sort());
  expect(types(custom(largest))).not.toContain('Custom::AccountAlias');
});

test('members keep their settings when the stack is removed, unless asked', () => {
  expect(custom(members).filter(({ DeletionPolicy }) => DeletionPolicy !== 'Retain')).toEqual([]);
  const restoring = membersOf({ ...ORGANIZATION, members: { keepOnRemoval: false } });
  expect(custom(restoring).filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain')).toEqual([]);
});

test('members can have contacts of their own', () => {
  const contact = { name: 'Bo', title: 'On call', email: 'oncall@example.com', phone: '+1 555 0101' };
  const template = membersOf({ ...ORGANIZATION, members: { contacts: { operations: contact } } }, EVERYTHING);
  const contacts = custom(template).filter(({ Type }) => Type.endsWith('Contact'));
  expect(contacts.map(({ Type, Properties }) => [Type, Properties['Value']])).toEqual([
    ['Custom::OperationsContact', expect.stringContaining('oncall@example.com')],
  ]);
});

test('no resource of a member has a name that another stack of it could have, but the role of org verify', () => {
  const named = resourcesOf(largest).filter(({ Type, Properties }) =>
    Object.keys(Properties).some((key) => key === `${Type.split('::').at(-1)}Name` && !/Policy$/.test(Type)),
  );
  expect(named.map(({ Properties }) => Properties['RoleName'])).toEqual(['AccountBaseline-Verify']);
});

test('every statement says by its Sid what it is for', () => {
  const policies = [...JSON.stringify(resourcesOf(largest)).matchAll(/"Effect":/g)];
  const sids = [...JSON.stringify(resourcesOf(largest)).matchAll(/"Sid":"\w+"/g)];
  expect(policies.length).toBeGreaterThan(5);
  expect(sids).toHaveLength(policies.length);
});

test('the text is the same for another commit, so that members are updated only when something changes', () => {
  expect(bodyOf(members)).not.toMatch(/^ *Metadata:|commit/m);
});

test('people of the management account can assume the role of org verify', () => {
  members.hasResourceProperties('AWS::CloudFormation::StackSet', {
    Parameters: [{ ParameterKey: 'ManagementAccount', ParameterValue: { Ref: 'AWS::AccountId' } }],
  });
  const [role] = resourcesOf(members).filter(({ Properties }) => 'RoleName' in Properties);
  expect(JSON.stringify(role?.Properties['AssumeRolePolicyDocument'])).toContain(
    '"Principal":{"AWS":{"Ref":"ManagementAccount"}}',
  );
});

test('is sent without a bucket, and people can read it', () => {
  const sent = (template: ReturnType<typeof membersOf>) =>
    Buffer.byteLength(stringify(template.toJSON(), { schema: 'yaml-1.1', lineWidth: 0 }));
  expect(sent(members)).toBeLessThanOrEqual(DEFAULT_LIMIT);
  expect(sent(largest)).toBeLessThanOrEqual(LIMIT);
  expect(stringify(members.toJSON(), { schema: 'yaml-1.1', lineWidth: 0 })).toContain('TemplateBody: |\n');
  expect((parse(bodyOf(members), { logLevel: 'silent' }) as Json)['Description']).toBe(
    'Account baseline: settings of a member of the organization',
  );
});
