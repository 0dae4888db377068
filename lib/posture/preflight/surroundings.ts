import { KEY_ALIAS } from '../../audit/key-alias';
import { ANALYZER } from '../../settings/analyzer';
import type { BaselineConfig } from '../../config/config';
import { partOf, resourcesOf } from '../baseline-parts';
import { regionOf, stackKindsOf, stackNameOf } from '../../stacks/stack-kinds';
import type { DeployedStack, Part, Refusal, Surroundings } from '../snapshot';
import { type Entry, notRead } from './plan';
import { unprotect } from '../remedies';
import { shell } from '../shell';

/** The identity that would deploy. */
export function planCaller({ caller, summary, refusals }: Surroundings): Entry[] {
  const what = 'Signed in as';
  if (!caller.arn.endsWith(':root')) {
    return [{ what, action: 'info', why: `${caller.arn}.` }, planPermissions(refusals)];
  }
  if (!('value' in summary)) return [notRead('Root access keys', summary)];
  if ((summary.value['AccountAccessKeysPresent'] ?? 0) === 0) {
    return [
      {
        what,
        action: 'info',
        why: 'Root, which has no access keys. Use root for the first deployment only.',
      },
    ];
  }
  return [
    {
      what,
      action: 'stop',
      why: 'ROOT, WHICH HAS ACCESS KEYS: anyone who finds one has full access, without MFA.',
      remedy: {
        text: 'Delete them in the console (Security credentials). For the first deployment, sign in as root with MFA and use CloudShell, which needs no access keys: see docs/day-zero.md.',
      },
    },
  ];
}

/** Whether the caller has the permissions to deploy. */
function planPermissions(refusals: Surroundings['refusals']): Entry {
  const what = 'Permissions to deploy';
  if (!('value' in refusals)) return notRead(what, refusals);
  const refused = refusals.value ?? [];
  const certain = refused.filter(({ missingContext }) => missingContext.length === 0);
  if (certain.length > 0) {
    const ofOrganization = certain.filter(({ byOrganization }) => byOrganization);
    return {
      what,
      action: 'stop',
      why: `IAM policy simulation for all resources denies ${listed(certain)}${
        ofOrganization.length > 0 ? `; denied by a policy of the organization: ${listed(ofOrganization)}` : ''
      }.`,
      remedy: {
        text: 'Deploy as an administrator, or get these permissions. A policy that allows them for some resources only fails the simulation but may be sufficient.',
      },
    };
  }
  if (refused.length > 0) {
    const keys = [...new Set(refused.flatMap(({ missingContext }) => missingContext))].sort();
    return {
      what,
      action: 'info',
      why: `Unknown: whether you have ${listed(refused)} depends on ${keys.join(', ')}, which the simulation does not know.`,
    };
  }
  return { what, action: 'info', why: 'IAM policy simulation allows all actions that the deployment needs.' };
}

const listed = (refusals: readonly Refusal[]) =>
  [...new Set(refusals.map(({ action }) => action))].sort().join(', ');

/** State of an earlier deployment, by stack. */
export function planStacks({ suite, region }: Surroundings, config: BaselineConfig): Entry[] {
  if (!('value' in suite)) return [notRead('Stacks', suite)];
  const deployed = suite.value;
  const wanted = stackKindsOf(config);
  const leftOver = deployed.filter(({ kind }) => !wanted.includes(kind));
  return [
    ...wanted.map((kind) =>
      planStack(
        stackNameOf(config.stackName, kind),
        deployed.find((stack) => stack.kind === kind),
        regionOf(kind, region),
      ),
    ),
    ...leftOver.map(({ kind }): Entry => ({
      what: `Stack ${stackNameOf(config.stackName, kind)}`,
      action: 'skip',
      why: 'It is deployed, but the configuration no longer includes it. A deployment does not remove it; `npx aws-account-baseline verify` shows how to.',
    })),
  ];
}

function planStack(stackName: string, deployed: DeployedStack | undefined, region: string): Entry {
  const what = `Stack ${stackName}`;
  if (!deployed) return { what, action: 'create', why: `There is no such stack in ${region}.` };
  const { StackStatus: status = '' } = deployed.stack;
  const remedy = unprotect(deployed.stack, stackName, region);
  if (remedy) {
    return {
      what,
      action: 'stop',
      why: `It is in ${status}: the first deployment failed. The CDK CLI would replace the stack, which its termination protection prevents.`,
      remedy,
    };
  }
  if (['ROLLBACK_COMPLETE', 'REVIEW_IN_PROGRESS'].includes(status)) {
    return {
      what,
      action: 'create',
      why: `It is in ${status}: the first deployment failed or did not start. The CDK CLI replaces the stack. Buckets, log group and key of a failed deployment are retained.`,
    };
  }
  if (status.endsWith('_COMPLETE'))
    return { what, action: 'adopt', why: `It is in ${status}. A deployment updates it.` };
  const verb = status === 'DELETE_FAILED' ? 'delete-stack' : 'describe-stack-events';
  return {
    what,
    action: 'stop',
    why: `It is in ${status}, so it cannot be updated.`,
    remedy: {
      text: status.endsWith('_IN_PROGRESS')
        ? 'Wait until it is done.'
        : 'Find the first failure in the stack events and fix it.',
      command: shell`aws cloudformation ${verb} --stack-name ${stackName} --region ${region}`,
    },
  };
}

/** Plans the key by its alias, which is unique in the Region. */
export function planKey(
  { keyAliases, suite, region }: Surroundings,
  { customerKey }: BaselineConfig,
): Entry[] {
  if (!customerKey) return [];
  const what = `Key ${KEY_ALIAS}`;
  if (!('value' in keyAliases)) return [notRead(what, keyAliases)];
  const isThere = keyAliases.value.includes(KEY_ALIAS);
  // An alias that was deleted has an entry of its own.
  if ('value' in partOf(suite, 'key'))
    return isThere ? [{ what, action: 'adopt', why: 'It is in the stack.' }] : [];
  if (!isThere) return [{ what, action: 'create', why: 'The alias is available.' }];
  return [
    {
      what,
      action: 'stop',
      why: 'The alias already exists outside the stack.',
      remedy: {
        text: 'Delete the alias. The key is retained, so data that it encrypted can still be read.',
        command: shell`aws kms delete-alias --region ${region} --alias-name ${KEY_ALIAS}`,
      },
    },
  ];
}

/** Plans the dashboard, if somebody else's has its name. CloudFormation does not overwrite it. */
export function planDashboard(
  { existing, suite }: Surroundings,
  { notifications, stackName }: BaselineConfig,
): Entry[] {
  const type = 'AWS::CloudWatch::Dashboard';
  const dashboards = existing[type];
  const isOurs = resourcesOf(suite).some(({ ResourceType }) => ResourceType === type);
  if (!notifications.dashboard || isOurs || !dashboards || !('value' in dashboards)) return [];
  if (!dashboards.value.includes(stackName)) return [];
  return [
    {
      what: `Dashboard ${stackName}`,
      action: 'stop',
      why: 'It already exists outside the stack, so the deployment would fail.',
      remedy: {
        text: 'Save it under another name in the CloudWatch console, and delete this one. Or set notifications: { dashboard: false }.',
      },
      choices: [
        {
          id: 'keep',
          text: 'Keep it unchanged, and create none',
          options: [{ path: ['notifications', 'dashboard'], value: false }],
        },
        { id: 'wait', text: 'Change it yourself first, and run this again', isOpen: true },
      ],
    },
  ];
}

/** Plans cost anomaly detection. An account can have one monitor for AWS services. */
export function planAnomalies(
  { anomalyMonitors, suite }: Surroundings,
  { billing }: BaselineConfig,
): Entry[] {
  const what = 'Cost anomaly detection';
  if (!('value' in anomalyMonitors)) return [notRead(what, anomalyMonitors)];
  const [existing] = anomalyMonitors.value;
  if (billing.costAnomalyDetection && 'value' in partOf(suite, 'anomaly-monitor')) {
    return [{ what, action: 'adopt', why: 'It is in the stack.' }];
  }
  if (existing === undefined) {
    return billing.costAnomalyDetection ? [{ what, action: 'create', why: 'There is no monitor.' }] : [];
  }
  return billing.costAnomalyDetection
    ? [
        {
          what,
          action: 'stop',
          why: `The account has the monitor ${existing}. An account can have only one for AWS services.`,
          remedy: {
            text: 'Remove billing.costAnomalyDetection, and subscribe to that monitor in the console.',
          },
          choices: [
            {
              id: 'keep',
              text: 'Keep it unchanged, and create none',
              options: [{ path: ['billing', 'costAnomalyDetection'], value: false }],
            },
            { id: 'wait', text: 'Change it yourself first, and run this again', isOpen: true },
          ],
        },
      ]
    : [
        {
          what,
          action: 'skip',
          why: `The account has the monitor ${existing}. The baseline does not change it.`,
        },
      ];
}

/** Services that each Region can have only once: an existing one and the baseline's exclude each other. */
export function planServices(surroundings: Surroundings, { detectors }: BaselineConfig): Entry[] {
  const { recorder, detector, securityHub, analyzers, suite } = surroundings;
  const found = (
    what: string,
    part: Part<string | undefined>,
    option: keyof typeof detectors,
    imported?: { readonly type: string; readonly key: string },
  ): Entry[] => {
    if (!('value' in part)) return [notRead(what, part)];
    if (part.value === undefined) return [];
    const id = part.value;
    if (resourcesOf(suite).some(({ PhysicalResourceId }) => PhysicalResourceId === id)) {
      return [{ what, action: 'adopt', why: 'It is in the stack.' }];
    }
    if (!detectors[option]) {
      return [
        {
          what,
          action: 'skip',
          why: `It is already enabled (${id}). The baseline does not change it.`,
        },
      ];
    }
    return [
      {
        what,
        action: 'stop',
        why: `The account has ${id}. Each Region can have only one.`,
        remedy: { text: `Set detectors: { ${option}: false }. The existing one is not changed.` },
        choices: [
          {
            id: 'keep',
            text: 'Keep it unchanged, and create none',
            options: [{ path: ['detectors', option], value: false }],
          },
          ...(imported
            ? [
                {
                  id: 'import',
                  text: 'Import it into the stack, which then configures it, and deletes it when it is removed',
                  imports: { type: imported.type, identifier: { [imported.key]: id } },
                },
              ]
            : []),
          { id: 'wait', text: 'Change it yourself first, and run this again', isOpen: true },
        ],
      },
    ];
  };
  return [
    ...('value' in analyzers
      ? analyzers.value.slice(0, 1).map(({ name }): Entry => ({
          what: 'IAM Access Analyzer',
          ...(name === ANALYZER
            ? { action: 'skip', why: `The account has ${name}, which the baseline created.` }
            : {
                action: 'adopt',
                why: `The account has ${name}. The baseline uses it and does not change or delete it.`,
              }),
        }))
      : [notRead('IAM Access Analyzer', analyzers)]),
    ...found('AWS Config', recorder, 'configRecorder'),
    ...found('GuardDuty', detector, 'guardDuty', { type: 'AWS::GuardDuty::Detector', key: 'Id' }),
    ...found('Security Hub', securityHub, 'securityHub', { type: 'AWS::SecurityHub::Hub', key: 'ARN' }),
  ];
}

/** Regions, organization, and Control Tower. */
export function planPlace(surroundings: Surroundings): Entry[] {
  const { regions, region, organization, trails, roles, stacks, caller } = surroundings;
  return [
    ...('value' in regions
      ? [
          regions.value.some(({ name, enabled }) => enabled && name === region)
            ? {
                what: 'Regions',
                action: 'info' as const,
                why: `${regions.value.filter(({ enabled }) => enabled).length} of ${regions.value.length} Regions are enabled. The trail in ${region} records all of them.`,
              }
            : {
                what: `Region ${region}`,
                action: 'stop' as const,
                why: 'The Region is not enabled.',
                remedy: {
                  text: 'Enable it, or choose another Region with `region` or --region.',
                  command: shell`aws account enable-region --region-name ${region}`,
                },
              },
        ]
      : [notRead('Regions', regions)]),
    ...('value' in organization
      ? organization.value
        ? [
            {
              what: `Organization ${organization.value.id}`,
              action: 'info' as const,
              why:
                organization.value.managementAccount === caller.account
                  ? 'This is the management account, which should run no workloads. The organization’s policies do not apply to it.'
                  : 'This is a member account. Policies of the organization may deny parts of the deployment.',
            },
          ]
        : []
      : [notRead('Organization', organization)]),
    ...planControlTower(trails, roles, stacks),
  ];
}

/**
 * Traces of Control Tower in an account that it governs or will govern. A member account has no API for this.
 * @see https://docs.aws.amazon.com/controltower/latest/userguide/awscontroltowerexecution.html
 */
function planControlTower(
  trails: Surroundings['trails'],
  roles: Surroundings['roles'],
  stacks: Surroundings['stacks'],
): Entry[] {
  const names = <T>(part: Part<T>, of: (value: T) => readonly (string | undefined)[], pattern: RegExp) =>
    'value' in part ? of(part.value).filter((name) => name !== undefined && pattern.test(name)) : [];
  const evidence = [
    ...names(trails, (all) => all.map(({ trail }) => trail.Name), /^aws-controltower-/).map(
      (name) => `the trail ${name}`,
    ),
    ...names(roles, (all) => all.map(({ name }) => name), /^AWSControlTowerExecution$/).map(
      (name) => `the role ${name}`,
    ),
    ...names(stacks, ({ names: all }) => all, /^StackSet-AWSControlTower/).map((name) => `the stack ${name}`),
  ];
  if (evidence.length === 0) return [];
  return [
    {
      what: 'AWS Control Tower',
      action: 'info',
      why: `It governs this account, or will soon: the account has ${evidence.slice(0, 3).join(', ')}. Its guardrails may deny changes to its resources.`,
    },
  ];
}
