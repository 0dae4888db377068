import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { loadConfig } from '../lib/config/load-config';
import { runCdk } from '../emulator/cdk';
import { type Emulator, startEmulator } from '../emulator/emulator';
import { subscribeInbox, waitForMessages } from '../emulator/inbox';
import { publishMetrics } from '../emulator/metric-filters';
import { failedRootSignIn, rootSignIn } from '../emulator/root-sign-in';
import { EmulatedSuite } from '../emulator/suite';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

/** Failed sign-ins that an intruder adds, to talk over what comes next. */
const FLOOD = 200;

const CONFIG = process.env['BASELINE_CONFIG'] ?? 'baseline.config.ts';

/**
 * Deploys the configured baseline into an emulated account, signs in as root there, and shows the
 * notification.
 */
async function demo(): Promise<void> {
  const { notifications, auditTrail } = loadConfig(CONFIG);
  step('Starting an AWS account on this machine (the first time, this installs the emulator) ...');
  const emulator = await startEmulator();
  try {
    step(`cdk deploy --all: ${CONFIG} into account ${emulator.accountId}, never bootstrapped ...`);
    const { code, output, durationMs } = await runCdk(
      emulator,
      ['deploy', '--all', '--require-approval', 'never'],
      { config: CONFIG },
    );
    if (code !== 0) throw new Error(`cdk deploy failed:\n${output}`);
    say(`done in ${(durationMs / 1000).toFixed(0)} s`);
    const suite = new EmulatedSuite(emulator);
    const resources = await suite.find(() => true);
    for (const name of await suite.names()) {
      const own = resources.filter(({ stack }) => stack === name);
      say(`${name}: ${own.length} resources`);
      for (const [type, count] of counted(own.map(({ type }) => type))) say(`  ${count} x ${type}`);
      for (const [key, value] of await outputs(suite, name)) say(`  ${key}: ${value}`);
    }

    step('Somebody tries a password of the root user; CloudTrail delivers the event ...');
    const { physicalId: topic } = await suite.findOne(({ logicalId }) => logicalId === 'NotificationsTopic');
    const inbox = await subscribeInbox(emulator, topic);
    const logGroup =
      auditTrail.existingLogGroup ??
      (await suite.findOne(({ logicalId }) => logicalId === 'AuditTrailLogGroup')).physicalId;
    const attempt = () => failedRootSignIn(emulator.accountId);
    await publishMetrics(emulator, logGroup, [attempt()]);
    const [first] = await waitForMessages(emulator, inbox, 1);
    say(`Subject: ${first?.subject ?? ''}`);

    step(`${FLOOD} more attempts, which keep the alarms for attempts on ...`);
    await publishMetrics(emulator, logGroup, Array.from({ length: FLOOD }, attempt));
    const [second] = await waitForMessages(emulator, inbox, 1);
    say(`Subject: ${second?.subject ?? ''}`);

    step('The root user signs in to the console ...');
    await publishMetrics(emulator, logGroup, [rootSignIn(emulator.accountId)]);
    const [message] = await waitForMessages(emulator, inbox, 1);
    for (const { name, state } of await alarms(emulator)) say(`alarm ${name}: ${state}`);

    step(`What ${notifications.emails.join(', ')} would receive, once the subscription is confirmed:`);
    say(`Subject: ${message?.subject ?? ''}`);
    say('');
    for (const line of (message?.text ?? '').split('\n')) say(line);
    step('Stopping the account. Nothing outside .emulator/ was written; no AWS account was used.');
  } finally {
    await emulator.stop();
  }
}

/** Outputs of a stack. */
async function outputs(suite: EmulatedSuite, stackName: string): Promise<[string, string][]> {
  return Object.entries(await suite.outputs(stackName)).flatMap(([key, value]): [string, string][] =>
    value === undefined ? [] : [[key, value]],
  );
}

async function alarms(emulator: Emulator): Promise<{ name: string; state: string }[]> {
  const { MetricAlarms = [] } = await new CloudWatchClient(emulator.clientConfig).send(
    new DescribeAlarmsCommand({}),
  );
  return MetricAlarms.map(({ AlarmName, StateValue }) => ({
    name: AlarmName ?? '',
    state: StateValue ?? '',
  }));
}

function counted(values: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([one], [other]) => one.localeCompare(other));
}

function step(text: string): void {
  console.log(`\n${text}`);
}

function say(text: string): void {
  console.log(`   ${text}`);
}

demo().catch((error: unknown) => {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
