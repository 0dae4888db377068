import type { Remedy } from '../finding';
import type { Part } from '../snapshot';
import { check, daysBetween, fail, given, minute, pass, REDEPLOY, unknown } from './check';

/** States in which what was deployed last is whole. */
const WHOLE = [
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
];

/** Days for which a comparison counts. */
const FRESH_DAYS = 7;

const OTHERS = 'the other checks look at what matters.';

const NOT_ASKED: Part<undefined> = { value: undefined };

const DETECT: Remedy = {
  text: 'Let it look; that takes some minutes and changes nothing.',
  command: 'npx aws-account-baseline verify --detect-drift',
};

export const STACK_CHECKS = [
  check(
    { check: 'stack', title: 'The baseline is deployed', area: 'stack', severity: 'critical', controls: [] },
    ({ stack, region }, { stackName }) =>
      given({ stack }, ({ stack: deployed }) => {
        if (!deployed) {
          return fail(`There is no stack ${stackName} in ${region}.`, {
            text: 'Deploy it, or name the Region that it is in with --region.',
            command: 'npx cdk deploy',
          });
        }
        const { StackStatus: status = '', StackId: resource } = deployed.stack;
        if (WHOLE.includes(status)) return pass(`The stack ${stackName} is in ${status}.`, { resource });
        if (status.endsWith('_IN_PROGRESS'))
          return unknown(`The stack is in ${status}; look again when it is done.`, { resource });
        return fail(
          `The stack is in ${status}.`,
          {
            text: 'Read its events for the first failure, repair that, and deploy again.',
            command: `aws cloudformation describe-stack-events --stack-name ${stackName} --region ${region}`,
          },
          { resource },
        );
      }),
  ),
  check(
    {
      check: 'termination-protection',
      title: 'The stack can’t be deleted by accident',
      area: 'stack',
      severity: 'medium',
      controls: [],
    },
    ({ stack, region }, { stackName, terminationProtection }) =>
      terminationProtection
        ? given({ stack }, ({ stack: deployed }) => {
            if (!deployed) return unknown('The stack is not deployed.');
            return deployed.stack.EnableTerminationProtection === true
              ? pass('Termination protection is on.')
              : fail('Termination protection is off.', {
                  text: 'Switch it on.',
                  command: `aws cloudformation update-termination-protection --enable-termination-protection --stack-name ${stackName} --region ${region}`,
                });
          })
        : [],
  ),
  check(
    {
      check: 'drift',
      title: 'The stack is as it was deployed',
      area: 'stack',
      severity: 'medium',
      controls: [],
    },
    ({ stack, driftDetection = NOT_ASKED, at }) =>
      given({ stack }, ({ stack: deployed }) => {
        if (!deployed) return unknown('The stack is not deployed.');
        const { StackDriftStatus: status, LastCheckTimestamp: last } = deployed.stack.DriftInformation ?? {};
        const age = last ? daysBetween(last, at) : Infinity;
        const when = last ? ` on ${minute(last)}${age > 0 ? `, ${age} days ago` : ''}` : '';
        if (status === 'DRIFTED') {
          const drifted = deployed.resources
            .filter(({ DriftInformation }) =>
              ['MODIFIED', 'DELETED'].includes(DriftInformation?.StackResourceDriftStatus ?? ''),
            )
            .map(({ LogicalResourceId = '' }) => LogicalResourceId);
          return fail(
            `CloudFormation saw drift${when}${drifted.length > 0 ? `: ${drifted.join(', ')}` : ''}.`,
            REDEPLOY,
          );
        }
        return given({ driftDetection }, ({ driftDetection: detection }) => {
          if (detection?.isComplete === false) {
            return unknown(
              `CloudFormation could not compare every resource: ${detection.reason ?? 'it does not say why'}`,
              {
                remedy: {
                  text: 'It reads each resource with your credentials; the AWS managed policy ReadOnlyAccess allows that.',
                },
              },
            );
          }
          if (status !== 'IN_SYNC') {
            return unknown(`CloudFormation has not looked for drift; ${OTHERS}`, { remedy: DETECT });
          }
          return age <= FRESH_DAYS
            ? pass(`CloudFormation saw no drift${when}.`)
            : unknown(`CloudFormation saw no drift${when}; much may have changed since, and ${OTHERS}`, {
                remedy: DETECT,
              });
        });
      }),
  ),
];
