import type { Severity } from '../detections/detection';

/** A value of an event pattern, or an operator on it. */
export type Match = string | boolean | Readonly<Record<string, unknown>>;

/** Names of the resources that both ways to the recipients depend on. */
export interface WatchedNames {
  /** Prefix of the suite, such as `AccountBaseline`. */
  readonly prefix: string;
  /**
   * Name of the trail.
   * @default - unknown: it belongs to somebody else, and every trail is watched
   */
  readonly trailName?: string;
  /**
   * Name of the log group, if it does not begin with the prefix. Names that contain it count too.
   * @default - it begins with the prefix
   */
  readonly existingLogGroup?: string;
  /**
   * ID of the key that encrypts the topics, and its alias.
   * @default - they are not encrypted
   */
  readonly key?: { readonly id: string; readonly alias: string };
}

/** Calls that would silence the alarms, and what recipients read about them. */
export interface WatchedCalls {
  /** Construct ID. */
  readonly id: string;
  readonly severity: Severity;
  /** What happened. */
  readonly title: string;
  /** What to do after looking at the event, in sentences. */
  readonly step: string;
  /** First parts of the domains of the services, as in `lambda`. */
  readonly services: readonly string[];
  /**
   * Names of the calls.
   * @default - every call that changes something
   */
  readonly eventNames?: readonly Match[];
  /**
   * Values that name a resource, by request parameter; a dot leads into an object. One of them must match.
   * @default - the name of the call is enough
   */
  readonly parameters?: Readonly<Record<string, readonly Match[]>>;
  /**
   * Whether CloudFormation makes the calls, rather than anyone or anything else.
   * @default false
   */
  readonly byStack?: boolean;
}

const REDEPLOY = 'Redeploy the baseline.';

/**
 * Calls that cut the way from an event to the recipients, by the service that is called.
 *
 * A call that CloudFormation makes has the same record whichever stack it is for. So a deployment of the
 * suite is reported once per stack, by the rule for their status, and of the calls of CloudFormation only
 * those that any stack can cause: a stack of any name can add a policy, a permission, or a subscriber to what
 * another stack owns. The others need the owner, because CloudFormation refuses a name that another stack
 * has.
 */
export function watchedCalls(names: WatchedNames): readonly WatchedCalls[] {
  const { prefix, trailName, existingLogGroup, key } = names;
  const named = [{ prefix: `${prefix}-` }];
  // A name, an ARN with it, or a part of an ARN.
  const contained = [{ wildcard: `*${prefix}-*` }];
  const logGroup = existingLogGroup === undefined ? contained : [{ wildcard: `*${existingLogGroup}*` }];
  const trail = trailName === undefined ? [{ exists: true }] : [{ suffix: trailName }];
  return [
    {
      id: 'Functions',
      severity: 'high',
      title: 'A function or role of the baseline was changed, such as the function that explains alarms',
      step: `${REDEPLOY} Until then, alarms may not reach you.`,
      // IAM records its calls in us-east-1 (in other partitions, in one Region of theirs), and rules get the
      // events of their own Region. https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
      services: ['lambda', 'iam'],
      parameters: { functionName: contained, resource: contained, roleName: named },
    },
    {
      id: 'Topics',
      severity: 'critical',
      title: 'A topic of the baseline or a subscription to it was changed',
      step: `Check in the SNS console who is subscribed. ${REDEPLOY}`,
      services: ['sns'],
      // A recipient who confirms a subscription changes nothing that Subscribe did not report.
      eventNames: [{ 'anything-but': { prefix: 'Confirm' } }],
      parameters: { topicArn: contained, subscriptionArn: contained, resourceArn: contained },
    },
    {
      id: 'Alarms',
      severity: 'high',
      title: 'An alarm of the baseline, a filter or the log group of the audit trail was changed',
      step: 'Run npx aws-account-baseline verify to see which. Redeploy the baseline.',
      services: ['monitoring', 'logs'],
      // CloudTrail and the functions sometimes create a log stream.
      eventNames: [{ 'anything-but': { prefix: 'Create' } }],
      parameters: {
        alarmName: named,
        alarmNames: named,
        alarmRule: contained,
        actionsSuppressor: contained,
        'muteTargets.alarmNames': named,
        logGroupName: logGroup,
        logGroupIdentifier: logGroup,
        resourceIdentifier: logGroup,
        // A policy for all log groups, which can transform the events before the filters read them.
        policyType: [{ exists: true }],
      },
    },
    {
      id: 'Trail',
      severity: 'critical',
      title: 'The audit trail was changed or stopped',
      step: 'Start logging again in the CloudTrail console: without a trail, events reach no alarm and no rule.',
      services: ['cloudtrail'],
      parameters: { name: trail, trailName: trail },
    },
    ...(key === undefined ? [] : [keyCalls(key)]),
    {
      id: 'Rules',
      severity: 'high',
      title: 'A rule that reports changes to the baseline was changed',
      step: REDEPLOY,
      services: ['events'],
      // The default bus, whose encryption or policy can be changed, has this name.
      parameters: { name: [...named, 'default'], rule: named, resourceARN: contained },
    },
    {
      id: 'Detours',
      severity: 'high',
      title: 'Cloud Control or a stack refactor changed a resource that may be of the baseline',
      step: 'Check the baseline with npx aws-account-baseline verify.',
      services: ['cloudcontrolapi', 'cloudformation'],
      eventNames: ['CreateResource', 'UpdateResource', 'DeleteResource', 'ExecuteStackRefactor'],
      parameters: {
        identifier: [
          ...contained,
          ...(existingLogGroup === undefined ? [] : logGroup),
          ...(trailName === undefined ? [] : trail),
          ...(key === undefined ? [] : [{ suffix: key.id }]),
        ],
        // The record does not name the stacks.
        stackRefactorId: [{ exists: true }],
      },
    },
    {
      id: 'AddedByStack',
      severity: 'medium',
      title: 'A stack changed a policy, permission, role, subscription or log group of the baseline',
      step: `Find the stack that was deployed at this time in the CloudFormation console. If it is not a stack of the baseline, delete it. ${REDEPLOY}`,
      services: ['sns', 'lambda', 'iam', 'logs', 'monitoring'],
      eventNames: [
        'SetTopicAttributes',
        'PutDataProtectionPolicy',
        'Subscribe',
        'Unsubscribe',
        'SetSubscriptionAttributes',
        // Lambda adds a version to some names.
        { prefix: 'AddPermission' },
        { prefix: 'RemovePermission' },
        { suffix: 'FunctionEventInvokeConfig' },
        { suffix: 'RolePolicy' },
        { suffix: 'SubscriptionFilter' },
        { suffix: 'Transformer' },
        { suffix: 'AccountPolicy' },
        'PutAlarmMuteRule',
      ],
      parameters: {
        topicArn: contained,
        subscriptionArn: contained,
        functionName: contained,
        roleName: named,
        logGroupName: logGroup,
        logGroupIdentifier: logGroup,
        policyType: [{ exists: true }],
        'muteTargets.alarmNames': named,
      },
      byStack: true,
    },
  ];
}

function keyCalls({ id, alias }: NonNullable<WatchedNames['key']>): WatchedCalls {
  // An ID or an ARN.
  const named = [{ suffix: id }];
  return {
    id: 'Key',
    severity: 'critical',
    title: 'The key of the baseline was changed, disabled or granted to somebody',
    step: 'Enable the key, or cancel its deletion, in the KMS console: without it, no message is sent.',
    services: ['kms'],
    parameters: { keyId: named, targetKeyId: named, aliasName: [{ suffix: alias }] },
  };
}
