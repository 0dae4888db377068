import type { AttachedPolicy, ManagedPolicyDetail, PolicyDetail } from '@aws-sdk/client-iam';

/** A statement of a policy or trust policy. */
export interface Statement {
  readonly Effect?: string;
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** IAM returns policies URL-encoded. */
export function decoded(encoded: string): unknown {
  return JSON.parse(decodeURIComponent(encoded));
}

/** The statements of a policy that IAM returned. */
export function statementsOf(encoded: string): Statement[] {
  const { Statement: statements = [] } = decoded(encoded) as { Statement?: Statement | Statement[] };
  return [statements].flat();
}

/** A value that may be a list or a single string. */
export const listOf = (value: string | readonly string[] = []): string[] => [value].flat();

/** The principals of a statement by kind; everyone if it names none, as with NotPrincipal. */
export function principalsByKind({ Principal = '*' }: Statement): (readonly [kind: string, name: string])[] {
  return Principal === '*'
    ? [['AWS', '*']]
    : Object.entries(Principal).flatMap(([kind, names]) =>
        listOf(names).map((name) => [kind, name] as const),
      );
}

/** The policies of a user, group or role. */
export interface Policies {
  readonly inline?: readonly PolicyDetail[];
  readonly attached?: readonly AttachedPolicy[];
}

/**
 * AWS managed policies that grant everything, directly or because their holder can grant it to themselves.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html
 */
const ADMINISTRATOR_POLICIES = /:iam::aws:policy\/(?:AdministratorAccess|IAMFullAccess)$/;

/**
 * Whether these policies grant administrator rights: everything, or all of IAM, which can grant everything.
 * Denying statements, conditions and permissions boundaries are not taken into account.
 *
 * @param managed the account's own managed policies
 */
export function administers(
  { inline = [], attached = [] }: Policies,
  managed: readonly ManagedPolicyDetail[],
): boolean {
  const documents = [
    ...inline.flatMap(({ PolicyDocument }) => PolicyDocument ?? []),
    ...managed
      .filter(({ Arn }) => attached.some(({ PolicyArn }) => PolicyArn === Arn))
      .flatMap(({ PolicyVersionList = [] }) =>
        PolicyVersionList.flatMap(({ IsDefaultVersion, Document }) =>
          IsDefaultVersion === true && Document !== undefined ? Document : [],
        ),
      ),
  ];
  return (
    attached.some(({ PolicyArn = '' }) => ADMINISTRATOR_POLICIES.test(PolicyArn)) ||
    documents.flatMap(statementsOf).some(allowsIam)
  );
}

function allowsIam({ Effect, Action, NotAction, Resource, NotResource }: Statement): boolean {
  const isWide = NotResource !== undefined || listOf(Resource).some((one) => /^\*+$/.test(one));
  if (Effect !== 'Allow' || !isWide) return false;
  const isOfIam = (action: string) => /^(?:\*+|\*:\*|iam:\*)$/i.test(action);
  // PowerUserAccess allows everything except IAM in this way.
  return NotAction === undefined ? listOf(Action).some(isOfIam) : !listOf(NotAction).some(isOfIam);
}
