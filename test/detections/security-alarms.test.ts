import { Match } from 'aws-cdk-lib/assertions';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Detection } from '../../lib/detections/detection';
import { DetectionFilters } from '../../lib/detections/detection-filters';
import { DETECTIONS } from '../../lib/detections/rules';
import { SecurityAlarms } from '../../lib/detections/security-alarms';
import { SIGNALS } from '../../lib/detections/signals';
import { templateOf } from '../synth';

const alarms = (detections: readonly Detection[] = DETECTIONS) =>
  templateOf((scope) => {
    new DetectionFilters(scope, 'AlarmsOn', {
      prefix: 'AccountBaseline',
      logGroup: LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs'),
      detections,
    });
    new SecurityAlarms(scope, 'Alarms', { topic: new Topic(scope, 'Topic'), detections });
  });

test('the alarm of attempts has the filter on root use that Security Hub compares to the letter', () => {
  alarms().hasResourceProperties('AWS::Logs::MetricFilter', {
    LogGroupName: 'trail-logs',
    FilterPattern:
      '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
    MetricTransformations: [{ MetricName: 'Attempts', MetricNamespace: 'Baseline', MetricValue: '1' }],
  });
});

test('alarms notify the topic at the first event and say how urgent it is, what happened and what to do', () => {
  alarms().hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmDescription: Match.stringLikeRegexp('^CRITICAL: Root user used\\nAsk immediately who used root'),
    AlarmActions: [{ Ref: Match.stringLikeRegexp('Topic') }],
    MetricName: 'RootUser',
    Namespace: 'Baseline',
    Statistic: 'Maximum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  });
});

test('there is one alarm for each signal, with a filter for each detection: one more is one more entry', () => {
  alarms().resourceCountIs('AWS::CloudWatch::Alarm', SIGNALS.length);
  alarms().resourceCountIs('AWS::Logs::MetricFilter', DETECTIONS.length);
  const extra = { ...example(), id: 'Extra' };
  alarms([...DETECTIONS, extra]).resourceCountIs('AWS::Logs::MetricFilter', DETECTIONS.length + 1);
});

test('an alarm goes with the last of their detections', () => {
  alarms(DETECTIONS.filter(({ signal }) => signal.id !== 'RootUser')).resourceCountIs(
    'AWS::CloudWatch::Alarm',
    SIGNALS.length - 1,
  );
});

test.each([
  { tuning: { threshold: 2 }, expected: { Threshold: 2, Period: 300 } },
  { tuning: { period: 60 }, expected: { Threshold: 5, Period: 60 } },
  {
    tuning: { severity: 'low' as const },
    expected: { Threshold: 5, AlarmDescription: Match.stringLikeRegexp('^LOW: Sign in failed\\n') },
  },
])('an alarm of its own has a detection with $tuning, which then counts events', ({ tuning, expected }) => {
  const weighted = DETECTIONS.find(({ id }) => id === 'SignInFailed') ?? example();
  const template = alarms([{ ...weighted, ...tuning }]);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'SignInFailed', ...expected });
  template.hasResourceProperties('AWS::Logs::MetricFilter', {
    MetricTransformations: [Match.objectLike({ MetricName: 'SignInFailed', MetricValue: '1' })],
  });
});

test('a detection can have a signal of your own', () => {
  const signal = { ...example().signal, id: 'Payments', title: 'Payment data read' };
  alarms([{ ...example(), signal }]).hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'Payments',
    AlarmDescription: Match.stringLikeRegexp('^CRITICAL: Payment data read\\n'),
  });
});

test('the filters look for the prefix of the suite, not for the name of their own stack', () => {
  const template = JSON.stringify(alarms().toJSON());
  expect(template).toContain('*:stack/AccountBaseline-*');
  expect(template).not.toContain('AWS::StackName');
});

function example(): Detection {
  const [first] = DETECTIONS;
  if (!first) throw new Error('no detection');
  return first;
}
