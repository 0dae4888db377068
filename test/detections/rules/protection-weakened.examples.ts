import { calls, example, type Examples } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { call, CLOUDFORMATION, denied, through } from '../events/record';

const DETECTOR = { detectorId: '12abc34d567e8fa901bc2d34e56789f0' };

export const examples: Examples = {
  matches: [
    ...calls('guardduty', INTRUDER, {
      CreateFilter: { ...DETECTOR, action: 'ARCHIVE' },
      UpdateFilter: { ...DETECTOR, action: 'ARCHIVE' },
      CreateIPSet: { ...DETECTOR, activate: true },
      CreateThreatIntelSet: DETECTOR,
      StopMonitoringMembers: DETECTOR,
      DisassociateMembers: DETECTOR,
      DeleteMembers: DETECTOR,
    }),
    ...calls('securityhub', INTRUDER, {
      BatchDisableStandards: {},
      UpdateStandardsControl: { controlStatus: 'DISABLED' },
      BatchUpdateStandardsControlAssociations: {},
      CreateAutomationRule: {},
      UpdateInsight: {},
      DisassociateFromAdministratorAccount: {},
    }),
    ...calls('config', INTRUDER, { DeleteConfigRule: { configRuleName: 'x' }, DeleteConformancePack: {} }),
    ...calls('inspector2', INTRUDER, { Disable: { resourceTypes: ['EC2'] } }),
    ...calls('macie2', INTRUDER, { DisableMacie: {} }),
    ...calls('access-analyzer', INTRUDER, { DeleteAnalyzer: { analyzerName: 'x' } }),
    ...calls('bedrock', INTRUDER, {
      DeleteGuardrail: { guardrailIdentifier: 'x' },
      DeleteEnforcedGuardrailConfiguration: { configId: 'x' },
    }),
    ...calls('wafv2', INTRUDER, { DisassociateWebACL: {}, DeleteWebACL: {} }),
  ],
  nearMisses: [
    example('an intruder may not', denied('guardduty', 'DeleteMembers', INTRUDER)),
    example('a stack is deleted', call('config', 'DeleteConfigRule', CLOUDFORMATION)),
    example(
      'Security Hub removes its rules',
      call('config', 'DeleteConfigRule', through('securityhub', ADMIN)),
    ),
    ...calls('guardduty', ADMIN, {
      ListMembers: {},
      GetFilter: {},
      CreateSampleFindings: DETECTOR,
      ArchiveFindings: DETECTOR,
    }),
    ...calls('securityhub', ADMIN, {
      DescribeStandards: {},
      BatchUpdateFindings: { Workflow: { Status: 'SUPPRESSED' } },
      EnableSecurityHub: {},
    }),
    ...calls('config', ADMIN, { DescribeConfigRules: {}, PutConfigRule: {} }),
    ...calls('wafv2', ADMIN, { AssociateWebACL: {} }),
    ...calls('logs', ADMIN, { DeleteLogGroup: {}, PutMetricFilter: {}, StopQuery: {} }),
    example('a filter of SES', call('ses', 'CreateReceiptFilter', ADMIN)),
    example('an IP set of the web firewall', call('wafv2', 'UpdateIPSet', ADMIN)),
    example('a rule of another service', call('iot', 'DeleteTopicRule', ADMIN)),
    example('standards of another service', call('chime', 'UpdateStandardsOfChime', ADMIN)),
    example('an insight of another service', call('quicksight', 'CreateInsight', ADMIN)),
    example('an automation rule of another service', call('ses', 'CreateAutomationRule', ADMIN)),
    example('intelligence of another service', call('x-ray', 'CreateIntelSet', ADMIN)),
  ],
};
