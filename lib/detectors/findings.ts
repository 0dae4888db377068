import { CfnRule } from 'aws-cdk-lib/aws-events';
import { type ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { consoleDomain } from '../console/console-domain';

/** Where findings come from, which of them are told, and what a message says. */
interface FindingSource {
  /** Event pattern of EventBridge. */
  readonly pattern: Readonly<Record<string, unknown>>;
  /** JSON paths into the event, by the name that a message uses between angle brackets. */
  readonly paths: Readonly<Record<string, string>>;
  /** First line. */
  readonly headline: string;
  /** What to do. */
  readonly steps: readonly string[];
  /** The page of the console, behind its domain. */
  readonly page: string;
}

/** @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html */
const GUARD_DUTY: FindingSource = {
  pattern: {
    source: ['aws.guardduty'],
    'detail-type': ['GuardDuty Finding'],
    // High begins at 7. https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html
    detail: { severity: [{ numeric: ['>=', 7] }] },
  },
  paths: {
    severity: '$.detail.severity',
    title: '$.detail.title',
    text: '$.detail.description',
    resource: '$.detail.resource.resourceType',
    id: '$.detail.id',
  },
  headline: 'Severity <severity> of 10: <title>',
  steps: [
    '1. Open the link and judge it with whoever owns the resource.',
    '2. Archive it when it is handled: until then it is told again while it goes on.',
  ],
  page: 'guardduty/home?region=<region>#/findings?search=id%3D<id>',
};

/**
 * GuardDuty's findings come through Security Hub too. Others, checks of standards among them, are told when critical only: a
 * high one is often a setting that waits for its owner, and a check finds it anew once or twice a day.
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html
 */
const SECURITY_HUB: FindingSource = {
  pattern: {
    source: ['aws.securityhub'],
    'detail-type': ['Security Hub Findings - Imported'],
    detail: {
      findings: {
        RecordState: ['ACTIVE'],
        Workflow: { Status: ['NEW'] },
        $or: [
          { Severity: { Label: ['CRITICAL'] } },
          { ProductName: ['GuardDuty'], Severity: { Label: ['HIGH'] } },
        ],
      },
    },
  },
  paths: {
    severity: '$.detail.findings[0].Severity.Label',
    title: '$.detail.findings[0].Title',
    text: '$.detail.findings[0].Description',
    resource: '$.detail.findings[0].Resources[0].Id',
    id: '$.detail.findings[0].Id',
  },
  headline: '<severity>: <title>',
  steps: [
    '1. Open the link and judge it with whoever owns the resource.',
    '2. Set its workflow status when it is handled: until then each check tells it again.',
  ],
  page: 'securityhub/home?region=<region>#/findings',
};

/** Services that find. */
export type Finder = 'guardDuty' | 'securityHub';

const SOURCES: Readonly<Record<Finder, FindingSource>> = { guardDuty: GUARD_DUTY, securityHub: SECURITY_HUB };

export interface FindingsProps {
  /** Whose findings are told. Security Hub's include GuardDuty's, so that with both it alone tells. */
  readonly finder: Finder;
  /** Topic that people read. Its policy must admit the rule. */
  readonly topic: ITopic;
  /**
   * Topic that gets the events as they come, which chat channels know how to show. Its policy must admit the rule.
   * @default - none
   */
  readonly chatTopic?: ITopic;
}

/**
 * Tells people of serious findings in plain words.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export class Findings extends Construct {
  /** ARN of the rule, for the policies of the topics. */
  readonly ruleArn: string;

  constructor(scope: Construct, id: string, props: FindingsProps) {
    super(scope, id);
    const { pattern, paths, headline, steps, page } = SOURCES[props.finder];
    const rule = new CfnRule(this, 'Default', {
      description: 'Sends serious findings to people in plain words.',
      eventPattern: pattern,
      targets: [
        {
          id: 'People',
          arn: props.topic.topicArn,
          inputTransformer: {
            inputPathsMap: { ...paths, account: '$.account', region: '$.region' },
            inputTemplate: lines([
              headline,
              'Account <account>, <region>',
              ...steps,
              'What: <text>',
              'Resource: <resource>',
              'Finding: <id>',
              `Link: https://<region>.${consoleDomain(this, 'console')}/${page}`,
            ]),
          },
        },
        ...(props.chatTopic ? [{ id: 'Chat', arn: props.chatTopic.topicArn }] : []),
      ],
    });
    this.ruleArn = rule.attrArn;
  }
}

/** A template of several lines is a JSON text a line. */
function lines(texts: readonly string[]): string {
  return texts.map((text) => `"${text}"`).join('\n');
}
