import type { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { WeeklySummary } from '../../lib/watchdog/weekly-summary';
import { templateOf } from '../synth';

/** The template of a stack that holds the weekly summary alone, with or without every option. */
export function summaryTemplate(every: boolean): Template {
  return templateOf(
    (scope) =>
      new WeeklySummary(scope, 'WeeklySummary', {
        prefix: 'AccountBaseline',
        alarms: 5,
        logGroup: LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs'),
        topic: new Topic(scope, 'Topic'),
        alarmTopic: new Topic(scope, 'AlarmTopic'),
        ...(every
          ? {
              chatTopic: new Topic(scope, 'ChatTopic'),
              encryptionKey: new Key(scope, 'Key'),
              accountName: 'production',
              organization: true,
            }
          : {}),
      }),
  );
}

const topic = (name: string) => `arn:aws:sns:us-east-1:123456789012:AccountBaseline-Alarms-${name}`;

/** The variables that are always set. The function reads some when it is loaded: import this before it. */
export const ENVIRONMENT = {
  PREFIX: 'AccountBaseline',
  ALARMS: '3',
  LOG_GROUP: 'trail-logs',
  TOPIC: topic('people'),
  ALARM_TOPIC: topic('alarms'),
};

export const CHAT_TOPIC = topic('chat');

Object.assign(process.env, ENVIRONMENT);
