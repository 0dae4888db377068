import { Template } from 'aws-cdk-lib/assertions';
import { type BaselineOptions, defineBaseline } from '../../lib/config/config';
import { stackProps } from '../../lib/stacks/baseline-stack';
import { OrganizationStack } from '../../lib/stacks/organization-stack';
import { SMALLEST } from '../smallest';
import { testApp } from '../synth';

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

type Organization = NonNullable<BaselineOptions['organization']>;

const templateOf = (more: Partial<Organization>): Template => {
  const config = defineBaseline({
    ...SMALLEST,
    organization: { id: 'o-a1b2c3d4e5', rootId: 'r-a1b2', policies: { root: 'off', leave: 'off' }, ...more },
  });
  return Template.fromStack(
    new OrganizationStack(testApp(), 'Organization', stackProps(config, 'Organization')),
  );
};

const TEMPLATE = templateOf({
  units: {
    // Written before the OU above it.
    'Workloads/Production': 'create',
    Workloads: 'create',
    Sandbox: 'ou-a1b2-c3d4e5f6',
    'Sandbox/Interns': 'create',
  },
  accounts: {
    shop: { email: 'aws+shop@example.com', unit: 'Workloads/Production' },
    'data lab': { email: 'aws+lab@example.com', unit: 'Sandbox' },
    tools: { email: 'aws+tools@example.com' },
    visitor: { email: 'aws+visitor@example.com', unit: 'ou-a1b2-99999999' },
    legacy: { id: '333333333333', unit: 'Sandbox' },
    former: { id: '444444444444', email: 'aws+former@example.com' },
  },
});
const resources = (TEMPLATE.toJSON() as { Resources: Record<string, Resource> }).Resources;
const of = (type: string) =>
  Object.values(resources).filter(({ Type }) => Type === `AWS::Organizations::${type}`);
const idOf = (name: string) =>
  Object.entries(resources).find(([, one]) => one.Properties['Name'] === name)?.[0] ?? '';

test('OUs are created in those above them, and accounts in their OUs', () => {
  const parents = of('OrganizationalUnit').map(({ Properties }) => [
    Properties['Name'],
    Properties['ParentId'],
  ]);
  expect(Object.fromEntries(parents)).toEqual({
    Workloads: 'r-a1b2',
    Production: { 'Fn::GetAtt': [idOf('Workloads'), 'Id'] },
    Interns: 'ou-a1b2-c3d4e5f6',
  });
  const units = of('Account').map(({ Properties }) => [Properties['AccountName'], Properties['ParentIds']]);
  expect(Object.fromEntries(units)).toEqual({
    shop: [{ 'Fn::GetAtt': [idOf('Production'), 'Id'] }],
    'data lab': ['ou-a1b2-c3d4e5f6'],
    tools: ['r-a1b2'],
    visitor: ['ou-a1b2-99999999'],
  });
});

test('no OU is deleted and no account is closed, whatever becomes of the stack', () => {
  for (const one of [...of('OrganizationalUnit'), ...of('Account')]) {
    expect(one).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  }
});

test('all changes of the organization come one after the other, accounts after the policies', () => {
  const order = Object.keys(resources).filter((id) => resources[id]?.Type.startsWith('AWS::Organizations::'));
  // A reference to the OU above is a dependency already.
  const before = (id: string) => {
    const { DependsOn = [], Properties = {} } = resources[id] ?? {};
    const above = Properties['ParentId'] as { 'Fn::GetAtt'?: readonly string[] } | undefined;
    return [DependsOn, above?.['Fn::GetAtt']?.[0] ?? []].flat();
  };
  expect(order.filter((id) => before(id).length === 0)).toHaveLength(1);
  const chain: string[] = [];
  let next: string | undefined = order.find((id) => before(id).length === 0);
  while (next !== undefined) {
    const id: string = next;
    chain.push(resources[id]?.Type.split('::').at(-1) ?? '');
    next = order.find((other) => before(other).includes(id));
  }
  expect(chain).toEqual([
    ...Array<string>(3).fill('OrganizationalUnit'),
    'Policy',
    ...Array<string>(4).fill('Account'),
  ]);
});

test('the outputs have the IDs by which the configuration can take over what was created', () => {
  const outputs = TEMPLATE.findOutputs('*') as Record<string, { Value: unknown }>;
  expect(Object.keys(outputs).sort()).toEqual([
    'Accountdatalab',
    'Accountshop',
    'Accounttools',
    'Accountvisitor',
    'UnitSandboxInterns',
    'UnitWorkloads',
    'UnitWorkloadsProduction',
  ]);
  expect(outputs['UnitWorkloads']?.Value).toEqual({ 'Fn::GetAtt': [idOf('Workloads'), 'Id'] });
});

test('an ID instead of an address takes the account out of the template, and thereby keeps it', () => {
  const template = templateOf({
    units: { Workloads: 'ou-a1b2-c3d4e5f6' },
    accounts: { shop: { id: '111111111111', email: 'aws+shop@example.com', unit: 'Workloads' } },
  });
  template.resourceCountIs('AWS::Organizations::OrganizationalUnit', 0);
  template.resourceCountIs('AWS::Organizations::Account', 0);
});
