import { evaluate, type Policy } from '../../explain/evaluate';
import type { PolicyDocument, Statement } from '../../explain/managed-policies';
import { isLike } from '../../explain/pattern';
import type { TrailEvent } from './trail-events';
import { KNOWN_KEYS, requestOf, type TrailRequest } from './trail-request';

/** A policy to evaluate before it is attached. */
export interface PlannedPolicy {
  /** Name in `organization.policies`. */
  readonly name: string;
  readonly kind: 'scp' | 'rcp';
  readonly document: PolicyDocument;
}

/** What one policy would have done to one caller. */
export interface PlannedDenial {
  readonly policy: string;
  /** ARN of the user, role or root. */
  readonly principal: string;
  /** Account of the resource. */
  readonly account: string;
  readonly region: string;
  readonly action: string;
  /** Sids of the statements. */
  readonly statements: readonly string[];
  readonly calls: number;
  /** Time of the last call, in ISO 8601. */
  readonly last: string;
  /** Why the denial is only possible: what the events do not say. @default - it is certain */
  readonly unless?: string;
}

/** Context of a plan. */
export interface PlanScope {
  /** ID of the organization. */
  readonly organization: string;
  /** IDs of the accounts of the organization, the management account included. */
  readonly accounts: ReadonlySet<string>;
  /** IDs of those that the policies are for. */
  readonly covered: ReadonlySet<string>;
}

interface Verdict {
  readonly policy: string;
  readonly statements: readonly string[];
  readonly unless?: string;
}

/**
 * Collects which calls policies would have denied. Calls that do not differ for the policies are evaluated
 * once and counted, so that memory grows with the kinds of calls only.
 */
export class PolicyPlan {
  private readonly found = new Map<string, PlannedDenial>();
  private readonly verdicts = new Map<string, readonly Verdict[]>();
  /** Calls that were evaluated. */
  calls = 0;

  constructor(
    private readonly policies: readonly PlannedPolicy[],
    private readonly scope: PlanScope,
  ) {}

  add(event: TrailEvent): void {
    const request = requestOf(event, this.scope.organization, this.scope.accounts);
    if (!request) return;
    this.calls += 1;
    const { principal, account, region, action } = request;
    for (const { policy, statements, unless } of this.verdictsOf(request)) {
      const key = [policy, principal, account, region, action, unless].join(' ');
      const { calls = 0, last = event.eventTime } = this.found.get(key) ?? {};
      this.found.set(key, {
        policy,
        principal,
        account,
        region,
        action,
        statements,
        calls: calls + 1,
        last: last > event.eventTime ? last : event.eventTime,
        ...(unless === undefined ? {} : { unless }),
      });
    }
  }

  /** The denials: by policy in their order, certain ones first, then by the number of calls. */
  get denials(): PlannedDenial[] {
    const order = this.policies.map(({ name }) => name);
    return [...this.found.values()].sort(
      (one, other) =>
        order.indexOf(one.policy) - order.indexOf(other.policy) ||
        Number(one.unless !== undefined) - Number(other.unless !== undefined) ||
        other.calls - one.calls,
    );
  }

  private verdictsOf(request: TrailRequest): readonly Verdict[] {
    const { principal, action, resources, names, context } = request;
    const keys = KNOWN_KEYS.map((key) => context.get(key)?.join() ?? '');
    const key = JSON.stringify([principal, action, resources, names, keys]);
    const known = this.verdicts.get(key);
    if (known) return known;
    const verdicts = this.policies.flatMap((policy) => verdictOf(policy, request, this.scope) ?? []);
    // Names differ from call to call. What denies nothing need not be kept forever.
    if (this.verdicts.size >= MOST_VERDICTS) this.verdicts.clear();
    this.verdicts.set(key, verdicts);
    return verdicts;
  }
}

const MOST_VERDICTS = 20_000;

function verdictOf(policy: PlannedPolicy, request: TrailRequest, scope: PlanScope): Verdict | undefined {
  // A service control policy limits principals of its accounts, a resource control policy resources there.
  const limited = policy.kind === 'scp' ? request.principalAccount : request.account;
  if (!scope.covered.has(limited)) return undefined;
  const judged = policy.document.Statement.flatMap((statement, index) => {
    const why = reasonOf(policy, statement, request);
    return why === undefined ? [] : [{ sid: statement.Sid ?? `statement ${index + 1}`, why }];
  });
  if (judged.length === 0) return undefined;
  const certain = judged.filter(({ why }) => why === CERTAIN);
  const deciding = certain.length > 0 ? certain : judged;
  return {
    policy: policy.name,
    statements: deciding.map(({ sid }) => sid),
    ...(certain.length > 0 ? {} : { unless: [...new Set(judged.map(({ why }) => why))].join('; ') }),
  };
}

const CERTAIN = '';

/**
 * Why a statement may deny a request: an empty text if it does for certain, undefined if it does not. What
 * the event does not say is taken out of the statement, and named.
 */
function reasonOf(policy: PlannedPolicy, statement: Statement, request: TrailRequest): string | undefined {
  if (statement.Effect !== 'Deny') return undefined;
  const { known, unknown } = splitConditions(statement);
  const reduced = { ...statement, Condition: known };
  const byKeys = unknown.length > 0 ? `the events have no ${unknown.join(', ')}` : CERTAIN;
  if (isEveryResource(statement)) return denies(policy, reduced, request, '*') ? byKeys : undefined;
  if (request.resources.some((arn) => denies(policy, reduced, request, arn))) return byKeys;
  // Few events have ARNs. A name among the parameters may be that of a resource of the policy.
  const { Resource: patterns = [], NotResource, ...elsewhere } = reduced;
  const names = [patterns].flat().map(nameIn);
  const isNamed =
    NotResource !== undefined || names.some((name) => request.names.some((one) => isLike(name, one)));
  if (!isNamed || !denies(policy, { ...elsewhere, Resource: '*' }, request, '*')) return undefined;
  return [byKeys, 'the events name the resource, and not its ARN'].filter((text) => text !== '').join('; ');
}

const isEveryResource = ({ Resource }: Statement) => [Resource ?? []].flat().includes('*');

/** The name at the end of the pattern of an ARN, such as `StackSet-AccountBaseline*`. */
const nameIn = (pattern: string) => /[^:/]*$/.exec(pattern.replace(/\/\*$/, ''))?.[0] ?? pattern;

function splitConditions({ Condition = {} }: Statement): {
  readonly known: NonNullable<Statement['Condition']>;
  readonly unknown: readonly string[];
} {
  const unknown: string[] = [];
  const known = Object.entries(Condition).flatMap(([operator, keys]) => {
    const kept = Object.entries(keys).filter(([key]) => {
      const isKnown = KNOWN_KEYS.includes(key.toLowerCase());
      if (!isKnown) unknown.push(key);
      return isKnown;
    });
    return kept.length > 0 ? [[operator, Object.fromEntries(kept)] as const] : [];
  });
  return { known: Object.fromEntries(known), unknown: [...new Set(unknown)] };
}

function denies(
  { name, kind, document }: PlannedPolicy,
  statement: Statement,
  { principal, action, account, context }: TrailRequest,
  resource: string,
): boolean {
  const one: Policy = { kind, name, document: { ...document, Statement: [statement] } };
  return evaluate({ principal, action, resource, account, context }, [one]).stage === 'deny';
}
