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
