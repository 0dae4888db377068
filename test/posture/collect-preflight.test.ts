import { AccessAnalyzerClient, ListAnalyzersCommand } from '@aws-sdk/client-accessanalyzer';
import {
  CloudFormationClient,
  DescribeAccountLimitsCommand,
  ListStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient, DescribeMetricFiltersCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ConfigServiceClient, DescribeConfigurationRecordersCommand } from '@aws-sdk/client-config-service';
import { CostExplorerClient, GetAnomalyMonitorsCommand } from '@aws-sdk/client-cost-explorer';
import { EC2Client } from '@aws-sdk/client-ec2';
import { GuardDutyClient, ListDetectorsCommand } from '@aws-sdk/client-guardduty';
import { IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { KMSClient, ListAliasesCommand } from '@aws-sdk/client-kms';
import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { DescribeHubCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { mockClient } from 'aws-sdk-client-mock';
import { defineBaseline } from '../../lib/config/config';
import { Clients } from '../../lib/posture/clients';
import { collectSurroundings } from '../../lib/posture/collect/preflight';
import { SMALLEST } from '../smallest';
import { WELL } from './snapshot';

const analyzer = mockClient(AccessAnalyzerClient);
const cloudFormation = mockClient(CloudFormationClient);
const cloudTrail = mockClient(CloudTrailClient);
const logs = mockClient(CloudWatchLogsClient);
const config = mockClient(ConfigServiceClient);
const cost = mockClient(CostExplorerClient);
const ec2 = mockClient(EC2Client);
const guardDuty = mockClient(GuardDutyClient);
const iam = mockClient(IAMClient);
const kms = mockClient(KMSClient);
const organizations = mockClient(OrganizationsClient);
const securityHub = mockClient(SecurityHubClient);
/** What the mocks of all clients have in common. */
interface Mock {
  reset(): unknown;
  onAnyCommand(): { rejects(error: Error): unknown };
}

const mocks: readonly Mock[] = [
  ...[analyzer, cloudFormation, cloudTrail, logs, config, cost, ec2, guardDuty, iam, kms],
  ...[organizations, securityHub],
];
const failure = (name: string) => Object.assign(new Error('no'), { name });

beforeEach(() => {
  for (const mock of mocks) {
    mock.reset();
    mock.onAnyCommand().rejects(failure('AccessDenied'));
  }
});

const collect = (existingLogGroup?: string) =>
  collectSurroundings(
    new Clients({ region: 'eu-central-1' }),
    WELL.caller,
    defineBaseline({ ...SMALLEST, auditTrail: { existingLogGroup } }),
    [],
  );

test('an account that has everything already', async () => {
  cloudFormation
    .on(ListStacksCommand)
    .resolves({
      StackSummaries: [
        { StackName: 'CDKToolkit', StackStatus: 'CREATE_COMPLETE', CreationTime: new Date() },
        { StackName: 'Old', StackStatus: 'DELETE_COMPLETE', CreationTime: new Date() },
      ],
      NextToken: '2',
    })
    .on(ListStacksCommand, { NextToken: '2' })
    .resolves({
      StackSummaries: [{ StackName: 'App', StackStatus: 'UPDATE_COMPLETE', CreationTime: new Date() }],
    })
    .on(DescribeAccountLimitsCommand)
    .resolves({
      AccountLimits: [
        { Name: 'StackOutputsLimit', Value: 200 },
        { Name: 'StackLimit', Value: 2000 },
      ],
    });
  kms
    .on(ListAliasesCommand)
    .resolves({ Aliases: [{ AliasName: 'alias/aws/s3' }, { AliasName: 'alias/own' }] });
  logs.on(DescribeMetricFiltersCommand, { logGroupName: 'trail' }).resolves({
    metricFilters: [{ filterName: 'a' }, { filterName: 'b' }],
  });
  cost.on(GetAnomalyMonitorsCommand).resolves({
    AnomalyMonitors: [
      { MonitorName: 'services', MonitorType: 'DIMENSIONAL' },
      { MonitorName: 'tags', MonitorType: 'CUSTOM' },
    ],
  });
  analyzer.on(ListAnalyzersCommand).resolves({ analyzers: [{ name: 'own', type: 'ACCOUNT' }] as never });
  config
    .on(DescribeConfigurationRecordersCommand)
    .resolves({ ConfigurationRecorders: [{ name: 'default' }] });
  guardDuty.on(ListDetectorsCommand).resolves({ DetectorIds: ['d1'] });
  securityHub.on(DescribeHubCommand).resolves({ HubArn: 'arn:hub' });
  organizations
    .on(DescribeOrganizationCommand)
    .resolves({ Organization: { Id: 'o-a1b2c3d4e5', MasterAccountId: '123456789012' } });
  iam.on(ListAccountAliasesCommand).resolves({ AccountAliases: ['acme'] });
  expect(await collect('trail')).toMatchObject({
    stacks: { value: { names: ['CDKToolkit', 'App'], quota: 2000 } },
    keyAliases: { value: ['alias/aws/s3', 'alias/own'] },
    metricFilters: { value: 2 },
    anomalyMonitors: { value: ['services'] },
    analyzers: { value: [{ name: 'own', type: 'ACCOUNT' }] },
    recorder: { value: 'default' },
    detector: { value: 'd1' },
    securityHub: { value: 'arn:hub' },
    organization: { value: { id: 'o-a1b2c3d4e5', managementAccount: '123456789012' } },
    accountAlias: { value: 'acme' },
  });
});

test('a new account', async () => {
  cloudFormation
    .on(ListStacksCommand)
    .resolves({ StackSummaries: [] })
    .on(DescribeAccountLimitsCommand)
    .resolves({});
  kms.on(ListAliasesCommand).resolves({ Aliases: [] });
  cost.on(GetAnomalyMonitorsCommand).resolves({});
  config.on(DescribeConfigurationRecordersCommand).resolves({});
  guardDuty.on(ListDetectorsCommand).resolves({});
  securityHub.on(DescribeHubCommand).rejects(failure('InvalidAccessException'));
  organizations.on(DescribeOrganizationCommand).rejects(failure('AWSOrganizationsNotInUseException'));
  iam.on(ListAccountAliasesCommand).resolves({ AccountAliases: [] });
  expect(await collect()).toMatchObject({
    stacks: { value: { names: [], quota: Infinity } },
    keyAliases: { value: [] },
    metricFilters: { value: 0 },
    anomalyMonitors: { value: [] },
    recorder: { value: undefined },
    detector: { value: undefined },
    securityHub: { value: undefined },
    organization: { value: undefined },
    accountAlias: { value: undefined },
  });
});

test('what may not be read is unknown, each for itself', async () => {
  kms.on(ListAliasesCommand).resolves({ Aliases: [] });
  expect(await collect('trail')).toMatchObject({
    stacks: { unknown: expect.stringContaining('cloudformation:ListStacks') as string },
    keyAliases: { value: [] },
    metricFilters: { unknown: expect.stringContaining('logs:DescribeMetricFilters') as string },
    detector: { unknown: expect.stringContaining('guardduty:ListDetectors') as string },
    organization: { unknown: expect.stringContaining('organizations:DescribeOrganization') as string },
  });
});
