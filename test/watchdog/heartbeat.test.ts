import { stackTemplate } from '../synth';

describe('the heartbeat', () => {
  const template = stackTemplate('Watchdog');

  test('triggers after a day without an event in the log group of the trail, which has no data points then', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/Logs',
      MetricName: 'IncomingLogEvents',
      Dimensions: [
        {
          Name: 'LogGroupName',
          Value: {
            'Fn::GetStackOutput': { StackName: 'AccountBaseline-Audit', OutputName: 'TrailLogGroup' },
          },
        },
      ],
      Statistic: 'Sum',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: 3_600,
      EvaluationPeriods: 24,
      TreatMissingData: 'breaching',
    });
  });

  test('notifies the recipients directly: the function that explains alarms is one of the things that can break', () => {
    const [alarm] = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
    expect(alarm?.['Properties']).toMatchObject({
      AlarmActions: [
        {
          'Fn::GetStackOutput': { StackName: 'AccountBaseline-Alarms', OutputName: 'NotificationsTopic' },
        },
      ],
    });
  });

  test('says what happened and what to do, as nobody explains it', () => {
    const [alarm] = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
    const { AlarmDescription } = alarm?.['Properties'] as { AlarmDescription: string };
    expect(AlarmDescription).toMatch(
      /^CRITICAL: The log group of the audit trail received no event for 24 hours\n1\. /,
    );
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
    expect(AlarmDescription.length).toBeLessThanOrEqual(1_024);
  });

  test('watches an existing log group', () => {
    stackTemplate('Watchdog', { auditTrail: { existingLogGroup: 'theirs' } }).hasResourceProperties(
      'AWS::CloudWatch::Alarm',
      { Dimensions: [{ Name: 'LogGroupName', Value: 'theirs' }] },
    );
  });
});
