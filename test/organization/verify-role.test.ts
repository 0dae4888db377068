import { stringify } from 'yaml';
import { MEMBER_CALLS } from '../../lib/organization/member-calls';
import { verifyRoleName } from '../../lib/organization/verify-role-name';
import { actionsOf } from '../../lib/posture/calls';
import { MANAGEMENT, ORGANIZATION, verifyRoleTemplate, verifyTrust } from './verify-role';

/** The last part of the stack's ARN. */
const UUID = { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] };
const TEMPLATE = verifyRoleTemplate();

test('the management account can assume it, by users with MFA and by sessions of roles', () => {
  const of = { 'aws:PrincipalOrgID': ORGANIZATION };
  const statement = { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { AWS: MANAGEMENT } };
  expect(JSON.parse(verifyTrust())).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        ...statement,
        Sid: 'UsersWithMfa',
        Condition: { StringEquals: of, Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      },
      {
        ...statement,
        Sid: 'SessionsOfRoles',
        Condition: { StringEquals: { ...of, 'aws:PrincipalType': 'AssumedRole' } },
      },
    ],
  });
});

test('its name is that of its stack, as the command computes it', () => {
  const stack =
    'arn:aws:cloudformation:eu-central-1:222222222222:stack/StackSet-A-0f/0a1b2c3d-1111-2222-3333-444444444444';
  expect(verifyRoleName('AccountBaseline', stack)).toBe('AccountBaseline-Verify-0a1b2c3d');
});

test('it allows what verify of a member calls, and reading only', () => {
  const actions = actionsOf('member');
  TEMPLATE.hasResourceProperties('AWS::IAM::Role', {
    RoleName: {
      'Fn::Join': ['', ['AccountBaseline-Verify-', { 'Fn::Select': [0, { 'Fn::Split': ['-', UUID] }] }]],
    },
    Policies: [{ PolicyDocument: { Statement: [{ Action: actions, Effect: 'Allow', Resource: '*' }] } }],
  });
  const verbs = /:(Get|List|Describe)|^iam:GenerateCredentialReport$/;
  expect(actions.filter((action) => !verbs.test(action))).toEqual([]);
});

test('verify of a member needs nothing that verify of an account does not', () => {
  const known = actionsOf('account', 'verify');
  expect(actionsOf('member').filter((action) => !known.includes(action))).toEqual([]);
  expect(Object.keys(MEMBER_CALLS).length).toBeGreaterThan(20);
});

test('it takes less than 3,500 bytes of the template of the members', () => {
  const { Resources } = TEMPLATE.toJSON() as { Resources: object };
  expect(Buffer.byteLength(stringify({ Resources }, { schema: 'yaml-1.1', lineWidth: 0 }))).toBeLessThan(
    3500,
  );
});
