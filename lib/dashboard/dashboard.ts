import { Aws, Fn } from 'aws-cdk-lib';
import { CfnDashboard, type IMetric, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Signal } from '../detections/detection';
import type { SecurityAlarms } from '../detections/security-alarms';
import {
  ACCESS,
  ACTIVITY,
  ATTEMPTS,
  EXPOSURE,
  ROOT_ATTEMPTS,
  ROOT_CREDENTIALS,
  ROOT_USER,
  SAFEGUARDS,
  SIGN_IN,
} from '../detections/signals';
import { METRIC_NAMESPACE } from '../detections/tuning';
import { checkProps, construct } from '../fields/check-props';
import { matching, text } from '../fields/text';
import type { Notifications } from '../notifications/notifications';
import { incomingEvents } from '../watchdog/heartbeat';

/** Properties of `Dashboard`. */
export interface DashboardProps {
  /** Name of the dashboard in the console. */
  readonly dashboardName: string;
  /** Alarms whose states and metrics it shows. */
  readonly alarms: SecurityAlarms;
  /** Topics and function whose deliveries it shows. */
  readonly notifications: Notifications;
  /** Log group to which the trail delivers. */
  readonly logGroup: ILogGroup;
  /** Base URL or path of the runbooks, with a trailing slash. */
  readonly runbooks: string;
}

/** The graphs of what detections count, by the signal that they belong to. */
export const SIGNAL_GRAPHS: readonly { readonly title: string; readonly signals: readonly Signal[] }[] = [
  { title: 'Use of root', signals: [ROOT_USER, ROOT_CREDENTIALS, ROOT_ATTEMPTS] },
  { title: 'Changes', signals: [SIGN_IN, SAFEGUARDS, ACCESS, EXPOSURE, ACTIVITY] },
  { title: 'Attempts and deployments', signals: [ATTEMPTS] },
];

/** Every sign-in to the console that succeeded. No alarm watches this metric, which is the tenth free one. */
const SIGN_INS = {
  metricName: 'SignIns',
  pattern: '{ ($.eventName = "ConsoleLogin") && ($.responseElements.ConsoleLogin = "Success") }',
};

/** A graph: the name and the metric of each line. */
interface Graph {
  readonly title: string;
  readonly lines: readonly (readonly [label: string, metric: IMetric])[];
}

/** CloudWatch divides the width of a dashboard into 24 columns. */
const WIDTH = 24;

/**
 * A CloudWatch dashboard: the states of the alarms, what the detections count, whether notifications are
 * delivered, whether the trail still delivers, and links to the runbooks. An account has three free ones.
 *
 * @example
 * const logGroup = LogGroup.fromLogGroupName(this, 'Logs', 'trail-logs');
 * const channels = [new EmailChannel({ address: 'security@example.com' })];
 * const notifications = new Notifications(this, 'Notifications', { channels, logGroup });
 * const alarms = new SecurityAlarms(this, 'Alarms', { topic: notifications.alarmTopic });
 * const runbooks = 'https://wiki.example.com/runbooks/';
 * new Dashboard(this, 'Dashboard', { dashboardName: 'security', alarms, notifications, logGroup, runbooks });
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    checkProps(
      {
        alarms: construct(),
        notifications: construct(),
        logGroup: construct(),
        dashboardName: matching(
          /^[\w-]{1,255}$/,
          'must be 1 to 255 letters, digits, hyphens and underscores',
        ),
        runbooks: text(2048),
      },
      props,
    );
    const signIns = new MetricFilter(this, 'SignIns', {
      logGroup: props.logGroup,
      filterPattern: FilterPattern.literal(SIGN_INS.pattern),
      metricNamespace: METRIC_NAMESPACE,
      metricName: SIGN_INS.metricName,
    });
    const signInGraph: Graph = { title: 'Sign-ins', lines: [['Succeeded', signIns.metric()]] };
    const alarms = props.alarms.signalAlarms.map(({ alarm }) => alarm.alarmArn);
    const widgets = [
      { type: 'text', width: WIDTH, height: 3, properties: { markdown: introduction(props) } },
      { type: 'alarm', width: WIDTH, height: 3, properties: { title: 'Alarms', alarms } },
      ...rowOf([signInGraph, ...signalGraphs(props.alarms)]),
      ...rowOf(deliveryGraphs(props)),
    ];
    new CfnDashboard(this, 'Resource', {
      dashboardName: props.dashboardName,
      // `Dashboard` of the CDK takes three times the space, all in one line. ARNs and names need no escaping.
      dashboardBody: `{"widgets":[\n${widgets.map((widget) => JSON.stringify(widget)).join(',\n')}\n]}`,
    });
  }
}

/** Without coordinates, CloudWatch places widgets from left to right where they fit. */
function rowOf(graphs: readonly Graph[]): object[] {
  return graphs.map(({ title, lines }) => ({
    type: 'metric',
    width: Math.floor(WIDTH / graphs.length),
    height: 6,
    properties: { title, region: Aws.REGION, stat: 'Sum', period: 3600, metrics: linesOf(lines) },
  }));
}

/** The metrics in CloudWatch's notation, in which a dot repeats the value above it. */
function linesOf(lines: Graph['lines']): unknown[][] {
  const full = lines.map(([, metric]): string[] => {
    const { metricStat } = metric.toMetricConfig();
    if (!metricStat) throw new Error('a graph shows single metrics, got an expression');
    const { namespace, metricName, dimensions = [] } = metricStat;
    return [namespace, metricName, ...dimensions.flatMap(({ name, value }) => [name, String(value)])];
  });
  return full.map((line, index) => [
    ...line.map((part, position) => (full[index - 1]?.[position] === part ? '.' : part)),
    { label: lines[index]?.[0] },
  ]);
}

function signalGraphs({ signalAlarms }: SecurityAlarms): Graph[] {
  return SIGNAL_GRAPHS.map(({ title, signals }) => ({
    title,
    lines: signalAlarms
      .filter(({ group }) => signals.includes(group))
      .map(({ signal, metric }) => [signal.title, metric] as const),
  })).filter(({ lines }) => lines.length > 0);
}

function deliveryGraphs({ notifications, logGroup }: DashboardProps): Graph[] {
  const { topic, alarmTopic, chatTopic, explainer } = notifications;
  return [
    {
      title: 'Notifications to the recipients',
      lines: [
        ['Published', of(topic, topic.metricNumberOfMessagesPublished())],
        ['Delivered', of(topic, topic.metricNumberOfNotificationsDelivered())],
        ['Failed', of(topic, topic.metricNumberOfNotificationsFailed())],
        ...(chatTopic
          ? [['Failed in chat', of(chatTopic, chatTopic.metricNumberOfNotificationsFailed())] as const]
          : []),
      ],
    },
    {
      title: 'Explanation of alarms',
      lines: [
        ['Alarms', of(alarmTopic, alarmTopic.metricNumberOfMessagesPublished())],
        ['Explained', explainer.metricInvocations()],
        ['Errors', explainer.metricErrors()],
      ],
    },
    { title: 'Heartbeat: events of the trail', lines: [['Events', incomingEvents(logGroup)]] },
  ];
}

/** A metric of a topic by the name in its ARN, because the name would be one more output of its stack. */
function of({ topicArn }: ITopic, metric: Metric): Metric {
  return metric.with({ dimensionsMap: { TopicName: Fn.select(5, Fn.split(':', topicArn)) } });
}

function introduction({ dashboardName, runbooks }: DashboardProps): string {
  return [
    `## ${dashboardName}`,
    `An alarm is red? See ${link('the runbook of the alarms', `${runbooks}alarms.md`)}, and for root, ${link('the tasks that need it', `${runbooks}root-user-tasks.md`)}.`,
    'The graphs of detections show when, not how often: some events count more than once.',
  ].join('\n');
}

/** A path in a repository is not a link in the console. */
function link(text: string, target: string): string {
  // A parenthesis would end the link.
  const url = target.replaceAll('(', '%28').replaceAll(')', '%29');
  return target.startsWith('https:') ? `[${text}](${url})` : `${text} (${target})`;
}
