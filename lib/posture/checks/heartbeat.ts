import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { logGroupName, partOf } from '../baseline-parts';
import { remedyOf } from './alarms';
import { check, fail, given, pass } from './check';

export const HEARTBEAT_CHECKS = [
  check(
    {
      check: 'heartbeat',
      title: 'An alarm notices when events stop arriving',
      problem: 'Nobody is notified when events stop arriving',
      area: 'alarms',
      severity: 'high',
      controls: [],
    },
    ({ alarms, suite }, config) =>
      given(
        {
          alarms,
          name: partOf(suite, 'heartbeat'),
          topic: partOf(suite, 'notification-topic'),
          logGroup: logGroupName(suite, config),
        },
        ({ alarms: found, name, topic, logGroup }) => {
          const alarm = found.find(({ AlarmName }) => AlarmName === name);
          const faults = alarm ? faultsOf(alarm, topic, logGroup) : ['was deleted'];
          return faults.length === 0
            ? pass(`The alarm for a day without events in ${logGroup} is in place and enabled.`)
            : fail(`The alarm for a day without events ${faults.join(' and ')}.`, remedyOf(alarm), {
                resource: alarm?.AlarmArn ?? name,
              });
        },
      ),
  ),
];

function faultsOf(alarm: MetricAlarm, topic: string, logGroup: string): string[] {
  const [{ Name, Value } = {}, ...others] = alarm.Dimensions ?? [];
  const countsEvents =
    alarm.Namespace === 'AWS/Logs' &&
    alarm.MetricName === 'IncomingLogEvents' &&
    Name === 'LogGroupName' &&
    Value === logGroup &&
    others.length === 0;
  const comparesAsDeployed =
    alarm.Statistic === 'Sum' &&
    alarm.ComparisonOperator === 'LessThanThreshold' &&
    alarm.Threshold === 1 &&
    alarm.Period === 3_600 &&
    alarm.EvaluationPeriods === 24 &&
    (alarm.DatapointsToAlarm ?? 24) === 24 &&
    alarm.TreatMissingData === 'breaching' &&
    alarm.Unit === undefined;
  return [
    ...(alarm.ActionsEnabled !== true ? ['has its actions disabled'] : []),
    ...(alarm.AlarmActions?.includes(topic) ? [] : ['does not publish to the notification topic']),
    ...(countsEvents ? [] : ['counts something else']),
    ...(comparesAsDeployed ? [] : ['has a changed comparison']),
  ];
}
