import { Match, Template } from 'aws-cdk-lib/assertions';
import { type BaselineOptions, defineBaseline } from '../../../lib/config/config';
import { parseTemplate } from '../../../lib/posture/parse-template';
import { stackProps, tagResources } from '../../../lib/stacks/baseline-stack';
import { OrganizationDetectorsStack } from '../../../lib/stacks/organization-detectors-stack';
import { ServicesStack } from '../../../lib/stacks/services-stack';
import { stackKindsOf } from '../../../lib/stacks/stack-kinds';
import { SMALLEST } from '../../smallest';
import { testApp } from '../../synth';
import { SMALLEST_ORGANIZATION } from '../smallest-organization';

type Options = NonNullable<BaselineOptions['organization']>;

const SECURITY = '222222222222';
const REGIONS = ['eu-central-1', 'us-east-1'];
const ALL: Options['detectors'] = { guardDuty: true, securityHub: true, accessAnalyzer: true };

const configOf = (detectors: Options['detectors'], more: Partial<Options> = {}) =>
  defineBaseline({
    ...SMALLEST,
    organization: {
      ...SMALLEST_ORGANIZATION,
      regions: REGIONS,
      delegatedAdministrator: { account: SECURITY, services: ['iam'] },
      detectors,
      ...more,
    },
  });

const stackOf = (...options: Parameters<typeof configOf>) =>
  new OrganizationDetectorsStack(
    testApp(),
    'OrganizationDetectors',
    stackProps(configOf(...options), 'OrganizationDetectors'),
  );
const templateOf = (...options: Parameters<typeof configOf>) => Template.fromStack(stackOf(...options));

const enabled = { status: { '@@assign': 'enabled' } };

test('GuardDuty is enabled in the Regions by a policy, with its foundational detection only', () => {
  const template = templateOf({ guardDuty: true });
  template.hasResourceProperties('AWS::Organizations::Policy', {
    Name: 'AccountBaseline-guard-duty',
    Type: 'GUARDDUTY_POLICY',
    Content: {
      guardduty: {
        enablement: {
          'eu-central-1': { foundational: enabled },
          'us-east-1': { foundational: enabled },
        },
      },
    },
    TargetIds: ['r-a1b2'],
  });
  template.resourceCountIs('AWS::Organizations::Policy', 1);
  template.resourceCountIs('AWS::CloudFormation::StackSet', 0);
});

test('protection plans are enabled if they are named, in the named Regions', () => {
  templateOf({
    guardDuty: true,
    guardDutyPlans: ['s3_data_events', 'rds_login_events'],
    regions: ['eu-west-1'],
  }).hasResourceProperties('AWS::Organizations::Policy', {
    Content: {
      guardduty: {
        enablement: {
          'eu-west-1': { foundational: enabled, s3_data_events: enabled, rds_login_events: enabled },
        },
      },
    },
  });
});

test('Security Hub is enabled in the Regions by a policy that disables it nowhere', () => {
  const template = templateOf({ securityHub: true });
  template.hasResourceProperties('AWS::Organizations::Policy', {
    Name: 'AccountBaseline-security-hub',
    Type: 'SECURITYHUB_POLICY',
    Content: {
      securityhub: { enable_in_regions: { '@@assign': REGIONS }, disable_in_regions: { '@@assign': [] } },
    },
    TargetIds: ['r-a1b2'],
  });
  template.resourceCountIs('AWS::Organizations::Policy', 1);
});

test('policies limited to OUs also reach the account that administers them', () => {
  const ous = ['ou-a1b2-11111111', 'ou-a1b2-22222222'];
  const template = templateOf(ALL, { ous });
  template.allResourcesProperties('AWS::Organizations::Policy', { TargetIds: [...ous, SECURITY] });
});

test('the policies change the organization one after the other', () => {
  const [, second] = Object.values(templateOf(ALL).findResources('AWS::Organizations::Policy')) as {
    DependsOn?: string[];
  }[];
  expect(second?.DependsOn).toEqual(['PoliciesGuardDuty']);
});

describe('the analyzers of the organization', () => {
  const template = templateOf({ accessAnalyzer: true });

  test('are in each Region of the account that administers them, and of no other', () => {
    template.hasResourceProperties('AWS::CloudFormation::StackSet', {
      StackSetName: 'AccountBaseline-OrganizationDetectors',
      PermissionModel: 'SERVICE_MANAGED',
      // It would ignore the filter.
      AutoDeployment: { Enabled: false, RetainStacksOnAccountRemoval: Match.absent() },
      OperationPreferences: { FailureToleranceCount: 0 },
      Capabilities: Match.absent(),
      StackInstancesGroup: [
        {
          Regions: REGIONS,
          DeploymentTargets: {
            OrganizationalUnitIds: ['r-a1b2'],
            Accounts: [SECURITY],
            AccountFilterType: 'INTERSECTION',
          },
        },
      ],
    });
    template.resourceCountIs('AWS::Organizations::Policy', 0);
  });

  test('trust the organization', () => {
    const [set] = Object.values(template.findResources('AWS::CloudFormation::StackSet')) as {
      Properties: { TemplateBody: string };
    }[];
    expect(parseTemplate(set?.Properties.TemplateBody ?? '')).toMatchObject({
      Resources: {
        Analyzer: {
          Type: 'AWS::AccessAnalyzer::Analyzer',
          Properties: { AnalyzerName: 'account-baseline-organization', Type: 'ORGANIZATION' },
        },
      },
    });
  });

  test('go without a tag whose key a StackSet does not take', () => {
    const stack = stackOf({ accessAnalyzer: true });
    tagResources(stack, { 'ops@acme': '7', owner: 'security' });
    Template.fromStack(stack).hasResourceProperties('AWS::CloudFormation::StackSet', {
      Tags: [{ Key: 'owner', Value: 'security' }],
    });
  });
});

test('administrators cannot change policies and StackSet outside CloudFormation', () => {
  const guard = templateOf(ALL).findResources('AWS::IAM::ManagedPolicy');
  const text = JSON.stringify(guard);
  for (const part of ['PoliciesGuardDuty', 'PoliciesSecurityHub', 'stackset/AccountBaseline-*']) {
    expect(text).toContain(part);
  }
});

test('without detectors there is no stack, and their services are left alone', () => {
  const config = configOf({});
  expect(stackKindsOf(config)).not.toContain('OrganizationDetectors');
  const services = Template.fromStack(
    new ServicesStack(testApp(), 'Services', stackProps(config, 'Services')),
  );
  services.resourceCountIs('Custom::GuardDutyAdministrator', 0);
  services.resourceCountIs('Custom::SecurityHubPolicies', 0);
});

test.each(['guardDuty', 'securityHub', 'accessAnalyzer'] as const)(
  '%s brings the stack, and what its services need',
  (name) => {
    const config = configOf({ [name]: true });
    expect(stackKindsOf(config)).toContain('OrganizationDetectors');
    const services = Template.fromStack(
      new ServicesStack(testApp(), 'Services', stackProps(config, 'Services')),
    );
    const count = (type: string, wanted: boolean) => {
      services.resourceCountIs(type, wanted ? 1 : 0);
    };
    count('Custom::GuardDutyAdministrator', name === 'guardDuty');
    count('Custom::SecurityHubAdministrator', name === 'securityHub');
    count('Custom::AccessAnalyzerAdministrator', name === 'accessAnalyzer');
    count('Custom::IamAdministrator', true);
  },
);

test('a configuration without the delegated administrator is refused by the stack, too', () => {
  const { organization, ...config } = configOf({});
  expect(
    () =>
      new OrganizationDetectorsStack(testApp(), 'OrganizationDetectors', {
        config: {
          ...config,
          organization: organization && { ...organization, delegatedAdministrator: undefined },
        },
      }),
  ).toThrow('organization.delegatedAdministrator must be configured');
});

describe('the configuration', () => {
  test('is the same when it is read again, as commands do', () => {
    for (const config of [configOf({}), configOf(ALL), configOf({}, { regions: undefined })]) {
      expect(defineBaseline(config as BaselineOptions)).toEqual(config);
    }
  });

  const errorsOf = (detectors: Options['detectors'], more: Partial<Options>) => {
    try {
      configOf(detectors, more);
      return [];
    } catch (error) {
      return String(error)
        .split('\n')
        .filter((line) => line.includes('organization.'));
    }
  };

  test('says what every detector needs, at once', () => {
    const errors = errorsOf(ALL, { delegatedAdministrator: undefined, regions: undefined });
    expect(errors.map((line) => line.trim())).toEqual(
      ['guardDuty', 'securityHub', 'accessAnalyzer'].flatMap((name) => [
        `- organization.detectors.${name}: needs organization.delegatedAdministrator, the account that has the findings; received true`,
        `- organization.detectors.${name}: needs organization.detectors.regions or organization.regions, the Regions to enable it in; received true`,
      ]),
    );
  });

  test('cannot except accounts from policies, only from analyzers', () => {
    const more = { exceptAccounts: ['333333333333'] };
    expect(errorsOf(ALL, more)).toHaveLength(2);
    expect(errorsOf({ accessAnalyzer: true }, more)).toEqual([]);
  });

  test('names plans only with GuardDuty, and each Region and plan once', () => {
    expect(errorsOf({ guardDutyPlans: ['s3_data_events'] }, {})).toEqual([
      expect.stringContaining(
        'organization.detectors.guardDutyPlans: needs organization.detectors.guardDuty',
      ),
    ]);
    const twice = { ...ALL, regions: ['eu-west-1', 'eu-west-1'] };
    expect(errorsOf(twice, {})).toEqual([expect.stringContaining('organization.detectors.regions[1]')]);
  });
});
