import { regionOf } from '../../stacks/stack-kinds';
import { differences, referencesOf } from '../differences';
import type { ValueOf } from '../template-values';
import { shell } from '../shell';
import type { DeployedResource, Properties, Snapshot } from '../snapshot';
import { check, fail, given, type Observation, pass, REDEPLOY } from './check';

export const EVENT_RULE_CHECKS = [
  check(
    {
      check: 'event-rules',
      title: 'Event rules are enabled and unmodified',
      problem: 'An event rule was deleted, disabled or changed',
      area: 'alarms',
      severity: 'high',
      controls: [],
    },
    (snapshot) =>
      given({ resources: snapshot.resources, suite: snapshot.suite }, ({ resources, suite }) => {
        const rules = resources.filter(({ type }) => type === 'AWS::Events::Rule');
        const faults = rules.flatMap((rule) =>
          given({ actual: rule.actual }, ({ actual }) =>
            judge(rule, actual, referencesOf(snapshot, suite, rule.kind), snapshot),
          ),
        );
        if (faults.length > 0) return faults;
        return rules.length === 0 ? [] : pass(`All ${rules.length} event rules are as deployed.`);
      }),
  ),
];

function judge(
  { kind, resource, wanted }: DeployedResource,
  actual: Properties | undefined,
  of: ValueOf,
  { region }: Snapshot,
): Observation[] {
  if (!actual) return [fail(`The event rule ${resource} was deleted.`, REDEPLOY, { resource })];
  const changed = differences(wanted, actual, of);
  const others = changed.filter((name) => name !== 'State');
  return [
    ...(changed.includes('State')
      ? [
          fail(
            `The event rule ${resource} is not enabled.`,
            {
              // CloudFormation does not compare a property that the template does not set.
              text: 'Find out who disabled it, then enable it.',
              command: shell`aws events enable-rule --region ${regionOf(kind, region)} --name ${resource}`,
            },
            { resource },
          ),
        ]
      : []),
    ...(others.length > 0
      ? [
          fail(
            `${others.join(' and ')} of the event rule ${resource} differ${others.length === 1 ? 's' : ''} from the template.`,
            REDEPLOY,
            { resource },
          ),
        ]
      : []),
  ];
}
