import { Aws } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { CHECK_DETAIL_TYPE, CHECK_SOURCE } from '../settings/daily-check';

export interface SettingNoticesProps {
  /** Topic that people read. Its policy must admit the rule. */
  readonly topic: ITopic;
  /**
   * Names of the settings that the check covers. Anybody who may put events could put one of this source:
   * these names are all that a message can say then.
   */
  readonly settings: readonly string[];
}

/** What the daily check says of a setting, by its outcome. */
const OUTCOMES = {
  reapplied: {
    id: 'Reapplied',
    headline: 'MEDIUM: The account setting <setting> was changed, and the daily check reapplied it',
    step: '1. Ask who changed it: CloudTrail has the event.',
  },
  failed: {
    id: 'Failed',
    headline: 'HIGH: The daily check could not check or reapply the account setting <setting>',
    step: '1. Read the log of the settings function; deploy the Settings stack again once the cause is gone.',
  },
} as const;

/**
 * Notifies people of what the daily check of the account settings reapplied or could not reapply. The check
 * puts events rather than messages: the stack of the settings is deployed before there is a topic.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export class SettingNotices extends Construct {
  constructor(scope: Construct, id: string, { topic, settings }: SettingNoticesProps) {
    super(scope, id);
    for (const [outcome, { id: ruleId, headline, step }] of Object.entries(OUTCOMES)) {
      new CfnRule(this, ruleId, {
        description: `Notifies people of account settings that the daily check found changed: ${outcome}.`,
        eventPattern: {
          source: [CHECK_SOURCE],
          'detail-type': [CHECK_DETAIL_TYPE],
          account: [Aws.ACCOUNT_ID],
          detail: { outcome: [outcome], setting: settings },
        },
        targets: [
          {
            id: 'People',
            arn: topic.topicArn,
            inputTransformer: {
              inputPathsMap: {
                setting: '$.detail.setting',
                regions: '$.detail.regions',
                account: '$.account',
                region: '$.region',
              },
              // A template of several lines is a JSON text a line.
              inputTemplate: [
                headline,
                'Account <account>, home Region <region>',
                step,
                '2. If nobody of yours changed it, deactivate the credentials of the caller.',
                'Regions (none for a setting of the account): <regions>',
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
