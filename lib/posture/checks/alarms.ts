import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Signal } from '../../detections/detection';
import { titleOf } from '../../detections/title';
import {
  descriptionOf,
  METRIC_NAMESPACE,
  metricOf,
  patternOf,
  signalOf,
  statisticOf,
} from '../../detections/tuning';
import { configuredDetections } from '../../detections/configured';
import { logGroupName, partOf } from '../baseline-parts';
import { muteRuleName } from '../collect/trail';
import type { Remedy } from '../finding';
import { check, fail, given, pass, REDEPLOY } from './check';
import { shell } from '../shell';

export const ALARM_CHECKS = [
  check(
    {
      check: 'filters',
      title: 'Every detection has its metric filter',
      problem: 'A metric filter is missing or was changed',
      area: 'alarms',
      severity: 'high',
      controls: [...Array(15).keys()].map((index) => `CIS 5.${index + 1}`),
    },
    ({ caller, metricFilters, suite }, config) =>
      given(
        {
          metricFilters,
          logGroup: logGroupName(suite, config),
          bucket:
            config.auditTrail.existingLogGroup === undefined
              ? partOf(suite, 'log-bucket')
              : { value: undefined },
        },
        ({ metricFilters: filters, logGroup, bucket }) => {
          const detections = configuredDetections(config);
          const names = { prefix: config.stackName, logGroup, bucket, account: caller.account };
          const missing = detections.filter((detection) => {
            const pattern = patternOf(detection, names);
            const { metricName: name, metricValue: value } = metricOf(detection);
            return !filters.some(
              ({
                filterPattern,
                metricTransformations = [],
                fieldSelectionCriteria,
                applyOnTransformedLogs,
              }) =>
                filterPattern === pattern &&
                // A transformer could rename the fields.
                applyOnTransformedLogs !== true &&
                // Field selection criteria would exclude events.
                !fieldSelectionCriteria &&
                metricTransformations.some(
                  ({ metricName, metricNamespace, metricValue, dimensions = {} }) =>
                    metricName === name &&
                    metricNamespace === METRIC_NAMESPACE &&
                    metricValue === value &&
                    Object.keys(dimensions).length === 0,
                ),
            );
          });
          if (missing.length === 0)
            return pass(`All ${detections.length} filters are in place.`, { resource: logGroup });
          // They were deleted with their log group, or somebody replaced it: one cause, and one step.
          if (missing.length === detections.length && missing.length > 1) {
            return fail(
              `The log group ${logGroup} has none of its ${missing.length} metric filters: no alarm can trigger.`,
              REDEPLOY,
              { resource: logGroup, severity: 'critical' },
            );
          }
          return missing.map((detection) =>
            fail(`The metric filter for “${titleOf(detection.id)}” is missing or was changed.`, REDEPLOY, {
              resource: detection.id,
              severity: signalOf(detection).severity,
            }),
          );
        },
      ),
  ),
  check(
    {
      check: 'alarms',
      title: 'Every alarm is in place and enabled, and sends notifications',
      problem: 'An alarm is missing, disabled or was changed',
      area: 'alarms',
      severity: 'high',
      controls: [...Array(15).keys()].map((index) => `CIS 5.${index + 1}`),
    },
    ({ alarms, suite }, config) =>
      given({ alarms, topic: partOf(suite, 'alarm-topic') }, ({ alarms: found, topic }) => {
        const signals = new Map(
          configuredDetections(config)
            .map(signalOf)
            .map((signal) => [signal.id, signal]),
        );
        const observations = [...signals.values()].flatMap((signal) => {
          const alarm = found.find(({ MetricName }) => MetricName === signal.id);
          const faults = alarm
            ? faultsOf(alarm, signal, topic, config.notifications.notifyOnOk)
            : ['was deleted'];
          return faults.length === 0
            ? []
            : [
                fail(`The alarm “${signal.title}” ${faults.join(' and ')}.`, remedyOf(alarm), {
                  resource: alarm?.AlarmArn ?? signal.id,
                  severity: signal.severity,
                }),
              ];
        });
        return observations.length > 0
          ? observations
          : pass(`All ${signals.size} alarms are in place and enabled.`);
      }),
  ),
  check(
    {
      check: 'mute-rules',
      title: 'No rule mutes the alarms',
      problem: 'A rule mutes alarms',
      area: 'alarms',
      severity: 'critical',
      controls: [],
    },
    ({ muteRules, region }, { stackName }) =>
      given({ muteRules }, ({ muteRules: rules }) => {
        const ours = rules.flatMap(({ arn, alarms }) => {
          const muted = alarms.filter((name) => name.startsWith(`${stackName}-`));
          return muted.length > 0 ? [{ arn, muted }] : [];
        });
        if (ours.length === 0) return pass('No rule mutes an alarm of the baseline.');
        return ours.map(({ arn, muted }) =>
          fail(
            `A mute rule stops the actions of ${muted.join(', ')}, now or later.`,
            {
              text: 'Find out who created it, then delete it.',
              command: shell`aws cloudwatch delete-alarm-mute-rule --region ${region} --alarm-mute-rule-name ${muteRuleName(arn)}`,
            },
            { resource: arn },
          ),
        );
      }),
  ),
];

/**
 * Redeploying does not enable actions: the template does not set ActionsEnabled, and CloudFormation does not
 * compare it.
 */
export function remedyOf(alarm: MetricAlarm | undefined): Remedy {
  if (alarm?.ActionsEnabled !== false) return REDEPLOY;
  const [, , , region = ''] = alarm.AlarmArn?.split(':') ?? [];
  return {
    text: 'Find out who disabled the actions, then enable them.',
    command: shell`aws cloudwatch enable-alarm-actions --region ${region} --alarm-names ${alarm.AlarmName ?? ''}`,
  };
}

function faultsOf(alarm: MetricAlarm, signal: Signal, topic: string, notifyOnOk: boolean): string[] {
  const { threshold, period } = signal;
  const { ActionsEnabled, AlarmActions = [], Threshold = Infinity, Period } = alarm;
  const comparesAsDeployed =
    alarm.Namespace === METRIC_NAMESPACE &&
    alarm.Statistic === statisticOf(signal) &&
    alarm.ComparisonOperator === 'GreaterThanOrEqualToThreshold' &&
    alarm.EvaluationPeriods === 1 &&
    (alarm.DatapointsToAlarm ?? 1) === 1 &&
    // Treated otherwise, the alarm would stay in a state, and report no further event.
    alarm.TreatMissingData === 'notBreaching' &&
    // With a unit that no event has, the alarm would never trigger.
    alarm.Unit === undefined &&
    !alarm.Dimensions?.length;
  const { OKActions = [], InsufficientDataActions = [] } = alarm;
  const strangers = [
    ...AlarmActions.filter((one) => one !== topic),
    ...OKActions.filter((one) => one !== topic || !notifyOnOk),
    ...InsufficientDataActions,
  ];
  return [
    ...(ActionsEnabled !== true ? ['has its actions disabled'] : []),
    ...(AlarmActions.includes(topic) ? [] : ['does not publish to the alarm topic']),
    ...(strangers.length > 0 ? [`also triggers ${[...new Set(strangers)].join(', ')}`] : []),
    ...(notifyOnOk && !OKActions.includes(topic) ? ['does not notify when it is over'] : []),
    ...(alarm.AlarmDescription === descriptionOf(signal)
      ? []
      : ['has another description, from which notifications take severity and steps']),
    ...(comparesAsDeployed ? [] : ['has a changed comparison']),
    ...(Threshold > threshold ? [`triggers at ${Threshold} instead of ${threshold}`] : []),
    ...(Period === period ? [] : [`evaluates ${Period ?? 0} seconds instead of ${period}`]),
  ];
}
