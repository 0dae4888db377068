import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { EMULATOR_HOME, type Emulator, startEmulator } from '../../emulator/emulator';
import { pythonWithEmulator } from '../../emulator/python';
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

const METRIC = { Namespace: 'Baseline', MetricName: 'RootUser' };

/** The alarms that botocore, the core of boto3, reads by one of its protocols, with their actions. */
async function readByPython(protocol: string, call: string): Promise<unknown> {
  const script = [
    'import json, sys, botocore.session',
    'session = botocore.session.get_session()',
    "loader = session.get_component('data_loader')",
    'load = loader.load_service_model',
    'def model(name, *rest, **more):',
    '    read = load(name, *rest, **more)',
    "    if name == 'cloudwatch' and 'metadata' in read:",
    "        read['metadata'].update(protocol=sys.argv[1], protocols=[sys.argv[1]])",
    '    return read',
    'loader.load_service_model = model',
    "client = session.create_client('cloudwatch')",
    'kinds = []',
    "client.meta.events.register('before-send.cloudwatch', lambda request, **_: kinds.append(request.headers['Content-Type'].decode()))",
    'read = getattr(client, sys.argv[2])(**json.loads(sys.argv[3]))',
    "print(json.dumps([kinds[0].split(';')[0], [[one['AlarmName'], one.get('AlarmActions')] for one in read['MetricAlarms']]]))",
  ].join('\n');
  const about = call === 'describe_alarms' ? { AlarmNames: ['Answering'] } : METRIC;
  const { stdout } = await promisify(execFile)(
    pythonWithEmulator(EMULATOR_HOME),
    ['-c', script, protocol, call, JSON.stringify(about)],
    { env: emulator.env },
  );
  return JSON.parse(stdout);
}

test.each([
  ['a newer SDK of Python', 'smithy-rpc-v2-cbor', 'application/cbor'],
  ['one that asks with JSON', 'json', 'application/x-amz-json-1.0'],
  ['an older one, with the query protocol', 'query', 'application/x-www-form-urlencoded'],
])('%s reads the actions of an alarm, by its name and by its metric', async (_, protocol, contentType) => {
  const action = `arn:aws:sns:us-east-1:${emulator.accountId}:alarms`;
  await cloudWatch.putMetricAlarm({
    ...METRIC,
    AlarmName: 'Answering',
    Statistic: 'Maximum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    AlarmActions: [action],
  });
  const expected = [contentType, [['Answering', [action]]]];
  expect(await readByPython(protocol, 'describe_alarms')).toEqual(expected);
  expect(await readByPython(protocol, 'describe_alarms_for_metric')).toEqual(expected);
});
