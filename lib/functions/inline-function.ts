import { existsSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { buildSync } from 'esbuild';
import { Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement, type IRole } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { serviceRole } from './service-role';
import { acknowledge, acknowledgeWildcard } from './nag-suppressions';

/** Code that is generated at synthesis. */
export interface EntryCode {
  /** TypeScript code that sets `exports.handler`. It imports modules by their paths. */
  readonly contents: string;
}

/** Properties of `InlineFunction`. */
export interface InlineFunctionProps {
  /**
   * Code that is bundled into the template in readable form: a TypeScript file that exports `handler`, or
   * code that sets it.
   */
  readonly entry: string | EntryCode;
  /** Description of the function in the console: one sentence, in ASCII. */
  readonly description: string;
  /** All permissions of the function, besides writing its own log. */
  readonly permissions: PolicyStatement[];
  /**
   * Time limit of one invocation.
   * @default Duration.seconds(60)
   */
  readonly timeout?: Duration;
  /**
   * Memory, in MiB. CPU power increases with it.
   * @default 128
   */
  readonly memorySize?: number;
  /**
   * Values that the code reads from `process.env`. Tokens become environment variables. Values that are known
   * at synthesis are written into the code, `undefined` as `void 0`.
   * @default {}
   */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /**
   * Topic that receives failed invocations with their events. The permissions must include publishing to it.
   * @default - the caller must handle failures
   */
  readonly onFailure?: ITopic;
}

/**
 * A Lambda function whose code is in the template, so that the stack needs no bucket and no bootstrap. Its
 * role has only the given permissions and access to the functions' log group. Failed invocations are not
 * retried: a custom resource can respond only once, and a retry would delay an alarm.
 */
export class InlineFunction extends LambdaFunction {
  /** Execution role of the function. */
  readonly executionRole: IRole;

  constructor(scope: Construct, id: string, props: InlineFunctionProps) {
    const { environment = {}, onFailure } = props;
    const values = Object.entries(environment);
    const logGroup = sharedLogGroup(scope);
    const role = serviceRole(scope, `${id}Role`, {
      service: 'lambda.amazonaws.com',
      description: `Function role: ${props.description}`,
      statements: [
        new PolicyStatement({
          sid: 'WriteOwnLog',
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [logGroup.logGroupArn],
        }),
        ...props.permissions,
      ],
    });
    super(scope, id, {
      code: Code.fromInline(bundle(props.entry, values)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      description: props.description,
      memorySize: props.memorySize,
      timeout: props.timeout ?? Duration.seconds(60),
      role,
      logGroup,
      environment: Object.fromEntries(values.filter(([, value]) => Token.isUnresolved(value))) as Record<
        string,
        string
      >,
      retryAttempts: 0,
      // Not SnsDestination, which would add a second policy to the role.
      onFailure: onFailure && { bind: () => ({ destination: onFailure.topicArn }) },
    });
    this.executionRole = role;
    acknowledgeWildcard(role, logGroup.logGroupArn, 'Lambda names log streams at run time.');
    acknowledge(
      this,
      {
        reason: 'Calls public AWS endpoints only.',
        cdkNag: ['NIST.800.53.R5-LambdaInsideVPC'],
        checkov: ['CKV_AWS_117'],
        guard: ['LAMBDA_INSIDE_VPC'],
        cfnNag: ['W89'],
      },
      {
        reason: 'New accounts cannot reserve concurrency.',
        cdkNag: ['NIST.800.53.R5-LambdaConcurrency'],
        checkov: ['CKV_AWS_115'],
        guard: ['LAMBDA_CONCURRENCY_CHECK'],
        cfnNag: ['W92'],
      },
      {
        reason: onFailure
          ? 'Failures are sent to the notification topic.'
          : 'CloudFormation shows failures as stack events.',
        cdkNag: ['NIST.800.53.R5-LambdaDLQ'],
        checkov: ['CKV_AWS_116'],
        guard: ['LAMBDA_DLQ_CHECK'],
      },
    );
    if (values.some(([, value]) => Token.isUnresolved(value))) {
      acknowledge(this, {
        reason: 'Contains names of resources, no secrets.',
        checkov: ['CKV_AWS_173'],
      });
    }
  }
}

/** Returns the log group that all functions of the stack share. */
function sharedLogGroup(scope: Construct): LogGroup {
  const stack = Stack.of(scope);
  const existing = stack.node.tryFindChild('FunctionLogs');
  if (existing instanceof LogGroup) return existing;
  const logGroup = new LogGroup(stack, 'FunctionLogs', {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  acknowledge(logGroup, {
    reason: 'Contains error messages only.',
    cdkNag: ['NIST.800.53.R5-CloudWatchLogGroupEncrypted'],
    checkov: ['CKV_AWS_158'],
    guard: ['CLOUDWATCH_LOG_GROUP_ENCRYPTED'],
    cfnNag: ['W84'],
  });
  return logGroup;
}

/** Root folder of the package. */
const PACKAGE = join(__dirname, '../..');

/**
 * Folder of the TypeScript of the functions. The published package is compiled, and has it in a folder of its
 * own, so that the functions are as readable, and byte for byte the same, as those of a clone.
 */
const SOURCES = existsSync(join(PACKAGE, 'src')) ? join(PACKAGE, 'src') : PACKAGE;

/** Whether a module is the user's own, by its path. */
export function isOwn(file: string): boolean {
  const path = relative(PACKAGE, file);
  return path.startsWith('..') || isAbsolute(path);
}

/**
 * The TypeScript of a module, for an import in the code of a function.
 *
 * @param file path of the module, as it was loaded
 */
export function sourceOf(file: string): string {
  return isOwn(file) ? file : join(SOURCES, relative(PACKAGE, file)).replace(/\.js$/, '.ts');
}

/** Cache of bundled code, because documents and tests synthesize many stacks in one process. */
const bundles = new Map<string, string>();

/** Bundles the code into one file, with the values that are known at synthesis. */
function bundle(entry: string | EntryCode, values: [string, string | undefined][]): string {
  const define = Object.fromEntries(
    values
      .filter(([, value]) => !Token.isUnresolved(value))
      .map(([name, value]) => [
        `process.env.${name}`,
        value === undefined ? 'undefined' : JSON.stringify(value),
      ]),
  );
  const key = JSON.stringify([entry, define]);
  const code = bundles.get(key) ?? build(entry, define);
  bundles.set(key, code);
  return code;
}

/**
 * Exports the handler as CommonJS, the format of inline code in Lambda. If esbuild converted the export, it
 * would add 20 lines of helpers.
 */
function codeOf(file: string): EntryCode {
  return {
    contents: `import { handler } from ${JSON.stringify(sourceOf(file))};\nexports.handler = handler;`,
  };
}

function build(entry: string | EntryCode, define: Record<string, string>): string {
  const result = buildSync({
    stdin: {
      ...(typeof entry === 'string' ? codeOf(entry) : entry),
      resolveDir: SOURCES,
      sourcefile: join(SOURCES, 'index.js'),
    },
    // esbuild adds a comment with the source file of each part, relative to this folder.
    absWorkingDir: SOURCES,
    bundle: true,
    // Readable, because people review the code in the template.
    minify: false,
    // esbuild keeps a comment between statements only if it begins with an exclamation mark: `//! why`.
    legalComments: 'inline',
    charset: 'utf8',
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    // The Lambda runtime includes the SDK.
    external: ['@aws-sdk/*'],
    define: {
      // Only synthesis asks a module for its path, by one of these names.
      __filename: '""',
      'import.meta.filename': '""',
      'import.meta.url': '"file:///"',
      ...define,
    },
    write: false,
  });
  return result.outputFiles[0]?.text ?? '';
}
