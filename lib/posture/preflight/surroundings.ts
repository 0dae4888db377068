import { ANALYZER } from '../../settings/analyzer';
import type { BaselineConfig } from '../../config/config';
import { physicalId } from '../baseline-parts';
import type { Part, Refusal, Surroundings } from '../snapshot';
import { type Entry, notRead } from './plan';

/** Who would deploy. */
export function planCaller({ caller, summary, refusals }: Surroundings): Entry[] {
  const what = 'You';
  if (!caller.arn.endsWith(':root')) {
    return [{ what, action: 'skip', why: `You are ${caller.arn}.` }, planPermissions(refusals)];
  }
  if (!('value' in summary)) return [notRead('Access keys of root', summary)];
  if ((summary.value['AccountAccessKeysPresent'] ?? 0) === 0) {
    return [
      { what, action: 'skip', why: 'You are root, without access keys: fine for the first deployment.' },
    ];
  }
  return [
    {
      what,
      action: 'stop',
      why: 'YOU ARE ROOT, AND ROOT HAS ACCESS KEYS: whoever finds one may do everything, without MFA.',
      remedy: {
        text: 'Delete them in the console (Security credentials). For the first deployment sign in as root with MFA and use CloudShell, which needs no keys: README, “As root, in CloudShell”.',
      },
    },
  ];
}

/** Whether whoever would deploy may do so. */
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
      why: `IAM’s simulation, which takes every resource to be meant, denies you ${listed(certain)}${
        ofOrganization.length > 0 ? `; by a policy of the organization ${listed(ofOrganization)}` : ''
      }.`,
      remedy: {
        text: 'Deploy as an administrator, or have these actions allowed. A policy that allows them for some resources only is denied here, too, and may be enough.',
      },
    };
  }
  if (refused.length > 0) {
    const keys = [...new Set(refused.flatMap(({ missingContext }) => missingContext))].sort();
    return {
      what,
      action: 'skip',
      why: `Not known: whether you may do ${listed(refused)} depends on ${keys.join(', ')}, which the simulation was not given.`,
    };
  }
  return { what, action: 'skip', why: 'IAM’s simulation allows you every action that deploying takes.' };
}

const listed = (refusals: readonly Refusal[]) =>
  [...new Set(refusals.map(({ action }) => action))].sort().join(', ');

/** What became of an earlier deployment. */
export function planStack({ stack, region }: Surroundings, { stackName }: BaselineConfig): Entry {
  const what = `Stack ${stackName}`;
  if (!('value' in stack)) return notRead(what, stack);
  if (!stack.value) return { what, action: 'create', why: `There is none in ${region}.` };
  const { StackStatus: status = '' } = stack.value.stack;
  if (['ROLLBACK_COMPLETE', 'REVIEW_IN_PROGRESS'].includes(status)) {
    return {
      what,
      action: 'create',
      why: `It is in ${status}: a first deployment failed or did not begin. CDK replaces it; buckets, log group and key of a failed one stay.`,
    };
  }
  if (status.endsWith('_COMPLETE'))
    return { what, action: 'adopt', why: `It is in ${status}; a deployment updates it.` };
  const verb = status === 'DELETE_FAILED' ? 'delete-stack' : 'describe-stack-events';
  return {
    what,
    action: 'stop',
    why: `It is in ${status}, and can’t be deployed to.`,
    remedy: {
      text: status.endsWith('_IN_PROGRESS')
        ? 'Wait until it is done.'
        : 'Read its events for the first failure, and repair that.',
      command: `aws cloudformation ${verb} --stack-name ${stackName} --region ${region}`,
    },
  };
}

/** The alias of the key, which is a name in the Region. */
export function planKey({ keyAliases, stack }: Surroundings, { customerKey }: BaselineConfig): Entry[] {
  if (!customerKey) return [];
  const alias = 'alias/account-baseline';
  const what = `Key ${alias}`;
  if (!('value' in keyAliases)) return [notRead(what, keyAliases)];
  if ('value' in physicalId(stack, 'Key')) return [{ what, action: 'adopt', why: 'The stack has it.' }];
  if (!keyAliases.value.includes(alias)) return [{ what, action: 'create', why: 'The alias is free.' }];
  return [
    {
      what,
      action: 'stop',
      why: 'The alias is there and not in the stack.',
      remedy: {
        text: 'Delete the alias; the key stays, and what it encrypted can still be read.',
        command: `aws kms delete-alias --alias-name ${alias}`,
      },
    },
  ];
}

/** Cost anomaly detection: an account has one monitor for AWS services. */
export function planAnomalies(
  { anomalyMonitors, stack }: Surroundings,
  { billing }: BaselineConfig,
): Entry[] {
  const what = 'Cost anomaly detection';
  if (!('value' in anomalyMonitors)) return [notRead(what, anomalyMonitors)];
  const [existing] = anomalyMonitors.value;
  if (billing.costAnomalyDetection && 'value' in physicalId(stack, 'BillingAccessAnomalyMonitor')) {
    return [{ what, action: 'adopt', why: 'The stack has it.' }];
  }
  if (existing === undefined) {
    return billing.costAnomalyDetection ? [{ what, action: 'create', why: 'There is no monitor.' }] : [];
  }
  return billing.costAnomalyDetection
    ? [
        {
          what,
          action: 'stop',
          why: `The account has the monitor ${existing}, and takes one for AWS services.`,
          remedy: {
            text: 'Leave billing.costAnomalyDetection out, and subscribe to that monitor in the console.',
          },
        },
      ]
    : [
        {
          what,
          action: 'skip',
          why: `The account has the monitor ${existing}; the baseline leaves it alone.`,
        },
      ];
}

/** Services that an account has once in a Region: where they are on already, theirs and ours exclude each other. */
export function planServices(surroundings: Surroundings, { detectors }: BaselineConfig): Entry[] {
  const { recorder, detector, securityHub, analyzers } = surroundings;
  const found = (what: string, part: Part<string | undefined>, option: keyof typeof detectors): Entry[] => {
    if (!('value' in part)) return [notRead(what, part)];
    if (part.value === undefined) return [];
    if (!detectors[option]) {
      return [
        { what, action: 'skip', why: `It is on already (${part.value}); the baseline leaves it alone.` },
      ];
    }
    return [
      {
        what,
        action: 'stop',
        why: `The account has ${part.value}, and takes one a Region.`,
        remedy: { text: `Set detectors: { ${option}: false }: yours goes on as it is.` },
      },
    ];
  };
  return [
    ...('value' in analyzers
      ? analyzers.value.slice(0, 1).map(({ name }): Entry => ({
          what: 'IAM Access Analyzer',
          ...(name === ANALYZER
            ? { action: 'skip', why: `The account has ${name}, of this baseline.` }
            : {
                action: 'adopt',
                why: `The account has ${name}; it is used, and neither changed nor deleted.`,
              }),
        }))
      : [notRead('IAM Access Analyzer', analyzers)]),
    ...found('AWS Config', recorder, 'configRecorder'),
    ...found('GuardDuty', detector, 'guardDuty'),
    ...found('Security Hub', securityHub, 'securityHub'),
  ];
}

/** Where the account is. */
export function planPlace(surroundings: Surroundings): Entry[] {
  const { regions, region, organization, trails, roles, stacks, caller } = surroundings;
  return [
    ...('value' in regions
      ? [
          regions.value.some(({ name, enabled }) => enabled && name === region)
            ? {
                what: 'Regions',
                action: 'skip' as const,
                why: `${regions.value.filter(({ enabled }) => enabled).length} of ${regions.value.length} are enabled; the trail records them all, from ${region}.`,
              }
            : {
                what: `Region ${region}`,
                action: 'stop' as const,
                why: 'It is not enabled.',
                remedy: {
                  text: 'Enable it, or choose another with region or --region.',
                  command: `aws account enable-region --region-name ${region}`,
                },
              },
        ]
      : [notRead('Regions', regions)]),
    ...('value' in organization
      ? organization.value
        ? [
            {
              what: `Organization ${organization.value.id}`,
              action: 'skip' as const,
              why:
                organization.value.managementAccount === caller.account
                  ? 'This is its management account, which should run nothing else; its policies do not bind it.'
                  : 'This is a member; policies of the organization may deny parts of the deployment.',
            },
          ]
        : []
      : [notRead('Organization', organization)]),
    ...planControlTower(trails, roles, stacks),
  ];
}

/**
 * What Control Tower leaves in each account that it governs, or is about to: no call of a member tells more.
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
      action: 'skip',
      why: `It governs this account, or is about to: there is ${evidence.slice(0, 3).join(', ')}. Its guardrails may deny changes to what it made.`,
    },
  ];
}
