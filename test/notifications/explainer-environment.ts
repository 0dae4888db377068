import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { EmailChannel } from '../../lib/notifications/channels/email';
import { HttpsChannel } from '../../lib/notifications/channels/https';
import { SlackChannel } from '../../lib/notifications/channels/slack';
import { Notifications, type NotificationsProps } from '../../lib/notifications/notifications';
import { templateOf } from '../synth';

/** What the construct gets in a test. */
export type Options = Partial<Omit<NotificationsProps, 'logGroup' | 'encryptionKey'>> & {
  readonly encrypted?: boolean;
};

/** Every option that adds to the code of the function that explains alarms. */
export const EVERY_OPTION: Options = {
  encrypted: true,
  channels: [
    new HttpsChannel({ url: 'https://tool.example.com/alarms' }),
    new SlackChannel({ workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' }),
  ],
  accountName: 'production',
  organizationId: 'o-a1b2c3d4e5',
  runbooks: 'https://wiki.example.com/',
};

/** The template of a stack that holds the notifications alone. */
export function notificationsTemplate({ encrypted, ...options }: Options = {}): Template {
  return templateOf(
    (scope) =>
      new Notifications(scope, 'Notifications', {
        channels: [new EmailChannel({ address: 'a@example.com' })],
        logGroup: LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs'),
        encryptionKey: encrypted ? new Key(scope, 'Key') : undefined,
        ...options,
      }),
  );
}

/** The code of the function, as the template has it. */
export function explainerCode(options?: Options): string {
  const [found] = Object.values(notificationsTemplate(options).findResources('AWS::Lambda::Function')) as {
    Properties: { Code: { ZipFile: string } };
  }[];
  return found?.Properties.Code.ZipFile ?? '';
}

/** The variables that are always set. The function reads some when it is loaded: import this before it. */
export const ENVIRONMENT = {
  TOPIC: 'arn:aws:sns:us-east-1:123456789012:people',
  LOG_GROUP: 'trail-logs',
  ALARMS: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:AccountBaseline-Alarms-',
  CONSOLE: 'console.aws.amazon.com',
  RUNBOOKS: 'docs/runbooks/',
  // As the construct hands them to the function.
  ROOT_TASKS: /ConsoleLogin[ \w]*/.exec(explainerCode())?.[0] ?? '',
};

Object.assign(process.env, ENVIRONMENT);
