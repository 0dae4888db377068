import { Aws, Stack } from 'aws-cdk-lib';
import { refused } from '../refused';
import { denyOutsideCloudFormation, type DenialProps } from '../../lib/functions/through-cloudformation';

const conditions = (props: Partial<DenialProps> = {}): unknown => {
  const statement = denyOutsideCloudFormation({ sid: 'Deny', actions: ['sns:DeleteTopic'], ...props });
  const json = new Stack().resolve(statement.toStatementJson()) as Record<string, unknown>;
  expect(json).toMatchObject({ Effect: 'Deny', Principal: '*', Action: 'sns:DeleteTopic', Resource: '*' });
  return json['Condition'];
};

test('a denial exempts root, CloudFormation on behalf of its caller, and CloudFormation with a service role', () => {
  expect(conditions()).toEqual({
    'ForAllValues:StringNotEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' },
    StringNotLike: { 'aws:userid': [{ Ref: 'AWS::AccountId' }, '*:AWSCloudFormation'] },
  });
});

test('a denial can exempt people: with MFA, of IAM Identity Center, and in the roles that are for them', () => {
  const people = ['arn:*:iam::*:root', 'arn:*:iam::*:role/aws-reserved/sso.amazonaws.com/*'];
  const exempt = (...roles: string[]) => ({
    'ForAllValues:StringNotEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' },
    StringNotLike: { 'aws:userid': '*:AWSCloudFormation' },
    BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' },
    ArnNotLike: { 'aws:PrincipalArn': [...people, ...roles] },
  });
  const role = 'arn:aws:iam::123456789012:role/Baseline-Administrator';
  expect(conditions({ exemptPeople: true })).toEqual(exempt());
  expect(conditions({ exemptPeople: true, peopleRoleArns: [role] })).toEqual(exempt(role));
});

test('roles may be in the account of the stack', () => {
  const role = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/Administrator`;
  expect(JSON.stringify(conditions({ exemptPeople: true, peopleRoleArns: [role] }))).toContain(
    ':role/Administrator',
  );
});

refused(
  conditions,
  ['*', 'arn:aws:iam::123456789012:role/*', 'Administrator'].map((role) => [
    { exemptPeople: true, peopleRoleArns: [role] },
    `peopleRoleArns[0] must be the ARN of a role, without wildcards, got "${role}"`,
  ]),
);
