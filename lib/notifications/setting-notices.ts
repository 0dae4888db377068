import { Aws } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { CHECK_SOURCE } from '../settings/daily-check';

/** Properties of `SettingNotices`. */
export interface SettingNoticesProps {
  /** Topic of the recipients. Its policy must allow the rules to publish. */
  readonly topic: ITopic;
  /**
   * Names of the settings that the check covers. Anyone with permission to put events can forge one with this
   * source. A message repeats only the detail type, which is one text, and the rules match only these names.
   */
  readonly settings: readonly string[];
}

/** Text of the message, by outcome of the daily check. */
const OUTCOMES = {
  reapplied: {
    id: 'Reapplied',
    headline: 'MEDIUM: The account setting <setting> was changed, and the daily check reapplied it',
    step: '1. Find out who changed it: see the event in CloudTrail, in the Regions that the log of the settings function names.',
    now: 'Ask your team who changed it.',
  },
  failed: {
    id: 'Failed',
    headline: 'HIGH: The daily check could not check or reapply the account setting <setting>',
    step: '1. Read the log of the settings function, fix the cause, and redeploy the Settings stack.',
    now: 'Run npx aws-account-baseline verify to see how the setting is.',
  },
} as const;

/**
 * Notifies recipients of account settings that the daily check reapplied, or could not check or reapply. The
 * check puts events instead of publishing messages, because its stack is deployed before the topic exists.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export class SettingNotices extends Construct {
  constructor(scope: Construct, id: string, { topic, settings }: SettingNoticesProps) {
    super(scope, id);
    for (const [outcome, { id: ruleId, headline, step, now }] of Object.entries(OUTCOMES)) {
      new CfnRule(this, ruleId, {
        description: `Notifies the recipients when the daily check of an account setting ends with: ${outcome}.`,
        eventPattern: {
          source: [CHECK_SOURCE],
          'detail-type': settings,
          account: [Aws.ACCOUNT_ID],
          detail: { outcome: [outcome] },
        },
        targets: [
          {
            id: 'People',
            arn: topic.topicArn,
            inputTransformer: {
              inputPathsMap: {
                setting: '$.detail-type',
                account: '$.account',
                region: '$.region',
              },
              // In a template of several lines, each line is a JSON string.
              inputTemplate: [
                headline,
                'Account <account>, home Region <region>',
                step,
                '2. If nobody on your team changed it, deactivate the credentials of the caller.',
                `Now: ${now}`,
              ]
                .map((line) => `"${line}"`)
                .join('\n'),
            },
          },
        ],
      });
    }
  }
}
