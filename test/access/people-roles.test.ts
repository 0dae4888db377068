import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { PeopleRoles, type PeopleRolesProps, personRoleArn } from '../../lib/access/people-roles';
import { templateOf } from '../synth';

const roles = (props: Partial<PeopleRolesProps> = {}): Template =>
  templateOf(
    (scope) =>
      new PeopleRoles(scope, 'Roles', {
        users: { Administrator: ['alice'], Auditor: ['alice', 'bob'] },
        session: Duration.hours(2),
        mfaValidFor: Duration.hours(8),
        suite: { prefix: 'Baseline' },
        groupNames: ['Administrators'],
        ...props,
      }),
  );
const policies = (template: Template, id: string) =>
  Object.entries(template.findResources('AWS::IAM::Policy')).filter(([name]) =>
    name.startsWith(`Roles${id}`),
  );

const ref = (role: string) => ({ Ref: expect.stringMatching(`^Roles${role}`) });

test('a role exists if somebody may assume it', () => {
  const template = roles();
  template.resourceCountIs('AWS::IAM::Role', 2);
  template.hasResourceProperties('AWS::IAM::Role', {
    RoleName: 'Baseline-Auditor',
    MaxSessionDuration: 7200,
    AssumeRolePolicyDocument: Match.objectLike({
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: 'sts:AssumeRole',
          Condition: {
            Bool: { 'aws:MultiFactorAuthPresent': 'true' },
            NumericLessThanEquals: { 'aws:MultiFactorAuthAge': '28800' },
            StringEquals: { 'aws:username': ['alice', 'bob'], 'sts:RoleSessionName': '${aws:username}' },
          },
        }),
      ]),
    }),
  });
  roles({ users: { Billing: [] } }).resourceCountIs('AWS::IAM::Role', 0);
});

test('only the role Administrator outlives its stack, unless asked otherwise', () => {
  const kept = (template: Template) =>
    Object.keys(
      template.findResources('AWS::IAM::Role', { DeletionPolicy: Match.stringLikeRegexp('^Retain') }),
    );
  expect(kept(roles())).toEqual([expect.stringMatching(/^RolesAdministrator/)]);
  expect(kept(roles({ removalPolicy: RemovalPolicy.DESTROY }))).toEqual([]);
});

test('the ARN of a role is known before it exists', () => {
  const stack = new Stack();
  expect(stack.resolve(personRoleArn(stack, 'Baseline', 'PowerUser'))).toEqual(
    stack.resolve(`arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/Baseline-PowerUser`),
  );
});

test('the guard is for the roles that could change the baseline, and only if wanted', () => {
  const [guard, ...more] = policies(roles(), 'Guard');
  expect(more).toEqual([]);
  expect(guard?.[1]).toMatchObject({ Properties: { Roles: [ref('Administrator')] } });
  expect(policies(roles({ guard: false }), 'Guard')).toEqual([]);
  expect(policies(roles({ users: { Auditor: ['bob'] } }), 'Guard')).toEqual([]);
});

test('a power user reads no first-time password, and an auditor may verify', () => {
  const template = roles({ users: { PowerUser: ['carol'], Auditor: ['bob'] } });
  const ofRole = (id: string) =>
    policies(template, id).map(
      ([, policy]) => (policy as { Properties: { Roles: unknown } }).Properties.Roles,
    );
  expect(ofRole('NoPasswords')).toEqual([[ref('PowerUser')]]);
  expect(ofRole('Verify')).toEqual([[ref('Auditor')]]);
});

test('revoked sessions are denied everything, in every role', () => {
  expect(policies(roles(), 'Revoked')).toEqual([]);
  const [revoked] = policies(
    roles({ revokedSessions: [{ name: 'alice', before: '2026-11-29T10:00:00Z' }] }),
    'Revoked',
  );
  expect(revoked?.[1]).toMatchObject({
    Properties: {
      Roles: [ref('Administrator'), ref('Auditor')],
      PolicyDocument: {
        Statement: [
          {
            Sid: 'Revoked1',
            Effect: 'Deny',
            Action: '*',
            Resource: '*',
            Condition: {
              StringLike: { 'aws:userid': '*:alice' },
              DateLessThan: { 'aws:TokenIssueTime': '2026-11-29T10:00:00Z' },
            },
          },
        ],
      },
    },
  });
});
