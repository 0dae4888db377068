import { CfnCondition, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import type { BaselineOptions } from '../../lib/config/config';
import { eventMatcher } from '../../emulator/event-pattern';
import { rootSignIn } from '../../emulator/root-sign-in';
import { RootNotice } from '../../lib/root-notice/root-notice';
import { noticeRules } from '../../lib/root-notice/rules';
import { refused } from '../refused';
import { baselineStacks, stackTemplate, testApp } from '../synth';

const RULES = noticeRules('AccountBaseline-');

/** IDs of the rules that notify of a CloudTrail event with this source and type. */
const notifying = (source: string, type: string, detail: object): string[] =>
  RULES.filter(
    (rule) =>
      rule.source === source &&
      rule.eventType === type &&
      (!rule.pattern || eventMatcher(rule.pattern)({ detail })),
  ).map(({ id }) => id);

const SIGN_IN = 'AWS Console Sign In via CloudTrail';
const SIGNIN = 'AWS Console Signin via CloudTrail';
const API_CALL = 'AWS API Call via CloudTrail';

const signedIn = rootSignIn('123456789012');
const failed = {
  ...signedIn,
  errorMessage: 'Failed authentication',
  responseElements: { ConsoleLogin: 'Failure' },
};
const recovery = (eventName: string) => ({
  ...signedIn,
  eventName,
  responseElements: { [eventName]: 'Success' },
});
const toRole = (roleName: string, userIdentity: object = { type: 'AssumedRole' }) => ({
  eventName: 'DeleteRolePolicy',
  requestParameters: { roleName },
  userIdentity,
});
const by = (type: string, event: object = signedIn) => ({ ...event, userIdentity: { type } });

test.each<[what: string, source: string, type: string, detail: object, rules: string[]]>([
  ['a root sign-in', 'aws.signin', SIGN_IN, signedIn, ['SignIn']],
  ['a root sign-in in the other spelling', 'aws.signin', SIGNIN, signedIn, ['SignInAlternateSpelling']],
  ['a sign-in of an IAM user', 'aws.signin', SIGN_IN, by('IAMUser'), ['SignIn']],
  ['a sign-in of a role', 'aws.signin', SIGN_IN, by('AssumedRole'), []],
  ['a failed root sign-in', 'aws.signin', SIGN_IN, failed, []],
  ['a failed sign-in of an IAM user', 'aws.signin', SIGN_IN, by('IAMUser', failed), []],
  ['a request to recover root', 'aws.signin', SIGN_IN, recovery('PasswordRecoveryRequested'), []],
  ['a completed recovery of root', 'aws.signin', SIGN_IN, recovery('PasswordRecoveryCompleted'), ['SignIn']],
  ['a new password of root', 'aws.signin', SIGN_IN, recovery('PasswordUpdated'), ['SignIn']],
  ['a new e-mail address of root', 'aws.signin', SIGN_IN, recovery('EmailUpdated'), ['SignIn']],
  ['an unusual sign-in', 'aws.signin', 'Sign-in Anomaly Alert', {}, ['SignInAnomaly']],
  ['an IAM call of root', 'aws.iam', API_CALL, by('Root'), ['Iam']],
  // The console makes some calls on root's behalf.
  [
    'an IAM call of root by the console',
    'aws.iam',
    API_CALL,
    { userIdentity: { type: 'Root', invokedBy: 'signin.amazonaws.com' } },
    ['Iam'],
  ],
  ['an IAM call of a role', 'aws.iam', API_CALL, by('AssumedRole'), []],
  ['a changed role of the baseline', 'aws.iam', API_CALL, toRole('AccountBaseline-Audit-Delivery'), ['Iam']],
  ['a changed role of somebody else', 'aws.iam', API_CALL, toRole('Deployer'), []],
  [
    'a role that a deployment of the baseline changes',
    'aws.iam',
    API_CALL,
    toRole('AccountBaseline-Audit-Delivery', { invokedBy: 'cloudformation.amazonaws.com' }),
    [],
  ],
  [
    'an attempt to change a role of the baseline',
    'aws.iam',
    API_CALL,
    { ...toRole('AccountBaseline-Audit-Delivery'), errorCode: 'AccessDenied' },
    [],
  ],
  ['a change of the account by root', 'aws.account', API_CALL, by('Root'), ['RootAccount']],
  ['a change of the organization by root', 'aws.organizations', API_CALL, by('Root'), ['RootOrganization']],
])('of %s, these rules notify', (_, source, type, detail, rules) => {
  expect(notifying(source, type, detail)).toEqual(rules);
});

test('the rules are what AWS User Notifications accepts: ten, each with its own source and type', () => {
  expect(RULES.length).toBeLessThanOrEqual(10);
  const keys = RULES.map(({ source, eventType }) => `${source} ${eventType}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { source, eventType, pattern, regions } of RULES) {
    expect(source).toMatch(/^aws\.[a-z0-9-]{1,32}$/);
    expect(eventType).toMatch(/^[a-zA-Z0-9 ()-]{1,128}$/);
    expect(JSON.stringify(pattern ?? {}).length).toBeLessThanOrEqual(4096);
    expect(regions).toContain('us-east-1');
  }
});

test('every rule of the catalog is in the template, and each event is sent at once', () => {
  const template = stackTemplate('RootNotice');
  template.resourceCountIs('AWS::Notifications::EventRule', RULES.length);
  template.hasResourceProperties('AWS::Notifications::NotificationConfiguration', {
    Name: 'AccountBaseline-RootNotice',
    AggregationDuration: 'NONE',
  });
});

test('each address is a contact, which the configuration notifies', () => {
  const emails = ['security@example.com', 'a+b@example.com', 'a-b@example.com'];
  const template = stackTemplate('RootNotice', { notifications: { emails } });
  const contacts = Object.entries(template.findResources('AWS::NotificationsContacts::EmailContact'));
  const properties = contacts.map(
    ([, { Properties }]) => Properties as { EmailAddress: string; Name: string },
  );
  expect(properties.map(({ EmailAddress }) => EmailAddress)).toEqual(emails);
  expect(new Set(properties.map(({ Name }) => Name)).size).toBe(emails.length);
  for (const { Name } of properties) expect(Name).toMatch(/^[\w.~-]{1,64}$/);
  for (const [id] of contacts) {
    template.hasResourceProperties('AWS::Notifications::ChannelAssociation', {
      Arn: { 'Fn::GetAtt': [id, 'Arn'] },
      NotificationConfigurationArn: { 'Fn::GetAtt': ['NoticeConfiguration', 'Arn'] },
    });
  }
});

test('the hub is kept when the stack is deleted, because AWS does not remove the last one', () => {
  stackTemplate('RootNotice').hasResource('AWS::Notifications::NotificationHub', {
    Properties: { Region: 'us-east-1' },
    DeletionPolicy: 'Retain',
  });
});

test('the configuration is created after the hub', () => {
  stackTemplate('RootNotice').hasResource('AWS::Notifications::NotificationConfiguration', {
    Metadata: { Hub: { Ref: 'NoticeHub' } },
  });
});

test('the hub of an account that has one is used', () => {
  const template = stackTemplate('RootNotice', {
    notifications: { emails: ['security@example.com'], rootNotice: 'existing-hub' },
  });
  template.resourceCountIs('AWS::Notifications::NotificationHub', 0);
  template.hasResource('AWS::Notifications::NotificationConfiguration', { Metadata: Match.absent() });
});

test('a tag reaches nothing, because a changed one would replace resources, and activate contacts again', () => {
  const template = stackTemplate('RootNotice', { tags: { team: 'platform' } });
  template.hasResourceProperties('AWS::Notifications::NotificationConfiguration', { Tags: Match.absent() });
  template.hasResourceProperties('AWS::NotificationsContacts::EmailContact', { Tags: Match.absent() });
});

function stackIn(region: string, props: StackProps = {}): Stack {
  return new Stack(testApp(), 'Test', { env: { region }, ...props });
}

test('tags of its stack, which CloudFormation gives to the contacts, cause a warning', () => {
  const warningsOf = (stack: Stack) => {
    new RootNotice(stack, 'Notice', { name: 'notice', emails: [{ address: 'a@b.io' }] });
    return Annotations.fromStack(stack)
      .findWarning('*', Match.anyValue())
      .map(({ entry }) => entry.data);
  };
  expect(warningsOf(stackIn('us-east-1'))).toEqual([]);
  expect(warningsOf(stackIn('us-east-1', { tags: { team: 'platform' } }))).toEqual([
    'tags of the stack replace its contacts, whose addresses must then be activated again: give it none, and set @aws-cdk/core:explicitStackTags [ack: aws-account-baseline:stackTags]',
  ]);
});

test.each([
  [undefined, 1],
  [true, 1],
  [false, 0],
])('with createHub %s, there are %s hubs', (createHub, count) => {
  const stack = stackIn('us-east-1');
  new RootNotice(stack, 'Notice', { name: 'notice', emails: [{ address: 'a@b.io' }], createHub });
  Template.fromStack(stack).resourceCountIs('AWS::Notifications::NotificationHub', count);
});

refused(
  (props: object) =>
    new RootNotice(stackIn('us-east-1'), 'Notice', {
      name: 'notice',
      emails: [{ address: 'a@example.com' }],
      ...props,
    }),
  [
    [{ createHub: 'no' }, 'createHub must be true or false, got "no"'],
    [{ name: 'my root' }, 'name must be 1 to 64 letters, digits, hyphens and underscores, got "my root"'],
  ],
);

test('it must be in the Region that has its resource types', () => {
  const props = { name: 'notice', emails: [{ address: 'a@example.com' }] };
  expect(() => new RootNotice(stackIn('eu-central-1'), 'Notice', props)).toThrow(
    new Error('RootNotice needs a stack in us-east-1, where CloudFormation has its types, got eu-central-1'),
  );
  expect(() => new RootNotice(new Stack(testApp(), 'Test'), 'Notice', props)).toThrow(
    new Error(
      'RootNotice needs a stack in us-east-1, where CloudFormation has its types, got a stack without a Region',
    ),
  );
  expect(() => new RootNotice(stackIn('us-east-1'), 'Notice', props)).not.toThrow();
});

refused(
  (emails) => new RootNotice(stackIn('us-east-1'), 'Notice', { name: 'notice', emails }),
  [
    [[], 'emails must name at least one address, got []'],
    [
      [{ address: 'nope' }],
      'emails[0].address must be an e-mail address such as security@example.com, got "nope"',
    ],
  ],
);

test('a contact can depend on a condition', () => {
  const stack = stackIn('us-east-1');
  const condition = new CfnCondition(stack, 'HasEmail1', { expression: Fn.conditionEquals('a', 'b') });
  new RootNotice(stack, 'Notice', {
    name: 'notice',
    emails: [{ id: 'Email1', address: 'a@b.io', condition }],
  });
  const template = Template.fromStack(stack);
  template.hasResource('AWS::NotificationsContacts::EmailContact', { Condition: 'HasEmail1' });
  template.hasResource('AWS::Notifications::ChannelAssociation', { Condition: 'HasEmail1' });
});

describe('the stack', () => {
  const stack = (options: Partial<BaselineOptions>) =>
    baselineStacks(options).find(({ stackName }) => stackName === 'AccountBaseline-RootNotice');

  test.each([undefined, 'eu-central-1', 'us-east-1'])(
    'is in us-east-1 if the home Region is %s',
    (region) => {
      expect(stack({ region })?.region).toBe('us-east-1');
    },
  );

  test('is omitted if it is switched off', () => {
    expect(stack({ notifications: { emails: ['security@example.com'], rootNotice: false } })).toBeUndefined();
  });

  test.each([
    'cn-north-1',
    'us-gov-west-1',
    'us-iso-east-1',
    'us-isob-east-1',
    'eu-isoe-west-1',
    'eusc-de-east-1',
  ])('is omitted in %s, whose partition does not have the service', (region) => {
    expect(stack({ region })).toBeUndefined();
  });
});
