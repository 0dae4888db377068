import { Match } from 'aws-cdk-lib/assertions';
import { SupportRole } from '../../lib/access/support-role';
import { baselineTemplate, statements, templateOf } from '../synth';

const role = templateOf((scope) => new SupportRole(scope, 'Support'));

test('the support role has AWSSupportAccess and nothing else', () => {
  role.hasResourceProperties('AWS::IAM::Role', {
    ManagedPolicyArns: [
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AWSSupportAccess']] },
    ],
    Policies: Match.absent(),
  });
  role.resourceCountIs('AWS::IAM::Policy', 0);
});

test('principals of this account alone can assume it, with MFA', () => {
  expect(statements(role, 'AWS::IAM::Role', 'AssumeRolePolicyDocument')).toEqual([
    {
      Sid: 'AccountAssumesRoleWithMfa',
      Effect: 'Allow',
      Principal: { AWS: { Ref: 'AWS::AccountId' } },
      Action: 'sts:AssumeRole',
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    },
  ]);
});

test('it has no name that could be taken, and goes with the stack', () => {
  role.hasResource('AWS::IAM::Role', {
    Properties: { RoleName: Match.absent() },
    DeletionPolicy: Match.absent(),
    UpdateReplacePolicy: Match.absent(),
  });
});

describe('in the baseline', () => {
  // The account's trust leaves the choice to policies of its principals.
  const mayAssumeRoles = (pattern: string) =>
    new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i').test('sts:AssumeRole');

  const template = baselineTemplate({ billing: { viewers: ['carol'] } });

  test('administrators may assume it', () => {
    template.hasResourceProperties('AWS::IAM::Group', {
      GroupName: 'Administrators',
      ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess' }],
    });
  });

  test('billing viewers may not: no policy of theirs allows them to assume a role', () => {
    template.hasResourceProperties('AWS::IAM::Group', {
      GroupName: 'BillingViewers',
      // It reads bills: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBillingReadOnlyAccess.html
      ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AWSBillingReadOnlyAccess' }],
    });
    const viewers = Object.values(
      template.findResources('AWS::IAM::Policy', {
        Properties: { Groups: [{ Ref: 'BillingAccessViewersGroup' }] },
      }),
    ) as {
      Properties: { PolicyDocument: { Statement: { Effect: string; Action?: string | string[] }[] } };
    }[];
    const allowed = viewers.flatMap(({ Properties }) =>
      Properties.PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow'),
    );
    expect(allowed).toHaveLength(3);
    // An Allow without Action would have NotAction, which allows what it does not name.
    expect(allowed.flatMap(({ Action = '*' }) => Action).filter(mayAssumeRoles)).toEqual([]);
  });

  test('an output names it, for whoever switches to it', () => {
    template.hasOutput('SupportRoleName', { Value: { Ref: 'SupportRole' } });
  });

  test('it can be switched off', () => {
    const without = baselineTemplate({ access: { supportRole: false } });
    without.hasOutput('SignInUrl', {});
    expect(without.findOutputs('SupportRoleName')).toEqual({});
    expect(without.findResources('AWS::IAM::Role')).not.toHaveProperty('SupportRole');
  });
});
