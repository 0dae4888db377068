import { CfnRule } from 'aws-cdk-lib/aws-events';
import { type ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { consoleDomain } from '../console/console-domain';
import { oneOf } from '../fields/basics';
import { checkProps, construct } from '../fields/check-props';
import { refusedByTopic } from '../notifications/refused-by-topic';

/** A source of findings, which of them are sent, and the text of the notification. */
interface FindingSource {
  /** EventBridge event pattern. */
  readonly pattern: Readonly<Record<string, unknown>>;
  /** JSON paths into the event, by their placeholder in the notification. */
  readonly paths: Readonly<Record<string, string>>;
  /** First line of the notification. */
  readonly headline: string;
  /** Steps to follow. */
  readonly steps: readonly string[];
  /** Path of the console page. */
  readonly page: string;
}

/** @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html */
const GUARD_DUTY: FindingSource = {
  pattern: {
    source: ['aws.guardduty'],
    'detail-type': ['GuardDuty Finding'],
    // High severity starts at 7.
    // https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html
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
    '1. Open the link and assess it with the owner of the resource.',
    '2. Archive it when it is resolved. Until then, you are notified again while it continues.',
  ],
  page: 'guardduty/home?region=<region>#/findings?search=id%3D<id>',
};

/**
 * GuardDuty findings also arrive through Security Hub. Other findings, such as those of standards, are sent
 * only if critical: a high one is often a setting that its owner will change later, and the check reports it
 * once or twice a day.
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
    '1. Open the link and assess it with the owner of the resource.',
    '2. Set its workflow status when it is resolved. Until then, each check notifies you again.',
  ],
  page: 'securityhub/home?region=<region>#/findings',
};

/** Services that create findings. */
export type Finder = 'guardDuty' | 'securityHub';

const SOURCES: Readonly<Record<Finder, FindingSource>> = { guardDuty: GUARD_DUTY, securityHub: SECURITY_HUB };

/** Props of {@link Findings}. */
export interface FindingsProps {
  /**
   * Service whose findings are sent. Security Hub includes GuardDuty findings, so choose it if both are
   * enabled.
   */
  readonly finder: Finder;
  /** Topic of the recipients. Its policy must allow the rule. */
  readonly topic: ITopic;
  /**
   * Topic that gets the unmodified events, which chat channels can display. Its policy must allow the rule.
   * @default - none
   */
  readonly chatTopic?: ITopic;
}

/**
 * Sends serious findings to the recipients in plain language. The policy of a topic in another stack must
 * name the rule by a pattern, because the stacks cannot refer to each other.
 * @example
 * const { logGroup } = new AuditTrail(this, 'Trail');
 * const channels = [new EmailChannel({ address: 'security@example.com' })];
 * const notifications = new Notifications(this, 'Notifications', { channels, logGroup });
 * notifications.admitRules(
 *   this.formatArn({ service: 'events', resource: 'rule', resourceName: `${this.stackName}-*` }),
 * );
 * new Findings(this, 'Findings', { finder: 'guardDuty', topic: notifications.topic });
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export class Findings extends Construct {
  /** ARN of the rule. */
  readonly ruleArn: string;

  constructor(scope: Construct, id: string, props: FindingsProps) {
    super(scope, id);
    checkProps({ finder: oneOf(Object.keys(SOURCES)), topic: construct() }, props);
    this.node.addValidation({
      validate: () =>
        [props.topic, ...(props.chatTopic ? [props.chatTopic] : [])].flatMap((topic) =>
          refusedByTopic(topic, ['events.amazonaws.com'], 'call admitRules of Notifications'),
        ),
    });
    const { pattern, paths, headline, steps, page } = SOURCES[props.finder];
    const rule = new CfnRule(this, 'Default', {
      description: 'Sends serious findings to the recipients in plain language.',
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

/** An input template with several lines has one JSON string per line. */
function lines(texts: readonly string[]): string {
  return texts.map((text) => `"${text}"`).join('\n');
}
