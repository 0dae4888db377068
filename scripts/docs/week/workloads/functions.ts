import { type Habit, regularly } from '../habit';
import { arnOf, assumption, call, type Caller, denied, role, service, through } from '../record';

const FUNCTIONS = ['ImageResizer', 'Webhook', 'Mailer'];

const session = (name: string): Caller =>
  role(`${name}ServiceRole`, name, {
    sourceIPAddress: '3.89.12.200',
    userAgent: `aws-sdk-js/3.888.0 ua/2.1 os/linux#5.10 lang/js md/nodejs#22.19.0 exec-env/AWS_Lambda_nodejs22.x`,
  });
const runtime = (name: string): Caller =>
  role(`${name}ServiceRole`, name, { sourceIPAddress: '169.254.79.129', userAgent: 'awslambda-worker/1.0' });

/** Lambda functions: they write logs, decrypt their variables, read parameters, and one sends mail. */
export const functions: Habit = {
  title: 'Lambda functions',
  records: () => [
    ...regularly(120, 12, 2, (index) => {
      const name = FUNCTIONS[index % FUNCTIONS.length] ?? '';
      return [
        assumption(service('lambda'), `${name}ServiceRole`, name),
        call(runtime(name), 'logs', 'CreateLogStream', {
          logGroupName: `/aws/lambda/${name}`,
          logStreamName: `2026/11/23/[$LATEST]${String(index)}`,
        }),
        call(through('lambda', session(name)), 'kms', 'Decrypt', {
          encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
          encryptionContext: { 'aws:lambda:FunctionArn': arnOf('lambda', `function:${name}`) },
        }),
        call(session(name), 'ssm', 'GetParameter', { name: `/functions/${name}`, withDecryption: true }),
        call(through('AWS Internal', session(name)), 'kms', 'Decrypt', {
          encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
          encryptionContext: { PARAMETER_ARN: arnOf('ssm', `parameter/functions/${name}`) },
        }),
      ];
    }),
    // The first invocation of a function without a log group; the other one may not create its own.
    ...regularly(36 * 60, 25, 1, (index) => [
      call(runtime('Mailer'), 'logs', 'CreateLogGroup', {
        logGroupName: `/aws/lambda/Mailer-${String(index)}`,
      }),
      denied(runtime('Webhook'), 'logs', 'CreateLogGroup', { logGroupName: '/aws/lambda/Webhook' }),
      call(session('Mailer'), 'ses', 'GetSendQuota'),
    ]),
  ],
};
