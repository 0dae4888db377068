import { OrganizationServices } from '../../../lib/organization/services/organization-services';
import {
  DELEGATIONS,
  DETECTORS,
  FEATURES,
  organization,
  SERVICES,
} from '../../../lib/organization/services/services';
import { templateOf } from '../../synth';

const template = templateOf(
  (scope) =>
    new OrganizationServices(scope, 'Services', {
      organizationId: 'o-a1b2c3d4e5',
      rootId: 'r-a1b2',
      features: ['stackSetsAccess', 'rootSessions', 'serviceControlPolicies'],
      delegatedAdministrator: { account: '222222222222', services: ['access-analyzer'] },
    }),
);
const { Resources } = template.toJSON() as {
  Resources: Record<string, { Type: string; DependsOn?: string[]; Properties: Record<string, unknown> }>;
};
const custom = Object.entries(Resources).filter(([, { Type }]) => Type.startsWith('Custom::'));
const typeOf = (id: string) => Resources[id]?.Type;

test('enables what is asked for and what that requires, nothing else', () => {
  expect(custom.map(([, { Type }]) => Type).sort()).toEqual(
    [
      'Custom::AccessAnalyzerAccess',
      'Custom::AccessAnalyzerAdministrator',
      'Custom::IamAccess',
      'Custom::Organization',
      'Custom::RootSessions',
      'Custom::ServiceControlPolicies',
      'Custom::StackSetsAccess',
    ].sort(),
  );
});

test('checks the organization first, and everything waits for what it requires', () => {
  const waits = Object.fromEntries(
    custom.map(([, { Type, DependsOn = [] }]) => [
      Type,
      DependsOn.map(typeOf).filter((type) => type?.startsWith('Custom::')),
    ]),
  );
  expect(waits).toEqual({
    'Custom::Organization': [],
    'Custom::StackSetsAccess': ['Custom::Organization'],
    'Custom::IamAccess': ['Custom::Organization'],
    'Custom::AccessAnalyzerAccess': ['Custom::Organization'],
    'Custom::RootSessions': ['Custom::IamAccess'],
    'Custom::ServiceControlPolicies': ['Custom::Organization'],
    'Custom::AccessAnalyzerAdministrator': ['Custom::AccessAnalyzerAccess'],
  });
});

test('may change the named services and policy types only', () => {
  const policies = Object.values(template.findResources('AWS::IAM::Policy')) as {
    Properties: { PolicyDocument: { Statement: { Action: string | string[]; Condition?: unknown }[] } };
  }[];
  const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  const unconditional = statements.filter(
    ({ Action, Condition }) =>
      /organizations:(?!List|Describe)/.test([Action].flat().join(' ')) && Condition === undefined,
  );
  expect(unconditional).toEqual([]);
});

test('can restore every service, also one that is no longer wanted', () => {
  const [{ Properties }] = Object.values(template.findResources('AWS::Lambda::Function')) as [
    { Properties: { Code: { ZipFile: string } } },
  ];
  for (const { setting } of SERVICES) expect(Properties.Code.ZipFile).toContain(`"${setting.name}"`);
  template.resourceCountIs('AWS::IAM::Policy', 1);
});

test('a detector gets trusted access, its role, its administrator in each Region, and last its policies', () => {
  const services = templateOf(
    (scope) =>
      new OrganizationServices(scope, 'Services', {
        organizationId: 'o-a1b2c3d4e5',
        rootId: 'r-a1b2',
        features: [],
        detectors: {
          names: ['guardDuty'],
          administrator: '222222222222',
          regions: ['eu-central-1', 'us-east-1'],
        },
      }),
  ).toJSON() as { Resources: typeof Resources };
  const chain = Object.values(services.Resources).filter(({ Type }) => Type.startsWith('Custom::'));
  const typeIn = (id: string) => services.Resources[id]?.Type ?? '';
  expect(
    chain.map(({ Type, DependsOn = [], Properties }) => [
      Type,
      DependsOn.map(typeIn).filter((type) => type.startsWith('Custom::')),
      Properties['Value'],
      Properties['Regions'],
    ]),
  ).toEqual([
    ['Custom::Organization', [], expect.any(String), undefined],
    ['Custom::GuardDutyAccess', ['Custom::Organization'], undefined, undefined],
    ['Custom::GuardDutyRole', ['Custom::GuardDutyAccess'], undefined, undefined],
    ['Custom::GuardDutyDelegation', ['Custom::GuardDutyRole'], '"222222222222"', undefined],
    [
      'Custom::GuardDutyAdministrator',
      ['Custom::GuardDutyDelegation'],
      '"222222222222"',
      'eu-central-1 us-east-1',
    ],
    ['Custom::GuardDutyPolicies', ['Custom::GuardDutyAdministrator'], undefined, undefined],
  ]);
});

test('may not look for Regions, because it is told them', () => {
  expect(JSON.stringify(template.findResources('AWS::IAM::Role'))).not.toContain('DescribeRegions');
});

// Written out in services.ts, because knip sees no use of what only a loop reads.
test('the function applies every feature and delegation', () => {
  expect(SERVICES).toEqual([
    organization,
    ...Object.values(FEATURES),
    ...Object.values(DELEGATIONS).map(({ administrator }) => administrator),
    ...Object.values(DETECTORS).flatMap(({ first, administrators, last }) => [
      ...first,
      ...administrators,
      last,
    ]),
  ]);
});
