import { Template } from 'aws-cdk-lib/assertions';
import { SIGNALS } from '../../lib/detections/signals';
import { stackTemplate, suiteTemplates } from '../synth';
import { summaryTemplate } from './summary-environment';

/** The only function. */
function functionOf(template: Template) {
  const [found] = Object.values(template.findResources('AWS::Lambda::Function')) as {
    Properties: { Code: { ZipFile: string }; Environment: { Variables: Record<string, unknown> } };
  }[];
  return found?.Properties;
}

describe('the weekly summary', () => {
  test('runs each Monday at 07:00 UTC', () => {
    const template = stackTemplate('Summary');
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'cron(0 7 ? * MON *)',
      State: 'ENABLED',
      Targets: [{ Arn: { 'Fn::GetAtt': ['WeeklySummaryFunction', 'Arn'] } }],
    });
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': ['WeeklySummarySchedule', 'Arn'] },
    });
  });

  test('that fails is not retried: the recipients get the failed call', () => {
    stackTemplate('Summary').hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 0,
      DestinationConfig: {
        OnFailure: {
          Destination: {
            'Fn::GetStackOutput': { StackName: 'AccountBaseline-Alarms', OutputName: 'NotificationsTopic' },
          },
        },
      },
    });
  });

  test('can be disabled', () => {
    const notifications = { emails: ['a@example.com'], weeklySummary: false };
    stackTemplate('Summary', { notifications }).resourceCountIs('AWS::Lambda::Function', 0);
    expect(suiteTemplates({ notifications: { ...notifications, dashboard: false } })).not.toHaveProperty(
      'Summary',
    );
  });

  test('expects the alarms of the configuration, and the heartbeat', () => {
    const code = (options = {}) => functionOf(stackTemplate('Summary', options))?.Code.ZipFile;
    expect(code()).toContain(`Number("${SIGNALS.length + 1}")`);
    // With a threshold of its own, a detection has an alarm of its own.
    const tuned = { detections: { CallDenied: { threshold: 1 } } };
    expect(code(tuned)).toContain(`Number("${SIGNALS.length + 2}")`);
  });

  test('finds the first-time passwords by the description that the Access stack gives them', () => {
    const code = functionOf(summaryTemplate(false))?.Code.ZipFile ?? '';
    const [, start = '-'] = /"(First-time password[^"]*)"/.exec(code) ?? [];
    const secrets = Object.values(stackTemplate('Access').findResources('AWS::SecretsManager::Secret')) as {
      Properties: { Description: string };
    }[];
    expect(secrets).toHaveLength(1);
    expect(secrets.filter(({ Properties }) => !Properties.Description.startsWith(start))).toEqual([]);
  });

  test('finds the filter ChangedByHand by the name that CloudFormation gives it', () => {
    expect(stackTemplate('Detections').findResources('AWS::Logs::MetricFilter')).toHaveProperty(
      'AlarmsOnChangedByHand',
    );
    expect(functionOf(summaryTemplate(false))?.Code.ZipFile).toContain('OnChangedByHand-');
  });

  test('reads the topics of the alarms, the recipients, and the chat channels', () => {
    expect(Object.keys(functionOf(summaryTemplate(true))?.Environment.Variables ?? {}).sort()).toEqual([
      'ALARM_TOPIC',
      'CHAT_TOPIC',
      'TOPIC',
    ]);
  });
});
