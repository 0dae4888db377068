import {
  BudgetsClient,
  BudgetsServiceException,
  DescribeBudgetCommand,
  DescribeNotificationsForBudgetCommand,
  DescribeSubscribersForNotificationCommand,
  type Notification,
} from '@aws-sdk/client-budgets';
import { mockClient } from 'aws-sdk-client-mock';
import { Clients } from '../../lib/posture/clients';
import { COST_TYPES } from '../../lib/posture/collect/budgets';
import { readDeployedResources } from '../../lib/posture/collect/deployed-resources';
import { verify } from '../../lib/posture/verify';
import type { DeployedStack } from '../../lib/posture/snapshot';
import { templatesOf } from '../../lib/stacks/templates';
import { CONFIG, deployedStack, REGION, TOPIC, valueOf, WELL } from './snapshot';

const budgets = mockClient(BudgetsClient);

const ACCOUNT = WELL.caller.account;
const NAME = 'AccountBaseline-Spend-SpendAlertsBudget-1A2B3C';

const template = templatesOf(CONFIG).find(({ stackName }) => stackName.endsWith('-Spend'))?.template;
/** The deployed stack; CloudFormation puts the account before the name of the budget. */
const SPEND: DeployedStack = {
  kind: 'Spend',
  stack: { StackName: 'AccountBaseline-Spend', CreationTime: WELL.at, StackStatus: 'CREATE_COMPLETE' },
  template,
  resources: [
    {
      LogicalResourceId: 'SpendAlertsBudget',
      PhysicalResourceId: `${ACCOUNT}|${NAME}`,
      ResourceType: 'AWS::Budgets::Budget',
      ResourceStatus: 'CREATE_COMPLETE',
      LastUpdatedTimestamp: WELL.at,
    },
  ],
};
const alarms = deployedStack('Alarms');
/** The stack with the topic. */
const ALARMS: DeployedStack = {
  ...alarms,
  stack: { ...alarms.stack, Outputs: [{ OutputKey: 'NotificationsTopic', OutputValue: TOPIC }] },
};

/** As AWS answers. The SDK calls what CloudFormation sets deprecated. */
const BUDGET = {
  BudgetName: NAME,
  BudgetType: 'COST',
  TimeUnit: 'MONTHLY',
  BudgetLimit: { Amount: '50.0', Unit: 'USD' },
  CostFilters: {},
  CostTypes: COST_TYPES,
  TimePeriod: { Start: new Date('2026-11-01T00:00:00Z'), End: new Date('2087-06-15T00:00:00Z') },
  BillingViewArn: `arn:aws:billing::${ACCOUNT}:billingview/primary`,
  CalculatedSpend: { ActualSpend: { Amount: '7', Unit: 'USD' } },
};
const notification = (
  NotificationType: 'ACTUAL' | 'FORECASTED',
  Threshold: number,
  more: Partial<Notification> = {},
): Notification => ({
  NotificationType,
  Threshold,
  ComparisonOperator: 'GREATER_THAN',
  NotificationState: 'OK',
  ...more,
});
const [first, ...others] = [
  notification('ACTUAL', 80),
  notification('ACTUAL', 100, { ThresholdType: 'PERCENTAGE' }),
  notification('FORECASTED', 100),
];
const RECIPIENTS = [
  { SubscriptionType: 'SNS' as const, Address: TOPIC },
  { SubscriptionType: 'EMAIL' as const, Address: 'security@example.com' },
];

const failure = (name: string): Error =>
  new BudgetsServiceException({ name, message: '', $fault: 'client', $metadata: {} });

beforeEach(() => {
  budgets.reset();
  has(BUDGET);
  notifies(first, ...others);
  budgets.on(DescribeSubscribersForNotificationCommand).resolves({ Subscribers: [...RECIPIENTS].reverse() });
});

function has(budget: object): void {
  const AccountId = ACCOUNT;
  budgets
    .on(DescribeBudgetCommand, { AccountId, BudgetName: NAME })
    .resolves({ Budget: { ...BUDGET, ...budget } as never });
}

function notifies(...Notifications: readonly Notification[]): void {
  budgets.on(DescribeNotificationsForBudgetCommand).resolves({ Notifications: [...Notifications] });
}

/** What the check says, and the commands that it gives. */
async function said(spend = SPEND): Promise<string[]> {
  const suite = { value: [...valueOf(WELL.suite).filter(({ kind }) => kind !== 'Spend'), spend] };
  const clients = new Clients({ region: REGION });
  const read = { ...WELL, suite: { value: [ALARMS, spend] } };
  const resources = await readDeployedResources(clients, () => Promise.resolve({}), read, CONFIG);
  const own = { value: valueOf(resources).filter(({ kind }) => kind === 'Spend') };
  const { findings } = verify({ ...WELL, suite, resources: own }, CONFIG);
  return findings
    .filter(({ check }) => check === 'budget')
    .flatMap(({ status, detail, remedy }) => [
      `${status}: ${detail}`,
      ...(remedy?.command === undefined ? [] : [remedy.command]),
    ]);
}

const DELETED = ['fail: The budget was deleted.', 'npx cdk deploy --all --revert-drift'];
const OTHERS =
  'fail: The budget does not notify as deployed: thresholds or recipients differ from the template.';

test('a budget that is as deployed passes', async () => {
  expect(await said()).toEqual(['pass: The budget is in place, and notifies as deployed.']);
});

test('a budget that was deleted is created by a deployment', async () => {
  budgets.on(DescribeBudgetCommand).rejects(failure('NotFoundException'));
  expect(await said()).toEqual(DELETED);
});

test.each<[string, object, string]>([
  ['another limit', { BudgetLimit: { Amount: '1000000', Unit: 'USD' } }, 'BudgetLimit'],
  ['another currency', { BudgetLimit: { Amount: '50', Unit: 'JPY' } }, 'BudgetLimit'],
  ['another period', { TimeUnit: 'ANNUALLY' }, 'TimeUnit'],
  ['a count of hours', { BudgetType: 'USAGE' }, 'BudgetType'],
  ['one service only', { CostFilters: { Service: ['AWS Config'] } }, 'CostFilters'],
  ['credits taken off', { CostTypes: { ...COST_TYPES, IncludeUpfront: false } }, 'CostTypes'],
  ['limits to come', { PlannedBudgetLimits: { '1': { Amount: '1', Unit: 'USD' } } }, 'PlannedBudgetLimits'],
  ['a limit that grows', { AutoAdjustData: { AutoAdjustType: 'FORECAST' } }, 'AutoAdjustData'],
  ['another view', { BillingViewArn: 'arn:aws:billing::1:billingview/custom-1' }, 'BillingViewArn'],
])('a budget with %s is written again', async (_, change, name) => {
  has(change);
  const written = {
    BudgetName: NAME,
    BudgetType: 'COST',
    TimeUnit: 'MONTHLY',
    BudgetLimit: { Amount: '50', Unit: 'USD' },
    CostFilters: {},
    CostTypes: COST_TYPES,
  };
  expect(await said()).toEqual([
    `fail: ${name} of the budget differs from the template.`,
    `aws budgets update-budget --account-id ${ACCOUNT} --new-budget '${JSON.stringify(written)}'`,
  ]);
});

test.each([
  ['that begins later', '2030-01-01T00:00:00Z', '2087-06-15T00:00:00Z'],
  ['that has ended', '2020-01-01T00:00:00Z', '2026-11-01T00:00:00Z'],
])('a budget %s begins this month again', async (_, Start, End) => {
  has({ TimePeriod: { Start: new Date(Start), End: new Date(End) } });
  const [what, command] = await said();
  expect(what).toBe('fail: TimePeriod of the budget differs from the template.');
  expect(command).toContain('"TimePeriod":{"Start":"2026-11-01T00:00:00Z","End":"2087-06-15T00:00:00Z"}');
});

test.each<[string, object, string]>([
  ['what it counts', { CostTypes: undefined }, 'which costs the budget counts'],
  ['when it begins', { TimePeriod: undefined }, 'when the budget begins'],
  ['when it ends', { TimePeriod: { Start: WELL.at } }, 'when the budget ends'],
])('a budget that does not say %s is unknown', async (_, change, what) => {
  has(change);
  expect(await said()).toEqual([`unknown: AWS did not return ${what}.`]);
});

describe('notifications', () => {
  const budget = `--account-id ${ACCOUNT} --budget-name ${NAME}`;
  const identity = (NotificationType: string, Threshold: number) =>
    JSON.stringify({
      ThresholdType: 'PERCENTAGE',
      NotificationType,
      ComparisonOperator: 'GREATER_THAN',
      Threshold,
    });
  const deletion = (type: string, threshold: number) =>
    `aws budgets delete-notification ${budget} --notification '${identity(type, threshold)}'`;
  const creation = (type: string, threshold: number) =>
    `aws budgets create-notification ${budget} --notification '${identity(type, threshold)}' --subscribers '${JSON.stringify(RECIPIENTS)}'`;

  test('that are gone are created, of a budget that was replaced all of them', async () => {
    notifies(...others);
    expect(await said()).toEqual([OTHERS, creation('ACTUAL', 80)]);
    budgets.on(DescribeNotificationsForBudgetCommand).rejects(failure('NotFoundException'));
    expect(await said()).toEqual([
      OTHERS,
      [creation('ACTUAL', 80), creation('ACTUAL', 100), creation('FORECASTED', 100)].join(' && '),
    ]);
  });

  test('at another threshold are replaced', async () => {
    notifies(notification('ACTUAL', 1000), ...others);
    expect(await said()).toEqual([OTHERS, `${deletion('ACTUAL', 1000)} && ${creation('ACTUAL', 80)}`]);
  });

  test.each([
    ['fewer', RECIPIENTS.slice(1)],
    ['more', [...RECIPIENTS, { SubscriptionType: 'EMAIL' as const, Address: 'mallory@example.com' }]],
    ['no', undefined],
  ])('with %s recipients are replaced', async (_, Subscribers) => {
    const call = budgets.on(DescribeSubscribersForNotificationCommand, { Notification: first });
    if (Subscribers) call.resolves({ Subscribers: [...Subscribers] });
    else call.rejects(failure('NotFoundException'));
    expect(await said()).toEqual([OTHERS, `${deletion('ACTUAL', 80)} && ${creation('ACTUAL', 80)}`]);
  });

  test('to recipients that are not known are restored by a deployment', async () => {
    notifies();
    const text = JSON.stringify(template).replaceAll('"security@example.com"', '{"Ref":"Unknown"}');
    expect(await said({ ...SPEND, template: JSON.parse(text) as unknown })).toEqual([
      OTHERS,
      'npx cdk deploy --all --revert-drift',
    ]);
  });
});
