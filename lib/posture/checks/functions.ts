import { regionOf } from '../../stacks/stack-kinds';
import { differences, referencesOf } from '../differences';
import { shell } from '../shell';
import type { DeployedFunction, DeployedResource, EventSource, Properties, Snapshot } from '../snapshot';
import { AS_ROOT, check, fail, given, type Observation, pass, REDEPLOY } from './check';

export const FUNCTION_CHECKS = [
  check(
    {
      check: 'functions',
      title: 'Functions run as deployed',
      problem: 'A function does not run as deployed',
      area: 'stack',
      severity: 'high',
      controls: [],
    },
    (snapshot) =>
      given(
        {
          functions: snapshot.functions,
          resources: snapshot.resources,
          eventSources: snapshot.eventSources,
          suite: snapshot.suite,
        },
        ({ functions, resources, eventSources, suite }) =>
          functions.flatMap((one) =>
            given({ state: one.state }, ({ state }): Observation | Observation[] => {
              // The check of the code reports that it was deleted.
              if (!state) return [];
              const of = referencesOf(snapshot, suite, one.kind);
              const invoked = resources.filter(
                ({ type, resource }) =>
                  type === 'AWS::Lambda::EventInvokeConfig' && resource === one.template.name,
              );
              const faults = [
                ...judgeSettings(one, differences(one.template.settings, state.settings, of)),
                ...judgeConcurrency(one, state.reservedConcurrency, snapshot),
                ...invoked.flatMap((config) => judgeInvocations(config, snapshot, of)),
                ...eventSources.flatMap((source) => judgeSource(source, state.arn, snapshot)),
              ];
              return faults.length > 0
                ? faults
                : pass(
                    `The function ${one.template.name} runs with its settings, and only configured sources invoke it.`,
                    { resource: one.template.name },
                  );
            }),
          ),
      ),
  ),
];

function judgeSettings({ template: { name: resource } }: DeployedFunction, changed: readonly string[]) {
  return changed.length === 0
    ? []
    : [
        fail(`${changed.join(', ')} of the function ${resource} differ from the template.`, REDEPLOY, {
          resource,
        }),
      ];
}

/** CloudFormation does not compare a property that the template does not set. */
function judgeConcurrency(
  { kind, template: { name: resource, reservedConcurrency: wanted } }: DeployedFunction,
  actual: number | undefined,
  { region }: Snapshot,
): Observation[] {
  if (actual === wanted) return [];
  const remedy =
    wanted === undefined
      ? {
          text: `Find out who set it, then remove it ${AS_ROOT}.`,
          command: shell`aws lambda delete-function-concurrency --region ${regionOf(kind, region)} --function-name ${resource}`,
        }
      : REDEPLOY;
  return [
    actual === 0
      ? fail(`The function ${resource} cannot run: its reserved concurrency is 0.`, remedy, {
          resource,
          severity: 'critical',
        })
      : fail(
          `The reserved concurrency of the function ${resource} is ${actual ?? 'not set'} instead of ${wanted ?? 'not set'}.`,
          remedy,
          { resource },
        ),
  ];
}

function judgeInvocations(
  { kind, resource, wanted, actual: part }: DeployedResource,
  { region }: Snapshot,
  of: (reference: string) => string | undefined,
): Observation[] {
  return given({ actual: part }, ({ actual }: { actual: Properties | undefined }) => {
    if (!actual)
      return fail(`The function ${resource} has lost its settings for failed invocations.`, REDEPLOY, {
        resource,
      });
    const changed = differences(wanted, actual, of);
    if (changed.length === 0) return [];
    return fail(
      `Settings for failed invocations of the function ${resource} differ from the template: ${changed.join(', ')}.`,
      {
        text: `Find out who changed them. A redeployment alone does not restore what the template does not set. Delete them with this command ${AS_ROOT}; then redeploy with \`npx cdk deploy --all --revert-drift\`, which creates them again.`,
        command: shell`aws lambda delete-function-event-invoke-config --region ${regionOf(kind, region)} --function-name ${resource} --qualifier ${'$LATEST'}`,
      },
      { resource },
    );
  });
}

/** The suite creates no event source mapping. A version or alias has a longer ARN than its function. */
function judgeSource(
  { id, functionArn, source }: EventSource,
  arn: string,
  { region }: Snapshot,
): Observation[] {
  if (functionArn !== arn && !functionArn.startsWith(`${arn}:`)) return [];
  return [
    fail(
      `${source} invokes the function ${arn}, and no stack has this event source mapping.`,
      {
        text: 'Find out who created it, then delete it. A redeployment does not delete it, because it is not in the template.',
        command: shell`aws lambda delete-event-source-mapping --region ${region} --uuid ${id}`,
      },
      { resource: arn },
    ),
  ];
}
