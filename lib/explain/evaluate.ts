import { firstUnmet, type UnmetCondition } from './conditions';
import type { PolicyDocument, Statement } from './managed-policies';
import { type Context, isArnLike, isLike, withVariables } from './pattern';

/** Kinds of policies that decide about a request. */
type PolicyKind = 'identity' | 'boundary' | 'resource' | 'session' | 'scp' | 'rcp';

/** A policy that applies to a request. */
export interface Policy {
  readonly kind: PolicyKind;
  /** Which policy it is, as a phrase such as `policy MfaPolicy of the group Administrators`. */
  readonly name: string;
  /** Its content. @default - not known, so that only a denial of another policy is certain */
  readonly document?: PolicyDocument;
}

/** A request, as IAM sees it. */
export interface Request {
  /** ARN of the user, role, or root; the name of a service; or `anonymous`. */
  readonly principal: string;
  /** ARN of the session of a role. @default - any */
  readonly session?: string;
  /** Action, such as `iam:CreateUser`. */
  readonly action: string;
  /** ARN, or `*` if the action has no resource. */
  readonly resource: string;
  /** Account that the resource belongs to. */
  readonly account: string;
  readonly context: Context;
}

/** Why a statement does not apply: the first of its elements that the request does not match. */
type Mismatch =
  | { readonly element: 'Principal' | 'Action' | 'Resource' }
  | { readonly element: 'Condition'; readonly condition: UnmetCondition };

/** A statement of a policy, and whether it applies to the request. */
export interface TracedStatement {
  readonly kind: PolicyKind;
  readonly policy: string;
  /** The Sid, or else its number, such as `statement 2`. */
  readonly statement: string;
  /** Its conditions. @default - none */
  readonly conditions?: Statement['Condition'];
  readonly effect: 'Allow' | 'Deny';
  /** @default - it applies */
  readonly mismatch?: Mismatch;
  /** How the statement of a resource names the principal. @default - it names none */
  readonly principal?: PrincipalMatch;
}

/** How a statement names a principal: by itself, with everyone, or with its account. */
type PrincipalMatch = 'itself' | 'everyone' | 'account';

/** The stages of an evaluation, in the order of IAM. */
export type Stage = 'deny' | 'rcp' | 'scp' | 'resource' | 'identity' | 'boundary' | 'session';

/** Answer to a request, and how it was reached. */
export interface Evaluation {
  readonly allowed: boolean;
  /** The stage that decides. */
  readonly stage: Stage;
  /** The statements that decide. None if nothing allows the request, or if the principal is root. */
  readonly deciding: readonly TracedStatement[];
  /** All statements. */
  readonly statements: readonly TracedStatement[];
}

const PROVIDER = /:(?:oidc|saml)-provider\//;
const ROOT = /^arn:[^:]+:iam::\d+:root$/;

/**
 * Evaluates a request like IAM.
 *
 * @throws {Error} if a policy is not known or has an element that is not known here
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function evaluate(request: Request, policies: readonly Policy[]): Evaluation {
  const statements = policies.flatMap((policy) => traced(policy, request));
  const applying = statements.filter(({ mismatch }) => mismatch === undefined);
  const end = (allowed: boolean, stage: Stage, deciding: readonly TracedStatement[] = []): Evaluation => ({
    allowed,
    stage,
    deciding,
    statements,
  });

  // No policy can deny it: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
  if (/^sts:GetCallerIdentity$/i.test(request.action)) return end(true, 'identity');
  const denials = applying.filter(({ effect }) => effect === 'Deny');
  if (denials.length > 0) return end(false, 'deny', denials);
  const unknown = policies.find(({ document }) => document === undefined);
  if (unknown) throw new Error(`the content of the ${unknown.name} is not known`);

  const has = (kind: PolicyKind) => policies.some((policy) => policy.kind === kind);
  const allows = (kind: PolicyKind) => applying.filter((one) => one.kind === kind);
  for (const kind of ['rcp', 'scp'] as const) {
    if (has(kind) && allows(kind).length === 0) return end(false, kind);
  }

  const ofResource = allows('resource');
  const direct = ofResource.filter(({ principal }) => principal !== 'account');
  const { principal, account } = request;
  // Services and identity providers have no policies of their own.
  if (!principal.startsWith('arn:') || PROVIDER.test(principal)) {
    return end(direct.length > 0, 'resource', direct);
  }

  const isSameAccount = accountOf(principal) === account;
  const isGranted = isSameAccount && direct.length > 0;
  const mustBeTrusted = !isSameAccount || (has('resource') && needsTrust(request));
  if (mustBeTrusted && ofResource.length === 0) return end(false, 'resource');
  if (ROOT.test(principal)) return end(true, 'identity');

  const own = allows('identity');
  if (!isGranted && own.length === 0) return end(false, 'identity');
  // A statement that names a user or everyone is not limited by the boundary; one that names a role is.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
  const isBeyond = direct.some(
    ({ principal: by }) => by === 'everyone' || (by === 'itself' && isUserOrSession(request)),
  );
  const isLimited = !(isSameAccount && isBeyond);
  for (const kind of ['boundary', 'session'] as const) {
    if (has(kind) && isLimited && allows(kind).length === 0) return end(false, kind);
  }
  return own.length > 0 ? end(true, 'identity', own) : end(true, 'resource', direct);
}

/**
 * Trust policies of roles and key policies must allow the principal or its account. Other policies of
 * resources only add to what the principal's own policies allow in the same account.
 */
function needsTrust({ action, resource }: Request): boolean {
  return /^sts:/i.test(action) || (/^kms:/i.test(action) && resource.includes(':key/'));
}

function isUserOrSession({ principal, session }: Request): boolean {
  return session !== undefined || principal.includes(':user/');
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

function traced({ kind, name, document }: Policy, request: Request): TracedStatement[] {
  if (document === undefined) return [];
  // In older policies, such as the default one of a topic, `${` begins no variable.
  if (document.Version !== '2012-10-17' && JSON.stringify(document).includes('${')) {
    throw new Error(`the ${name} has the version ${document.Version}, in which variables are text`);
  }
  return document.Statement.map((statement, index) => {
    const principal = kind === 'resource' ? principalMatch(statement, request) : undefined;
    return {
      kind,
      policy: name,
      statement: statement.Sid ?? `statement ${index + 1}`,
      conditions: statement.Condition,
      effect: effectOf(statement),
      mismatch:
        kind === 'resource' && principal === undefined
          ? { element: 'Principal' }
          : mismatch(statement, request),
      principal,
    };
  });
}

function effectOf({ Effect }: Statement): 'Allow' | 'Deny' {
  if (Effect !== 'Allow' && Effect !== 'Deny') throw new Error(`the effect ${Effect} is not known`);
  return Effect;
}

function mismatch(statement: Statement, { action, resource, context }: Request): Mismatch | undefined {
  if (!namesAction(statement, action)) return { element: 'Action' };
  if (!namesResource(statement, resource, context)) return { element: 'Resource' };
  const condition = firstUnmet(statement, context);
  return condition && { element: 'Condition', condition };
}

function namesAction({ Action, NotAction }: Statement, action: string): boolean {
  const isNamed = (names: Statement['Action'] = []) =>
    [names].flat().some((pattern) => isLike(pattern.toLowerCase(), action.toLowerCase()));
  return NotAction === undefined ? isNamed(Action) : !isNamed(NotAction);
}

function namesResource({ Resource, NotResource }: Statement, resource: string, context: Context): boolean {
  if (NotResource !== undefined) {
    return ![NotResource].flat().some((text) => {
      const pattern = withVariables(text, context);
      // We found no description of whether NotResource then names all resources or none.
      if (pattern === undefined) throw new Error(`the request has no value for a variable of ${text}`);
      return isArnLike(pattern, resource);
    });
  }
  // A trust policy has no resource.
  return [Resource ?? '*'].flat().some((text) => {
    const pattern = withVariables(text, context);
    return pattern !== undefined && isArnLike(pattern, resource);
  });
}

/** How a statement names the principal; undefined if it does not. */
function principalMatch(statement: Statement, request: Request): PrincipalMatch | undefined {
  if ('NotPrincipal' in statement) throw new Error('NotPrincipal is not known');
  const { Principal = {} } = statement;
  const names = Principal === '*' ? [['AWS', '*'] as const] : namesOf(Principal);
  const matches = names.map(([kind, name]) => matchOf(kind, name, request));
  return (['itself', 'everyone', 'account'] as const).find((match) => matches.includes(match));
}

function namesOf(principals: Readonly<Record<string, string | readonly string[]>>) {
  return Object.entries(principals).flatMap(([kind, names]) =>
    [names].flat().map((name) => [kind, name] as const),
  );
}

function matchOf(kind: string, name: string, request: Request): PrincipalMatch | undefined {
  const { principal, session } = request;
  if (kind === 'Service' || kind === 'Federated') return name === principal ? 'itself' : undefined;
  if (kind !== 'AWS') throw new Error(`the kind of principal ${kind} is not known`);
  if (name === '*') return 'everyone';
  const [account] = /^\d{12}$/.exec(name) ?? (ROOT.test(name) ? [accountOf(name)] : []);
  if (account !== undefined) {
    return principal.startsWith('arn:') && accountOf(principal) === account ? 'account' : undefined;
  }
  return name === principal || name === session ? 'itself' : undefined;
}
