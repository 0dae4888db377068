import { readFileSync } from 'node:fs';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { GuardDutyClient } from '@aws-sdk/client-guardduty';
import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { mockClient } from 'aws-sdk-client-mock';
import * as delegation from '../../../lib/organization/services/delegation';
import * as policyType from '../../../lib/organization/services/policy-type';
import * as rootFeature from '../../../lib/organization/services/root-feature';
import type { ServiceSetting } from '../../../lib/organization/services/service-setting';
import { SERVICES } from '../../../lib/organization/services/services';
import { serve } from '../../../lib/organization/services/services.handler';
import * as soleAdministrator from '../../../lib/organization/services/sole-administrator';
import * as trustedAccess from '../../../lib/organization/services/trusted-access';
import * as serviceLinkedRole from '../../../lib/settings/service-linked-role';
import { FakeAws, refusal } from '../../functions/fake-aws';
import { actionsNamed } from '../../iam-actions';
import { type Asked, resourcesFor } from '../../settings/resources';
import { eachOf } from '../../each-of';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn(() => Promise.resolve()) }));

const MANAGER = '123456789012';
const ID = 'o-a1b2c3d4e5';
const ROOT = 'r-a1b2';

/** The state of the organization. */
const fresh = () => ({
  exists: true,
  id: ID,
  features: 'ALL',
  manager: MANAGER,
  trusted: new Set<string>(),
  stackSets: 'DISABLED',
  stackSetModels: [] as string[],
  types: new Map<string, string>(),
  /** How often a change of a policy type is still in progress. */
  pending: 0,
  policies: [{ Name: 'FullAWSAccess', AwsManaged: true }],
  root: new Set<string>(),
  trails: [] as { Name: string; IsOrganizationTrail: boolean }[],
  administrators: new Map<string, string[]>(),
  /** Service-linked roles. */
  roles: new Set<string>(),
  /** Administrators that GuardDuty and Security Hub know, by service and Region. */
  known: new Map<string, { id: string; status: string }>(),
});
let org = fresh();

/** Service-linked roles of services. */
const ROLES: Readonly<Record<string, string>> = {
  'guardduty.amazonaws.com': 'AWSServiceRoleForAmazonGuardDuty',
  'securityhubv2.amazonaws.com': 'AWSServiceRoleForSecurityHubV2',
};

interface Input {
  readonly ServicePrincipal: string;
  readonly PolicyType: string;
  readonly AccountId: string;
  readonly NextToken?: string;
  readonly RoleName: string;
  readonly AWSServiceName: string;
  readonly AdminAccountId: string;
  readonly Feature?: string;
}

const change = (of: Set<string>, value: string, isOn: boolean) => () => {
  if (isOn) of.add(value);
  else of.delete(value);
  return {};
};

const aws = new FakeAws(
  [
    mockClient(OrganizationsClient),
    mockClient(IAMClient),
    mockClient(CloudFormationClient),
    mockClient(CloudTrailClient),
    mockClient(GuardDutyClient),
    mockClient(SecurityHubClient),
  ],
  {
    DescribeOrganization: () => {
      if (!org.exists) throw refusal('AWSOrganizationsNotInUseException');
      return { Organization: { Id: org.id, FeatureSet: org.features, MasterAccountId: org.manager } };
    },
    ListRoots: () => {
      if (org.manager !== MANAGER) throw refusal('AccessDeniedException');
      if (org.pending > 0) org.pending -= 1;
      else for (const [type, status] of org.types) settle(type, status);
      return {
        Roots: [{ Id: ROOT, PolicyTypes: [...org.types].map(([Type, Status]) => ({ Type, Status })) }],
      };
    },
    // Two pages, the second with what is asked for. Organizations may send an empty page before others.
    ListAWSServiceAccessForOrganization: ({ NextToken }: Input) =>
      NextToken === undefined
        ? { EnabledServicePrincipals: [], NextToken: 'more' }
        : { EnabledServicePrincipals: [...org.trusted].map((ServicePrincipal) => ({ ServicePrincipal })) },
    EnableAWSServiceAccess: ({ ServicePrincipal }: Input) => change(org.trusted, ServicePrincipal, true)(),
    DisableAWSServiceAccess: ({ ServicePrincipal }: Input) => change(org.trusted, ServicePrincipal, false)(),
    EnablePolicyType: ({ PolicyType }: Input) => {
      org.types.set(PolicyType, 'PENDING_ENABLE');
      return {};
    },
    DisablePolicyType: ({ PolicyType }: Input) => {
      org.types.set(PolicyType, 'PENDING_DISABLE');
      return {};
    },
    ListPolicies: ({ NextToken }: Input) =>
      NextToken === undefined ? { Policies: [], NextToken: 'more' } : { Policies: org.policies },
    DescribeOrganizationsAccess: () => ({ Status: org.stackSets }),
    ActivateOrganizationsAccess: () => {
      org.stackSets = 'ENABLED';
      return {};
    },
    DeactivateOrganizationsAccess: () => {
      org.stackSets = 'DISABLED';
      return {};
    },
    ListStackSets: () => ({
      Summaries: org.stackSetModels.map((PermissionModel) => ({ StackSetName: 'theirs', PermissionModel })),
    }),
    DescribeTrails: () => ({ trailList: org.trails }),
    ListOrganizationsFeatures: () => {
      if (!org.trusted.has('iam.amazonaws.com')) throw refusal('ServiceAccessNotEnabledException');
      return { EnabledFeatures: [...org.root] };
    },
    EnableOrganizationsRootSessions: () => change(org.root, 'RootSessions', true)(),
    DisableOrganizationsRootSessions: () => change(org.root, 'RootSessions', false)(),
    EnableOrganizationsRootCredentialsManagement: () => change(org.root, 'RootCredentialsManagement', true)(),
    DisableOrganizationsRootCredentialsManagement: () =>
      change(org.root, 'RootCredentialsManagement', false)(),
    ListDelegatedAdministrators: ({ ServicePrincipal, NextToken }: Input) =>
      NextToken === undefined
        ? { DelegatedAdministrators: [], NextToken: 'more' }
        : { DelegatedAdministrators: (org.administrators.get(ServicePrincipal) ?? []).map((Id) => ({ Id })) },
    RegisterDelegatedAdministrator: ({ ServicePrincipal, AccountId }: Input) => {
      org.administrators.set(ServicePrincipal, [
        ...(org.administrators.get(ServicePrincipal) ?? []),
        AccountId,
      ]);
      return {};
    },
    DeregisterDelegatedAdministrator: ({ ServicePrincipal, AccountId }: Input) => {
      const others = (org.administrators.get(ServicePrincipal) ?? []).filter((id) => id !== AccountId);
      org.administrators.set(ServicePrincipal, others);
      return {};
    },
    GetRole: ({ RoleName }: Input) => {
      if (!org.roles.has(RoleName)) throw refusal('NoSuchEntityException');
      return {};
    },
    CreateServiceLinkedRole: ({ AWSServiceName }: Input) =>
      change(org.roles, ROLES[AWSServiceName] ?? '', true)(),
    // GuardDuty has the members of each Region, Security Hub those of all.
    ListOrganizationAdminAccounts: ({ Feature, NextToken }: Input, region) => {
      if (NextToken === undefined) return { AdminAccounts: [], NextToken: 'more' };
      const found = org.known.get(Feature ?? region);
      if (!found) return {};
      return {
        AdminAccounts: [
          Feature === undefined
            ? { AdminAccountId: found.id, AdminStatus: found.status }
            : { AccountId: found.id, Status: found.status },
        ],
      };
    },
    EnableOrganizationAdminAccount: ({ AdminAccountId, Feature }: Input, region) => {
      org.known.set(Feature ?? region, { id: AdminAccountId, status: 'ENABLED' });
      return {};
    },
    DisableOrganizationAdminAccount: ({ AdminAccountId, Feature }: Input, region) => {
      if (org.known.get(Feature ?? region)?.id !== AdminAccountId) throw refusal('NoSuchAdministrator');
      org.known.set(Feature ?? region, { id: AdminAccountId, status: 'DISABLE_IN_PROGRESS' });
      return {};
    },
  },
);

function settle(type: string, status: string): void {
  if (status === 'PENDING_ENABLE') org.types.set(type, 'ENABLED');
  if (status === 'PENDING_DISABLE') org.types.delete(type);
}

const resources = resourcesFor(serve(SERVICES.map(({ setting }) => setting as ServiceSetting)).handler, aws);

beforeEach(() => {
  org = fresh();
});

const set = (type: 'Create' | 'Update' | 'Delete', name: string, asked: Asked = {}) =>
  resources.set(type, name, asked);
const writes = () => aws.writes.map(([, operation]) => operation);

describe('the organization', () => {
  const check = () => set('Create', 'Organization', { Value: { id: ID, rootId: ROOT } });

  test('that the account manages is right, and not changed', async () => {
    expect(await check()).toMatchObject({ Status: 'SUCCESS' });
    expect(await set('Delete', 'Organization', { Value: { id: ID, rootId: ROOT } })).toMatchObject({
      Status: 'SUCCESS',
    });
    expect(writes()).toEqual([]);
  });

  test.each<[what: string, mistake: () => void, message: string]>([
    [
      'does not exist',
      () => (org.exists = false),
      'this account has no organization; create it with all features, then set organization.id',
    ],
    [
      'is another',
      () => (org.id = 'o-ffffffffff'),
      `organization.id is ${ID}, but this account belongs to o-ffffffffff`,
    ],
    [
      'is managed by another account',
      () => (org.manager = '999999999999'),
      `this is account ${MANAGER}; deploy it in the management account, which is 999999999999`,
    ],
    [
      'has consolidated billing only',
      () => (org.features = 'CONSOLIDATED_BILLING'),
      `${ID} has consolidated billing only; enable all features of the organization first`,
    ],
  ])('that %s has one message, at once', async (_, mistake, message) => {
    mistake();
    expect(await check()).toMatchObject({
      Status: 'FAILED',
      Reason: `Error: the account: ValidationError: ${message}`,
    });
    expect(aws.calls.filter(([, operation]) => operation === 'DescribeOrganization')).toHaveLength(2);
  });

  test('whose root is another is not the one that is configured', async () => {
    const { Reason } = await set('Create', 'Organization', { Value: { id: ID, rootId: 'r-zzzz' } });
    expect(Reason).toContain(`organization.rootId is r-zzzz, but the root of ${ID} is ${ROOT}`);
  });

  test('can be gone when the stack is deleted', async () => {
    await check();
    org.exists = false;
    expect(await set('Delete', 'Organization', { Value: { id: ID, rootId: ROOT } })).toMatchObject({
      Status: 'SUCCESS',
    });
  });
});

/** Each switch: how it is read, and how it is switched on elsewhere. */
const SWITCHES: readonly [name: string, isOn: () => boolean, switchOn: () => unknown][] = [
  ...[
    ['IamAccess', 'iam.amazonaws.com'],
    ['CloudTrailAccess', 'cloudtrail.amazonaws.com'],
    ['AccessAnalyzerAccess', 'access-analyzer.amazonaws.com'],
    ['AccountAccess', 'account.amazonaws.com'],
    ['GuardDutyAccess', 'guardduty.amazonaws.com'],
    ['SecurityHubAccess', 'securityhub.amazonaws.com'],
  ].map(([name = '', principal = '']): (typeof SWITCHES)[number] => [
    name,
    () => org.trusted.has(principal),
    () => org.trusted.add(principal),
  ]),
  ['StackSetsAccess', () => org.stackSets === 'ENABLED', () => (org.stackSets = 'ENABLED')],
  ...[
    ['ServiceControlPolicies', 'SERVICE_CONTROL_POLICY'],
    ['ResourceControlPolicies', 'RESOURCE_CONTROL_POLICY'],
    ['DeclarativePolicies', 'DECLARATIVE_POLICY_EC2'],
    ['GuardDutyPolicies', 'GUARDDUTY_POLICY'],
    ['SecurityHubPolicies', 'SECURITYHUB_POLICY'],
  ].map(([name = '', type = '']): (typeof SWITCHES)[number] => [
    name,
    () => org.types.get(type) === 'ENABLED',
    () => org.types.set(type, 'ENABLED'),
  ]),
  ...[
    ['RootSessions', 'RootSessions'],
    ['RootCredentials', 'RootCredentialsManagement'],
  ].map(([name = '', feature = '']): (typeof SWITCHES)[number] => [
    name,
    () => org.root.has(feature),
    () => org.root.add(feature),
  ]),
];

describe.each(SWITCHES)('%s', (name, isOn, switchOn) => {
  beforeEach(() => {
    if (name.startsWith('Root')) org.trusted.add('iam.amazonaws.com');
  });

  test('is switched on, and off again when it is no longer wanted', async () => {
    expect(await set('Create', name)).toMatchObject({ Status: 'SUCCESS', Data: { LeftAlone: 'nothing' } });
    expect(isOn()).toBe(true);
    expect(await set('Delete', name)).toMatchObject({ Status: 'SUCCESS' });
    expect(isOn()).toBe(false);
  });

  test('stays on where it was on before', async () => {
    switchOn();
    await set('Create', name);
    await set('Delete', name);
    expect(isOn()).toBe(true);
    expect(writes()).toEqual([]);
  });

  test('waits for a permission that comes late, and for other changes of the organization', async () => {
    const [operation = ''] = await set('Create', name).then(writes);
    await set('Delete', name);
    aws.fail(operation, refusal('AccessDeniedException'), { times: 2 });
    aws.fail(operation, refusal('ConcurrentModificationException'), { times: 2 });
    expect(await set('Create', name)).toMatchObject({ Status: 'SUCCESS' });
  });

  test('says which call failed for good', async () => {
    const [operation = ''] = await set('Create', name).then(writes);
    await set('Delete', name);
    aws.fail(operation, refusal('AccessDeniedException', `no permission to ${operation}`));
    expect(await set('Create', name)).toMatchObject({
      Status: 'FAILED',
      Reason: `Error: the account: AccessDeniedException: no permission to ${operation}`,
    });
  });
});

describe('what somebody else uses by now stays on:', () => {
  const isLeft = async (name: string, reason: string) => {
    const { Status, Data } = await set('Delete', name);
    expect([Status, Data?.['LeftAlone']]).toEqual(['SUCCESS', expect.stringContaining(reason)]);
    expect(writes().filter((operation) => /^(Disable|Deactivate)/.test(operation))).toEqual([]);
  };

  test('StackSets, by another StackSet', async () => {
    await set('Create', 'StackSetsAccess');
    org.stackSetModels = ['SELF_MANAGED', 'SERVICE_MANAGED'];
    await isLeft('StackSetsAccess', 'theirs needs it');
  });

  test('StackSets, where CloudFormation refuses', async () => {
    await set('Create', 'StackSetsAccess');
    aws.fail('DeactivateOrganizationsAccess', refusal('InvalidOperationException', 'in use'));
    const { Status, Data } = await set('Delete', 'StackSetsAccess');
    expect([Status, Data?.['LeftAlone']]).toEqual(['SUCCESS', expect.stringContaining('in use')]);
    expect(org.stackSets).toBe('ENABLED');
  });

  test('CloudTrail, by an organization trail', async () => {
    await set('Create', 'CloudTrailAccess');
    org.trails = [{ Name: 'theirs', IsOrganizationTrail: true }];
    await isLeft('CloudTrailAccess', 'the organization trail theirs uses it');
  });

  test('IAM, by central root access', async () => {
    await set('Create', 'IamAccess');
    org.root.add('RootSessions');
    await isLeft('IamAccess', 'central root access uses it');
  });

  test('a service, by a delegated administrator', async () => {
    await set('Create', 'AccountAccess');
    org.administrators.set('account.amazonaws.com', ['222222222222']);
    await isLeft('AccountAccess', 'administered by 222222222222');
  });

  test('a policy type, by a policy', async () => {
    await set('Create', 'ServiceControlPolicies');
    org.policies = [...org.policies, { Name: 'theirs', AwsManaged: false }];
    await isLeft('ServiceControlPolicies', 'the policy theirs needs it');
  });
});

describe('a policy type', () => {
  test('is waited for while Organizations changes it', async () => {
    org.pending = 20;
    expect(await set('Create', 'ResourceControlPolicies')).toMatchObject({ Status: 'SUCCESS' });
    expect(org.types.get('RESOURCE_CONTROL_POLICY')).toBe('ENABLED');
    expect(writes()).toEqual(['EnablePolicyType']);
  });

  test('that never gets ready fails', async () => {
    org.pending = Infinity;
    org.types.set('RESOURCE_CONTROL_POLICY', 'PENDING_ENABLE');
    const { Reason } = await set('Create', 'ResourceControlPolicies');
    expect(Reason).toContain('RESOURCE_CONTROL_POLICY is still PENDING_ENABLE');
  });
});

const SECURITY = '222222222222';

describe('the delegated administrator', () => {
  const now = () => org.administrators.get('iam.amazonaws.com');
  const delegate = (type: 'Create' | 'Update' | 'Delete', Value = SECURITY) =>
    set(type, 'IamAdministrator', { Value });

  test('is registered, and deregistered when it is no longer wanted', async () => {
    expect(await delegate('Create')).toMatchObject({ Status: 'SUCCESS' });
    expect(now()).toEqual([SECURITY]);
    expect(await delegate('Delete')).toMatchObject({ Status: 'SUCCESS' });
    expect(now()).toEqual([]);
  });

  test('that was one before stays one', async () => {
    org.administrators.set('iam.amazonaws.com', [SECURITY]);
    await delegate('Create');
    await delegate('Delete');
    expect(now()).toEqual([SECURITY]);
    expect(writes()).toEqual([]);
  });

  test('can be another account, and the administrators of others stay', async () => {
    org.administrators.set('iam.amazonaws.com', ['111111111111']);
    await delegate('Create');
    await delegate('Update', '333333333333');
    expect(now()).toEqual(['111111111111', '333333333333']);
    await delegate('Delete', '333333333333');
    expect(now()).toEqual(['111111111111']);
  });

  test('is not told from one that somebody registered since, so both stay', async () => {
    await delegate('Create');
    org.administrators.set('iam.amazonaws.com', [SECURITY, '444444444444']);
    expect(await delegate('Delete')).toMatchObject({
      Status: 'SUCCESS',
      Data: { LeftAlone: `iam.amazonaws.com keeps its administrators ${SECURITY} and 444444444444` },
    });
    expect(now()).toEqual([SECURITY, '444444444444']);
  });

  test('that is not a member is the reason for the failure', async () => {
    aws.fail('RegisterDelegatedAdministrator', refusal('AccountNotFoundException', 'no such account'));
    expect((await delegate('Create')).Reason).toContain('AccountNotFoundException: no such account');
  });
});

describe.each([
  ['GuardDutyRole', 'AWSServiceRoleForAmazonGuardDuty'],
  ['SecurityHubRole', 'AWSServiceRoleForSecurityHubV2'],
])('%s', (name, role) => {
  test('is created where there is none, and stays', async () => {
    expect(await set('Create', name)).toMatchObject({ Status: 'SUCCESS' });
    expect(org.roles.has(role)).toBe(true);
    expect(await set('Delete', name)).toMatchObject({ Status: 'SUCCESS' });
    expect(writes()).toEqual(['CreateServiceLinkedRole']);
  });
});

const THEIRS = '999999999999';
const REGIONS = ['eu-central-1', 'us-east-1'];

describe.each([
  ['GuardDutyDelegation', 'guardduty.amazonaws.com'],
  ['SecurityHubDelegation', 'securityhub.amazonaws.com'],
])('%s', (name, principal) => {
  const delegate = (type: 'Create' | 'Update' | 'Delete', Value = SECURITY) => set(type, name, { Value });

  test('registers the account, and deregisters it', async () => {
    expect(await delegate('Create')).toMatchObject({ Status: 'SUCCESS' });
    expect(org.administrators.get(principal)).toEqual([SECURITY]);
    expect(await delegate('Delete')).toMatchObject({ Status: 'SUCCESS' });
    expect(org.administrators.get(principal)).toEqual([]);
  });

  test('keeps an account that was registered before', async () => {
    org.administrators.set(principal, [SECURITY]);
    await delegate('Create');
    await delegate('Delete');
    expect(writes()).toEqual([]);
  });

  test('stops at another administrator, says which, and changes nothing', async () => {
    org.administrators.set(principal, [THEIRS]);
    expect(await delegate('Create')).toMatchObject({
      Status: 'FAILED',
      Reason:
        `Error: the account: ValidationError: ${THEIRS} administers ${principal} for the organization, and only one ` +
        `account can. Set organization.delegatedAdministrator.account to ${THEIRS}, or remove it as administrator first`,
    });
    expect(await delegate('Delete')).toMatchObject({ Status: 'SUCCESS' });
    expect([org.administrators.get(principal), writes()]).toEqual([[THEIRS], []]);
  });

  test('does not hand over to another account while the first one administers', async () => {
    await delegate('Create');
    expect(await delegate('Update', '333333333333')).toMatchObject({ Status: 'FAILED' });
    // CloudFormation rolls back to the first one.
    expect(await delegate('Update', SECURITY)).toMatchObject({ Status: 'SUCCESS' });
    expect(org.administrators.get(principal)).toEqual([SECURITY]);
  });
});

describe.each([
  ['GuardDutyAdministrator', 'GuardDuty', REGIONS, 'BadRequestException', 'eu-central-1'],
  ['SecurityHubAdministrator', 'Security Hub', ['SecurityHubV2'], 'InvalidInputException', 'the account'],
])('%s', (name, service, places, refused, first) => {
  const Regions = places === REGIONS ? REGIONS.join(' ') : undefined;
  const administer = (type: 'Create' | 'Update' | 'Delete', Value = SECURITY) =>
    set(type, name, { Value, ...(Regions === undefined ? {} : { Regions }) });
  const known = () =>
    places.map((place) => {
      const found = org.known.get(place);
      return found?.status === 'ENABLED' ? found.id : undefined;
    });

  test('is enabled everywhere, and disabled when it is no longer wanted', async () => {
    expect(await administer('Create')).toMatchObject({ Status: 'SUCCESS' });
    expect(known()).toEqual(places.map(() => SECURITY));
    expect(await administer('Delete')).toMatchObject({ Status: 'SUCCESS', Data: { LeftAlone: 'nothing' } });
    expect(known()).toEqual(places.map(() => undefined));
  });

  test('stays where it was before', async () => {
    const [place = ''] = places;
    org.known.set(place, { id: SECURITY, status: 'ENABLED' });
    await administer('Create');
    await administer('Delete');
    expect(known()).toEqual([SECURITY, ...places.slice(1).map(() => undefined)]);
  });

  test('is not replaced where it is another account, which the reason names', async () => {
    const [place = ''] = places;
    org.known.set(place, { id: THEIRS, status: 'ENABLED' });
    const { Status, Reason } = await administer('Create');
    expect([Status, Reason]).toEqual([
      'FAILED',
      expect.stringContaining(`${first}: ValidationError: ${THEIRS} administers ${service}`),
    ]);
    expect(await administer('Delete')).toMatchObject({ Status: 'SUCCESS' });
    expect(known()[0]).toBe(THEIRS);
  });

  test('that the service refuses to remove stays, and removal goes on', async () => {
    await administer('Create');
    aws.fail('DisableOrganizationAdminAccount', refusal(refused, 'it still has members'));
    const { Status, Data } = await administer('Delete');
    expect([Status, Data?.['LeftAlone']]).toEqual([
      'SUCCESS',
      expect.stringContaining(
        `${service} keeps its administrator ${SECURITY}: ${refused}: it still has members`,
      ),
    ]);
  });

  test('waits for trusted access that takes effect late, and for throttling', async () => {
    aws.fail('EnableOrganizationAdminAccount', refusal(refused), { times: 2 });
    expect(await administer('Create')).toMatchObject({ Status: 'SUCCESS' });
    aws.fail('DisableOrganizationAdminAccount', refusal('TooManyRequestsException'), { times: 2 });
    expect(await administer('Delete')).toMatchObject({ Status: 'SUCCESS', Data: { LeftAlone: 'nothing' } });
  });

  test('says which Region or account failed for good', async () => {
    aws.fail('EnableOrganizationAdminAccount', refusal('AccessDeniedException', 'no permission'));
    const { Status, Reason } = await administer('Create');
    expect([Status, Reason]).toEqual([
      'FAILED',
      expect.stringContaining('AccessDeniedException: no permission'),
    ]);
    expect(Reason).toContain(first);
  });
});

/** Shared sources, by what a file of a setting imports. */
const SHARED = [trustedAccess, policyType, rootFeature, delegation, soleAdministrator, serviceLinkedRole].map(
  ({ file }) => file,
);
const IAM_NAMES: Readonly<Record<string, string>> = {
  cloudFormation: 'cloudformation',
  cloudTrail: 'cloudtrail',
  guardDuty: 'guardduty',
  iam: 'iam',
  organizations: 'organizations',
  securityHub: 'securityhub',
};
/** What services look up for an administrator in the name of the caller. */
const LOOKED_UP = [
  'organizations:DescribeAccount',
  'organizations:DescribeOrganization',
  'organizations:DescribeOrganizationalUnit',
  'organizations:ListAccounts',
];
/** What services do in the name of the caller. */
const PASSED_ON: Readonly<Record<string, readonly string[]>> = {
  StackSetsAccess: [
    'iam:CreateServiceLinkedRole',
    'organizations:DisableAWSServiceAccess',
    'organizations:EnableAWSServiceAccess',
    'organizations:ListAWSServiceAccessForOrganization',
  ],
  GuardDutyAdministrator: LOOKED_UP,
  SecurityHubAdministrator: LOOKED_UP,
};

describe('the permissions of each service', () => {
  const each = eachOf(SERVICES, ({ setting }) => setting.name);
  const sourceOf = (file: string) => {
    const own = readFileSync(file, 'utf8');
    const shared = SHARED.filter((one) => own.includes(`/${one.split('/').at(-1)?.slice(0, -3)}'`));
    return [own, ...shared.map((one) => readFileSync(one, 'utf8'))].join('\n');
  };

  each(
    'are those of its calls, by actions that AWS has',
    async ({ setting: { name }, file, permissions }) => {
      const actions = permissions.flatMap((one) => [...one.actions]);
      const calls = [
        ...sourceOf(file).matchAll(
          /\b(cloudFormation|cloudTrail|guardDuty|iam|organizations|securityHub)\s*\.([a-z])(\w+)\(/g,
        ),
      ];
      const expected = calls.map(
        ([, client = '', initial = '', rest = '']) => `${IAM_NAMES[client]}:${initial.toUpperCase()}${rest}`,
      );
      const all = [...expected, ...(PASSED_ON[name] ?? [])];
      expect([...new Set(actions)].sort()).toEqual([...new Set(all)].sort());
      const known = await Promise.all(actions.map(actionsNamed));
      expect(known.filter((names) => names.length === 0)).toEqual([]);
    },
  );

  each('load no SDK, which synthesis would load too', ({ file }) => {
    expect(sourceOf(file)).not.toMatch(/^import (?!type\b)[^;]*'(@aws-sdk|zod)/m);
  });
});
