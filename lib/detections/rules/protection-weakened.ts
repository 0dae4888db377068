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
      // Amazon Bedrock.
      eventNameLike('DeleteGuardrail', 'DeleteEnforcedGuardrail*'),
    ),
  )}}`,
  why: 'Somebody weakened what finds or stops intruders: added or changed rules that suppress findings of GuardDuty or Security Hub, removed members, deleted rules of AWS Config, removed a web firewall or a guardrail of AI models, or disabled Inspector, Macie or an analyzer.',
  noise:
    'Tuning: a suppression rule for a known finding. Enabling a standard counts, too. AWS services and deployments with CloudFormation do not count. Archiving or suppressing single findings does not count either, because people work through them that way.',
  firstMinutes: [
    'Ask the caller what the change hides, and why.',
    'Look at the findings that were archived or suppressed.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Undo the change: delete the filter or list, add the member, deploy the rule again.',
  ],
};
