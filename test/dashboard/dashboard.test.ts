import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { defineBaseline, type BaselineOptions } from '../../lib/config/config';
import { Dashboard, type DashboardProps, SIGNAL_GRAPHS } from '../../lib/dashboard/dashboard';
import { SecurityAlarms } from '../../lib/detections/security-alarms';
import { SIGNALS } from '../../lib/detections/signals';
import { EmailChannel } from '../../lib/notifications/channels/email';
import { Notifications } from '../../lib/notifications/notifications';
import { matcher } from '../../emulator/filter-pattern';
import { DeployedAccount } from '../../scripts/docs/silencing/deployed';
import { call, failedSignIn, role, root, signIn, user } from '../detections/events/record';
import { CHANNEL_EXAMPLES } from '../everything';
import { SMALLEST } from '../smallest';
import { refused } from '../refused';
import { stackTemplate, templateOf } from '../synth';

interface Widget {
  readonly type: 'text' | 'alarm' | 'metric';
  readonly width: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly unknown[])[];
  };
}

/** A metric in full. */
interface Shown {
  readonly namespace: unknown;
  readonly name: unknown;
  readonly dimensions: Readonly<Record<string, unknown>>;
}

/**
 * Metrics that the services publish under one dimension.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
const OF_SERVICES: Readonly<Record<string, readonly string[]>> = {
  'AWS/SNS': ['NumberOfMessagesPublished', 'NumberOfNotificationsDelivered', 'NumberOfNotificationsFailed'],
  'AWS/Lambda': ['Invocations', 'Errors'],
};

const { emails } = SMALLEST.notifications;
const accountWith = (options: Partial<BaselineOptions> = {}) =>
  new DeployedAccount(defineBaseline({ ...SMALLEST, ...options }));

function widgetsOf(account: DeployedAccount): readonly Widget[] {
  const { DashboardBody } = account.get('Summary/Dashboard').properties;
  return (JSON.parse(String(DashboardBody)) as { readonly widgets: readonly Widget[] }).widgets;
}

/** The metrics of the graphs, with what a dot stands for. */
function shownIn(widgets: readonly Widget[]): Shown[] {
  return widgets.flatMap(({ properties: { metrics = [] } }) => {
    const full: unknown[][] = [];
    for (const line of metrics) {
      const above = full.at(-1);
      full.push(line.slice(0, -1).map((part, index) => (part === '.' ? above?.[index] : part)));
    }
    return full.map(([namespace, name, ...pairs]) => ({
      namespace,
      name,
      dimensions: Object.fromEntries(
        pairs.flatMap((key, index) => (index % 2 === 0 ? [[key, pairs[index + 1]]] : [])),
      ) as Shown['dimensions'],
    }));
  });
}

/** The metrics that the resources of the suite publish. */
function published(account: DeployedAccount): Shown[] {
  const ofFilters = account.ofType('AWS::Logs::MetricFilter').flatMap(({ properties }) => {
    const transformations = properties['MetricTransformations'] as {
      MetricNamespace: string;
      MetricName: string;
    }[];
    return transformations.map(({ MetricNamespace, MetricName }) => ({
      namespace: MetricNamespace,
      name: MetricName,
      dimensions: {},
    }));
  });
  const ofService = (namespace: string, dimension: string, values: readonly string[]) =>
    values.flatMap((value) =>
      (OF_SERVICES[namespace] ?? []).map((name) => ({ namespace, name, dimensions: { [dimension]: value } })),
    );
  const topics = account.ofType('AWS::SNS::Topic').map(({ ref }) => ref.split(':').at(-1) ?? '');
  const functions = account.ofType('AWS::Lambda::Function').map(({ ref }) => ref);
  const { Namespace, MetricName, Dimensions } = account.get('Watchdog/Heartbeat').properties;
  const [{ Name, Value }] = Dimensions as [{ Name: string; Value: string }];
  return [
    ...ofFilters,
    ...ofService('AWS/SNS', 'TopicName', topics),
    ...ofService('AWS/Lambda', 'FunctionName', functions),
    { namespace: Namespace, name: MetricName, dimensions: { [Name]: Value } },
  ];
}

describe.each<[string, Partial<BaselineOptions>]>([
  ['by default', {}],
  ['with every channel', { notifications: { ...CHANNEL_EXAMPLES, emails } }],
  ['with an existing trail', { auditTrail: { existingLogGroup: 'theirs/trail' } }],
  ['with an alarm of its own', { detections: { CallDenied: { threshold: 7 }, ChangedByHand: false } }],
])('the dashboard, %s,', (_, options) => {
  const account = accountWith(options);
  const widgets = widgetsOf(account);

  test('shows metrics that the suite publishes, and each metric that its filters publish', () => {
    const shown = shownIn(widgets);
    expect(published(account)).toEqual(expect.arrayContaining(shown));
    const ofDetections = published(account).filter(({ namespace }) => namespace === 'Baseline');
    expect(shown).toEqual(expect.arrayContaining(ofDetections));
  });

  test('shows the state of each alarm of the detections', () => {
    const arns = account
      .ofType('AWS::CloudWatch::Alarm')
      .filter(({ id }) => id.startsWith('Alarms/'))
      .map(({ arn }) => arn);
    expect(widgets.find(({ type }) => type === 'alarm')?.properties.alarms).toEqual(arns);
  });

  test('fills rows of 24 columns', () => {
    expect(widgets.reduce((sum, { width }) => sum + width, 0) % 24).toBe(0);
  });
});

test('counts the sign-ins that succeeded, of users, root and roles, and no others', () => {
  const { FilterPattern } = accountWith().get('Summary/DashboardSignIns').properties;
  const isCounted = matcher(String(FilterPattern));
  expect(
    [user('alice'), root(), role('Deployer', 'alice')].map((who) => isCounted(signIn(who, 'Yes'))),
  ).toEqual([true, true, true]);
  expect([failedSignIn(user('alice')), call('iam', 'CreateUser', user('alice'))].map(isCounted)).toEqual([
    false,
    false,
  ]);
});

test('each signal has a place in one graph', () => {
  const placed = SIGNAL_GRAPHS.flatMap(({ signals }) => signals.map(({ id }) => id));
  expect(placed.sort()).toEqual(SIGNALS.map(({ id }) => id).sort());
});

test.each([
  ['docs/runbooks/', 'the runbook of the alarms (docs/runbooks/alarms.md)'],
  [
    'https://git.example.com/(us)/',
    '[the runbook of the alarms](https://git.example.com/%28us%29/alarms.md)',
  ],
])('runbooks in %s are named as %s', (runbooks, expected) => {
  const [text] = widgetsOf(accountWith({ notifications: { emails, runbooks } }));
  const tasks = expected
    .replace('runbook of the alarms', 'tasks that need it')
    .replace('alarms.md', 'root-user-tasks.md');
  expect(text?.properties.markdown).toBe(
    [
      '## AccountBaseline',
      `An alarm is red? See ${expected}, and for root, ${tasks.replace('the the', 'the')}.`,
      'The graphs of detections show when, not how often: some events count more than once.',
    ].join('\n'),
  );
});

test('it has the name of the suite, under which people find it', () => {
  const template = stackTemplate('Summary', { stackName: 'Base' });
  template.hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: 'Base' });
});

test('it can be left out', () => {
  const template = stackTemplate('Summary', { notifications: { emails, dashboard: false } });
  template.resourceCountIs('AWS::CloudWatch::Dashboard', 0);
});

describe('its props', () => {
  refused(
    (wrong: Partial<DashboardProps>) =>
      templateOf((scope) => {
        const logGroup = LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs');
        const channels = [new EmailChannel({ address: 'security@example.com' })];
        const notifications = new Notifications(scope, 'Notifications', { channels, logGroup });
        const alarms = new SecurityAlarms(scope, 'Alarms', { topic: notifications.alarmTopic });
        const props = {
          dashboardName: 'Security',
          alarms,
          notifications,
          logGroup,
          runbooks: 'docs/runbooks/',
        };
        new Dashboard(scope, 'Dashboard', { ...props, ...wrong });
      }),
    [
      [{ alarms: undefined }, 'alarms must be a construct, got undefined'],
      [{ notifications: {} }, 'notifications must be a construct, got {}'],
      [{ logGroup: 'trail-logs' }, 'logGroup must be a construct, got "trail-logs"'],
      [
        { dashboardName: 'my board!' },
        'dashboardName must be 1 to 255 letters, digits, hyphens and underscores, got "my board!"',
      ],
      [{ runbooks: undefined }, 'runbooks must be a text of 1 to 2048 characters, got undefined'],
    ],
  );
});
