import { switchesAs } from '../settings/switches';
import { baselineTemplate } from '../synth';
import { templatePolicies, type TemplatePolicies } from './template-policies';

const VIEWERS = { viewers: ['carol'] };

/** Policies of the standard profile, with somebody who reads bills. */
export function standardPolicies(): TemplatePolicies {
  return templatePolicies(baselineTemplate({ billing: VIEWERS }));
}

/** Policies of the strict profile with every switch on that makes a policy. */
export function strictPolicies(): TemplatePolicies {
  const template = baselineTemplate({
    profile: 'strict',
    region: 'us-east-1',
    billing: { ...VIEWERS, costAnomalyDetection: true },
    accountSettings: {
      alias: 'example-co',
      ...switchesAs(true),
      dailyCheck: true,
    },
    notifications: {
      emails: ['security@example.com'],
      slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' },
    },
  });
  return templatePolicies(template);
}
