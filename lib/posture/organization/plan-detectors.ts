import type { BaselineConfig } from '../../config/config';
import { detectorRegions } from '../../organization/detectors/detector-regions';
import type { Entry } from '../preflight/plan';
import { shell } from '../shell';
import type { OrganizationSurroundings } from './surroundings';

/** A detector of the organization, as people and Organizations name it. */
interface Detector {
  readonly option: 'guardDuty' | 'securityHub' | 'accessAnalyzer';
  readonly name: string;
  readonly principal: string;
  /**
   * Type of the policy that enables it.
   * @default - analyzers have none
   */
  readonly policyType?: string;
}

const DETECTORS: readonly Detector[] = [
  {
    option: 'guardDuty',
    name: 'GuardDuty',
    principal: 'guardduty.amazonaws.com',
    policyType: 'GUARDDUTY_POLICY',
  },
  {
    option: 'securityHub',
    name: 'Security Hub',
    principal: 'securityhub.amazonaws.com',
    policyType: 'SECURITYHUB_POLICY',
  },
  { option: 'accessAnalyzer', name: 'IAM Access Analyzer', principal: 'access-analyzer.amazonaws.com' },
];

/** The detectors of the organization that the configuration enables. */
export function wantedDetectors({ organization }: BaselineConfig): readonly Detector[] {
  return DETECTORS.filter(({ option }) => organization?.detectors[option] ?? false);
}

/** Who administers the detectors, and what their policies change. */
export function planDetectors(surroundings: OrganizationSurroundings, config: BaselineConfig): Entry[] {
  const wanted = wantedDetectors(config);
  const account = config.organization?.delegatedAdministrator?.account;
  if (wanted.length === 0 || account === undefined) return [];
  return [
    ...planAdministrator(surroundings, account),
    ...wanted.flatMap((detector) => planDetector(detector, account, surroundings, config)),
  ];
}

/** The account that is to administer them. */
function planAdministrator({ accounts, organization }: OrganizationSurroundings, account: string): Entry[] {
  const manager = 'value' in organization ? organization.value?.managementAccount : undefined;
  const stop = (why: string): Entry[] => [
    {
      what: 'organization.delegatedAdministrator',
      action: 'stop',
      why,
      remedy: { text: 'Name an active member, such as a security account.' },
    },
  ];
  if (account === manager)
    return stop(`${account} is the management account, which cannot be a delegated administrator.`);
  if (!('value' in accounts)) return [];
  const state = accounts.value.find(({ id }) => id === account)?.state;
  if (state === undefined) return stop(`No account of the organization has the ID ${account}.`);
  return state === 'ACTIVE' ? [] : stop(`${account} is ${state}.`);
}

function planDetector(
  { option, name, principal, policyType }: Detector,
  account: string,
  { administrators, root }: OrganizationSurroundings,
  { organization }: BaselineConfig,
): Entry[] {
  // Administrators that could not be read have an entry of their own.
  if (!('value' in administrators)) return [];
  const now = administrators.value
    .filter(({ services }) => services.includes(principal))
    .map((one) => one.account);
  const other = now.find((id) => id !== account);
  const what = `${name} of the organization`;
  const regions = organization ? detectorRegions(organization).join(', ') : '';
  if (policyType === undefined) {
    return [
      {
        what,
        action: 'create',
        why: `${account} gets an analyzer in ${regions}. If it has one there already, the deployment fails and is rolled back.`,
      },
    ];
  }
  if (other !== undefined) {
    return [
      {
        what,
        action: 'stop',
        why: `${other} administers it, and only one account can.`,
        remedy: {
          text: `Set organization.delegatedAdministrator.account to '${other}', set organization.detectors.${option} to false, or remove it as administrator${option === 'guardDuty' ? ', after `aws guardduty disable-organization-admin-account` in each Region' : ''}:`,
          command: shell`aws organizations deregister-delegated-administrator --account-id ${other} --service-principal ${principal}`,
        },
      },
    ];
  }
  const types = 'value' in root ? (root.value?.policyTypes ?? []) : [];
  const settingsEnd = option === 'guardDuty' && now.length > 0 && !types.includes(policyType);
  return [
    {
      what,
      action: now.length > 0 ? 'adopt' : 'create',
      why: `${account} ${now.length > 0 ? 'administers it, and stays so when the stack is deleted' : 'becomes its administrator'}. A policy enables it in ${regions}. Detectors that accounts have are adopted.`,
    },
    ...(settingsEnd
      ? [
          {
            what: 'GuardDuty for new accounts',
            action: 'info' as const,
            why: `The policy replaces the settings by which ${account} enables GuardDuty in new accounts. This account cannot read them.`,
            remedy: {
              text: `In ${account}, look in each Region, and name the plans that they enable in organization.detectors.guardDutyPlans:`,
              command:
                'aws guardduty describe-organization-configuration --detector-id "$(aws guardduty list-detectors --query \'DetectorIds[0]\' --output text)"',
            },
          },
        ]
      : []),
  ];
}

/** The part of the cost that nobody can predict. */
export function costOfDetectors(config: BaselineConfig): Entry[] {
  const names = wantedDetectors(config).map(({ option }) => option);
  const plans = config.organization?.detectors.guardDutyPlans ?? [];
  const unknown = [
    ...(names.includes('securityHub') ? ['Security Hub'] : []),
    ...(plans.length > 0 ? ['protection plans of GuardDuty'] : []),
  ];
  const known = names.includes('guardDuty')
    ? 'GuardDuty’s foundational threat detection is in the cost. '
    : '';
  if (unknown.length === 0) return [];
  return [
    {
      what: 'Cost of detectors',
      action: 'info',
      why: `${known}Not in it: ${unknown.join(' and ')}, billed to each account by use.`,
      remedy: { text: 'After a week, look at the usage pages of their consoles in the security account.' },
    },
  ];
}
