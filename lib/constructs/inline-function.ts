import { buildSync } from 'esbuild';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { IManagedPolicy, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from './wildcard';

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
}

/**
 * A Lambda function whose code is in the template, so that the stack needs no bucket and no bootstrap. Its role
 * holds the given permissions and its own log group, nothing else; failed calls are not tried again, since a custom
 * resource has one answer.
 */
export class InlineFunction extends LambdaFunction {
  /** The policy of the function's role. */
  readonly policy: IManagedPolicy;

  constructor(scope: Construct, id: string, props: InlineFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A policy of the role itself, not one attached to it later: it is there before the first call of a custom
    // resource and until after the last one.
    const policy = new ManagedPolicy(scope, `${id}Policy`, {
      description: props.description,
      statements: [
        new PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [logGroup.logGroupArn],
        }),
        ...props.permissions,
      ],
    });
    const role = new Role(scope, `${id}Role`, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [policy],
    });
    super(scope, id, {
      code: Code.fromInline(bundle(props.entry)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      description: props.description,
      timeout: props.timeout ?? Duration.seconds(60),
      role,
      logGroup,
      retryAttempts: 0,
    });
    this.policy = policy;

    acknowledgeWildcard(
      policy,
      logGroup.logGroupArn,
      'The streams of the function’s own log group; Lambda names them at run time.',
    );
    Validations.of(logGroup).acknowledge({
      id: 'NIST.800.53.R5-CloudWatchLogGroupEncrypted',
      reason:
        'CloudWatch Logs encrypts it with a service key; it holds error messages of the API, no account data.',
    });
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
        reason: 'CloudFormation gets the answer of every call and shows a failure as a stack event.',
      },
    );
  }
}

function bundle(entry: string): string {
  const result = buildSync({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    // Part of the Lambda runtime.
    external: ['@aws-sdk/*'],
    write: false,
  });
  return (result.outputFiles[0]?.text ?? '').trimEnd();
}
