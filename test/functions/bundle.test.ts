import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountSettings } from '../../lib/settings/account-settings';
import { DefaultNetworks } from '../../lib/settings/default-networks';
import { ConfigServiceRole } from '../../lib/detectors/config-service-role';
import type { INotificationChannel } from '../../lib/notifications/channels/channel';
import { EmailChannel } from '../../lib/notifications/channels/email';
import { HttpsChannel } from '../../lib/notifications/channels/https';
import { SlackChannel } from '../../lib/notifications/channels/slack';
import { OrganizationServices } from '../../lib/organization/services/organization-services';
import { PasswordPolicy } from '../../lib/settings/password-policy';
import { InlineFunction } from '../../lib/functions/inline-function';
import { AccountSettingFunction } from '../../lib/settings/setting-function';
import { actionsNamed } from '../iam-actions';
import { type Statement, templateOf } from '../synth';
import {
  EVERY_OPTION,
  explainerCode,
  notificationsTemplate,
  type Options,
} from '../notifications/explainer-environment';
import { summaryTemplate } from '../watchdog/summary-environment';
import { eachOf } from '../each-of';

interface FunctionProperties {
  readonly Code: { readonly ZipFile: string };
  readonly Handler: string;
  readonly Role: { readonly 'Fn::GetAtt': readonly [roleId: string, attribute: string] };
}

interface Bundle {
  readonly name: string;
  /** Files that call AWS; calls and permissions of each setting are proved beside it. */
  readonly sources: readonly string[];
  /** Bytes, of which a template takes 4 MB but a person reads few. */
  readonly limit: number;
  readonly synthesize: () => Template;
}

/** The function of the account settings, with all of them. */
const accountSettings = (checked: boolean) =>
  templateOf((scope) => {
    const handler = new AccountSettingFunction(scope, 'Handler', {
      dailyCheck: checked,
    });
    new PasswordPolicy(scope, 'PasswordPolicy', { handler });
    new AccountSettings(scope, 'Account', { handler });
  });

const BUNDLES: readonly Bundle[] = [
  // With room for two more settings; the template's limit is that of the stack.
  {
    name: 'account settings',
    sources: ['settings/setting-record.ts', 'settings/enabled-regions.ts'],
    limit: 22528,
    synthesize: () => accountSettings(false),
  },
  {
    name: 'account settings with the daily check',
    sources: ['settings/setting-record.ts', 'settings/enabled-regions.ts', 'settings/put-check-events.ts'],
    limit: 25088,
    synthesize: () => accountSettings(true),
  },
  {
    name: 'the default networks',
    sources: ['settings/setting-record.ts', 'settings/enabled-regions.ts'],
    limit: 18432,
    synthesize: () =>
      templateOf((scope) => new DefaultNetworks(scope, 'Networks', { removeDefaultVpcs: true })),
  },
  {
    name: 'the role of AWS Config',
    sources: ['settings/setting-record.ts'],
    limit: 12288,
    synthesize: () => templateOf((scope) => new ConfigServiceRole(scope, 'Role')),
  },
  {
    name: 'the services of an organization',
    sources: ['settings/setting-record.ts'],
    limit: 28672,
    synthesize: () =>
      templateOf(
        (scope) =>
          new OrganizationServices(scope, 'Services', {
            organizationId: 'o-a1b2c3d4e5',
            rootId: 'r-a1b2',
            features: ['stackSetsAccess'],
          }),
      ),
  },
  {
    name: 'messages',
    sources: ['notifications/explain-alarm.handler.ts'],
    limit: 20480,
    synthesize: () => notificationsTemplate(),
  },
  {
    name: 'messages with every option',
    sources: ['notifications/explain-alarm.handler.ts', 'notifications/account-names.ts'],
    limit: 22016,
    synthesize: () => notificationsTemplate(EVERY_OPTION),
  },
  {
    name: 'the weekly summary',
    sources: [
      'watchdog/weekly-summary.handler.ts',
      'watchdog/summary/events.ts',
      'watchdog/summary/people.ts',
      'watchdog/summary/safeguards.ts',
    ],
    limit: 15360,
    synthesize: () => summaryTemplate(true),
  },
];

/** The properties of the only function. */
function functionIn(template: Template): FunctionProperties {
  const [found, ...more] = Object.values(template.findResources('AWS::Lambda::Function')) as {
    Properties: FunctionProperties;
  }[];
  expect(more).toEqual([]);
  if (!found) throw new Error('no function');
  return found.Properties;
}

/** Statements of the policies that the function's role has: all are in it, but for those of settings. */
function statementsOf(template: Template): Statement[] {
  const [id] = functionIn(template).Role['Fn::GetAtt'];
  const role = template.findResources('AWS::IAM::Role')[id] as {
    Properties: { Policies: { PolicyDocument: { Statement: Statement[] } }[]; ManagedPolicyArns?: string[] };
  };
  expect(role.Properties.ManagedPolicyArns).toBeUndefined();
  template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  const policies = Object.keys(template.findResources('AWS::IAM::Policy'));
  expect(policies.filter((id) => !/Permissions[0-9A-F]{8}$/.test(id))).toEqual([]);
  return role.Properties.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** What IAM calls the service of a client. */
const SERVICES: Readonly<Record<string, string>> = {
  AccessAnalyzer: 'access-analyzer',
  CloudTrail: 'cloudtrail',
  CloudWatch: 'cloudwatch',
  CloudWatchLogs: 'logs',
  CloudWatchLogsClient: 'logs',
  EC2: 'ec2',
  EventBridge: 'events',
  IAM: 'iam',
  Lambda: 'lambda',
  SecretsManager: 'secretsmanager',
  Organizations: 'organizations',
  SNS: 'sns',
  SSM: 'ssm',
};

/**
 * Actions behind the calls of the SDK: `iam.getUser(…)`, `iam(region).getUser(…)`, and
 * `paginateGetUser({ client: iam }, …)` are iam:GetUser.
 */
function actionsIn(source: string): string[] {
  const text = readFileSync(source, 'utf8');
  const clients = new Map(
    [...text.matchAll(/const (\w+) =(?: \(region\??: string\) =>)? new (\w+)\(/g)]
      .filter(([, , type]) => (type ?? '') in SERVICES)
      .map(([, name, type]) => [name, SERVICES[type ?? '']]),
  );
  // None is made in a way that this does not see, or for a service that it does not know.
  const imported = [...text.matchAll(/^import (?:type )?\{([^}]*)\} from '@aws-sdk\/client-/gm)];
  expect(clients.size).toBe(imported.length);
  // Or it is passed one.
  for (const [, name = ''] of text.matchAll(/\{ (\w+) \}: Pick<Clients/g)) clients.set(name, name);
  const calls = text.matchAll(
    new RegExp(`\\b(${[...clients.keys()].join('|')})(?:\\((?:region)?\\))?\\s*\\.(\\w)(\\w+)\\(`, 'g'),
  );
  const pages = text.matchAll(/\bpaginate(\w+)\(\s*\{ (?:client: )?(\w+) \}/g);
  return [
    ...[...calls].map(
      ([, client = '', initial = '', rest = '']) =>
        `${clients.get(client) ?? ''}:${initial.toUpperCase()}${rest}`,
    ),
    ...[...pages].map(([, action = '', client = '']) => `${clients.get(client) ?? ''}:${action}`),
  ];
}

const distinct = (values: readonly (string | undefined)[]) => [...new Set(values)].sort();

describe('each function', () => {
  const functions = BUNDLES.map(({ synthesize, ...bundle }) => {
    const template = synthesize();
    const { Code, Handler } = functionIn(template);
    return { ...bundle, template, code: Code.ZipFile, Handler };
  });
  const each = eachOf(functions, ({ name, limit }) => `${name} (${limit} bytes)`);

  each('is small', ({ code, limit }) => {
    expect(Buffer.byteLength(code)).toBeGreaterThan(0);
    expect(Buffer.byteLength(code)).toBeLessThanOrEqual(limit);
  });

  each('requires nothing but Node.js and the SDK that the Lambda runtime has', ({ code }) => {
    expect(code.replaceAll(/\brequire\("(@aws-sdk\/client-[a-z0-9-]+|node:[a-z/]+)"\)/g, '')).not.toMatch(
      /\brequire\b|\bimport\b|\bexport\b/,
    );
  });

  each('has nothing that only synthesis reads', ({ code }) => {
    expect(code).not.toMatch(/\bsid: |\b(permissions|option|changedBy|mayBeLeftAlone|file) = |__filename/);
  });

  each('loads no client that it does not use', ({ code }) => {
    const names = [...code.matchAll(/^var (\w+) = require\("@aws-sdk/gm)].map(([, name]) => name ?? '');
    expect(names).not.toEqual([]);
    expect(names.filter((name) => code.split(name).length <= 2)).toEqual([]);
  });

  each(
    'reads as it was written: a statement a line, with its comments of why and the files that it comes from',
    ({ code, sources }) => {
      expect(code).toMatch(/^ *\/\/! \w/m);
      for (const name of sources) expect(code).toContain(`// lib/${name}`);
      expect(code.split('\n').filter((line) => line.length > 480)).toEqual([]);
      // CloudFormation shows any other character as a question mark when somebody reads the template back.
      expect(code).toMatch(/^[\n -~]*$/);
    },
  );

  each('exports the handler under the name that the function is configured with', ({ code, Handler }) => {
    const module: { exports: unknown } = { exports: {} };
    // The code is the project's own, from its template.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const run = new Function('module', 'exports', 'require', code) as (...args: unknown[]) => void;
    run(module, module.exports, createRequire(__filename));
    expect(Handler).toBe('index.handler');
    expect(module.exports).toEqual({ handler: expect.any(Function) });
  });

  each('may do what it calls, and nothing else that AWS has', async ({ sources, template }) => {
    const files = sources.map((name) => join(__dirname, '../../lib', name));
    const actions = statementsOf(template).flatMap(({ Action = [] }) => Action);
    const others = ['logs:CreateLogStream', 'logs:PutLogEvents', 'kms:Decrypt', 'kms:GenerateDataKey'];
    const allowed = await Promise.all(actions.filter((action) => !others.includes(action)).map(actionsNamed));
    expect(distinct(allowed.flat())).toEqual(distinct(files.flatMap(actionsIn)));
  });
});

test('a module may know its own path, as CommonJS and as ESM', () => {
  const paths = '[__filename, import.meta.filename, fileURLToPath(import.meta.url)]';
  const contents = `import { fileURLToPath } from 'node:url';
const paths = ${paths};
exports.handler = async () => paths;`;
  const template = templateOf((scope) => {
    new InlineFunction(scope, 'Function', { entry: { contents }, description: 'A test.', permissions: [] });
  });
  const [{ Properties }] = Object.values(template.findResources('AWS::Lambda::Function')) as [
    { Properties: FunctionProperties },
  ];
  const module: { exports: unknown } = { exports: {} };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the code of the template
  const run = new Function('module', 'exports', 'require', Properties.Code.ZipFile) as (
    ...args: unknown[]
  ) => void;
  run(module, module.exports, createRequire(__filename));
  expect(module.exports).toEqual({ handler: expect.any(Function) });
});

describe('the function for messages', () => {
  const keyStatements = (options: Options) =>
    statementsOf(notificationsTemplate(options)).filter(({ Action }) =>
      JSON.stringify(Action).includes('kms:'),
    );

  test('may use the key of the topics, through SNS only', () => {
    expect(keyStatements({ encrypted: true })).toEqual([
      {
        Sid: 'EncryptMessages',
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
        Condition: {
          StringEquals: {
            'kms:ViaService': { 'Fn::Join': ['', ['sns.', { Ref: 'AWS::Region' }, '.amazonaws.com']] },
          },
        },
      },
    ]);
  });

  test('may use no key when there is none', () => {
    expect(keyStatements({})).toEqual([]);
  });

  const emailWith = (channel: INotificationChannel): Options => ({
    channels: [new EmailChannel({ address: 'a@example.com' }), channel],
  });

  test.each<[what: string, options: Options, given: string, absent: string]>([
    [
      'an HTTPS endpoint',
      emailWith(new HttpsChannel({ url: 'https://tool.example.com/alarms' })),
      'if ("true") await publish(',
      'if (void 0) await publish(',
    ],
    [
      'a chat channel',
      emailWith(new SlackChannel({ workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' })),
      'await publish(process.env["CHAT_TOPIC"], subject, forChat(',
      'await publish(void 0, subject, forChat(',
    ],
    ['accountName', { accountName: 'production' }, '["production", id]', '[void 0, id]'],
  ])('says in its code whether %s is configured', (_, options, given, absent) => {
    const [without, withIt] = [explainerCode(), explainerCode(options)];
    expect(withIt).toContain(given);
    expect(without).toContain(absent);
  });
});
