import { buildSync } from 'esbuild';
import { Duration, RemovalPolicy, Stack, Token, Validations } from 'aws-cdk-lib';
import { PolicyStatement, type IRole } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { serviceRole } from './service-role';
import { acknowledgeWildcard } from './nag-suppressions';

export interface InlineFunctionProps {
  /** TypeScript file that exports `handler`; it is bundled and minified into the template. */
  readonly entry: string;
  /** What the function is for, as the console shows it. */
  readonly description: string;
  /** Everything the function may do besides writing its own log. */
  readonly permissions: PolicyStatement[];
  /**
   * Time limit of one call.
   * @default Duration.seconds(60)
   */
  readonly timeout?: Duration;
  /**
   * Memory, in MiB; the share of the processor grows with it.
   * @default 128
   */
  readonly memorySize?: number;
  /**
   * What the code reads from `process.env`. Only values that CloudFormation knows become environment variables; the
   * others are written into the code, and what is for an undefined one alone is left out.
   * @default {}
   */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /**
   * Topic that gets a call that failed, with its event. The permissions must include publishing to it.
   * @default - whoever calls must notice
   */
  readonly onFailure?: ITopic;
}

/**
 * A Lambda function whose code is in the template, so that the stack needs no bucket and no bootstrap. Its role
 * holds the given permissions and the functions' log group, nothing else. Failed calls are not tried again: a custom
 * resource has one answer, and an alarm that waits for a second try is late.
 */
export class InlineFunction extends LambdaFunction {
  /** The role that it runs with. */
  readonly executionRole: IRole;

  constructor(scope: Construct, id: string, props: InlineFunctionProps) {
    const { environment = {}, onFailure } = props;
    const values = Object.entries(environment);
    const logGroup = sharedLogGroup(scope);
    const role = serviceRole(scope, `${id}Role`, 'lambda.amazonaws.com', [
      // Its own log.
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
      ...props.permissions,
    ]);
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
      // By hand: SnsDestination would add a second policy to the role.
      onFailure: onFailure && { bind: () => ({ destination: onFailure.topicArn }) },
    });
    this.executionRole = role;
    acknowledgeWildcard(
      role,
      logGroup.logGroupArn,
      'The streams of the functions’ log group; Lambda names them at run time.',
    );
    Validations.of(this).acknowledge(
      {
        id: 'NIST.800.53.R5-LambdaInsideVPC',
        reason: 'It calls public AWS endpoints only; a new account has no VPC worth trusting.',
      },
      {
        id: 'NIST.800.53.R5-LambdaConcurrency',
        reason: 'A new account has ten concurrent executions, of which none can be reserved.',
      },
      {
        id: 'NIST.800.53.R5-LambdaDLQ',
        reason: onFailure
          ? 'Its failure destination is the topic that people read.'
          : 'CloudFormation gets the answer of every call and shows a failure as a stack event.',
      },
    );
  }
}

/** The log group of all functions of the stack. */
function sharedLogGroup(scope: Construct): LogGroup {
  const stack = Stack.of(scope);
  const existing = stack.node.tryFindChild('FunctionLogs');
  if (existing instanceof LogGroup) return existing;
  const logGroup = new LogGroup(stack, 'FunctionLogs', {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  Validations.of(logGroup).acknowledge({
    id: 'NIST.800.53.R5-CloudWatchLogGroupEncrypted',
    reason: 'CloudWatch Logs encrypts it with a service key; it holds error messages, no account data.',
  });
  return logGroup;
}

/** Bundled code by what it was made of: documents and tests synthesize many stacks in one process. */
const bundles = new Map<string, string>();

/** The code in one file, with the values that are known. */
function bundle(entry: string, values: [string, string | undefined][]): string {
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

function build(entry: string, define: Record<string, string>): string {
  const result = buildSync({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    // As an ES module, since esbuild's CommonJS brings 500 bytes of helpers along; Lambda takes inline code for CommonJS.
    format: 'esm',
    // Part of the Lambda runtime. A client that nothing is left to use goes, since package.json says that our files have no
    // side effects.
    external: ['@aws-sdk/*'],
    define,
    write: false,
  });
  // A test runs what comes of it, so that another way of esbuild's to write imports and exports does not go unnoticed.
  return (result.outputFiles[0]?.text ?? '')
    .trimEnd()
    .replace(
      /\bimport(\{[^}]*\})from("[^"]+");/g,
      (_, names: string, module: string) => `const${names.replaceAll(' as ', ':')}=require(${module});`,
    )
    .replace(/\bexport\{(\w+) as handler\};$/, 'exports.handler=$1;');
}
