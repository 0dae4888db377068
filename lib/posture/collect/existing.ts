import { BudgetsClient, paginateDescribeBudgets } from '@aws-sdk/client-budgets';
import { CloudWatchClient, paginateDescribeAlarms, paginateListDashboards } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  paginateDescribeMetricFilters,
} from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { paginateListSecrets, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { paginateListTopics, SNSClient } from '@aws-sdk/client-sns';
import type { BaselineConfig } from '../../config/config';
import { regionOf } from '../../stacks/stack-kinds';
import { logGroupName } from '../baseline-parts';
import type { Clients } from '../clients';
import { all, ifThere, noAnswer, read } from '../read';
import type { DeployedSuite, Part, Surroundings } from '../snapshot';

interface Question {
  readonly clients: Clients;
  readonly account: string;
  readonly suite: DeployedSuite;
  readonly config: BaselineConfig;
  /** Physical IDs of the deployed resources of the type. */
  readonly ids: readonly string[];
}

/** Those for which `exists` is true. */
async function which(ids: readonly string[], exists: (id: string) => Promise<boolean>): Promise<string[]> {
  const answers = await Promise.all(ids.map(async (id) => ((await exists(id)) ? [id] : [])));
  return answers.flat();
}

/** A type with a single resource, which has the name of the stacks. */
const DASHBOARD = 'AWS::CloudWatch::Dashboard';

/** How to find out which resources of a type exist: by a list if there is one, which takes fewer calls. */
const READERS: Readonly<Record<string, (question: Question) => Promise<readonly string[]>>> = {
  'AWS::CloudWatch::Alarm': async ({ clients, config }) => {
    const client = clients.get(CloudWatchClient);
    const AlarmNamePrefix = `${config.stackName}-`;
    const alarms = await all(
      paginateDescribeAlarms({ client }, { AlarmNamePrefix }),
      (page) => page.MetricAlarms,
    );
    return alarms.map(({ AlarmName = '' }) => AlarmName);
  },
  'AWS::Budgets::Budget': async ({ clients, account: AccountId }) => {
    const client = clients.get(BudgetsClient);
    const budgets = await all(paginateDescribeBudgets({ client }, { AccountId }), (page) => page.Budgets);
    return budgets.map(({ BudgetName = '' }) => BudgetName);
  },
  [DASHBOARD]: async ({ clients, config }) => {
    const client = clients.get(CloudWatchClient);
    const DashboardNamePrefix = config.stackName;
    const dashboards = await all(
      paginateListDashboards({ client }, { DashboardNamePrefix }),
      (page) => page.DashboardEntries,
    );
    return dashboards.map(({ DashboardName = '' }) => DashboardName);
  },
  'AWS::Events::Rule': async ({ clients, config }) => {
    const names: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await clients
        .get(EventBridgeClient)
        .send(new ListRulesCommand({ NamePrefix: `${config.stackName}-`, NextToken }));
      names.push(...(page.Rules ?? noAnswer('the event rules')).map(({ Name = '' }) => Name));
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    return names;
  },
  // A key that is to be deleted exists, but encrypts nothing.
  'AWS::KMS::Key': ({ clients, ids }) =>
    which(ids, async (KeyId) => {
      const key = await ifThere(['NotFoundException'], () =>
        clients.get(KMSClient).send(new DescribeKeyCommand({ KeyId })),
      );
      return key !== undefined && key.KeyMetadata?.KeyState !== 'PendingDeletion';
    }),
  'AWS::Lambda::Function': ({ clients, ids }) =>
    which(ids, async (FunctionName) => {
      const found = await ifThere(['ResourceNotFoundException'], () =>
        clients.get(LambdaClient).send(new GetFunctionConfigurationCommand({ FunctionName })),
      );
      return found !== undefined;
    }),
  'AWS::Logs::LogGroup': ({ clients, ids }) =>
    which(ids, async (logGroupNamePrefix) => {
      const { logGroups = noAnswer('the log groups') } = await clients
        .get(CloudWatchLogsClient)
        .send(new DescribeLogGroupsCommand({ logGroupNamePrefix }));
      return logGroups.some((group) => group.logGroupName === logGroupNamePrefix);
    }),
  'AWS::Logs::MetricFilter': async ({ clients, suite, config }) => {
    const group = logGroupName({ value: suite }, config);
    if (!('value' in group)) throw new Error(group.unknown);
    const client = clients.get(CloudWatchLogsClient);
    // Without its log group, no filter exists.
    const filters = await ifThere(['ResourceNotFoundException'], () =>
      all(
        paginateDescribeMetricFilters({ client }, { logGroupName: group.value }),
        (page) => page.metricFilters,
      ),
    );
    return (filters ?? []).map(({ filterName = '' }) => filterName);
  },
  'AWS::S3::Bucket': async ({ clients }) => {
    const { Buckets = noAnswer('the buckets') } = await clients
      .get(S3Client)
      .send(new ListBucketsCommand({}));
    return Buckets.map(({ Name = '' }) => Name);
  },
  'AWS::SNS::Topic': async ({ clients }) => {
    const topics = await all(
      paginateListTopics({ client: clients.get(SNSClient) }, {}),
      (page) => page.Topics,
    );
    return topics.map(({ TopicArn = '' }) => TopicArn);
  },
  'AWS::SecretsManager::Secret': async ({ clients }) => {
    const client = clients.get(SecretsManagerClient);
    const secrets = await all(paginateListSecrets({ client }, {}), (page) => page.SecretList);
    return secrets.flatMap(({ ARN = '', Name = '' }) => [ARN, Name]);
  },
};

/**
 * Reads which resources of the deployed stacks still exist, by type. CloudFormation does not notice if
 * somebody deletes one. Dashboards are read before the first deployment, too.
 */
export async function readExisting(
  clients: Clients,
  account: string,
  suite: Part<DeployedSuite>,
  config: BaselineConfig,
): Promise<Surroundings['existing']> {
  const home =
    'value' in suite ? suite.value.filter(({ kind }) => regionOf(kind, undefined) === undefined) : [];
  const resources = home.flatMap((stack) => stack.resources);
  // Its name has no suffix, so the first deployment may find it taken.
  const isLookedFor = (type: string) =>
    type === DASHBOARD && 'value' in suite && config.notifications.dashboard;
  const parts = Object.entries(READERS).map(async ([type, reader]) => {
    const ids = [
      ...new Set(
        resources.flatMap(({ ResourceType, PhysicalResourceId = '' }) =>
          ResourceType === type ? [PhysicalResourceId] : [],
        ),
      ),
    ];
    if (ids.length === 0 && !isLookedFor(type)) return [];
    return [[type, await read(() => reader({ clients, account, suite: home, config, ids }))] as const];
  });
  return Object.fromEntries((await Promise.all(parts)).flat());
}
