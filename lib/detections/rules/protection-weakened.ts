import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, DIRECTLY, eventNameLike, sourceIs, SUCCEEDED, WRITES } from '../patterns';
import { SAFEGUARDS } from '../signals';

export const protectionWeakened: DocumentedDetection = {
  id: 'ProtectionWeakened',
  signal: SAFEGUARDS,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    WRITES,
    DIRECTLY,
    anyOf(
      allOf(
        // Delete, Disable, Disassociate
        eventNameLike('D*'),
        anyOf(
          ...['guardduty', 'securityhub', 'config', 'inspector2', 'macie2', 'access-analyzer'].map(sourceIs),
          // wafv2, waf, and waf-regional
          '$.eventSource="waf*"',
        ),
      ),
      allOf(sourceIs('guardduty'), eventNameLike('*Filter', '*IPSet', '*IntelSet', 'Stop*')),
      allOf(sourceIs('securityhub'), eventNameLike('*Standards*', '*AutomationRule', '*Insight')),
      // Of AI models.
      eventNameLike('DeleteGuardrail', 'DeleteEnforcedGuardrail*'),
    ),
  )}}`,
  why: 'Somebody weakened what finds intruders: rules that suppress findings of GuardDuty or Security Hub, members removed, rules of AWS Config deleted, a web firewall or a guardrail of AI models removed, Inspector, Macie or an analyzer disabled.',
  noise:
    'Tuning: a suppression rule for a finding that is known. Enabling a standard counts, too. AWS services and deployments with CloudFormation do not count; archiving or suppressing single findings, which is how people work through them, does not, either.',
  firstMinutes: [
    'Ask the caller what the change hides, and why.',
    'Look at the findings that were archived or suppressed.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Undo the change: delete the filter or list, add the member, deploy the rule again.',
  ],
};
