import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { PasswordPolicy } from '../../lib/constructs/password-policy';
import { type Statement, templateOf } from '../synth';
import { EVERY_OPTION, explainerCode, notificationsTemplate, type Options } from './explainer-environment';

interface FunctionProperties {
  readonly Code: { readonly ZipFile: string };
  readonly Handler: string;
  readonly Role: { readonly 'Fn::GetAtt': readonly [roleId: string, attribute: string] };
}

interface Bundle {
  readonly name: string;
  readonly source: string;
  /** Bytes, of which a template takes 4 MB but a person reads few. */
  readonly limit: number;
  readonly synthesize: () => Template;
}

const BUNDLES: readonly Bundle[] = [
  {
    name: 'password policy',
    source: join(__dirname, '../../lib/handlers/password-policy.ts'),
    limit: 4096,
    synthesize: () => templateOf((scope) => new PasswordPolicy(scope, 'PasswordPolicy')),
  },
  {
    name: 'messages',
    source: join(__dirname, '../../lib/handlers/explain-alarm.ts'),
    limit: 6144,
    synthesize: () => notificationsTemplate(),
  },
  {
    name: 'messages with every option',
    source: join(__dirname, '../../lib/handlers/explain-alarm.ts'),
    limit: 6144,
    synthesize: () => notificationsTemplate(EVERY_OPTION),
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

/** Statements of the policies that the function's role has, which all are in it. */
function statementsOf(template: Template): Statement[] {
  const [id] = functionIn(template).Role['Fn::GetAtt'];
  const role = template.findResources('AWS::IAM::Role')[id] as {
    Properties: { Policies: { PolicyDocument: { Statement: Statement[] } }[]; ManagedPolicyArns?: string[] };
  };
  expect(role.Properties.ManagedPolicyArns).toBeUndefined();
  for (const type of ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']) template.resourceCountIs(type, 0);
  return role.Properties.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** Actions behind the calls of the SDK: `iam.getUser(…)` is iam:GetUser, since each client is named after its service. */
function actionsIn(source: string): string[] {
  const text = readFileSync(source, 'utf8');
  const clients = [...text.matchAll(/const (\w+) = new \w+\(\{\}\)/g)].map(([, client]) => client ?? '');
  expect(clients).not.toEqual([]);
  const calls = [...text.matchAll(new RegExp(`\\b(${clients.join('|')})\\.(\\w)(\\w+)\\(`, 'g'))];
  return calls.map(
    ([, client, initial, rest]) => `${client ?? ''}:${initial?.toUpperCase() ?? ''}${rest ?? ''}`,
  );
}

const distinct = (values: readonly (string | undefined)[]) => [...new Set(values)].sort();

describe.each(BUNDLES)('the function for $name', ({ source, limit, synthesize }) => {
  const template = synthesize();
  const { Code, Handler } = functionIn(template);
  const code = Code.ZipFile;

  test(`is small: ${limit} bytes at most`, () => {
    expect(Buffer.byteLength(code)).toBeGreaterThan(0);
    expect(Buffer.byteLength(code)).toBeLessThanOrEqual(limit);
  });

  test('requires nothing but the SDK that the Lambda runtime has', () => {
    expect(code.replaceAll(/\brequire\("@aws-sdk\/client-[a-z-]+"\)/g, '')).not.toMatch(
      /\brequire\b|\bimport\b|\bexport\b/,
    );
  });

  test('exports the handler under the name that the function is configured with', () => {
    const module: { exports: unknown } = { exports: {} };
    // The code is the project's own, from its template.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const run = new Function('module', 'exports', 'require', code) as (...args: unknown[]) => void;
    run(module, module.exports, createRequire(source));
    expect(Handler).toBe('index.handler');
    expect(module.exports).toEqual({ handler: expect.any(Function) });
  });

  test('is byte for byte the same when it is built again', () => {
    expect(functionIn(synthesize()).Code.ZipFile).toBe(code);
  });

  test('may do what it calls, and nothing else', () => {
    const actions = statementsOf(template).flatMap(({ Action }) => Action);
    const others = ['logs:CreateLogStream', 'logs:PutLogEvents', 'kms:Decrypt', 'kms:GenerateDataKey'];
    expect(distinct(actions.filter((action) => !others.includes(action ?? '')))).toEqual(
      distinct(actionsIn(source)),
    );
  });
});

describe('the function for messages', () => {
  const keyStatements = (options: Options) =>
    statementsOf(notificationsTemplate(options)).filter(({ Action }) =>
      JSON.stringify(Action).includes('kms:'),
    );

  test('may use the key of the topics, through SNS only', () => {
    expect(keyStatements({ encrypted: true })).toEqual([
      {
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

  test.each<[option: keyof Options, ...code: string[]]>([
    ['httpsEndpoints', 'https:JSON', '"json"'],
    ['chat', '"custom"', 'client-markdown'],
    ['tellWhenOver', '[OVER]'],
    ['accountName', 'production'],
  ])('has code for %s only with this option', (option, ...code) => {
    const [without, withIt] = [explainerCode(), explainerCode({ [option]: EVERY_OPTION[option] })];
    for (const part of code) {
      expect(withIt).toContain(part);
      expect(without).not.toContain(part);
    }
  });
});
