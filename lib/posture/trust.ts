import type { RoleDetail } from '@aws-sdk/client-iam';
import { isLike } from '../explain/pattern';
import { listOf, principalsByKind, type Statement, statementsOf } from './iam-statements';

/** Somebody outside the account whom a role trusts. */
export interface Outsider {
  readonly kind: 'everyone' | 'account' | 'organization' | 'provider' | 'certificates';
  /** Account ID, organization ID, or ARN or host of the identity provider. */
  readonly name: string;
  /** Whether the statement has a condition on an external ID, or on the subject of a token. */
  readonly isNarrow: boolean;
}

/** Principal of roles that the certificates of a trust anchor can assume. */
export const ROLES_ANYWHERE = 'rolesanywhere.amazonaws.com';

/** Actions that give the credentials of a role. */
const ASSUMING = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'];

/** Operators that a request fails if the key is missing or different. */
const RESTRICTING = /^(?:StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike)$/;

/** The outsiders that a role trusts. Services count as the account, except the one for certificates. */
export function outsidersOf(
  { AssumeRolePolicyDocument }: Pick<RoleDetail, 'AssumeRolePolicyDocument'>,
  account: string,
): Outsider[] {
  if (AssumeRolePolicyDocument === undefined) return [];
  const found = statementsOf(AssumeRolePolicyDocument)
    .filter(({ Effect, Action, NotAction }) =>
      Effect === 'Allow' ? NotAction !== undefined || listOf(Action).some(assumes) : false,
    )
    .flatMap((statement) =>
      principalsByKind(statement).flatMap(([kind, name]) => outsiders(kind, name, statement)),
    )
    .filter(({ kind, name }) => kind !== 'account' || name !== account);
  return found.filter(
    ({ kind, name }, index) => found.findIndex((one) => one.kind === kind && one.name === name) === index,
  );
}

/** Whether an action of a policy, which can have wildcards, gives the credentials of a role. */
function assumes(action: string): boolean {
  return ASSUMING.some((name) => isLike(action.toLowerCase(), name.toLowerCase()));
}

function outsiders(kind: string, name: string, statement: Statement): Outsider[] {
  const isNarrow = keysOf(statement).some((key) => /^sts:externalid$|:sub$|^saml:sub/i.test(key));
  const one = (what: Outsider['kind'], who: string): Outsider[] => [{ kind: what, name: who, isNarrow }];
  if (kind === 'Federated') return one('provider', name);
  if (kind === 'Service') return name === ROLES_ANYWHERE ? one('certificates', name) : [];
  const [id] = /(?<=^|:iam::|:sts::)\d{12}(?=$|:)/.exec(name) ?? [];
  if (id !== undefined) return one('account', id);
  // The unique ID of a deleted principal, whom nobody can become: AWS does not reuse it.
  if (/^A(?:ID|RO)A[A-Z0-9]+$/.test(name)) return [];
  return restricted(statement).map((who) => ({ ...who, isNarrow }));
}

/** Whom a condition leaves of everyone. */
function restricted({ Condition = {} }: Statement): Omit<Outsider, 'isNarrow'>[] {
  const values = (wanted: string) =>
    Object.entries(Condition)
      .filter(([operator]) => RESTRICTING.test(operator))
      .flatMap(([, keys]) => Object.entries(keys))
      .flatMap(([key, value]) =>
        // IAM also takes numbers and booleans.
        key.toLowerCase() === wanted ? [value].flat().map(String) : [],
      );
  const accounts = [
    ...values('aws:principalaccount'),
    ...values('aws:principalarn').map((arn) => arn.split(':')[4] ?? ''),
  ];
  if (accounts.length > 0 && accounts.every((id) => /^\d{12}$/.test(id))) {
    return accounts.map((name) => ({ kind: 'account', name }));
  }
  const organizations = [
    ...values('aws:principalorgid'),
    ...values('aws:principalorgpaths').map((path) => path.split('/')[0] ?? ''),
  ];
  if (organizations.length > 0 && organizations.every((id) => /^o-[a-z0-9]+$/.test(id))) {
    return organizations.map((name) => ({ kind: 'organization', name }));
  }
  return [{ kind: 'everyone', name: '*' }];
}

function keysOf({ Condition = {} }: Statement): string[] {
  return Object.values(Condition).flatMap((keys) => Object.keys(keys));
}
