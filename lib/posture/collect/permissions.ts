import {
  type ContextEntry,
  type EvaluationResult,
  IAMClient,
  paginateSimulatePrincipalPolicy,
} from '@aws-sdk/client-iam';
import type { Clients } from '../clients';
import type { DeploymentActions } from '../deployment-actions';
import { all, read } from '../read';
import type { Caller, Part, People, Refusal, Role } from '../snapshot';

/** Maximum page size of IAM. */
const PAGE = 1000;

/** The names and ARNs of the account's roles. */
export function rolesOf(people: Part<People>): Part<Role[]> {
  if (!('value' in people)) return people;
  return { value: people.value.roles.map(({ RoleName: name = '', Arn: arn = '' }) => ({ name, arn })) };
}

/**
 * Simulates the deployment and returns the denied actions; undefined for root, who is limited only by
 * organization policies. The simulation covers identity policies, permissions boundaries, and service control
 * policies, but not session or resource policies. It assumes a session with MFA: otherwise an MFA policy such
 * as the baseline's would already have denied the calls before this one.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export async function readRefusals(
  clients: Clients,
  { arn }: Caller,
  roles: Part<readonly Role[]>,
  { direct, byCloudFormation }: DeploymentActions,
): Promise<Part<Refusal[] | undefined>> {
  if (arn.endsWith(':root')) return { value: undefined };
  const principal = principalOf(arn, roles);
  if (!('value' in principal)) return principal;
  const client = clients.get(IAMClient);
  return read(async () => {
    const region = await client.config.region();
    const simulate = (ActionNames: readonly string[], context: readonly ContextEntry[]) =>
      all(
        paginateSimulatePrincipalPolicy(
          { client, pageSize: PAGE },
          {
            PolicySourceArn: principal.value,
            ActionNames: [...ActionNames],
            ContextEntries: [
              entry('aws:MultiFactorAuthPresent', 'boolean', 'true'),
              entry('aws:RequestedRegion', 'string', region),
              ...context,
            ],
          },
        ),
        (page) => page.EvaluationResults,
      );
    const results = await Promise.all([
      simulate(direct, [entry('aws:ViaAWSService', 'boolean', 'false')]),
      simulate(byCloudFormation, VIA_CLOUDFORMATION),
    ]);
    return results.flat().flatMap(refusalOf);
  });
}

/**
 * The identity behind a session. The session ARN omits the path of the role, so the list of roles is needed.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
function principalOf(arn: string, roles: Part<readonly Role[]>): Part<string> {
  const [, name] = /:assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (name === undefined) {
    return arn.includes(':federated-user/')
      ? { unknown: 'IAM cannot simulate the session of a federated user' }
      : { value: arn };
  }
  if (!('value' in roles)) return roles;
  const role = roles.value.find((one) => one.name === name);
  return role ? { value: role.arn } : { unknown: `the account has no role ${name}` };
}

/** Context of a request that CloudFormation makes with the caller's credentials. */
const VIA_CLOUDFORMATION: readonly ContextEntry[] = [
  entry('aws:ViaAWSService', 'boolean', 'true'),
  entry('aws:CalledVia', 'stringList', 'cloudformation.amazonaws.com'),
  entry('aws:CalledViaFirst', 'string', 'cloudformation.amazonaws.com'),
  entry('aws:CalledViaLast', 'string', 'cloudformation.amazonaws.com'),
];

function entry(
  ContextKeyName: string,
  ContextKeyType: ContextEntry['ContextKeyType'],
  value: string,
): ContextEntry {
  return { ContextKeyName, ContextKeyType, ContextKeyValues: [value] };
}

function refusalOf(result: EvaluationResult): Refusal[] {
  if (result.EvalDecision === 'allowed') return [];
  return [
    {
      action: result.EvalActionName ?? '',
      byOrganization: result.OrganizationsDecisionDetail?.AllowedByOrganizations === false,
      missingContext: result.MissingContextValues ?? [],
    },
  ];
}
