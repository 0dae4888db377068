import type { AttachedPolicy, ManagedPolicyDetail, PolicyDetail } from '@aws-sdk/client-iam';
import { isLike } from '../explain/pattern';

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
 * Whether these policies grant administrator rights: everything, all of IAM, or one of the calls that grant
 * everything, on all resources. Denying statements and permissions boundaries are not taken into account,
 * conditions only of such single calls.
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
    documents.flatMap(statementsOf).some((statement) => allowsIam(statement) || allowsGranting(statement))
  );
}

function allowsIam({ Effect, Action, NotAction, Resource, NotResource }: Statement): boolean {
  const isWide = NotResource !== undefined || listOf(Resource).some((one) => /^\*+$/.test(one));
  if (Effect !== 'Allow' || !isWide) return false;
  const isOfIam = (action: string) => /^(?:\*+|\*:\*|iam:\*)$/i.test(action);
  // PowerUserAccess allows everything except IAM in this way.
  return NotAction === undefined ? listOf(Action).some(isOfIam) : !listOf(NotAction).some(isOfIam);
}

/**
 * With one of these on all resources, the holder can grant everything to itself.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_controlling.html
 */
const GRANTING = [
  'iam:AttachGroupPolicy',
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:CreatePolicyVersion',
  'iam:PutGroupPolicy',
  'iam:PutRolePolicy',
  'iam:PutUserPolicy',
].map((action) => action.toLowerCase());

/** A condition, such as that of a permissions boundary, can limit what is granted. */
function allowsGranting({ Effect, Action, Resource, Condition }: Statement): boolean {
  const isWide = listOf(Resource).some((one) =>
    /^\*+$|:iam::[\d*]*:(?:\*|(?:group|policy|role|user)\/\*)$/.test(one),
  );
  if (Effect !== 'Allow' || !isWide || Condition !== undefined) return false;
  return listOf(Action).some((one) => GRANTING.some((action) => isLike(one.toLowerCase(), action)));
}
