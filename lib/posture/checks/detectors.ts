import type { BaselineConfig } from '../../config/config';
import { regionOf } from '../../stacks/stack-kinds';
import { differences, differing, referencesOf } from '../differences';
import { textOf, type ValueOf } from '../template-values';
import type { Remedy } from '../finding';
import { shell } from '../shell';
import type { DeployedResource, Properties } from '../snapshot';
import {
  AS_ROOT,
  check,
  type Check,
  fail,
  given,
  type Observation,
  pass,
  REDEPLOY,
  type Topic,
  unknown,
} from './check';

/** A resource that differs from its template. */
interface Deviation {
  readonly one: DeployedResource;
  /** Names of the properties. */
  readonly changed: readonly string[];
  readonly of: ValueOf;
  readonly region: string;
}

/** How a type of resource is reported and restored. */
interface DetectorType {
  readonly noun: string;
  /** What a property means, if its name does not say it. */
  readonly meanings?: Readonly<Record<string, string>>;
  /** How to restore it. @default - a redeployment */
  readonly restore?: (deviation: Deviation) => Remedy | undefined;
}

const CONFIG = 'AWS::Config::';

/** Writes the values of the template, and nothing else. */
const WRITE = 'Find out who changed it, then write the values of the template again.';

const TYPES: Readonly<Record<string, DetectorType>> = {
  [`${CONFIG}ConfigurationRecorder`]: {
    noun: 'recorder of AWS Config',
    meanings: { Recording: 'is stopped: AWS Config records no changes' },
    restore: ({ changed, one: { resource, wanted }, of, region }) => {
      const start = shell`aws configservice start-configuration-recorder --region ${region} --configuration-recorder-name ${resource}`;
      if (changed.every((name) => name === 'Recording')) {
        return { text: 'Find out who stopped it, then start it.', command: start };
      }
      const roleARN = textOf(wanted['RoleARN'], of);
      const { AllSupported: allSupported, IncludeGlobalResourceTypes: includeGlobalResourceTypes } = wanted;
      const recorder = {
        name: resource,
        roleARN,
        recordingGroup: { allSupported, includeGlobalResourceTypes },
        recordingMode: { recordingFrequency: wanted['RecordingFrequency'] },
      };
      const write = shell`aws configservice put-configuration-recorder --region ${region} --configuration-recorder ${JSON.stringify(recorder)}`;
      return roleARN === undefined ? undefined : { text: WRITE, command: `${write} && ${start}` };
    },
  },
  [`${CONFIG}DeliveryChannel`]: {
    noun: 'delivery channel of AWS Config',
    restore: ({ one: { resource: name, wanted }, of, region }) => {
      const s3BucketName = textOf(wanted['S3BucketName'], of);
      const s3KmsKeyArn = textOf(wanted['S3KmsKeyArn'], of);
      const isKnown =
        s3BucketName !== undefined && (s3KmsKeyArn !== undefined || wanted['S3KmsKeyArn'] === undefined);
      const channel = JSON.stringify({ name, s3BucketName, s3KmsKeyArn });
      return isKnown
        ? {
            text: WRITE,
            command: shell`aws configservice put-delivery-channel --region ${region} --delivery-channel ${channel}`,
          }
        : undefined;
    },
  },
  'AWS::GuardDuty::Detector': {
    noun: 'detector of GuardDuty',
    meanings: { Enable: 'is disabled: GuardDuty finds nothing' },
    restore: ({ one: { resource }, region }) => ({
      text: `Find out who disabled it, then enable it ${AS_ROOT}.`,
      command: shell`aws guardduty update-detector --region ${region} --detector-id ${resource} --enable`,
    }),
  },
  'AWS::SecurityHub::Hub': { noun: 'Security Hub' },
};

export const DETECTOR_CHECKS: readonly Check[] = [
  detector(
    {
      check: 'config-recorder',
      title: 'AWS Config records and delivers as deployed',
      problem: 'AWS Config does not record or deliver as deployed',
      area: 'trail',
      severity: 'high',
      controls: ['FSBP Config.1'],
    },
    'configRecorder',
    [`${CONFIG}ConfigurationRecorder`, `${CONFIG}DeliveryChannel`],
  ),
  detector(
    {
      check: 'guard-duty',
      title: 'GuardDuty is enabled as deployed',
      problem: 'GuardDuty was disabled or deleted',
      area: 'alarms',
      severity: 'high',
      controls: ['FSBP GuardDuty.1'],
    },
    'guardDuty',
    ['AWS::GuardDuty::Detector'],
  ),
  detector(
    {
      check: 'security-hub',
      title: 'Security Hub is enabled as deployed',
      problem: 'Security Hub was changed or deleted',
      area: 'alarms',
      severity: 'high',
      controls: [],
    },
    'securityHub',
    ['AWS::SecurityHub::Hub'],
  ),
];

/** A check of resources that the configuration may have. */
function detector(topic: Topic, option: keyof BaselineConfig['detectors'], types: readonly string[]): Check {
  return check(topic, (snapshot, { detectors }) =>
    detectors[option]
      ? given({ resources: snapshot.resources, suite: snapshot.suite }, ({ resources, suite }) => {
          const own = resources.filter(({ type }) => types.includes(type));
          if (own.length === 0) {
            return unknown(`The configuration enables detectors.${option}, but it is not deployed.`);
          }
          return own.flatMap((one) =>
            given({ actual: one.actual }, ({ actual }) => {
              const of = referencesOf(snapshot, suite, one.kind);
              return judge(one, actual, of, regionOf(one.kind, snapshot.region));
            }),
          );
        })
      : [],
  );
}

function judge(
  one: DeployedResource,
  actual: Properties | undefined,
  of: ValueOf,
  region: string,
): Observation {
  const { type, resource, wanted } = one;
  const { noun, meanings = {}, restore } = TYPES[type] ?? { noun: type };
  if (!actual) return fail(`The ${noun} ${resource} was deleted.`, REDEPLOY, { resource });
  const changed = differences(wanted, actual, of);
  if (changed.length === 0) return pass(`The ${noun} ${resource} is as deployed.`, { resource });
  const named = changed.flatMap((name) => meanings[name] ?? []);
  const others = changed.filter((name) => meanings[name] === undefined);
  const remedy = restore?.({ one, changed, of, region }) ?? REDEPLOY;
  return fail(
    [
      ...named.map((meaning) => `The ${noun} ${resource} ${meaning}.`),
      ...(others.length > 0 ? [differing(others, `the ${noun} ${resource}`)] : []),
    ].join(' '),
    remedy,
    { resource },
  );
}
