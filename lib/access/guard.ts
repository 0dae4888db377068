import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import { Effect, type IGroup, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** Actions of one service that would take something away, and the ARNs that they must not be used on. */
export interface ProtectedResource {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** Which parts of the suite there are to protect. */
export interface SuiteProtection {
  /**
   * Prefix of the names of the suite's stacks. CloudFormation begins the names of what it creates with the stack's
   * name, so that one pattern covers every stack of the suite, also those that are added later.
   */
  readonly prefix: string;
  /**
   * Alias of the suite's key, such as `alias/account-baseline`.
   * @default - the suite has no key
   */
  readonly keyAlias?: string;
  /**
   * Name of the suite's trail.
   * @default - the account's own trail is used, which the baseline does not protect
   */
  readonly trailName?: string;
  /**
   * Name of a log group outside the suite that the alarms read.
   * @default - the alarms read a log group of the suite
   */
  readonly logGroupName?: string;
  /** @default false */
  readonly configRecorder?: boolean;
  /** @default false */
  readonly guardDuty?: boolean;
  /** @default false */
  readonly securityHub?: boolean;
}

/** What members must not do to their own group: leave it, delete it, or change its policies. */
export function protectGroup(group: IGroup): ProtectedResource {
  return {
    actions: [
      'iam:AttachGroupPolicy',
      'iam:DeleteGroup*',
      'iam:DetachGroupPolicy',
      'iam:PutGroupPolicy',
      'iam:RemoveUserFromGroup',
      'iam:UpdateGroup',
    ],
    resources: [group.groupArn],
  };
}

/**
 * What must not be taken away or changed outside CloudFormation, in every stack of the suite. Action wildcards are
 * meant: what AWS adds to a service is denied, too.
 */
export function protectSuite(scope: Construct, suite: SuiteProtection): ProtectedResource[] {
  const { prefix, trailName, logGroupName } = suite;
  const name = `${prefix}-*`;
  const stack = Stack.of(scope);
  const arn = (service: string, resource: string, resourceName: string) =>
    stack.formatArn({ service, resource, resourceName });
  const colonArn = (service: string, resource: string, resourceName: string) =>
    stack.formatArn({ service, resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  return [
    {
      actions: ['s3:Delete*', 's3:Put*'],
      // The bucket and, since a wildcard reaches across slashes, its objects. Names of buckets are in lower case.
      resources: [`arn:${Aws.PARTITION}:s3:::${prefix.toLowerCase()}-*`],
    },
    {
      actions: ['logs:AssociateKmsKey', 'logs:Delete*', 'logs:DisassociateKmsKey', 'logs:Put*'],
      resources: [
        colonArn('logs', 'log-group', name),
        ...(logGroupName === undefined ? [] : [colonArn('logs', 'log-group', `${logGroupName}:*`)]),
      ],
    },
    {
      // Who may publish, in either direction; a data protection policy, the only thing that Put* puts, can refuse messages.
      actions: ['sns:*Permission', 'sns:DeleteTopic', 'sns:Put*', 'sns:SetTopicAttributes'],
      resources: [stack.formatArn({ service: 'sns', resource: name })],
    },
    {
      actions: ['cloudwatch:DeleteAlarms', 'cloudwatch:DisableAlarmActions', 'cloudwatch:Put*'],
      resources: [colonArn('cloudwatch', 'alarm', name)],
    },
    {
      actions: ['lambda:*Permission', 'lambda:Delete*', 'lambda:Put*', 'lambda:Update*'],
      resources: [colonArn('lambda', 'function', name)],
    },
    {
      actions: ['events:Delete*', 'events:DisableRule', 'events:Put*', 'events:RemoveTargets'],
      resources: [arn('events', 'rule', name)],
    },
    {
      // The first one covers UpdateAssumeRolePolicy, too.
      actions: ['iam:*RolePolicy', 'iam:DeleteRole*', 'iam:PutRole*'],
      resources: [stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: name })],
    },
    ...(suite.keyAlias === undefined
      ? []
      : [
          {
            actions: ['kms:DeleteAlias', 'kms:UpdateAlias'],
            resources: [stack.formatArn({ service: 'kms', resource: suite.keyAlias })],
          },
        ]),
    ...(trailName === undefined
      ? []
      : [
          {
            actions: [
              'cloudtrail:DeleteTrail',
              'cloudtrail:Put*',
              'cloudtrail:StopLogging',
              'cloudtrail:UpdateTrail',
            ],
            resources: [arn('cloudtrail', 'trail', trailName)],
          },
        ]),
    ...(suite.configRecorder
      ? [
          {
            actions: ['config:DeleteConfigurationRecorder', 'config:StopConfigurationRecorder'],
            resources: [arn('config', 'configuration-recorder', '*')],
          },
        ]
      : []),
    // A Region has one detector and one hub at most, and nobody knows the detector's id before.
    ...(suite.guardDuty
      ? [
          {
            actions: ['guardduty:DeleteDetector', 'guardduty:UpdateDetector'],
            resources: [arn('guardduty', 'detector', '*')],
          },
        ]
      : []),
    ...(suite.securityHub
      ? [
          {
            actions: ['securityhub:DisableSecurityHub'],
            resources: [arn('securityhub', 'hub', 'default')],
          },
        ]
      : []),
  ];
}

/** CloudFormation, which may change what it is asked to change. True as well when no service is in between. */
const OUTSIDE_CLOUDFORMATION = {
  'ForAllValues:StringNotEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' },
};

/**
 * Denies changes to the protected resources in one statement: no action of one service applies to a resource of
 * another. CloudFormation on the caller's behalf is let through, so that the stacks can be changed and removed.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia
 */
export function denyTampering(protectedResources: readonly ProtectedResource[]): PolicyStatement {
  return new PolicyStatement({
    sid: 'DenyTampering',
    effect: Effect.DENY,
    actions: protectedResources.flatMap(({ actions }) => actions),
    resources: protectedResources.flatMap(({ resources }) => resources),
    conditions: OUTSIDE_CLOUDFORMATION,
  });
}

/**
 * Denies what would disable the suite's key. A key is known by its alias here: its id is chosen by KMS, and this
 * policy is deployed before the key.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
 */
export function denyTamperingWithKey(scope: Construct, keyAlias: string): PolicyStatement {
  return new PolicyStatement({
    sid: 'DenyTamperingWithKey',
    effect: Effect.DENY,
    actions: ['kms:Disable*', 'kms:PutKeyPolicy', 'kms:RevokeGrant', 'kms:ScheduleKeyDeletion'],
    resources: [Stack.of(scope).formatArn({ service: 'kms', resource: 'key', resourceName: '*' })],
    conditions: {
      ...OUTSIDE_CLOUDFORMATION,
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': keyAlias },
    },
  });
}
