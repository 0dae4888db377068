import {
  IAMClient,
  IAMServiceException,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
} from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { Clients } from '../../lib/posture/clients';
import { readRefusals, rolesOf } from '../../lib/posture/collect/permissions';
import { REGION, WELL } from './snapshot';

const iam = mockClient(IAMClient);
const clients = () => new Clients({ region: REGION });
const ACCOUNT = WELL.caller.account;
const ACTIONS = {
  direct: ['cloudformation:CreateChangeSet'],
  byCloudFormation: ['iam:CreateUser', 's3:CreateBucket'],
};
const SSO_ROLE = {
  name: 'AWSReservedSSO_Admin_0123456789abcdef',
  arn: `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef`,
};

const denied = new IAMServiceException({ name: 'AccessDenied', $fault: 'client', $metadata: {} });

const refusals = (arn: string, roles: Parameters<typeof readRefusals>[2] = { value: [SSO_ROLE] }) =>
  readRefusals(clients(), { ...WELL.caller, arn }, roles, ACTIONS);

const asked = (): SimulatePrincipalPolicyCommandInput[] =>
  iam.commandCalls(SimulatePrincipalPolicyCommand).map(({ args: [{ input }] }) => input);

beforeEach(() => {
  iam.reset();
  iam.on(SimulatePrincipalPolicyCommand).resolves({ EvaluationResults: [] });
});

test('what the simulation denies is told, with what it did not know and with who denies it', async () => {
  iam
    .on(SimulatePrincipalPolicyCommand, { ActionNames: ACTIONS.byCloudFormation, Marker: undefined })
    .resolves({
      EvaluationResults: [{ EvalActionName: 'iam:CreateUser', EvalDecision: 'allowed' }],
      IsTruncated: true,
      Marker: 'next',
    })
    .on(SimulatePrincipalPolicyCommand, { ActionNames: ACTIONS.byCloudFormation, Marker: 'next' })
    .resolves({
      EvaluationResults: [
        {
          EvalActionName: 's3:CreateBucket',
          EvalDecision: 'implicitDeny',
          MissingContextValues: ['aws:SourceIp'],
          OrganizationsDecisionDetail: { AllowedByOrganizations: false },
        },
      ],
    });
  expect(await refusals(WELL.caller.arn)).toEqual({
    value: [{ action: 's3:CreateBucket', byOrganization: true, missingContext: ['aws:SourceIp'] }],
  });
});

test('CloudFormation’s calls are simulated as such: the guard of the administrators lets them pass', async () => {
  await refusals(WELL.caller.arn);
  const contexts = asked().map(({ ActionNames, ContextEntries = [] }) => [
    ActionNames,
    Object.fromEntries(
      ContextEntries.map(({ ContextKeyName = '', ContextKeyValues }) => [ContextKeyName, ContextKeyValues]),
    ),
  ]);
  const both = { 'aws:MultiFactorAuthPresent': ['true'], 'aws:RequestedRegion': [REGION] };
  expect(contexts).toEqual([
    [ACTIONS.direct, { ...both, 'aws:ViaAWSService': ['false'] }],
    [
      ACTIONS.byCloudFormation,
      {
        ...both,
        'aws:ViaAWSService': ['true'],
        'aws:CalledVia': ['cloudformation.amazonaws.com'],
        'aws:CalledViaFirst': ['cloudformation.amazonaws.com'],
        'aws:CalledViaLast': ['cloudformation.amazonaws.com'],
      },
    ],
  ]);
});

test('a session is simulated as its role, whose path only the role tells', async () => {
  await refusals(`arn:aws:sts::${ACCOUNT}:assumed-role/${SSO_ROLE.name}/alice@example.com`);
  expect(new Set(asked().map(({ PolicySourceArn }) => PolicySourceArn))).toEqual(new Set([SSO_ROLE.arn]));
});

test('root is not simulated: no policy of the account binds it', async () => {
  expect(await refusals(`arn:aws:iam::${ACCOUNT}:root`)).toEqual({ value: undefined });
  expect(asked()).toEqual([]);
});

test.each([
  [
    'a role that is not listed',
    `arn:aws:sts::${ACCOUNT}:assumed-role/Other/me`,
    'the account has no role Other',
  ],
  [
    'a federated user',
    `arn:aws:sts::${ACCOUNT}:federated-user/me`,
    'IAM cannot simulate the session of a federated user',
  ],
])('%s is unknown', async (_, arn, unknown) => {
  expect(await refusals(arn)).toEqual({ unknown });
});

test('a missing permission is unknown, by its name', async () => {
  iam.on(SimulatePrincipalPolicyCommand).rejects(denied);
  expect(await refusals(WELL.caller.arn)).toEqual({
    unknown: 'iam:SimulatePrincipalPolicy is not allowed',
    permission: 'iam:SimulatePrincipalPolicy',
  });
  const people = {
    unknown: 'iam:GetAccountAuthorizationDetails is not allowed',
    permission: 'iam:GetAccountAuthorizationDetails',
  };
  expect(await refusals(`arn:aws:sts::${ACCOUNT}:assumed-role/Other/me`, rolesOf(people))).toEqual(people);
});
