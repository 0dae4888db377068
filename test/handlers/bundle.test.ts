import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PasswordPolicy } from '../../lib/constructs/password-policy';

const SOURCE = join(__dirname, '../../lib/handlers/password-policy.ts');

interface Statement {
  readonly Action: string | readonly string[];
}

/** The template of a stack that holds the password policy alone. */
function synthesize(): Template {
  const stack = new Stack();
  new PasswordPolicy(stack, 'PasswordPolicy');
  return Template.fromStack(stack);
}

/** The properties of the only resource of a type. */
function only(template: Template, type: string): unknown {
  const resources = Object.values(template.findResources(type)) as { Properties: unknown }[];
  expect(resources).toHaveLength(1);
  return resources[0]?.Properties;
}

function codeOf(template: Template): string {
  return (only(template, 'AWS::Lambda::Function') as { Code: { ZipFile: string } }).Code.ZipFile;
}

describe('the bundled function', () => {
  const template = synthesize();
  const code = codeOf(template);

  test('fits into a template: 4,096 bytes', () => {
    expect(Buffer.byteLength(code)).toBeGreaterThan(0);
    expect(Buffer.byteLength(code)).toBeLessThanOrEqual(4096);
  });

  test('requires nothing but the SDK that the Lambda runtime has', () => {
    expect(code.replaceAll(/\brequire\("@aws-sdk\/client-[a-z]+"\)/g, '')).not.toMatch(
      /\brequire\b|\bimport\b/,
    );
  });

  test('exports the handler under the name that the function is configured with', () => {
    const module: { exports: unknown } = { exports: {} };
    // The code is the project's own, from its template.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const run = new Function('module', 'exports', 'require', code) as (...args: unknown[]) => void;
    run(module, module.exports, createRequire(SOURCE));
    expect(only(template, 'AWS::Lambda::Function')).toMatchObject({ Handler: 'index.handler' });
    expect(module.exports).toMatchObject({ handler: expect.any(Function) as unknown });
  });

  test('is byte for byte the same when it is built again', () => {
    expect(codeOf(synthesize())).toBe(code);
  });

  test('may do what it calls, and nothing else', () => {
    const calls = [...readFileSync(SOURCE, 'utf8').matchAll(/new (\w+)Command\(/g)].map(
      ([, name]) => `iam:${name ?? ''}`,
    );
    const { PolicyDocument } = only(template, 'AWS::IAM::ManagedPolicy') as {
      PolicyDocument: { Statement: Statement[] };
    };
    const actions = PolicyDocument.Statement.flatMap(({ Action }) => Action);
    const logs = ['logs:CreateLogStream', 'logs:PutLogEvents'];
    expect([...actions].sort()).toEqual([...new Set(calls), ...logs].sort());
  });
});
