import type { PersonRole } from '../../../lib/access/person-roles';
import {
  type Answer,
  type Context,
  LOG_FILE,
  MALLORY,
  no,
  type Task,
  VIA_CLOUDFORMATION,
  WITH_MFA,
  WITHOUT_MFA,
  WORKER,
  yes,
} from './request';

/** The options that the rows hold for: alice administers, carol reads bills, dave audits. */
export const ROLE_MODE = {
  administrators: ['alice'],
  billing: { viewers: ['carol'] },
  access: { mode: 'roles' as const, people: [{ name: 'dave', roles: ['Auditor' as const] }] },
};

/** Seconds for which MFA is fresh, by default. */
const FRESH = '28800';

export const PERSON = {
  alice: '${AdminAccessaliceUser.Arn}',
  carol: '${BillingAccessViewerscarolUser.Arn}',
  dave: '${PeopledaveUser.Arn}',
} as const;

/** A session that the console, or a profile of the AWS CLI, asks for. */
export const session = (name: string, others: Context = {}): Context => ({
  ...WITH_MFA,
  'aws:MultiFactorAuthAge': FRESH,
  'sts:RoleSessionName': name,
  ...others,
});

/** Who tries to assume a role, how, and whether they may. */
export interface AssumeRow {
  readonly by: string;
  readonly who: string;
  readonly role: PersonRole;
  readonly how: string;
  readonly context: Context;
  readonly may: Answer;
  /** @default ['sts:AssumeRole'] */
  readonly actions?: readonly string[];
}

/** The condition keys that the second action of such a request knows, too. */
const named = (name: string): Context => ({ ...WITH_MFA, 'sts:SourceIdentity': name });
const SET = ['sts:SetSourceIdentity'];

const by = (name: keyof typeof PERSON, role: PersonRole, may: Answer): AssumeRow => ({
  by: name,
  who: PERSON[name],
  role,
  how: 'with MFA, in a session of their name',
  context: session(name),
  may,
});

const wrong = (how: string, context: Context, others: Partial<AssumeRow> = {}): AssumeRow => ({
  by: 'alice',
  who: PERSON.alice,
  role: 'Administrator',
  how,
  context,
  may: no,
  ...others,
});

export const ASSUME: readonly AssumeRow[] = [
  by('alice', 'Administrator', yes),
  by('alice', 'PowerUser', yes),
  by('alice', 'ReadOnly', yes),
  by('alice', 'Auditor', yes),
  by('alice', 'Billing', yes),
  by('carol', 'Administrator', no),
  by('carol', 'PowerUser', no),
  by('carol', 'ReadOnly', no),
  by('carol', 'Auditor', no),
  by('carol', 'Billing', yes),
  by('dave', 'Administrator', no),
  by('dave', 'PowerUser', no),
  by('dave', 'ReadOnly', no),
  by('dave', 'Auditor', yes),
  by('dave', 'Billing', no),
  wrong('with their name as source identity', named('alice'), {
    actions: SET,
    may: yes,
  }),
  wrong('with another source identity', named('carol'), {
    actions: SET,
  }),
  wrong('without MFA', { ...WITHOUT_MFA, 'sts:RoleSessionName': 'alice' }),
  wrong('with an access key', { 'sts:RoleSessionName': 'alice' }),
  wrong('with MFA of more than 8 hours ago', session('alice', { 'aws:MultiFactorAuthAge': '28801' })),
  wrong('in a session of another name', session('carol')),
  wrong('in a session of another name', session('alice'), {
    by: 'carol',
    who: PERSON.carol,
    role: 'Billing',
  }),
  wrong('with every permission, but no user', session('worker'), { by: 'a role', who: WORKER }),
  wrong('in a session called alice', session('alice'), { by: 'a role', who: WORKER }),
  wrong('in a session called alice', session('alice'), {
    by: 'the role PowerUser',
    who: '${RolesPowerUser.Arn}',
  }),
  wrong('in a session of their name', session('mallory'), { by: 'a user of another account', who: MALLORY }),
];

/** The group that the provider of the rows leads to the role Administrator; ReadOnly needs none. */
const SAML_GROUP = 'aws-administrators';

const SAML = '${Saml}';
const assertion = (others: Context = {}): Context => ({
  'SAML:aud': 'https://signin.aws.amazon.com/saml',
  'saml:edupersonaffiliation': [SAML_GROUP],
  'sts:SourceIdentity': 'erin@example.com',
  ...others,
});
const saml = (how: string, context: Context, others: Partial<AssumeRow> = {}): AssumeRow => ({
  by: 'somebody of the SAML provider',
  who: SAML,
  role: 'Administrator',
  how,
  context,
  may: no,
  actions: ['sts:AssumeRoleWithSAML'],
  ...others,
});

/** Who tries to assume a role with an assertion of the SAML provider. */
export const ASSUME_WITH_SAML: readonly AssumeRow[] = [
  saml('in the group, with their address', assertion(), { may: yes }),
  saml(
    'at the endpoint of the home Region',
    assertion({ 'SAML:aud': 'https://us-east-1.signin.aws.amazon.com/saml' }),
    { may: yes },
  ),
  saml(
    'at the endpoint of another Region',
    assertion({ 'SAML:aud': 'https://eu-west-1.signin.aws.amazon.com/saml' }),
  ),
  saml('with an assertion for another service', assertion({ 'SAML:aud': 'https://app.example.com/saml' })),
  saml(
    'with an assertion for an address that ends alike',
    assertion({ 'SAML:aud': 'https://example.com/x.signin.aws.amazon.com/saml' }),
  ),
  saml('in another group', assertion({ 'saml:edupersonaffiliation': ['engineers'] })),
  saml('in another group, where none is needed', assertion({ 'saml:edupersonaffiliation': ['engineers'] }), {
    role: 'ReadOnly',
    may: yes,
  }),
  saml('without an address', assertion({ 'sts:SourceIdentity': 'erin' })),
  saml('as a role that the provider does not lead to', assertion(), { role: 'PowerUser' }),
  saml('of another provider', assertion(), {
    by: 'somebody of another SAML provider',
    who: 'arn:aws:iam::${AWS::AccountId}:saml-provider/Other',
  }),
  saml(
    'to set their address as source identity',
    { 'sts:SourceIdentity': 'erin@example.com' },
    { actions: SET, may: yes },
  ),
  saml('to set another source identity', { 'sts:SourceIdentity': 'erin' }, { actions: SET }),
];

/** What a person may do as a user, without a role. */
export const AS_USER: readonly (Task & { readonly may: Answer; readonly who: keyof typeof PERSON })[] = [
  {
    task: 'Change your own password',
    actions: ['iam:ChangePassword'],
    on: PERSON.alice,
    who: 'alice',
    may: yes,
  },
  {
    task: 'Enrol a device of your own',
    actions: ['iam:EnableMFADevice', 'iam:ResyncMFADevice'],
    on: PERSON.dave,
    who: 'dave',
    may: yes,
  },
  {
    task: 'Sign in to the AWS CLI',
    actions: ['signin:AuthorizeOAuth2Access', 'signin:CreateOAuth2Token'],
    on: 'arn:aws:signin:us-east-1:${AWS::AccountId}:oauth2/public-client/localhost',
    who: 'dave',
    may: yes,
  },
  {
    task: 'Read a first-time password, as an administrator',
    actions: ['secretsmanager:GetSecretValue'],
    on: '${PeopledavePassword}',
    who: 'alice',
    may: yes,
  },
  {
    task: 'Read another secret',
    actions: ['secretsmanager:GetSecretValue'],
    on: 'arn:aws:secretsmanager:us-east-1:${AWS::AccountId}:secret:other-a1b2c3',
    who: 'alice',
    may: no,
  },
  {
    task: 'Read a first-time password',
    actions: ['secretsmanager:GetSecretValue'],
    on: '${AdminAccessalicePassword}',
    who: 'dave',
    may: no,
  },
  {
    task: 'Change another person’s password or devices',
    actions: ['iam:ChangePassword', 'iam:EnableMFADevice'],
    on: PERSON.carol,
    who: 'alice',
    may: no,
  },
  {
    task: 'Assume the support role',
    actions: ['sts:AssumeRole'],
    on: '${SupportRole.Arn}',
    who: 'alice',
    may: no,
  },
  {
    task: 'Remove your own device',
    actions: ['iam:DeactivateMFADevice'],
    on: PERSON.alice,
    who: 'alice',
    may: no,
  },
  {
    task: 'Join Administrators',
    actions: ['iam:AddUserToGroup'],
    on: '${AdminAccessGroup.Arn}',
    who: 'alice',
    may: no,
  },
  { task: 'Use services', actions: ['s3:ListAllMyBuckets', 'ec2:DescribeInstances'], who: 'alice', may: no },
  {
    task: 'View bills',
    actions: ['billing:GetBillingDetails'],
    on: 'arn:aws:billing::${AWS::AccountId}:billingview/primary',
    who: 'carol',
    may: no,
  },
];

/** Keys of a request from the session of a role: MFA counts for AssumeRole only. */
const IN_SESSION: Context = { 'aws:MultiFactorAuthPresent': 'false' };

interface RoleTaskRow extends Task {
  /** Who may: every role that is not listed may not. */
  readonly may: readonly PersonRole[];
}

const ALARM =
  'arn:aws:cloudwatch:us-east-1:${AWS::AccountId}:alarm:AccountBaseline-Alarms-AlarmsRootUser-1A2B3C';
const GUARDED: readonly Task[] = [
  {
    task: 'Stop or delete the trail',
    actions: ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'],
    on: '${AuditTrailTrail.Arn}',
  },
  {
    task: 'Delete an alarm',
    actions: ['cloudwatch:DeleteAlarms', 'cloudwatch:DisableAlarmActions'],
    on: ALARM,
  },
];
const OWN: readonly Task[] = [
  {
    task: 'Change who may assume the role, or what it may do',
    actions: [
      'iam:UpdateAssumeRolePolicy',
      'iam:PutRolePolicy',
      'iam:AttachRolePolicy',
      'iam:DeleteRolePolicy',
      'iam:DeleteRole',
    ],
    on: '${RolesAdministrator.Arn}',
  },
  {
    task: 'Change the group of people',
    actions: ['iam:PutGroupPolicy', 'iam:RemoveUserFromGroup'],
    on: '${PeopleGroup.Arn}',
  },
  {
    task: 'Change the group of administrators',
    actions: ['iam:PutGroupPolicy', 'iam:DeleteGroup'],
    on: '${AdminAccessGroup.Arn}',
  },
];

/** What the roles may do, in the session of a person. */
const TASKS: readonly RoleTaskRow[] = [
  {
    task: 'Create users',
    actions: ['iam:CreateUser', 'iam:AttachUserPolicy'],
    on: 'arn:aws:iam::${AWS::AccountId}:user/bob',
    may: ['Administrator'],
  },
  {
    task: 'Use services',
    actions: ['ec2:RunInstances'],
    on: 'arn:aws:ec2:us-east-1:${AWS::AccountId}:instance/i-1',
    may: ['Administrator', 'PowerUser'],
  },
  {
    task: 'Read data',
    actions: ['s3:GetObject'],
    on: 'arn:aws:s3:::site/index.html',
    may: ['Administrator', 'PowerUser', 'ReadOnly'],
  },
  {
    task: 'Read log files',
    actions: ['s3:GetObject'],
    on: LOG_FILE,
    may: ['Administrator', 'PowerUser', 'ReadOnly'],
  },
  {
    task: 'See resources',
    actions: ['ec2:DescribeInstances', 'cloudtrail:DescribeTrails'],
    may: ['Administrator', 'PowerUser', 'ReadOnly', 'Auditor'],
  },
  {
    task: 'See users and their permissions',
    actions: ['iam:GetAccountAuthorizationDetails'],
    may: ['Administrator', 'ReadOnly', 'Auditor'],
  },
  {
    task: 'Read a function of the baseline',
    actions: ['lambda:GetFunction'],
    on: '${NotificationsExplainer.Arn}',
    may: ['Administrator', 'PowerUser', 'ReadOnly', 'Auditor'],
  },
  {
    task: 'Read another function',
    actions: ['lambda:GetFunction'],
    on: 'arn:aws:lambda:us-east-1:${AWS::AccountId}:function:other',
    may: ['Administrator', 'PowerUser', 'ReadOnly'],
  },
  {
    task: 'Detect drift of the baseline',
    actions: ['cloudformation:DetectStackDrift'],
    on: 'arn:aws:cloudformation:us-east-1:${AWS::AccountId}:stack/AccountBaseline-Audit/id',
    may: ['Administrator', 'PowerUser', 'ReadOnly', 'Auditor'],
  },
  {
    task: 'Detect drift of another stack',
    actions: ['cloudformation:DetectStackDrift'],
    on: 'arn:aws:cloudformation:us-east-1:${AWS::AccountId}:stack/other/id',
    may: ['Administrator', 'PowerUser', 'ReadOnly'],
  },
  {
    task: 'Read the account’s settings',
    actions: ['account:GetContactInformation'],
    on: 'arn:aws:account::${AWS::AccountId}:account',
    may: ['Administrator', 'ReadOnly', 'Auditor'],
  },
  {
    task: 'View bills',
    actions: ['ce:GetCostAndUsage'],
    on: 'arn:aws:billing::${AWS::AccountId}:billingview/primary',
    may: ['Administrator', 'PowerUser', 'ReadOnly', 'Billing'],
  },
  {
    task: 'Read a first-time password',
    actions: ['secretsmanager:GetSecretValue'],
    on: '${PeopledavePassword}',
    may: [],
  },
  {
    task: 'Remove the policy that protects a first-time password',
    actions: ['secretsmanager:DeleteResourcePolicy'],
    on: '${PeopledavePassword}',
    may: ['Administrator'],
  },
  ...[...GUARDED, ...OWN].map((row) => ({ ...row, task: `${row.task} manually`, may: [] })),
  ...GUARDED.map((row) => ({
    ...row,
    task: `${row.task} through CloudFormation`,
    context: VIA_CLOUDFORMATION,
    may: ['Administrator', 'PowerUser'] as const,
  })),
  ...OWN.map((row) => ({
    ...row,
    task: `${row.task} through CloudFormation`,
    context: VIA_CLOUDFORMATION,
    may: ['Administrator'] as const,
  })),
];

/** The same, in the session of a role. */
export const ROLE_TASKS = TASKS.map((row) => ({ ...row, context: { ...IN_SESSION, ...row.context } }));
