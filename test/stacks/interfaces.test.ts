import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, Role, ServicePrincipal, User } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  AdminAccess,
  AuditTrail,
  BillingAccess,
  EmailChannel,
  Notifications,
  SecurityAlarms,
  SupportRole,
} from '../../lib';
import { testApp } from '../synth';

/** The statements of policies that the app adds. */
function statementsFor(role: string, stack: Stack): unknown[] {
  const policies = Template.fromStack(stack).findResources('AWS::IAM::Policy', {
    Properties: { Roles: [{ Ref: Match.stringLikeRegexp(role) }] },
  });
  return Object.values(policies).flatMap(
    ({ Properties }) => (Properties as { PolicyDocument: { Statement: unknown[] } }).PolicyDocument.Statement,
  );
}

test('an app grants its roles access to what the trail records, and to the messages', () => {
  const stack = new Stack(testApp());
  const trail = new AuditTrail(stack, 'Trail');
  const logGroup = LogGroup.fromLogGroupName(stack, 'Imported', 'trail-logs');
  const notifications = new Notifications(stack, 'Notifications', {
    channels: [new EmailChannel({ address: 'security@example.com' })],
    logGroup,
  });
  const analyst = new Role(stack, 'Analyst', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });

  trail.bucket.grantRead(analyst);
  trail.logGroup.grantRead(analyst);
  notifications.topic.grantSubscribe(analyst);

  expect(JSON.stringify(statementsFor('Analyst', stack))).toMatch(
    /s3:GetObject.*logs:FilterLogEvents.*sns:Subscribe/,
  );
});

test('an app adds people to the groups, and policies to the support role', () => {
  const stack = new Stack(testApp());
  const { group } = new AdminAccess(stack, 'AdminAccess', { administrators: [{ userName: 'alice' }] });
  const billing = new BillingAccess(stack, 'Billing', { viewers: [{ userName: 'vera' }] });
  const { role } = new SupportRole(stack, 'Support');
  const carol = new User(stack, 'Carol');

  carol.addToGroup(group);
  if (billing.group) carol.addToGroup(billing.group);
  role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('AWSSupportAccess'));

  Template.fromStack(stack).hasResourceProperties('AWS::IAM::User', {
    Groups: [{ Ref: Match.stringLikeRegexp('AdminAccess') }, { Ref: Match.stringLikeRegexp('Billing') }],
  });
  expect(new BillingAccess(stack, 'WithoutViewers').group).toBeUndefined();
});

test('only an app that shows the sign-in page gets the domains of the partitions', () => {
  const domainsOf = (use: (access: AdminAccess) => unknown): readonly string[] => {
    const stack = new Stack(testApp());
    use(new AdminAccess(stack, 'AdminAccess', { administrators: [{ userName: 'alice' }] }));
    return Object.keys(Template.fromStack(stack).findMappings('*'));
  };
  expect(domainsOf(() => undefined)).toEqual([]);
  expect(domainsOf(({ signInUrl }) => signInUrl)).toEqual(['SignInDomains']);
});

test('an app watches the metrics of the alarms, and of the function that explains them', () => {
  const stack = new Stack(testApp());
  const logGroup = LogGroup.fromLogGroupName(stack, 'Imported', 'trail-logs');
  const { explainer } = new Notifications(stack, 'Notifications', {
    channels: [new EmailChannel({ address: 'security@example.com' })],
    logGroup,
  });
  const { signalAlarms } = new SecurityAlarms(stack, 'Alarms', { topic: new Topic(stack, 'Topic') });

  expect(signalAlarms.map(({ metric }) => metric.namespace)).toEqual(signalAlarms.map(() => 'Baseline'));
  expect(signalAlarms.map(({ alarm }) => alarm.alarmArn)).toHaveLength(9);
  explainer.metricErrors().createAlarm(stack, 'Errors', { threshold: 1, evaluationPeriods: 1 });

  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
  });
});
