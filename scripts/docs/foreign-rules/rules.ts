import answers from './answers.json';
import rules from './rules.json';
import { REASONS, type Reason } from './reasons';

/**
 * The collections, whose rules were read for the events that they look for. Only their names and these
 * events are kept here.
 */
export const COLLECTIONS = {
  sigma: {
    url: 'https://github.com/SigmaHQ/sigma/tree/master/rules/cloud/aws',
    commit: '8eaafff1f2845a696050e05e72ba1140ee190698',
  },
  elastic: {
    url: 'https://github.com/elastic/detection-rules/tree/main/rules/integrations/aws',
    commit: '14cf530f0d2177023092449cd9d9348b4a8884c2',
  },
  turbot: {
    url: 'https://github.com/turbot/tailpipe-mod-aws-cloudtrail-log-detections',
    commit: 'd3d203a331f6c9db36867358f1c52cf5fbb4450c',
  },
} as const;

/** What an event is meant to cause: the ID of a detection, or the reason why there is none. */
export type Outcome = { readonly event: string } & (
  { readonly triggers: string } | { readonly counts: string } | { readonly because: Reason }
);

/** A rule of another collection. */
export interface ForeignRule {
  readonly collection: string;
  readonly rule: string;
  /** Why no single event shows what the rule looks for. */
  readonly reason?: Reason;
  readonly outcomes: readonly Outcome[];
}

/** The rules, with what their events trigger. */
export function foreignRules(): ForeignRule[] {
  return Object.entries<Readonly<Record<string, string | readonly string[]>>>(rules).flatMap(
    ([collection, own]) =>
      Object.entries(own).map(([rule, events]) =>
        typeof events === 'string'
          ? { collection, rule, reason: reasonOf(events), outcomes: [] }
          : { collection, rule, outcomes: events.map(outcomeOf) },
      ),
  );
}

function outcomeOf(event: string): Outcome {
  const answer = (answers as Readonly<Record<string, Readonly<Record<string, string>>>>)[event];
  if (!answer) throw new Error(`${event} has no answer in answers.json`);
  const { triggers, counts, because } = answer;
  if (triggers !== undefined) return { event, triggers };
  return counts === undefined ? { event, because: reasonOf(because) } : { event, counts };
}

function reasonOf(name: string | undefined): Reason {
  if (name === undefined || !(name in REASONS)) throw new Error(`${String(name)} is not a reason`);
  return name as Reason;
}
