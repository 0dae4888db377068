import { PERSON_ROLES, RIGHTS_OF } from '../../lib/access/person-roles';
import { actionsOf } from '../../lib/posture/calls';
import {
  AS_USER,
  ASSUME,
  ASSUME_WITH_SAML,
  PERSON,
  ROLE_MODE,
  ROLE_TASKS,
} from '../../scripts/docs/access-rows/people-roles';
import { WITH_MFA, WITHOUT_MFA } from '../../scripts/docs/access-rows/request';
import { SAML } from '../everything';
import { baselineTemplate } from '../synth';
import { mutations } from './mutations';
import { allowedActions, decide, decideChecked } from './simulator';
import { resourcePolicy, substitute, templatePolicies } from './template-policies';

/**
 * The condition on the user's name implies the account; the age of MFA implies MFA, which scanners look for;
 * and AWS lets the trust of a role have no resource, and no other service.
 */
const NEEDLESS = /principals|all resources|all actions|MultiFactorAuthPresent/;

const policies = templatePolicies(baselineTemplate({ ...ROLE_MODE, federation: { saml: SAML } }));

test('whoever assumes a role is a person to whom it is assigned, with fresh MFA and their own name', async () => {
  const wrong = await Promise.all(
    [...ASSUME, ...ASSUME_WITH_SAML].map(
      async ({ by, who, role, how, context, may, actions = ['sts:AssumeRole'] }) => {
        const on = `\${Roles${role}.Arn}`;
        const answers = await Promise.all(
          actions.map((action) => decide(policies, { who, on, context }, action)),
        );
        return answers.every((answer) => answer === may)
          ? []
          : [`${by} as ${role} ${how}: ${answers.join(', ')}`];
      },
    ),
  );
  expect(wrong.flat()).toEqual([]);
});

test('each condition of the trust of a role is needed', () => {
  const target = substitute('${RolesAdministrator.Arn}', policies.names);
  const document = policies.resource.get(target)?.policyDocument;
  if (!document) throw new Error('the role has no trust policy');
  const rows = [...ASSUME, ...ASSUME_WITH_SAML].filter(({ role }) => role === 'Administrator');
  const holds = (statements: typeof document.Statement) =>
    rows.every(({ who, context, may, actions = ['sts:AssumeRole'] }) =>
      actions.every(
        (action) =>
          decideChecked(
            {
              ...policies,
              resource: new Map([
                ...policies.resource,
                [target, resourcePolicy(target, { ...document, Statement: statements })],
              ]),
            },
            { who, on: target, context },
            action,
          ) === may,
      ),
    );
  expect(holds(document.Statement)).toBe(true);
  const unnoticed = document.Statement.flatMap((statement, index) =>
    mutations(statement, target)
      .filter(([change, changed]) => {
        const others = document.Statement.flatMap((one, at) => (at === index ? (changed ?? []) : [one]));
        return !NEEDLESS.test(change) && holds(others);
      })
      .map(([change]) => change),
  );
  expect(unnoticed).toEqual([]);
});

test('a user without a role looks after their own credentials', async () => {
  const wrong = await Promise.all(
    AS_USER.flatMap(({ task, actions, on = '*', who, may }) =>
      actions.map(async (action) => {
        const request = { who: PERSON[who], on, context: WITH_MFA };
        return (await decide(policies, request, action)) === may ? [] : [`${who}: ${task} (${action})`];
      }),
    ),
  );
  expect(wrong.flat()).toEqual([]);
});

test('of all actions of IAM and STS, a user without a role may do none but those for their own credentials', async () => {
  const ALWAYS = [
    'iam:ChangePassword',
    'iam:CreateVirtualMFADevice',
    'iam:EnableMFADevice',
    'iam:GetAccountPasswordPolicy',
    'iam:GetMFADevice',
    'iam:GetUser',
    'iam:ListMFADevices',
    'iam:ListVirtualMFADevices',
    'iam:ResyncMFADevice',
    'sts:GetCallerIdentity',
    'sts:GetSessionToken',
  ];
  const who = PERSON.dave;
  for (const context of [WITH_MFA, WITHOUT_MFA]) {
    const on = [who, 'arn:aws:iam::${AWS::AccountId}:mfa/phone'];
    expect(await allowedActions(policies, { who, on, context }, ['iam', 'sts'])).toEqual(ALWAYS);
  }
});

test('each role may do what its name says, and no role may change itself', async () => {
  const wrong = await Promise.all(
    ROLE_TASKS.flatMap(({ task, actions, on = '*', context, may }) =>
      PERSON_ROLES.flatMap((role) =>
        actions.map(async (action) => {
          const answer = await decide(policies, { who: `\${Roles${role}.Arn}`, on, context }, action);
          return (answer === 'yes') === may.includes(role) ? [] : [`${role}: ${task} (${action}): ${answer}`];
        }),
      ),
    ),
  );
  expect(wrong.flat()).toEqual([]);
});

test('an auditor may make every call of verify', () => {
  const request = { who: '${RolesAuditor.Arn}', on: '*' };
  const on: Readonly<Record<string, string>> = {
    'cloudformation:DetectStackDrift':
      'arn:aws:cloudformation:us-east-1:${AWS::AccountId}:stack/AccountBaseline-Audit/id',
    'lambda:GetFunction': '${NotificationsExplainer.Arn}',
  };
  const denied = actionsOf('account', 'verify').filter(
    (action) =>
      action !== 'sts:GetCallerIdentity' &&
      decideChecked(policies, { ...request, on: on[action] ?? '*' }, action) !== 'yes',
  );
  expect(denied).toEqual([]);
});

test('every role that changes anything is guarded', () => {
  const guarded = PERSON_ROLES.filter((role) => RIGHTS_OF[role].isGuarded);
  expect(guarded).toEqual(['Administrator', 'PowerUser']);
});

test('an administrator changes identity providers and policies of the suite by a deployment only', async () => {
  const who = '${RolesAdministrator.Arn}';
  const requests: [string, string][] = [
    ['iam:UpdateSAMLProvider', '${Saml}'],
    ['iam:CreatePolicyVersion', 'arn:aws:iam::123456789012:policy/AccountBaseline-Delegated'],
    ['iam:UpdateAssumeRolePolicy', who],
  ];
  const throughCloudFormation = { 'aws:CalledVia': ['cloudformation.amazonaws.com'] };
  for (const [action, on] of requests) {
    expect([action, await decide(policies, { who, on }, action)]).toEqual([action, 'no']);
    const context = throughCloudFormation;
    expect([action, await decide(policies, { who, on, context }, action)]).toEqual([action, 'yes']);
  }
});

describe('revoked sessions', () => {
  const revoked = templatePolicies(
    baselineTemplate({
      ...ROLE_MODE,
      access: {
        ...ROLE_MODE.access,
        revokedSessions: [{ name: 'alice', before: '2026-11-29T10:00:00Z' }],
      },
    }),
  );
  const through = { 'aws:CalledVia': ['cloudformation.amazonaws.com'], 'aws:ViaAWSService': 'true' };

  test.each([
    ['of the person that began before are denied everything', 'alice', '2026-11-29T09:59:59Z', 'no'],
    ['of the person that began later are not', 'alice', '2026-11-29T10:00:00Z', 'yes'],
    ['of somebody else are not', 'malice', '2026-11-29T09:59:59Z', 'yes'],
  ])('%s, in every role', (_, session, began, expected) => {
    const own = { 'aws:userid': `AROAEXAMPLE:${session}`, 'aws:TokenIssueTime': began };
    const answers = PERSON_ROLES.filter((role) => role !== 'Billing').flatMap((role) =>
      [own, { ...own, ...through }].map((context) =>
        decideChecked(revoked, { who: `\${Roles${role}.Arn}`, on: '*', context }, 'ec2:DescribeInstances'),
      ),
    );
    expect(new Set(answers)).toEqual(new Set([expected]));
  });
});
