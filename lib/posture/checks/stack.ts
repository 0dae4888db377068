import type { Remedy } from '../finding';
import type { Part } from '../snapshot';
import { check, counted, daysBetween, fail, given, minute, pass, REDEPLOY, unknown } from './check';

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

const OTHERS = 'the other checks cover what matters.';

const NOT_ASKED: Part<undefined> = { value: undefined };

const DETECT: Remedy = {
  text: 'Run drift detection. It takes a few minutes and changes nothing.',
  command: 'npx aws-account-baseline verify --detect-drift',
};

export const STACK_CHECKS = [
  check(
    {
      check: 'stack',
      title: 'The baseline is deployed',
      problem: 'The baseline is not deployed completely',
      area: 'stack',
      severity: 'critical',
      controls: [],
    },
    ({ stack, region }, { stackName }) =>
      given({ stack }, ({ stack: deployed }) => {
        if (!deployed) {
          return fail(`There is no stack ${stackName} in ${region}.`, {
            text: 'Deploy it, or set its Region with --region.',
            command: 'npx cdk deploy',
          });
        }
        const { StackStatus: status = '', StackId: resource } = deployed.stack;
        if (WHOLE.includes(status)) return pass(`The stack ${stackName} is in ${status}.`, { resource });
        if (status.endsWith('_IN_PROGRESS'))
          return unknown(`The stack is in ${status}; run this again when it is done.`, { resource });
        return fail(
          `The stack is in ${status}.`,
          {
            text: 'Find the first failure in the stack events, fix it, and deploy again.',
            command: `aws cloudformation describe-stack-events --stack-name ${stackName} --region ${region}`,
          },
          { resource },
        );
      }),
  ),
  check(
    {
      check: 'termination-protection',
      title: 'The stack is protected against deletion',
      problem: 'The stack is not protected against deletion',
      area: 'stack',
      severity: 'medium',
      controls: [],
    },
    ({ stack, region }, { stackName, terminationProtection }) =>
      terminationProtection
        ? given({ stack }, ({ stack: deployed }) => {
            if (!deployed) return unknown('The stack is not deployed.');
            return deployed.stack.EnableTerminationProtection === true
              ? pass('Termination protection is enabled.')
              : fail('Termination protection is disabled.', {
                  text: 'Enable it.',
                  command: `aws cloudformation update-termination-protection --enable-termination-protection --stack-name ${stackName} --region ${region}`,
                });
          })
        : [],
  ),
  check(
    {
      check: 'drift',
      title: 'The stack matches its template',
      problem: 'The stack has drifted from its template',
      area: 'stack',
      severity: 'medium',
      controls: [],
    },
    ({ stack, driftDetection = NOT_ASKED, at }) =>
      given({ stack }, ({ stack: deployed }) => {
        if (!deployed) return unknown('The stack is not deployed.');
        const { StackDriftStatus: status, LastCheckTimestamp: last } = deployed.stack.DriftInformation ?? {};
        const age = last ? daysBetween(last, at) : Infinity;
        const when = last ? ` on ${minute(last)}${age > 0 ? `, ${counted(age, 'day')} ago` : ''}` : '';
        if (status === 'DRIFTED') {
          const drifted = deployed.resources
            .filter(({ DriftInformation }) =>
              ['MODIFIED', 'DELETED'].includes(DriftInformation?.StackResourceDriftStatus ?? ''),
            )
            .map(({ LogicalResourceId = '' }) => LogicalResourceId);
          return fail(
            `CloudFormation found drift${when}${drifted.length > 0 ? `: ${drifted.join(', ')}` : ''}.`,
            REDEPLOY,
          );
        }
        return given({ driftDetection }, ({ driftDetection: detection }) => {
          if (detection?.isComplete === false) {
            return unknown(
              `CloudFormation could not compare every resource: ${detection.reason ?? 'no reason given'}`,
              {
                remedy: {
                  text: 'CloudFormation reads each resource with your credentials. The AWS managed policy ReadOnlyAccess is enough.',
                },
              },
            );
          }
          if (status !== 'IN_SYNC') {
            return unknown(`Drift detection has not run; ${OTHERS}`, { remedy: DETECT });
          }
          return age <= FRESH_DAYS
            ? pass(`CloudFormation found no drift${when}.`)
            : unknown(`CloudFormation found no drift${when}; that is too long ago, but ${OTHERS}`, {
                remedy: DETECT,
              });
        });
      }),
  ),
];
