import { Match, Template } from 'aws-cdk-lib/assertions';
import { parse, stringify } from 'yaml';
import { type BaselineOptions, defineBaseline } from '../../../lib/config/config';
import { parseTemplate } from '../../../lib/posture/parse-template';
import { EVERYTHING, ORGANIZATION } from '../../everything';
import { stackProps, tagResources } from '../../../lib/stacks/baseline-stack';
import { MembersStack } from '../../../lib/stacks/members-stack';
import { memberKind, stackKindsOf } from '../../../lib/stacks/stack-kinds';
import { ROWS } from '../../settings/switches';
import { SMALLEST } from '../../smallest';
import { baselineStacks, stackTemplate, testApp } from '../../synth';
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
  group = '',
) => {
  const config = defineBaseline({ ...SMALLEST, ...others, organization });
  const props = { ...stackProps(config, memberKind(group)), group };
  return Template.fromStack(new MembersStack(testApp(), 'Members', props));
};

/** The text of the members' template, as the StackSet has it. */
const bodyOf = (template: ReturnType<typeof membersOf>): string => {
  const [set] = Object.values(template.findResources('AWS::CloudFormation::StackSet')) as Resource[];
  return String(set?.Properties['TemplateBody']);
};

const bytesOf = (template: ReturnType<typeof membersOf>) =>
  Buffer.byteLength(stringify(template.toJSON(), { schema: 'yaml-1.1', lineWidth: 0 }));

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
    // Its roles have names.
    Capabilities: ['CAPABILITY_NAMED_IAM'],
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
    detectors: {},
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

test('no resource of a member has a name that another stack of it could have', () => {
  const named = resourcesOf(largest).filter(({ Type, Properties }) =>
    Object.keys(Properties).some((key) => key === `${Type.split('::').at(-1)}Name` && !/Policy$/.test(Type)),
  );
  // The role of org verify is named after its stack.
  expect(named.map(({ Properties }) => JSON.stringify(Properties['RoleName']))).toEqual([
    expect.stringContaining('AWS::StackId'),
  ]);
});

describe('groups of OUs', () => {
  const contact = { name: 'Bo', title: 'On call', email: 'lab@example.com', phone: '+1 555 0101' };
  const organization: NonNullable<BaselineOptions['organization']> = {
    ...ORGANIZATION,
    ous: ['ou-a1b2-11111111', 'ou-a1b2-22222222', 'ou-a1b2-33333333'],
    exceptAccounts: ['333333333333'],
    detectors: {},
    members: {
      groups: {
        Lab: {
          ous: ['ou-a1b2-33333333'],
          passwordPolicy: { minimumLength: 20, requireSymbols: undefined },
          accountSettings: { serialConsoleOff: false, regions: ['eu-west-1'] },
          contacts: { operations: contact },
          keepOnRemoval: false,
        },
        Sandbox: { ous: ['ou-a1b2-22222222'] },
      },
    },
  };
  const targetsOf = (template: Template) => {
    const [set] = Object.values(template.findResources('AWS::CloudFormation::StackSet')) as {
      Properties: { StackSetName: string; StackInstancesGroup: { DeploymentTargets: Json }[] };
    }[];
    return [set?.Properties.StackSetName, ...(set?.Properties.StackInstancesGroup ?? [])].map((one) =>
      typeof one === 'object' ? one.DeploymentTargets['OrganizationalUnitIds'] : one,
    );
  };
  const valueOf = (template: Template, setting: string): Json => {
    const found = custom(template).find(({ Type }) => Type === `Custom::${setting}`);
    return JSON.parse(String(found?.Properties['Value'])) as Json;
  };
  const [lab, sandbox, others] = ['Lab', 'Sandbox', ''].map((name) => membersOf(organization, {}, name)) as [
    Template,
    Template,
    Template,
  ];

  test('have a StackSet each, and the members of no group the first one', () => {
    expect([lab, sandbox, others].map(targetsOf)).toEqual([
      ['AccountBaseline-MembersLab', ['ou-a1b2-33333333']],
      ['AccountBaseline-MembersSandbox', ['ou-a1b2-22222222']],
      ['AccountBaseline-Members', ['ou-a1b2-11111111']],
    ]);
  });

  test('have their own options, and those of all members for the rest', () => {
    expect(valueOf(lab, 'PasswordPolicy')).toMatchObject({
      MinimumPasswordLength: 20,
      RequireSymbols: true,
    });
    expect(valueOf(lab, 'OperationsContact')).toMatchObject({ EmailAddress: 'lab@example.com' });
    const types = (template: Template) => custom(template).map(({ Type }) => Type);
    expect(types(others).filter((type) => !types(lab).includes(type))).toEqual(['Custom::SerialConsoleOff']);
    expect(custom(lab).find(({ Type }) => Type === 'Custom::EbsEncryption')?.Properties['Regions']).toBe(
      'eu-west-1',
    );
    expect(custom(lab).filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain')).toEqual([]);
  });

  test('without options of their own have the template of the others', () => {
    expect(bodyOf(sandbox)).toBe(bodyOf(others));
  });

  test('can contain every OU', () => {
    const groups = { All: { ous: organization.ous ?? [] } };
    const kinds = stackKindsOf(
      defineBaseline({ ...SMALLEST, organization: { ...organization, members: { groups } } }),
    );
    expect(kinds.filter((kind) => kind.startsWith('Members'))).toEqual(['MembersAll']);
  });

  test('are deployed before the others give up their OUs, one after another', () => {
    const stacks = baselineStacks({ organization });
    const before = (kind: string) =>
      stacks
        .find(({ stackName }) => stackName === `AccountBaseline-${kind}`)
        ?.dependencies.map(({ stackName }) => stackName);
    expect(before('Members')).toContain('AccountBaseline-MembersSandbox');
    expect(before('MembersSandbox')).toContain('AccountBaseline-MembersLab');
    expect(before('MembersLab')).toContain('AccountBaseline-Organization');
  });

  test('are sent without a bucket, however many options they have', () => {
    const ON = Object.fromEntries(ROWS.map(({ option }) => [option, true]));
    const every = { ...organization.members?.groups?.['Lab'], ous: ['ou-a1b2-33333333'] };
    const all = membersOf(
      { ...organization, members: { groups: { Lab: { ...every, accountSettings: ON } } } },
      EVERYTHING,
      'Lab',
    );
    expect(bytesOf(all)).toBeLessThanOrEqual(LIMIT);
    expect(bytesOf(others)).toBeLessThanOrEqual(DEFAULT_LIMIT);
  });

  test('of the longest names, as many as there can be, fit into the rule that reports deployments', () => {
    const ous = Array.from({ length: 7 }, (_, index) => `ou-a1b2-1111111${index}`);
    const groups = Object.fromEntries(ous.map((ou, index) => [`G${index}${'x'.repeat(18)}`, { ous: [ou] }]));
    const stackName = `A${'b'.repeat(23)}`;
    const watchdog = stackTemplate('Watchdog', {
      stackName,
      organization: { ...ORGANIZATION, ous, members: { groups } },
    });
    const patterns = Object.values(watchdog.findResources('AWS::Events::Rule')).map((rule) =>
      JSON.stringify((rule as Resource).Properties['EventPattern'] ?? ''),
    );
    expect(patterns.filter((pattern) => pattern.includes(`${stackName}-MembersG6`))).toHaveLength(1);
    expect(patterns.filter((pattern) => pattern.length > 2048)).toEqual([]);
  });
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
  expect(bytesOf(members)).toBeLessThanOrEqual(DEFAULT_LIMIT);
  expect(bytesOf(largest)).toBeLessThanOrEqual(LIMIT);
  expect(stringify(members.toJSON(), { schema: 'yaml-1.1', lineWidth: 0 })).toContain('TemplateBody: |\n');
  expect((parse(bodyOf(members), { logLevel: 'silent' }) as Json)['Description']).toBe(
    'Account baseline: settings of a member of the organization',
  );
});
