import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { consoleDomain } from '../console/console-domain';
import type { Match, WatchedCalls } from './watched-calls';

/** Properties of `TamperingRules`. */
export interface TamperingRulesProps {
  /** The calls to report. */
  readonly calls: readonly WatchedCalls[];
  /** Names of the stacks whose deployments are reported. */
  readonly stackNames: readonly string[];
  /** Topic of the recipients. Its policy must allow the rules to publish. */
  readonly topic: ITopic;
  /**
   * Topic for chat channels. Its policy must allow the rules to publish.
   * @default - none
   */
  readonly chatTopic?: ITopic;
}

/** Characters of an event pattern, by default. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const LONGEST_PATTERN = 2_048;

const CLOUDFORMATION = 'cloudformation.amazonaws.com';

/** The last line of each message: what a person can do at once. */
const NOW = 'Now: Ask your team whether one of you did this. If not, start with step 1.';

/** A message: its lines, and the fields of the event in them. */
interface Message {
  readonly title: string;
  readonly paths: Readonly<Record<string, string>>;
  readonly lines: readonly string[];
}

/**
 * Notifies the recipients of calls that silence the alarms, by any caller, seconds after the call. It
 * needs no log group, metric, alarm, function, or code.
 *
 * A message contains only what the caller cannot choose, because a rule cannot clean text: no names.
 *
 * EventBridge gets the calls from CloudTrail while any trail of the account is logging, and only those of its
 * Region.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export class TamperingRules extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: TamperingRulesProps,
  ) {
    super(scope, id);
    for (const calls of props.calls) {
      this.addRule(
        calls.id,
        `Notifies the recipients: ${calls.title}.`,
        patternOf(calls),
        this.report(calls),
      );
    }
    this.addRule(
      'Stacks',
      'Notifies the recipients: A stack of the baseline is deployed or deleted.',
      {
        source: ['aws.cloudformation'],
        'detail-type': ['CloudFormation Stack Status Change'],
        detail: {
          'stack-id': props.stackNames.map((name) => ({ wildcard: `*:stack/${name}/*` })),
          // One status for each operation: its start.
          'status-details': {
            status: ['CREATE', 'UPDATE', 'DELETE', 'IMPORT'].map((operation) => `${operation}_IN_PROGRESS`),
          },
        },
      },
      STACK_OPERATION,
    );
  }

  private report({ severity, title, step }: WatchedCalls): Message {
    return {
      title: `${severity.toUpperCase()}: ${title}`,
      paths: {
        time: '$.detail.eventTime',
        name: '$.detail.eventName',
        service: '$.detail.eventSource',
        type: '$.detail.userIdentity.type',
        address: '$.detail.sourceIPAddress',
        event: '$.detail.eventID',
      },
      lines: [
        'Call <name> of <service> at <time>, by <type> from <address>',
        `1. See who made the call, after a few minutes: https://<region>.${consoleDomain(this, 'console')}/cloudtrailv2/home?region=<region>#/events/<event>`,
        `2. If nobody on your team planned it, deactivate the credentials of the caller. ${step}`,
      ],
    };
  }

  private addRule(id: string, description: string, eventPattern: object, message: Message): void {
    const { length } = JSON.stringify(eventPattern);
    if (length > LONGEST_PATTERN) {
      throw new Error(
        `an event pattern must have at most ${LONGEST_PATTERN} characters, got ${length} for ${id}`,
      );
    }
    const { title, paths, lines } = message;
    const inputPathsMap = { account: '$.account', region: '$.region', ...paths };
    const [topic, chatTopic] = [this.props.topic, this.props.chatTopic];
    const text = [title, 'Account <account>, home Region <region>', ...lines, NOW];
    new CfnRule(this, id, {
      description,
      eventPattern,
      targets: [
        {
          id: 'People',
          arn: topic.topicArn,
          // In a template of several lines, each line is a JSON string.
          inputTransformer: {
            inputPathsMap,
            inputTemplate: text.map((line) => `"${line}"`).join('\n'),
          },
        },
        ...(chatTopic
          ? [
              {
                id: 'Chat',
                arn: chatTopic.topicArn,
                inputTransformer: { inputPathsMap, inputTemplate: forChat(text) },
              },
            ]
          : []),
      ],
    });
  }
}

const STACK_OPERATION: Message = {
  title: 'MEDIUM: A stack of the baseline is being deployed or deleted',
  paths: { stack: '$.detail.stack-id', status: '$.detail.status-details.status', time: '$.time' },
  lines: [
    '<status> of <stack> since <time>',
    '1. If this is a deployment of your team, you need to do nothing. There is one message for each stack.',
    '2. If not: look in the events of the stack in the CloudFormation console for who started it and what changed, deactivate the credentials of the caller, and redeploy the baseline.',
  ],
};

/** The calls, if they succeed. */
function patternOf({ services, eventNames, parameters, byStack }: WatchedCalls): object {
  return {
    // Nobody but AWS can put events of such a source.
    source: [{ prefix: 'aws.' }],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: {
      eventSource: services.map((service) => `${service}.amazonaws.com`),
      readOnly: [false],
      errorCode: [{ exists: false }],
      userIdentity: byStack
        ? { invokedBy: [CLOUDFORMATION] }
        : { $or: [{ invokedBy: [{ exists: false }] }, { invokedBy: [{ 'anything-but': CLOUDFORMATION }] }] },
      ...(eventNames ? { eventName: eventNames } : {}),
      ...(parameters ? { requestParameters: anyOf(parameters) } : {}),
    },
  };
}

/** One of the parameters matches. */
function anyOf(parameters: Readonly<Record<string, readonly Match[]>>): object {
  const alternatives = Object.entries(parameters).map(([path, matches]) =>
    path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), matches),
  );
  return alternatives.length === 1 ? (alternatives[0] as object) : { $or: alternatives };
}

/** @see https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html */
function forChat([title, ...lines]: readonly string[]): string {
  const content = { textType: 'client-markdown', title, description: lines.join('\n') };
  return JSON.stringify({ version: '1.0', source: 'custom', content });
}
