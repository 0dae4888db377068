import { list, resourcesOf, type Reviewed } from './template';

/** One reason for which findings are accepted, and where. */
export interface AcceptedFinding {
  readonly reason: string;
  readonly resources: Set<string>;
  /** Names of rules, as scanners write them. */
  readonly rules: Set<string>;
}

interface Suppression {
  readonly id: string;
  readonly reason?: string;
  readonly comment?: string;
}

interface GuardMetadata {
  readonly SuppressedRules?: readonly string[];
  readonly Reasons?: readonly string[];
}

/**
 * Keys of the metadata that scanners read, with the list in each. Guard's list has no reasons, the others
 * have one for each rule.
 */
const SCANNERS = {
  'cdk-nag': ['cdk_nag', 'rules_to_suppress'],
  checkov: ['checkov', 'skip'],
  cfn_nag: ['cfn_nag', 'rules_to_suppress'],
  Guard: ['guard', 'SuppressedRules'],
} as const;

/** The findings that the template accepts, by reason. */
export function acceptedFindings(stack: Reviewed): AcceptedFinding[] {
  const rows = new Map<string, AcceptedFinding>();
  const accept = (reason: string, resource: string, rule: string): void => {
    const row = rows.get(reason) ?? { reason, resources: new Set(), rules: new Set() };
    rows.set(reason, row);
    row.resources.add(resource);
    row.rules.add(rule);
  };
  for (const [logicalId, { Metadata = {} }] of resourcesOf(stack)) {
    const reasons = new Set<string>();
    for (const [holder, name] of Object.values(SCANNERS)) {
      const section = Metadata[holder] as Readonly<Record<string, unknown>> | undefined;
      for (const one of list(section?.[name]) as (Suppression | string)[]) {
        if (typeof one === 'string') continue;
        const reason = one.reason ?? one.comment;
        if (!reason) throw new Error(`${one.id} is suppressed without a reason on ${logicalId}`);
        reasons.add(reason);
        accept(reason, logicalId, one.id);
      }
    }
    const { SuppressedRules = [], Reasons = [] } = (Metadata.guard ?? {}) as GuardMetadata;
    const reason = guardReason([...reasons], Reasons);
    for (const rule of SuppressedRules) accept(reason, logicalId, rule);
  }
  return [...rows.values()];
}

/**
 * Guard's list of rules has no reasons. They are in the resource's other findings, or in a key beside the
 * list.
 */
function guardReason(others: readonly string[], own: readonly string[]): string {
  const [only = ''] = [...others, ...own];
  if (others.length + own.length <= 1) return only;
  if (others.length === 0) return own.join(' ');
  const shared = 'Names that Guard gives to the findings above on the same resource.';
  return own.length === 0 ? shared : `${shared} In addition: ${own.join(' ')}`;
}
