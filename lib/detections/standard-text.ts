import { STOP_THE_CALLER } from './containment';
import type { DocumentedDetection } from './detection';
import { eventNameIs } from './patterns';
import { ATTEMPTS } from './signals';

/** Properties of `standardText`. */
interface StandardTextProps {
  /** ID of the detection. */
  readonly id: string;
  /** Number of the control in CIS AWS Foundations 7.0, such as 5.5. */
  readonly cis: string;
  /** Number of the Security Hub control, such as 5 for CloudWatch.5. */
  readonly securityHub: number;
  /** Pattern, exactly as scanners expect it. */
  readonly pattern: string;
  /** ID of the detection that reports the first success. */
  readonly success: string;
}

/**
 * Creates a detection with a pattern that Security Hub compares literally, and that therefore counts
 * failures as well. A detection of its own reports successes. The weight is so small that one use of root or
 * one change does not also trigger this alarm.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
 */
export function standardText({
  id,
  cis,
  securityHub,
  pattern,
  success,
}: StandardTextProps): DocumentedDetection {
  return {
    id,
    signal: ATTEMPTS,
    weight: 1,
    controls: [`CIS 7.0 ${cis}`, `Security Hub CloudWatch.${securityHub}`],
    pattern,
    why: `The pattern is the one that the standards require. It counts failed attempts as well as successes. ${success} reports the first success.`,
    noise: `Three hundred events within five minutes trigger the alarm. A single event does not, because ${success} already reports it if it succeeds.`,
    firstMinutes: [
      'Check in the events who made the calls, and whether one succeeded.',
      `If one succeeded, see ${success}.`,
    ],
    containment: [`See ${success}.`],
  };
}

/** Properties of `resourceChange`. */
interface ResourceChangeProps {
  /** ID of the detection. */
  readonly id: string;
  /** Number of the control in CIS AWS Foundations 7.0, such as 5.4. */
  readonly cis: string;
  /** Number of the Security Hub control, such as 4 for CloudWatch.4. */
  readonly securityHub: number;
  /**
   * Service whose events count.
   * @default - every service, because the standard names none
   */
  readonly service?: string;
  /** Names of the events that the standard lists. */
  readonly eventNames: readonly string[];
  /** Why the change matters. */
  readonly why: string;
}

/**
 * Creates a detection of changes that every deployment makes. The standards require seven of them, and their
 * patterns can exclude neither deployments nor failures. All seven have the same weight: 50 changes within
 * five minutes trigger the alarm.
 */
export function resourceChange(props: ResourceChangeProps): DocumentedDetection {
  const { id, cis, securityHub, service, eventNames, why } = props;
  const names = eventNameIs(...eventNames);
  return {
    id,
    signal: ATTEMPTS,
    weight: 6,
    controls: [`CIS 7.0 ${cis}`, `Security Hub CloudWatch.${securityHub}`],
    pattern:
      service === undefined ? `{${names}}` : `{($.eventSource=${service}.amazonaws.com) && (${names})}`,
    why,
    noise:
      'Every deployment makes such changes, and the pattern of the standards can exclude neither them nor denied attempts. The alarm therefore triggers at 50 changes of the seven kinds within five minutes, or fewer if calls are denied or sign-ins fail at the same time. A small deployment stays below that; a large one with networks may not. ChangedByHand reports single manual changes.',
    firstMinutes: [
      'Check for a deployment. Large ones with networks reach 50 changes.',
      'If there was none, find out who made the changes.',
    ],
    containment: [STOP_THE_CALLER, 'Undo the changes, newest first.'],
  };
}
