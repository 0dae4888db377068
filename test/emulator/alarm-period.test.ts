import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { deployedAlarms } from '../detections/deployed-filters';

jest.setTimeout(60_000);

let emulator: Emulator;
let cloudWatch: CloudWatch;

beforeAll(async () => {
  emulator = await startEmulator();
  cloudWatch = new CloudWatch(emulator.clientConfig);
});

afterAll(async () => {
  await emulator.stop();
});

const deployed = deployedAlarms().find(({ metric }) => metric === 'RootUser');

/** How often an alarm triggers when root is used now, after it was used this many seconds ago. */
async function triggersAgain(period: number, secondsAgo: number): Promise<boolean> {
  const metric = `After${secondsAgo}In${period}`;
  await cloudWatch.putMetricAlarm({
    AlarmName: metric,
    Namespace: 'Baseline',
    MetricName: metric,
    Statistic: 'Maximum',
    Period: period,
    EvaluationPeriods: 1,
    Threshold: deployed?.threshold,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  });
  const use = (ago: number) =>
    cloudWatch.putMetricData({
      Namespace: 'Baseline',
      MetricData: [{ MetricName: metric, Value: 1, Timestamp: new Date(Date.now() - ago * 1000) }],
    });
  const state = async () =>
    (await cloudWatch.describeAlarms({ AlarmNames: [metric] })).MetricAlarms?.[0]?.StateValue;
  await use(secondsAgo);
  const before = await state();
  await use(0);
  expect(await state()).toBe('ALARM');
  return before !== 'ALARM';
}

test('90 seconds after the first, a second use of root triggers again; with a period of 300 seconds it would not', async () => {
  expect(deployed?.period).toBe(60);
  expect(await triggersAgain(60, 90)).toBe(true);
  expect(await triggersAgain(300, 90)).toBe(false);
  expect(await triggersAgain(300, 290)).toBe(false);
  expect(await triggersAgain(300, 330)).toBe(true);
});

test('an older SDK, which asks with the query protocol, reads the actions of an alarm', async () => {
  const action = `arn:aws:sns:us-east-1:${emulator.accountId}:alarms`;
  await cloudWatch.putMetricAlarm({
    AlarmName: 'Answering',
    Namespace: 'Baseline',
    MetricName: 'RootUser',
    Statistic: 'Maximum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    AlarmActions: [action],
  });
  const response = await fetch(emulator.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: 'AWS4-HMAC-SHA256 Credential=test/20261129/us-east-1/monitoring/aws4_request',
    },
    body: 'Action=DescribeAlarms&Version=2010-08-01&AlarmNames.member.1=Answering',
  });
  const answer = await response.text();
  expect(answer).toContain(`<AlarmActions><member>${action}</member></AlarmActions>`);
  expect(answer.match(/<AlarmName>/g)).toHaveLength(1);
});
