import {
  anonymousPrincipal,
  runSimulation,
  runUnsafeSimulation,
  type Simulation,
} from '@cloud-copilot/iam-simulate';
import type { OrganizationPolicy, PolicyOptions } from '../../../lib/organization/policies/policy';
import { MANAGED_POLICIES } from '../../../scripts/docs/managed-policies';
import type { Context } from '../../../scripts/docs/access-rows/request';
import { identityPolicy, resourcePolicy } from '../../access/template-policies';

export const MEMBER = '222222222222';
const MANAGEMENT = '111111111111';
const EXCEPTED = '333333333333';
const TRUSTED = '999999999999';

export const OPTIONS: PolicyOptions = {
  organizationId: 'o-a1b2c3d4e5',
  prefix: 'AccountBaseline',
  exceptAccounts: [EXCEPTED],
  trustedAccounts: [TRUSTED],
  regions: ['eu-central-1', 'us-east-1'],
  settings: ['ebsEncryption', 'requireImdsV2', 's3PublicAccessBlock', 'serialConsoleOff'],
  unitsWithout: { serialConsoleOff: ['ou-a1b2-11111111', 'ou-a1b2-22222222'] },
};

const role = (name: string, account = MEMBER) => `arn:aws:iam::${account}:role/${name}`;

/** Who calls. */
export const WHO = {
  administrator: role('aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef'),
  stackSets: role('stacksets-exec-0123456789abcdef0123456789abcdef'),
  recovery: role('OrganizationAccountAccessRole'),
  controlTower: role('AWSControlTowerExecution'),
  settingsFunction: role('StackSet-AccountBaseline-SettingsRole-AbCdEfGhIjKl'),
  verify: role('AccountBaseline-Verify-0a1b2c3d'),
  root: `arn:aws:iam::${MEMBER}:root`,
  ofExceptedAccount: role('admin', EXCEPTED),
  rootOfExceptedAccount: `arn:aws:iam::${EXCEPTED}:root`,
  breakGlass: `arn:aws:iam::${MANAGEMENT}:user/break-glass-1`,
  outsider: role('admin', '999999999998'),
  vendor: role('scanner', TRUSTED),
  anonymous: 'anonymous',
  cloudTrail: 'cloudtrail.amazonaws.com',
} as const;

/** A call, as IAM sees it. */
export interface Call {
  readonly who: string;
  readonly action: string;
  /** @default '*' */
  readonly on?: string;
  /** Account of the resource. @default - that of the principal, or the member if it is an outsider */
  readonly account?: string;
  readonly context?: Context;
}

/**
 * Whether a call is allowed under policies of the organization. Principals are administrators, and resources
 * are open to everybody, so that nothing else denies.
 *
 * @throws {Error} if AWS has no such action, resource, or context key
 */
export async function isAllowed(policies: readonly OrganizationPolicy[], call: Call, options = OPTIONS) {
  const result = await runSimulation(simulationOf(policies, call, options), {});
  const problem = (what: string) => new Error(`${call.action} by ${call.who} can't be simulated: ${what}`);
  if (result.resultType === 'error') throw problem(JSON.stringify(result.errors));
  if (result.resultType === 'wildcard') throw problem('name one resource');
  const ignored = result.result.ignoredContextKeys ?? [];
  if (ignored.length > 0) throw problem(`the action does not know ${ignored.join(', ')}`);
  return result.overallResult === 'Allowed';
}

/** The same without the checks, for recorded calls. */
export function isAllowedUnchecked(policies: readonly OrganizationPolicy[], call: Call): boolean {
  const simulation = simulationOf(policies, call, OPTIONS);
  // The checked simulation adds it, as AWS attaches it everywhere.
  const full = [{ name: 'RCPFullAWSAccess', policy: EVERYBODY }];
  const resourceControlPolicies = simulation.resourceControlPolicies.map((level) => ({
    ...level,
    policies: [...full, ...level.policies],
  }));
  return runUnsafeSimulation({ ...simulation, resourceControlPolicies }, {}) === 'Allowed';
}

const { AdministratorAccess } = MANAGED_POLICIES;
if (!AdministratorAccess) throw new Error('the managed policy AdministratorAccess is missing');
const ADMINISTRATOR = [
  {
    name: 'AdministratorAccess',
    policy: identityPolicy('AdministratorAccess', AdministratorAccess.document),
  },
];
const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const EVERYBODY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};

function simulationOf(
  policies: readonly OrganizationPolicy[],
  call: Call,
  options: PolicyOptions,
): Simulation {
  const { who, action, on = '*', context = {} } = call;
  const [, account] = /^arn:aws:iam::(\d{12}):/.exec(who) ?? [];
  const isService = who.endsWith('.amazonaws.com');
  const inOrganization = account === MEMBER || account === EXCEPTED || account === MANAGEMENT;
  const accountId = call.account ?? (account !== undefined && inOrganization ? account : MEMBER);
  const ofType = (type: OrganizationPolicy['type']) =>
    policies
      .filter((policy) => policy.type === type)
      .map((policy) => ({ name: policy.name, policy: policy.document(options) }));
  return {
    request: {
      principal: who === 'anonymous' ? anonymousPrincipal : who,
      action,
      resource: { resource: on, accountId },
      contextVariables: {
        'aws:PrincipalIsAWSService': String(isService),
        'aws:RequestedRegion': 'eu-central-1',
        'aws:ResourceAccount': accountId,
        'aws:SecureTransport': 'true',
        ...(account !== undefined && { 'aws:PrincipalAccount': account, 'aws:PrincipalArn': who }),
        ...(inOrganization && {
          'aws:PrincipalOrgID': options.organizationId,
          'aws:PrincipalOrgPaths': [`${options.organizationId}/r-a1b2/ou-a1b2-99999999/`],
        }),
        ...context,
      },
    },
    identityPolicies: account === undefined ? [] : ADMINISTRATOR,
    resourcePolicy: on.startsWith('arn:') ? openPolicy(on) : undefined,
    // Service control policies limit members only, never the management account or outsiders.
    serviceControlPolicies:
      inOrganization && account !== MANAGEMENT
        ? [
            {
              orgIdentifier: 'r-a1b2',
              policies: [{ name: 'FullAWSAccess', policy: EVERYTHING }, ...ofType('SERVICE_CONTROL_POLICY')],
            },
          ]
        : [],
    // They cover resources of members only.
    resourceControlPolicies: [
      {
        orgIdentifier: 'r-a1b2',
        policies: accountId === MANAGEMENT ? [] : ofType('RESOURCE_CONTROL_POLICY'),
      },
    ],
  };
}

/** A policy that lets everybody in, which is what the policy against outsiders is for. */
function openPolicy(arn: string) {
  const isRole = arn.includes(':role/');
  return resourcePolicy(arn, {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: isRole ? { AWS: '*' } : '*',
        Action: isRole ? 'sts:*' : '*',
        ...(!isRole && { Resource: '*' }),
      },
    ],
  });
}
