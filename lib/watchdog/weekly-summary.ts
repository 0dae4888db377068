import { join } from 'node:path';
import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { InlineFunction } from '../functions/inline-function';
import { acknowledgeWildcard } from '../functions/nag-suppressions';
import { mayPublish } from '../notifications/grant-publish';

/** Properties of `WeeklySummary`. */
export interface WeeklySummaryProps {
  /**
   * Prefix of the suite, such as `AccountBaseline`. The names of its stacks, alarms, topics, and functions
   * begin with it and a hyphen.
   */
  readonly prefix: string;
  /** Number of alarms that the suite has. */
  readonly alarms: number;
  /** Log group to which the trail delivers. */
  readonly logGroup: ILogGroup;
  /** Topic of the recipients. */
  readonly topic: ITopic;
  /** Topic that alarms notify. */
  readonly alarmTopic: ITopic;
  /**
   * Topic of the messages for chat applications.
   * @default - there is no chat channel
   */
  readonly chatTopic?: ITopic;
  /**
   * Key that encrypts the topics.
   * @default - not encrypted
   */
  readonly encryptionKey?: IKey;
  /**
   * Name of the account in the message, in addition to its ID. ASCII only.
   * @default - only the ID
   */
  readonly accountName?: string;
  /**
   * Whether the trail is one of an organization.
   * @default false
   */
  readonly organization?: boolean;
}

/**
 * A message each Monday: sign-ins, uses of root, alarms, and manual changes of the week, the state of the
 * safeguards, and what needs manual action. If it does not arrive, something is broken or was silenced.
 */
export class WeeklySummary extends Construct {
  constructor(scope: Construct, id: string, props: WeeklySummaryProps) {
    super(scope, id);
    const { logGroup, topic, chatTopic } = props;
    const { logGroupArn } = logGroup;
    const named = this.namedResources(props.prefix);
    const summary = new InlineFunction(this, 'Function', {
      entry: join(__dirname, './weekly-summary.handler.ts'),
      description: 'Sends the weekly summary: events, safeguards, and what to do.',
      permissions: [
        new PolicyStatement({
          sid: 'ReadFiltersAndEvents',
          actions: ['logs:DescribeMetricFilters', 'logs:FilterLogEvents'],
          // The ARN ends in :*, which CloudWatch Logs requires for actions on a log group.
          resources: [logGroupArn],
        }),
        new PolicyStatement({
          sid: 'ReadLists',
          actions: [
            'access-analyzer:ListAnalyzers',
            'cloudtrail:DescribeTrails',
            'cloudwatch:DescribeAlarms',
            'iam:GenerateCredentialReport',
            'iam:GetCredentialReport',
            'secretsmanager:ListSecrets',
          ],
          resources: ['*'],
        }),
        ...named.map(({ sid, actions, arn }) => new PolicyStatement({ sid, actions, resources: [arn] })),
        ...mayPublish([topic, ...(chatTopic ? [chatTopic] : [])], props.encryptionKey),
      ],
      onFailure: topic,
      // Searching a week of events can take minutes.
      timeout: Duration.minutes(10),
      // For three pages of 1 MB each and nine clients.
      memorySize: 512,
      environment: {
        PREFIX: props.prefix,
        ALARMS: String(props.alarms),
        LOG_GROUP: logGroup.logGroupName,
        TOPIC: topic.topicArn,
        ALARM_TOPIC: props.alarmTopic.topicArn,
        CHAT_TOPIC: chatTopic?.topicArn,
        ACCOUNT_NAME: props.accountName,
        ORGANIZATION: props.organization ? 'true' : undefined,
      },
    });
    const { executionRole } = summary;
    acknowledgeWildcard(executionRole, logGroupArn, 'All streams of one log group.');
    acknowledgeWildcard(
      executionRole,
      '*',
      'No resource-level permissions; CloudWatch lists alarms only with permission on all of them.',
    );
    for (const { arn, reason } of named) acknowledgeWildcard(executionRole, arn, reason);
    new Rule(this, 'Schedule', {
      description: 'Sends the weekly summary each Monday at 07:00 UTC',
      schedule: Schedule.expression('cron(0 7 ? * MON *)'),
      targets: [new LambdaFunction(summary)],
    });
  }

  /** Permissions on resources whose names are not known, and why. */
  private namedResources(prefix: string) {
    const arn = (service: string, resource: string, resourceName: string, arnFormat: ArnFormat) =>
      Stack.of(this).formatArn({ service, resource, resourceName, arnFormat });
    const { COLON_RESOURCE_NAME, SLASH_RESOURCE_NAME, NO_RESOURCE_NAME } = ArnFormat;
    const generated = 'CloudFormation generates the rest of the name.';
    return [
      {
        sid: 'ReadAlarmHistory',
        actions: ['cloudwatch:DescribeAlarmHistory'],
        arn: arn('cloudwatch', 'alarm', `${prefix}-*`, COLON_RESOURCE_NAME),
        reason: generated,
      },
      {
        sid: 'ReadSubscriptions',
        actions: ['sns:GetSubscriptionAttributes', 'sns:ListSubscriptionsByTopic'],
        arn: Stack.of(this).formatArn({
          service: 'sns',
          resource: `${prefix}-*`,
          arnFormat: NO_RESOURCE_NAME,
        }),
        reason: generated,
      },
      {
        sid: 'ReadFunction',
        actions: ['lambda:GetFunctionConcurrency'],
        arn: arn('lambda', 'function', `${prefix}-*`, COLON_RESOURCE_NAME),
        reason: generated,
      },
      {
        sid: 'ReadTrail',
        actions: ['cloudtrail:GetTrailStatus'],
        arn: arn('cloudtrail', 'trail', '*', SLASH_RESOURCE_NAME),
        reason: 'An existing trail can have any name.',
      },
      {
        sid: 'ReadFindings',
        actions: ['access-analyzer:ListFindings'],
        arn: arn('access-analyzer', 'analyzer', '*', SLASH_RESOURCE_NAME),
        reason: 'An existing analyzer can have any name.',
      },
    ];
  }
}
