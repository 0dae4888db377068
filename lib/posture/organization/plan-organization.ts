import type { BaselineConfig } from '../../config/config';
import { organizationTrailOf } from '../../organization/organization-trail';
import { logGroupOf } from '../baseline-parts';
import { memberGroupsOf } from '../../organization/members/member-groups';
import { groupKindsAmong, stackKindsOf } from '../../stacks/stack-kinds';
import { counted } from '../checks/check';
import { removeCommand } from '../remedies';
import { type Entry, notRead, type Plan } from '../preflight/plan';
import { shell } from '../shell';
import type { Part } from '../snapshot';
import type { OrganizationCost } from './organization-cost';
import { costOfDetectors, planDetectors, wantedDetectors } from './plan-detectors';
import { planOwnAccounts, planUnits } from './plan-structure';
import type { OrganizationSurroundings } from './surroundings';

/**
 * Policies of a type that can be attached to the root, an OU or an account. Declarative policies are merged.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
const ATTACHED: Readonly<Record<string, number>> = { SERVICE_CONTROL_POLICY: 10, RESOURCE_CONTROL_POLICY: 5 };
const ATTACHED_OF_OTHERS = 10;

/** Which policies of the configuration are of which type. */
const POLICIES_OF = {
  SERVICE_CONTROL_POLICY: ['protect', 'root', 'leave', 'regions', 'users'],
  RESOURCE_CONTROL_POLICY: ['outsiders'],
  DECLARATIVE_POLICY_EC2: ['instances'],
} as const;

const CONTROL_TOWER = 'controltower.amazonaws.com';

/** What `org preflight` prints. */
export interface OrganizationPlan extends Plan {
  /** Cost of the baseline; undefined if the accounts could not be read. */
  readonly cost?: OrganizationCost;
}

/**
 * Plans what a deployment does to an organization.
 *
 * @param costOf cost for a number of accounts
 */
export function planOrganization(
  surroundings: OrganizationSurroundings,
  config: BaselineConfig,
  costOf: (accounts: number) => OrganizationCost,
): OrganizationPlan {
  const { accounts, organization } = surroundings;
  const exists = 'value' in organization && organization.value !== undefined;
  const structure = exists ? planStructure(surroundings, config) : [];
  const created = structure.filter(({ what, action }) => action === 'create' && what.startsWith('Account '));
  const cost =
    exists && 'value' in accounts
      ? costOf(accounts.value.filter(({ state }) => state === 'ACTIVE').length + created.length)
      : undefined;
  return {
    account: surroundings.caller.account,
    region: surroundings.region,
    stackName: config.stackName,
    entries: [
      { what: 'Signed in as', action: 'info', why: `${surroundings.caller.arn}.` },
      ...planMembership(surroundings, config),
      ...(exists ? planMembers(surroundings, config, structure) : []),
      ...planControlTower(surroundings),
      ...planTrails(surroundings, config),
      ...planServices(surroundings),
      ...(cost ? [costEntry(cost, config), ...costOfDetectors(config)] : []),
    ],
    ...(cost ? { cost } : {}),
  };
}

/** The organization, and whether this account manages it. */
function planMembership(
  { organization, caller, administrators, root }: OrganizationSurroundings,
  { organization: wanted }: BaselineConfig,
): Entry[] {
  if (!('value' in organization)) return [notRead('Organization', organization)];
  if (!organization.value) {
    return [
      {
        what: 'Organization',
        action: 'stop',
        why: 'The account belongs to no organization.',
        remedy: {
          text: 'Create one. This account becomes its management account, which should run no workloads.',
          command: 'aws organizations create-organization --feature-set ALL',
        },
      },
    ];
  }
  const { id, managementAccount, allFeatures } = organization.value;
  const what = `Organization ${id}`;
  const entries: Entry[] = [];
  if (managementAccount !== caller.account) {
    const services =
      'value' in administrators
        ? administrators.value.find(({ account }) => account === caller.account)?.services
        : undefined;
    entries.push({
      what,
      action: 'stop',
      why: services
        ? `This account is a delegated administrator of ${services.join(', ')}, not the management account.`
        : 'This account is a member, not the management account.',
      remedy: { text: `Sign in to the management account, ${managementAccount}.` },
    });
  } else if (!allFeatures) {
    entries.push({
      what,
      action: 'stop',
      why: 'It has consolidated billing only: no policies, no organization trail, no StackSets for members.',
      remedy: {
        text: 'Enable all features. Invited members must agree first.',
        command: 'aws organizations enable-all-features',
      },
    });
  } else {
    entries.push({ what, action: 'info', why: 'This is its management account. It has all features.' });
  }
  if (!wanted) {
    const rootId = 'value' in root ? root.value?.id : undefined;
    entries.push({
      what: 'Configuration',
      action: 'skip',
      why: 'It has no `organization`: a deployment covers this account only.',
      remedy: { text: `Set organization: { id: '${id}', rootId: '${rootId ?? 'r-…'}' }.` },
    });
  } else {
    entries.push(...mismatch('organization.id', wanted.id, id));
    if (!('value' in root)) entries.push(notRead('Root', root));
    else if (root.value) entries.push(...mismatch('organization.rootId', wanted.rootId, root.value.id));
  }
  return entries;
}

function mismatch(path: string, wanted: string, actual: string): Entry[] {
  if (wanted === actual) return [];
  return [
    {
      what: path,
      action: 'stop',
      why: `The configuration has ${wanted}, but this account belongs to another organization.`,
      remedy: { text: `Set ${path} to '${actual}', or sign in to the other organization.` },
    },
  ];
}

/** Accounts and OUs, trusted access, policies, administrators, central root access. */
function planMembers(
  surroundings: OrganizationSurroundings,
  config: BaselineConfig,
  structure: readonly Entry[],
): Entry[] {
  const { organization: wanted } = config;
  return [
    ...planAccounts(surroundings, config),
    ...planGroups(surroundings, config),
    ...structure,
    ...when('Trusted access', surroundings.trusted, (trusted) => {
      const needed = [
        ...(organizationTrailOf(config) ? ['cloudtrail.amazonaws.com'] : []),
        ...(wanted ? ['member.org.stacksets.cloudformation.amazonaws.com'] : []),
        ...(wanted?.centralRoot ? ['iam.amazonaws.com'] : []),
        ...wantedDetectors(config).map(({ principal }) => principal),
      ];
      const others = trusted.filter((service) => !needed.includes(service));
      return [
        ...needed.map((service): Entry => ({
          what: `Trusted access of ${service}`,
          ...(trusted.includes(service)
            ? { action: 'adopt', why: 'It is enabled, and stays so when the stack is deleted.' }
            : { action: 'create', why: 'It is not enabled. The deployment enables it.' }),
        })),
        ...(others.length > 0
          ? [{ what: 'Trusted access', action: 'info' as const, why: `Also enabled: ${others.join(', ')}.` }]
          : []),
      ];
    }),
    ...planPolicies(surroundings, config),
    ...when('Delegated administrators', surroundings.administrators, (administrators) =>
      administrators.map(({ account, services }) => ({
        what: `Delegated administrator ${account}`,
        action: 'info' as const,
        why: `For ${services.join(', ')}. It is not changed.`,
      })),
    ),
    ...planDetectors(surroundings, config),
    ...when('Central root access', surroundings.rootFeatures, (features) => {
      const missing = ['RootCredentialsManagement', 'RootSessions'].filter((one) => !features.includes(one));
      const what = 'Central root access';
      if (missing.length === 0)
        return [{ what, action: 'adopt', why: 'Root credentials of members are managed centrally.' }];
      return [
        wanted?.centralRoot
          ? { what, action: 'create', why: `The deployment enables ${missing.join(' and ')}.` }
          : {
              what,
              action: 'skip',
              why: `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} disabled.`,
            },
      ];
    }),
    ...when('StackSets', surroundings.stackSets, (stackSets) =>
      stackSets
        .filter(({ serviceManaged }) => serviceManaged)
        .map(({ name }) => planStackSet(name, surroundings, config)),
    ),
  ];
}

function planStackSet(name: string, { region }: OrganizationSurroundings, config: BaselineConfig): Entry {
  const what = `StackSet ${name}`;
  const kinds = groupKindsAmong([name], config.stackName);
  if (kinds.some((kind) => !stackKindsOf(config).includes(kind))) {
    return {
      what,
      action: 'skip',
      why: 'It is the baseline’s, but the configuration no longer has its members.',
      remedy: {
        text: 'Deploy, then delete its stack. Members keep their settings, unless keepOnRemoval is false.',
        command: removeCommand(name, region),
      },
    };
  }
  return name.startsWith(`${config.stackName}-`)
    ? { what, action: 'adopt', why: 'It is the baseline’s.' }
    : { what, action: 'skip', why: 'It reaches members. It is not changed.' };
}

/** An account below OUs of two groups would get the options of both. */
function planGroups({ above }: OrganizationSurroundings, config: BaselineConfig): Entry[] {
  const groups = memberGroupsOf(config);
  const groupOf = (unit: string) => groups.find(({ targets }) => targets.includes(unit))?.name;
  const words = (group: string | undefined) => (group ? `the group ${group}` : 'no group');
  return when('OUs of groups', above, (parents) =>
    Object.entries(parents).flatMap(([unit, all]) => {
      const group = groupOf(unit);
      const other = all.find((parent) => (groupOf(parent) ?? group) !== group);
      if (other === undefined) return [];
      return [
        {
          what: `OU ${unit}`,
          action: 'stop' as const,
          why: `It belongs to ${words(group)}, and is below ${other}, which belongs to ${words(groupOf(other))}. StackSets cannot leave it out there: its accounts would get the options of both.`,
          remedy: {
            text: `In organization.ous and organization.members.groups, name the other OUs below ${other} instead of it, or move accounts to an OU beside it.`,
          },
        },
      ];
    }),
  );
}

function planAccounts(
  { accounts, missingUnits, organization }: OrganizationSurroundings,
  { organization: wanted }: BaselineConfig,
): Entry[] {
  return [
    ...when('Accounts', accounts, (all) => {
      const manager = 'value' in organization ? organization.value?.managementAccount : undefined;
      const inactive = all.filter(({ state }) => state !== 'ACTIVE');
      const unknown = (wanted?.exceptAccounts ?? []).filter(
        (id) => !all.some((account) => account.id === id),
      );
      return [
        {
          what: 'Accounts',
          action: 'info' as const,
          why: `${all.length - inactive.length} of ${all.length} are active, with the management account.`,
        },
        ...inactive.map(({ id, name, state }): Entry => ({
          what: `Account ${id}`,
          action: 'skip',
          why: `${name} is ${state}. StackSets and policies reach it when it is active again.`,
        })),
        ...unknown.map((id): Entry => ({
          what: `organization.exceptAccounts`,
          action: 'stop',
          why: `No account of the organization has the ID ${id}.`,
          remedy: { text: 'Remove it, or correct it: an account that should be excepted may be covered.' },
        })),
        ...(manager !== undefined && wanted?.exceptAccounts.includes(manager)
          ? [
              {
                what: 'organization.exceptAccounts',
                action: 'info' as const,
                why: `${manager} is the management account, which no policy limits and no StackSet of members reaches.`,
              },
            ]
          : []),
      ];
    }),
    ...when('OUs', missingUnits, (missing) =>
      missing.map((id) => ({
        what: `OU ${id}`,
        action: 'stop' as const,
        why: 'The organization has no such OU.',
        remedy: { text: 'Correct organization.ous.' },
      })),
    ),
  ];
}

/** OUs and accounts that the configuration creates or adopts. */
function planStructure(
  { structure, accounts }: OrganizationSurroundings,
  { organization }: BaselineConfig,
): Entry[] {
  if (!organization) return [];
  return when('OUs and accounts', structure, (found) => [
    ...planUnits(found, organization.units),
    ...('value' in accounts ? planOwnAccounts(found, accounts.value, organization) : []),
  ]);
}

/** Policy types, and what is already attached to the root. */
function planPolicies({ root, policies }: OrganizationSurroundings, config: BaselineConfig): Entry[] {
  const enabled = 'value' in root ? (root.value?.policyTypes ?? []) : undefined;
  if (enabled === undefined) return [];
  const modes = config.organization?.policies;
  const types = Object.entries(POLICIES_OF).flatMap(([type, names]): Entry[] => {
    const wanted = names.filter((name) => modes?.[name] === 'enforce');
    if (wanted.length === 0) return [];
    return [
      {
        what: `Policy type ${type}`,
        ...(enabled.includes(type)
          ? { action: 'adopt', why: `It is enabled, for ${wanted.join(', ')}.` }
          : { action: 'create', why: `The deployment enables it, for ${wanted.join(', ')}.` }),
      },
    ];
  });
  return [
    ...types,
    ...when('Policies', policies, (kinds) =>
      kinds
        .filter(({ names }) => names.length > 0)
        .map(({ type, names, onRoot }) => ({
          what: `Policies ${type}`,
          action: 'skip' as const,
          why: `${names.join(', ')} ${names.length > 1 ? 'are' : 'is'} not changed. ${onRoot} of at most ${ATTACHED[type] ?? ATTACHED_OF_OTHERS} are attached to the root.`,
        })),
    ),
  ];
}

/** Control Tower owns its trail, its StackSets and its guardrails. */
function planControlTower({ trusted, trails, stackSets }: OrganizationSurroundings): Entry[] {
  const evidence = [
    ...('value' in trusted && trusted.value.includes(CONTROL_TOWER) ? ['its trusted access'] : []),
    ...('value' in trails
      ? trails.value.flatMap(({ trail: { Name = '' } }) =>
          Name.startsWith('aws-controltower-') ? [`the trail ${Name}`] : [],
        )
      : []),
    ...('value' in stackSets
      ? stackSets.value
          .filter(({ name }) => name.startsWith('AWSControlTower'))
          .slice(0, 1)
          .map(({ name }) => `the StackSet ${name}`)
      : []),
  ];
  if (evidence.length === 0) return [];
  return [
    {
      what: 'AWS Control Tower',
      action: 'info',
      why: `It governs the organization: there is ${evidence.join(', ')}. Its trail, AWS Config and guardrails are not changed.`,
      remedy: {
        text: 'Set auditTrail.existingLogGroup to the log group of its trail, so that you do not pay for a second one.',
      },
    },
  ];
}

const SECOND_COPY = 'CloudTrail charges 2 USD per 100,000 events of an account for each copy but the first';

function planTrails({ trails }: OrganizationSurroundings, config: BaselineConfig): Entry[] {
  const organization = organizationTrailOf(config);
  const { trailName, existingLogGroup } = config.auditTrail;
  return [
    ...when('Trails', trails, (all) => {
      const own = all.find(({ trail }) => trail.Name === trailName && existingLogGroup === undefined);
      const others = all.filter((state) => state !== own);
      const entries: Entry[] = others.map((state) => {
        const { Name = '', IsOrganizationTrail } = state.trail;
        const what = `Trail ${Name}`;
        const group = logGroupOf(state);
        if (existingLogGroup !== undefined && group === existingLogGroup) {
          return IsOrganizationTrail === true
            ? {
                what,
                action: 'adopt',
                why: 'It records the organization, and the alarms read its log group.',
              }
            : { what, action: 'info', why: 'The alarms read its log group. It records this account only.' };
        }
        return {
          what,
          action: 'skip',
          why: `It records ${IsOrganizationTrail === true ? 'the organization' : 'this account'}, and is not changed. ${SECOND_COPY}.`,
          ...(IsOrganizationTrail === true && organization && group !== undefined
            ? {
                remedy: {
                  text: `Set auditTrail: { existingLogGroup: '${group}' } to use it instead of another.`,
                },
              }
            : {}),
        };
      });
      if (!organization) return entries;
      const what = `Trail ${trailName ?? ''}`;
      const why = own
        ? own.trail.IsOrganizationTrail === true
          ? 'It records the organization.'
          : 'It becomes the trail of the organization. CloudFormation updates it in place; its logs stay.'
        : 'The deployment creates it, for every account of the organization.';
      return [{ what, action: own ? 'adopt' : 'create', why }, ...entries];
    }),
    ...(organization
      ? [
          {
            what: 'Trails of members',
            action: 'info' as const,
            why: `This account cannot see them. ${SECOND_COPY}, so a member’s own trail costs extra.`,
            remedy: {
              text: 'After the deployment, look for them, and delete what the trail of the organization replaces.',
              command: 'npx aws-account-baseline org verify',
            },
          },
        ]
      : []),
    ...(organization?.logArchive
      ? [
          {
            what: `Log archive ${organization.logArchive.bucket}`,
            action: 'info' as const,
            why: 'The trail delivers to it. Its policy must admit the trail, which this account cannot check.',
            remedy: {
              text: 'Deploy its template in the account of the log archive first.',
              command: shell`npm run template:log-archive dist/log-archive.yaml`,
            },
          },
        ]
      : []),
  ];
}

/** What exists once in an organization, and is not changed. */
function planServices({ recorder, identityCenters }: OrganizationSurroundings): Entry[] {
  return [
    ...when('AWS Config', recorder, (name) =>
      name === undefined
        ? []
        : [
            {
              what: 'AWS Config',
              action: 'info',
              why: `This account records with ${name}. It is not changed.`,
            },
          ],
    ),
    ...when('IAM Identity Center', identityCenters, (instances) => [
      instances.length > 0
        ? { what: 'IAM Identity Center', action: 'info', why: `There is ${instances.join(', ')}.` }
        : {
            what: 'IAM Identity Center',
            action: 'info',
            why: 'The home Region has no instance. A person enables it in its console.',
          },
    ]),
  ];
}

function costEntry({ accounts, idleUsd, busyUsd }: OrganizationCost, config: BaselineConfig): Entry {
  const trail = organizationTrailOf(config)
    ? 'with the events of all of them'
    : 'with the events of this account';
  return {
    what: 'Cost',
    action: 'info',
    why: `About ${usd(idleUsd)} a month for ${counted(accounts, 'idle account')}, ${usd(busyUsd)} if each is that of a small team, ${trail}, after a year.`,
  };
}

const usd = (amount: number): string => `${amount.toFixed(2)} USD`;

/** Entries about a part that was read, or one that says why it was not. */
function when<T>(what: string, part: Part<T>, entriesOf: (value: T) => Entry[]): Entry[] {
  return 'value' in part ? entriesOf(part.value) : [forOrganization(notRead(what, part))];
}

/** The policy is that of this command. */
function forOrganization({ remedy, ...entry }: Entry): Entry {
  return remedy
    ? { ...entry, remedy: { ...remedy, command: 'npx aws-account-baseline policy org-preflight' } }
    : entry;
}
