/**
 * Time and memory in a large account: `verify` and `explain` by roles and users, `verify` and `preflight`
 * in every Region, a message by its events.
 * Writes scripts/scale/results.json, or compares the largest cases with it: `--check`.
 */
import { IAMClient, CreateRoleCommand, CreateUserCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Emulator } from '../emulator/emulator';
import { loadConfig } from '../lib/config/load-config';
import { templatesOf } from '../lib/stacks/templates';
import { CONFIG, withDeployedAccount } from './deployed-account';
import { fails, type Result, table } from './bench/table';
import { type Case, RECORDED, results as resultsOf } from './scale/results';

const REPOSITORY = resolve(__dirname, '..');
/** Ignored by Git, and always safe to delete. */
const HOME = join(REPOSITORY, '.emulator/scale');

/** Roles and users, up to the largest account that we mean. */
const ACCOUNTS = [
  { roles: 500, users: 100 },
  { roles: 2500, users: 500 },
  { roles: 5000, users: 1000 },
];
const EVENTS = [10_000, 50_000, 200_000];

/** Loaded into a process: writes its peak memory in KiB, and its CPU time in microseconds, when it ends. */
const WITH_USAGE = `process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  require('node:fs').writeFileSync(process.env.USAGE_FILE, JSON.stringify({ maxRSS, cpu: userCPUTime + systemCPUTime }));
});`;

/** Runs a program, and measures it. */
async function measured(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Omit<Case, 'what' | 'of'>> {
  const usageFile = join(HOME, 'usage.json');
  const start = performance.now();
  const child = spawn(process.execPath, ['--require', join(HOME, 'usage.cjs'), ...words], {
    cwd: REPOSITORY,
    env: { ...env, USAGE_FILE: usageFile },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'close')) as [number];
  // 1 says that a check failed, or that a request is denied.
  if (code > 1) throw new Error(`${words.join(' ')} ended with ${code}`);
  const { maxRSS, cpu } = JSON.parse(readFileSync(usageFile, 'utf8')) as { maxRSS: number; cpu: number };
  return { seconds: (performance.now() - start) / 1000, cpu: cpu / 1e6, bytes: maxRSS * 1024 };
}

/** Calls in parallel, a few at a time. */
async function each(count: number, from: number, call: (index: number) => Promise<unknown>): Promise<void> {
  let next = from;
  const worker = async () => {
    while (next < count) {
      next += 1;
      await call(next);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}

/** A policy of ordinary length. */
const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: ['orders', 'invoices', 'reports', 'events'].map((name) => ({
    Sid: name,
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:PutObject', 'dynamodb:GetItem', 'dynamodb:PutItem', 'sqs:SendMessage'],
    Resource: [`arn:aws:s3:::${name}/*`, `arn:aws:dynamodb:us-east-1:123456789012:table/${name}`],
  })),
});
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

/** All Regions that an account of the partition `aws` can enable. */
const EVERY_REGION = RegionInfo.regions.flatMap(({ name, partition }) => (partition === 'aws' ? name : []));

const command = (...words: string[]) => [
  'bin/aws-account-baseline.mjs',
  ...words,
  '--json',
  '--config',
  CONFIG,
];

/** Commands in an account with every Region, in each of which the deployment has written the settings. */
async function ofRegions(emulator: Emulator): Promise<Case[]> {
  const log = emulator.log();
  const left = EVERY_REGION.filter(
    (region) => !log.includes(`write ${region} EnableEbsEncryptionByDefault\n`),
  );
  if (left.length > 0) throw new Error(`no settings were written in ${left.join(', ')}`);
  const all: Case[] = [];
  for (const name of ['verify', 'preflight']) {
    all.push({
      what: `\`${name}\`, ${EVERY_REGION.length} Regions`,
      of: 'command',
      ...(await measured(command(name), emulator.env)),
    });
  }
  return all;
}

async function ofAccounts(emulator: Emulator, sizes: typeof ACCOUNTS): Promise<Case[]> {
  const iam = new IAMClient(emulator.clientConfig);
  const all: Case[] = [];
  let before = { roles: 0, users: 0 };
  for (const { roles, users } of sizes) {
    await each(roles, before.roles, async (index) => {
      const RoleName = `workload-${index}`;
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST }));
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'Own', PolicyDocument: POLICY }));
    });
    await each(users, before.users, (index) =>
      iam.send(new CreateUserCommand({ UserName: `person-${index}` })),
    );
    before = { roles, users };
    const size = `${roles.toLocaleString('en')} roles and ${users.toLocaleString('en')} users`;
    all.push({
      what: `\`verify\`, ${size}`,
      of: 'command',
      ...(await measured(command('verify'), emulator.env)),
    });
    const question = ['explain', '--as', `person-${users}`, '--can', 's3:PutObject'];
    all.push({
      what: `\`explain\`, ${size}`,
      of: 'command',
      ...(await measured(command(...question), emulator.env)),
    });
  }
  return all;
}

/** A record of about 1,600 bytes, as they are on average. */
const RECORD = (index: number) =>
  JSON.stringify({
    eventVersion: '1.11',
    userIdentity: { type: 'Root', principalId: '123456789012', arn: 'arn:aws:iam::123456789012:root' },
    eventTime: new Date(Date.UTC(2026, 10, 24, 12) + index).toISOString(),
    eventSource: 's3.amazonaws.com',
    eventName: 'ListBuckets',
    awsRegion: 'us-east-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.32.6',
    requestParameters: { filler: 'x'.repeat(1100) },
    eventID: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    eventType: 'AwsApiCall',
    recipientAccountId: '123456789012',
  });

/** CloudWatch Logs with so many events that match, in pages of 1 MB as AWS has them, and SNS. */
async function serve(events: number): Promise<{ server: Server; endpoint: string; published: string[] }> {
  const perPage = 600;
  const published: string[] = [];
  const start = Date.UTC(2026, 10, 24, 12);
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const target = String(request.headers['x-amz-target']);
      if (target.endsWith('DescribeMetricFilters')) {
        const metric = { metricName: 'RootUser', metricNamespace: 'AccountBaseline', metricValue: '1' };
        const filter = {
          filterName: 'AccountBaseline-Detections-AlarmsOnRootUsed-AbCdEf',
          filterPattern: '{$.a=1}',
        };
        response.end(JSON.stringify({ metricFilters: [{ ...filter, metricTransformations: [metric] }] }));
      } else if (target.endsWith('FilterLogEvents')) {
        const from = Number((JSON.parse(body) as { nextToken?: string }).nextToken ?? 0);
        const to = Math.min(events, from + perPage);
        const page = Array.from({ length: to - from }, (_, index) => ({
          eventId: String(from + index).padStart(56, '0'),
          timestamp: start + from + index,
          ingestionTime: start + from + index,
          message: RECORD(from + index),
        }));
        response.end(JSON.stringify({ events: page, ...(to < events ? { nextToken: String(to) } : {}) }));
      } else {
        published.push(new URLSearchParams(body).get('Message') ?? body);
        response.end(
          '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>',
        );
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, published };
}

/** The function that explains alarms, with its code of the template, in a process of its own. */
async function ofMessages(sizes: typeof EVENTS): Promise<Case[]> {
  const template = templatesOf(loadConfig(CONFIG)).find(({ stackName }) => stackName.endsWith('-Alarms'))
    ?.template as {
    Resources: Record<string, { Type: string; Properties: { Code?: { ZipFile: string } } }>;
  };
  const code = Object.values(template.Resources).find(({ Type }) => Type === 'AWS::Lambda::Function')
    ?.Properties.Code;
  writeFileSync(join(HOME, 'explainer.js'), code?.ZipFile ?? '');
  const alarm = {
    AlarmName: 'AccountBaseline-Alarms-AlarmsRootUser-AbCdEf123456',
    AlarmArn:
      'arn:aws:cloudwatch:us-east-1:123456789012:alarm:AccountBaseline-Alarms-AlarmsRootUser-AbCdEf123456',
    AlarmDescription: 'CRITICAL: Root user used\nAsk who used root.',
    NewStateValue: 'ALARM',
    NewStateReason: 'Threshold Crossed: 1 datapoint',
    StateChangeTime: '2026-11-24T12:01:00.000+0000',
    Trigger: { MetricName: 'RootUser', Namespace: 'AccountBaseline', Period: 60 },
  };
  writeFileSync(
    join(HOME, 'call.js'),
    `const started = Date.now();
const context = { getRemainingTimeInMillis: () => 60000 - (Date.now() - started) };
const event = { Records: [{ Sns: { Message: ${JSON.stringify(JSON.stringify(alarm))} } }] };
require('./explainer.js').handler(event, context);`,
  );
  const all: Case[] = [];
  for (const events of sizes) {
    const { server, endpoint, published } = await serve(events);
    const usage = await measured([join(HOME, 'call.js')], {
      PATH: process.env['PATH'] ?? '',
      NODE_PATH: join(REPOSITORY, 'node_modules'),
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      TOPIC: 'arn:aws:sns:us-east-1:123456789012:people',
      LOG_GROUP: 'trail',
      ALARMS: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:AccountBaseline-Alarms-',
      CONSOLE: 'console.aws.amazon.com',
      RUNBOOKS: 'docs/runbooks/',
    });
    server.close();
    const [message = ''] = published;
    const count = events.toLocaleString('en');
    if (!message.includes('event')) throw new Error(`no message of ${count} events: ${message}`);
    all.push({ what: `the message of ${count} events of an alarm`, of: 'function', ...usage });
  }
  return all;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  rmSync(HOME, { recursive: true, force: true });
  mkdirSync(HOME, { recursive: true });
  writeFileSync(join(HOME, 'usage.cjs'), WITH_USAGE);
  const from = values.check ? -1 : 0;
  const cases = [
    ...(await withDeployedAccount((emulator) => ofAccounts(emulator, ACCOUNTS.slice(from)))),
    ...(await withDeployedAccount(ofRegions, EVERY_REGION)),
    ...(await ofMessages(EVENTS.slice(from))),
  ];
  const compared: Result[] = cases.flatMap((one) => resultsOf(one, values.check));
  console.log(table(compared));
  if (compared.some(fails)) process.exitCode = 1;
  else if (!values.check) {
    const date = new Date().toISOString().slice(0, 10);
    const machine = { node: process.versions.node, processors: availableParallelism() };
    writeFileSync(RECORDED, `${JSON.stringify({ date, ...machine, cases }, undefined, 2)}\n`);
  }
}

void main();
