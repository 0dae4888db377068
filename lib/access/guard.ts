import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import { Effect, type IGroup, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { KEY_ALIAS } from '../audit/key-alias';
import { auditTrail } from '../config/sections/audit-trail';
import { detectors } from '../config/sections/detectors';
import { list, section } from '../fields/basics';
import { samlProviderName, stackPrefix } from '../fields/names';
import { matching } from '../fields/text';
import { OUTSIDE_CLOUDFORMATION } from '../functions/through-cloudformation';

/** Actions of one service that are denied, and the ARNs that they are denied on. */
export interface ProtectedResource {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** The user's own, for `checkProps`. Actions of every service would be denied on the resources. */
export const ownProtectedResources = () =>
  list(
    section({
      actions: list(
        matching(/^[a-z\d-]+:[\w*?]+$/i, 'must be an action such as dynamodb:DeleteTable'),
        'actions',
      ),
      resources: list(matching(/^(?:arn:.+|\*)$/, 'must be an ARN or *'), 'ARNs'),
    }),
    'objects',
  );

/** The parts of the suite that the guard protects. */
export interface SuiteProtection {
  /**
   * Prefix of the stack names. CloudFormation starts the names of its resources with the stack name, so one
   * pattern covers every stack of the suite, including future ones.
   */
  readonly prefix: string;
  /**
   * Alias of the suite's key, such as `alias/account-baseline`.
   * @default - the suite has no key
   */
  readonly keyAlias?: string;
  /**
   * Name of the suite's trail.
   * @default - the account's own trail is used, and is not protected
   */
  readonly trailName?: string;
  /**
   * Name of a log group outside the suite that the alarms read.
   * @default - the alarms read a log group of the suite
   */
  readonly logGroupName?: string;
  /**
   * Name of the SAML provider that the suite creates. It does not start with the prefix.
   * @default - the suite has no SAML provider
   */
  readonly samlProviderName?: string;
  /** Whether the suite enables the AWS Config recorder. @default false */
  readonly configRecorder?: boolean;
  /** Whether the suite enables GuardDuty. @default false */
  readonly guardDuty?: boolean;
  /** Whether the suite enables Security Hub. @default false */
  readonly securityHub?: boolean;
}

/** The parts of the suite, for `checkProps`: a wildcard would deny work elsewhere. */
export const suiteRules = () => {
  const { trailName, existingLogGroup } = auditTrail.unwrap().shape;
  const { configRecorder, guardDuty, securityHub } = detectors.unwrap().shape;
  return section({
    prefix: stackPrefix(),
    keyAlias: matching(/^alias\/[\w/-]+$/, `must be an alias such as ${KEY_ALIAS}`).optional(),
    trailName,
    logGroupName: existingLogGroup,
    samlProviderName: samlProviderName().optional(),
    configRecorder,
    guardDuty,
    securityHub,
  });
};

/** Actions on a group: leaving it, deleting it, or changing its policies. */
const GROUP_ACTIONS = [
  'iam:AttachGroupPolicy',
  'iam:DeleteGroup*',
  'iam:DetachGroupPolicy',
  'iam:PutGroupPolicy',
  'iam:RemoveUserFromGroup',
  'iam:UpdateGroup',
];

/**
 * Actions on their own group that are denied to members: leaving it, deleting it, or changing its policies.
 */
export function protectGroup(group: IGroup): ProtectedResource {
  return { actions: GROUP_ACTIONS, resources: [group.groupArn] };
}

/**
 * The same for groups of another stack, which need not exist.
 *
 * @param names names, or patterns of them
 */
export function protectGroups(scope: Construct, names: readonly string[]): ProtectedResource {
  const stack = Stack.of(scope);
  return {
    actions: GROUP_ACTIONS,
    resources: names.map((resourceName) =>
      stack.formatArn({ service: 'iam', region: '', resource: 'group', resourceName }),
    ),
  };
}

/**
 * Actions that are denied outside CloudFormation, in every stack of the suite. The wildcards also deny
 * actions that AWS adds later. Key, topics, and first-time passwords have denials in their own policies, for
 * roles too.
 *
 * Not here, because denying them would stop ordinary work; the alarms and event rules report them:
 * - what has no resource-level permissions: `logs:PutAccountPolicy`, `lambda:CreateEventSourceMapping`
 * - what acts on a name that the suite does not choose: budgets and secrets, whose names have no prefix, and
 *   composite alarms. These can suppress their own actions only, not those of our alarms.
 * - `cloudformation:UpdateTerminationProtection`, which removing the suite needs
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function protectSuite(scope: Construct, suite: SuiteProtection): ProtectedResource[] {
  const { prefix, trailName, logGroupName, samlProviderName } = suite;
  const name = `${prefix}-*`;
  const stack = Stack.of(scope);
  const arn = (service: string, resource: string, resourceName: string) =>
    stack.formatArn({ service, resource, resourceName });
  const colonArn = (service: string, resource: string, resourceName: string) =>
    stack.formatArn({ service, resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  return [
    {
      actions: ['s3:Delete*', 's3:Put*'],
      // The bucket and, because a wildcard also matches slashes, its objects. Bucket names are in lower case.
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
      // Filter policies of subscriptions (Set*), and a data protection policy (Put*) can block messages. The
      // topic's own policy denies the rest.
      actions: ['sns:Put*', 'sns:Set*', 'sns:Unsubscribe'],
      resources: [stack.formatArn({ service: 'sns', resource: name })],
    },
    {
      // PutAlarmMuteRule needs permission for each alarm that it mutes.
      actions: ['cloudwatch:DeleteAlarms', 'cloudwatch:DisableAlarmActions', 'cloudwatch:Put*'],
      resources: [colonArn('cloudwatch', 'alarm', name)],
    },
    {
      // Only the baseline itself invokes the functions. A forged event could change an account setting.
      actions: ['lambda:*Permission', 'lambda:Delete*', 'lambda:Invoke*', 'lambda:Put*', 'lambda:Update*'],
      resources: [colonArn('lambda', 'function', name)],
    },
    {
      actions: ['events:Delete*', 'events:DisableRule', 'events:Put*', 'events:RemoveTargets'],
      resources: [arn('events', 'rule', name)],
    },
    {
      // The first action also matches UpdateAssumeRolePolicy.
      actions: ['iam:*RolePolicy', 'iam:DeleteRole*', 'iam:PutRole*'],
      resources: [stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: name })],
    },
    {
      // A stack policy can deny every later update.
      actions: ['cloudformation:SetStackPolicy'],
      resources: [arn('cloudformation', 'stack', name)],
    },
    ...(samlProviderName === undefined
      ? []
      : [
          {
            // Create, Delete, and Update. Other metadata lets another identity provider sign people in.
            actions: ['iam:*teSAMLProvider'],
            resources: [
              stack.formatArn({
                service: 'iam',
                region: '',
                resource: 'saml-provider',
                resourceName: samlProviderName,
              }),
            ],
          },
        ]),
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
    // A Region has at most one detector and one hub, and the detector ID is not known in advance.
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

/**
 * Denies changes to the protected resources. One statement is enough for those of the suite, because no
 * action of one applies to a resource of another. CloudFormation is exempt, so that the stacks can be updated
 * and deleted.
 *
 * @param number end of the Sid, which must be unique in a policy
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia
 */
export function denyTampering(
  protectedResources: readonly ProtectedResource[],
  number: number | '' = '',
): PolicyStatement {
  return new PolicyStatement({
    sid: `DenyTampering${number}`,
    effect: Effect.DENY,
    actions: protectedResources.flatMap(({ actions }) => actions),
    resources: protectedResources.flatMap(({ resources }) => resources),
    conditions: OUTSIDE_CLOUDFORMATION,
  });
}
