import { daily, type Habit, WORKDAYS } from '../habit';
import { call, denied, employee, service, signIn, using } from '../record';

const CAROL = employee('Developer', 'carol@example.com', '203.0.113.18');
const CLI = using(
  'aws-cli/2.32.6 md/awscrt#0.28.4 ua/2.1 os/macos#25.1.0 lang/python#3.13.9 cfg/retry-mode#standard',
  CAROL,
);

/** A developer of Identity Center, who looks at logs and may not see everything. */
export const carol: Habit = {
  title: 'Carol, developer',
  records: () => [
    ...daily(WORKDAYS, '09:10', 8, () => [
      call(service('sso'), 'sts', 'AssumeRoleWithSAML', { durationSeconds: 28800 }),
      signIn(CAROL, {}),
      ...['DescribeStacks', 'ListStackResources', 'DescribeStackEvents'].map((name) =>
        call(CAROL, 'cloudformation', name, { stackName: 'Orders' }),
      ),
      call(CAROL, 'lambda', 'ListFunctions20150331'),
      call(CAROL, 'lambda', 'GetFunctionConfiguration20150331v2', { functionName: 'ImageResizer' }),
      ...['DescribeLogGroups', 'DescribeLogStreams', 'FilterLogEvents'].map((name) =>
        call(CAROL, 'logs', name),
      ),
      // Pages that her permission set leaves out.
      denied(CAROL, 's3', 'GetBucketPolicy', { bucketName: 'example-invoices', policy: '' }),
      denied(CAROL, 'kms', 'ListAliases'),
      denied(CAROL, 'iam', 'ListRoles'),
      denied(CAROL, 'secretsmanager', 'GetSecretValue', { secretId: 'orders/payment-provider' }),
    ]),
    ...daily(['Tue', 'Thu'], '15:20', 40, () => [
      call(CLI, 'sts', 'GetCallerIdentity'),
      call(CLI, 'ssm', 'GetParameter', { name: '/orders/feature-flags', withDecryption: false }),
      call(CLI, 'ssm', 'GetParametersByPath', { path: '/orders/', recursive: true, withDecryption: true }),
      call(CLI, 'lambda', 'UpdateFunctionCode20150331v2', {
        functionName: 'ImageResizer-dev',
        publish: false,
        dryRun: false,
      }),
      call(CLI, 'logs', 'StartLiveTail'),
      call(CLI, 'ecs', 'ExecuteCommand', {
        cluster: 'orders-dev',
        command: 'HIDDEN_DUE_TO_SECURITY_REASONS',
        interactive: true,
      }),
    ]),
  ],
};
