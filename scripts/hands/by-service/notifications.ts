import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { Lambda } from '@aws-sdk/client-lambda';
import { SNS } from '@aws-sdk/client-sns';
import { admit, hand, NO_RENAMING, OPEN, type Place, type Row, set, STRANGER, without } from '../hand';

const snsOf = ({ emulator }: Place) => new SNS(emulator.clientConfig);
const cloudWatchOf = ({ emulator }: Place) => new CloudWatch(emulator.clientConfig);
const eventsOf = ({ emulator }: Place) => new EventBridge(emulator.clientConfig);
const lambdaOf = ({ emulator }: Place) => new Lambda(emulator.clientConfig);

const SILENT = {
  MetricName: 'Nothing',
  Namespace: 'Theirs',
  Statistic: 'Sum' as const,
  Period: 300,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanThreshold' as const,
};

const EMPTY = JSON.stringify({ widgets: [] });

/** An archive with an empty index.js. */
const CODE = Buffer.from(
  'UEsDBBQAAAAAAAAAIQAAAAAAAAAAAAAAAAAIAAAAaW5kZXguanNQSwECFAAUAAAAAAAAACEAAAAAAAAAAAAAAAAACAAAAAAAAAAAAAAAgAEAAAAAaW5kZXguanNQSwUGAAAAAAEAAQA2AAAAJgAAAAAA',
  'base64',
);

async function deleteRule(place: Place): Promise<void> {
  const { Targets = [] } = await eventsOf(place).listTargetsByRule({ Rule: place.id });
  await eventsOf(place).removeTargets({ Rule: place.id, Ids: Targets.map(({ Id = '' }) => Id) });
  await eventsOf(place).deleteRule({ Name: place.id });
}

/** The function and the statement of a permission. */
async function permissionOf(place: Place) {
  const FunctionName = place.ids['NotificationsExplainer'] ?? '';
  const { Policy = '' } = await lambdaOf(place).getPolicy({ FunctionName });
  const { Statement } = JSON.parse(Policy) as { Statement: readonly { readonly Sid: string }[] };
  return { FunctionName, StatementId: Statement[0]?.Sid ?? '' };
}

export const NOTIFICATION_ROWS: readonly Row[] = [
  {
    type: 'AWS::SNS::Topic',
    of: ['Alarms', 'NotificationsAlarmTopic'],
    change: set({ DisplayName: 'Changed' }),
    hands: {
      deleted: hand('`sns:DeleteTopic`', (place) => snsOf(place).deleteTopic({ TopicArn: place.id })),
      changed: hand('`sns:SetTopicAttributes`: its key', (place) =>
        snsOf(place).setTopicAttributes({
          TopicArn: place.id,
          AttributeName: 'KmsMasterKeyId',
          AttributeValue: 'alias/aws/sns',
        }),
      ),
      renamed: NO_RENAMING,
      replaced: hand('deleted; another topic of the name, which everybody may use', async (place) => {
        await snsOf(place).deleteTopic({ TopicArn: place.id });
        const Name = place.id.split(':').at(-1) ?? '';
        await snsOf(place).createTopic({ Name, Attributes: { Policy: OPEN(place.id) } });
      }),
    },
  },
  {
    type: 'AWS::SNS::TopicPolicy',
    of: ['Alarms', 'NotificationsAlarmTopicPolicy'],
    change: admit('PolicyDocument', {
      Sid: 'More',
      Effect: 'Deny',
      Principal: '*',
      Action: 'sns:RemovePermission',
      Resource: { Ref: 'NotificationsAlarmTopic' },
    }),
    hands: {
      deleted: without('A topic always has a policy.'),
      changed: hand('`sns:SetTopicAttributes`: its policy', (place) => {
        const TopicArn = place.ids['NotificationsAlarmTopic'] ?? '';
        return snsOf(place).setTopicAttributes({
          TopicArn,
          AttributeName: 'Policy',
          AttributeValue: OPEN(TopicArn),
        });
      }),
      renamed: without('It has no name.'),
      replaced: without('A topic has one policy: the same as changed.'),
    },
  },
  {
    type: 'AWS::SNS::Subscription',
    of: ['Alarms', 'NotificationsAlarms'],
    change: set({ FilterPolicy: { kind: ['changed'] } }),
    hands: {
      deleted: hand('`sns:Unsubscribe`', (place) => snsOf(place).unsubscribe({ SubscriptionArn: place.id })),
      changed: hand('`sns:SetSubscriptionAttributes`: a filter that nothing passes', (place) =>
        snsOf(place).setSubscriptionAttributes({
          SubscriptionArn: place.id,
          AttributeName: 'FilterPolicy',
          AttributeValue: JSON.stringify({ kind: ['nothing'] }),
        }),
      ),
      renamed: without('AWS chooses the ID.'),
      replaced: hand('deleted; subscribed again, with another ID', async (place) => {
        const TopicArn = place.ids['NotificationsAlarmTopic'];
        const { Subscriptions = [] } = await snsOf(place).listSubscriptionsByTopic({ TopicArn });
        const { Protocol, Endpoint } =
          Subscriptions.find(({ SubscriptionArn }) => SubscriptionArn === place.id) ?? {};
        await snsOf(place).unsubscribe({ SubscriptionArn: place.id });
        await snsOf(place).subscribe({ TopicArn, Protocol, Endpoint });
      }),
    },
  },
  {
    type: 'AWS::CloudWatch::Alarm',
    of: ['Alarms', 'AlarmsRootUser'],
    change: set({ AlarmDescription: 'Changed by a deployment' }),
    hands: {
      deleted: hand('`cloudwatch:DeleteAlarms`', (place) =>
        cloudWatchOf(place).deleteAlarms({ AlarmNames: [place.id] }),
      ),
      changed: hand('`cloudwatch:DisableAlarmActions`', (place) =>
        cloudWatchOf(place).disableAlarmActions({ AlarmNames: [place.id] }),
      ),
      renamed: NO_RENAMING,
      replaced: hand('deleted; another alarm of the name, without actions', async (place) => {
        await cloudWatchOf(place).deleteAlarms({ AlarmNames: [place.id] });
        await cloudWatchOf(place).putMetricAlarm({ AlarmName: place.id, ...SILENT });
      }),
    },
  },
  {
    type: 'AWS::CloudWatch::Dashboard',
    of: ['Summary', 'Dashboard'],
    change: set({ DashboardBody: EMPTY }),
    hands: {
      deleted: hand('`cloudwatch:DeleteDashboards`', (place) =>
        cloudWatchOf(place).deleteDashboards({ DashboardNames: [place.id] }),
      ),
      changed: hand('`cloudwatch:PutDashboard`', (place) =>
        cloudWatchOf(place).putDashboard({ DashboardName: place.id, DashboardBody: EMPTY }),
      ),
      renamed: NO_RENAMING,
      replaced: without('Writing a dashboard of the name is changing it.'),
    },
  },
  {
    type: 'AWS::Events::Rule',
    of: ['Watchdog', 'OnTopics'],
    change: set({ Description: 'Changed by a deployment' }),
    hands: {
      deleted: hand('targets removed, `events:DeleteRule`', deleteRule),
      changed: hand('`events:DisableRule`', (place) => eventsOf(place).disableRule({ Name: place.id })),
      renamed: NO_RENAMING,
      replaced: hand('deleted; another rule of the name, without targets', async (place) => {
        await deleteRule(place);
        await eventsOf(place).putRule({ Name: place.id, ScheduleExpression: 'rate(1 day)' });
      }),
    },
  },
  {
    type: 'AWS::Lambda::Function',
    of: ['Alarms', 'NotificationsExplainer'],
    change: set({ Description: 'Changed by a deployment' }),
    hands: {
      deleted: hand('`lambda:DeleteFunction`', (place) =>
        lambdaOf(place).deleteFunction({ FunctionName: place.id }),
      ),
      changed: hand('`lambda:UpdateFunctionCode`', (place) =>
        lambdaOf(place).updateFunctionCode({ FunctionName: place.id, ZipFile: CODE }),
      ),
      renamed: NO_RENAMING,
      replaced: hand('deleted; another function of the name, with other code', async (place) => {
        const { Configuration } = await lambdaOf(place).getFunction({ FunctionName: place.id });
        await lambdaOf(place).deleteFunction({ FunctionName: place.id });
        await lambdaOf(place).createFunction({
          FunctionName: place.id,
          Role: Configuration?.Role,
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Code: { ZipFile: CODE },
        });
      }),
    },
  },
  {
    type: 'AWS::Lambda::EventInvokeConfig',
    of: ['Alarms', 'NotificationsExplainerEventInvokeConfig'],
    change: set({ MaximumRetryAttempts: 1 }),
    hands: {
      deleted: hand('`lambda:DeleteFunctionEventInvokeConfig`', (place) =>
        lambdaOf(place).deleteFunctionEventInvokeConfig({
          FunctionName: place.ids['NotificationsExplainer'],
          Qualifier: '$LATEST',
        }),
      ),
      changed: hand('`lambda:PutFunctionEventInvokeConfig`', (place) =>
        lambdaOf(place).putFunctionEventInvokeConfig({
          FunctionName: place.ids['NotificationsExplainer'],
          Qualifier: '$LATEST',
          MaximumRetryAttempts: 0,
        }),
      ),
      renamed: without('It has no name.'),
      replaced: without('A function has one: the same as changed.'),
    },
  },
  {
    type: 'AWS::Lambda::Permission',
    of: ['Alarms', 'NotificationsExplainerAlarms'],
    change: without('A change replaces it: CloudFormation writes the next one first.'),
    hands: {
      deleted: hand('`lambda:RemovePermission`', async (place) =>
        lambdaOf(place).removePermission(await permissionOf(place)),
      ),
      changed: without('AWS has no call that changes one.'),
      renamed: NO_RENAMING,
      replaced: hand('deleted; another one of the ID, for another account', async (place) => {
        const permission = await permissionOf(place);
        await lambdaOf(place).removePermission(permission);
        await lambdaOf(place).addPermission({
          ...permission,
          Action: 'lambda:InvokeFunction',
          Principal: STRANGER,
        });
      }),
    },
  },
];
