import { byStack, type Calls, WORKLOAD } from './calls';
import { denial, permission, test } from './tests';
import { type Position, prevented, seen, silent } from './threat';

const TIMING = 'detections/alarm-timing';
const ONLY_CLOUDFORMATION = 'Changes that only CloudFormation and root make';
const EXPLAINER = 'notifications/explain-alarm';

/** A role of a workload that was taken over, with a few permissions on `*`. */
export function workload(calls: Calls): Position[] {
  const PASSWORD =
    'arn:aws:secretsmanager:us-east-1:123456789012:secret:AdminAccessalicePassword-AbCdEf123456-a1B2c3';
  const FUNCTION = calls.ref('Alarms/NotificationsExplainer');
  return [
    {
      title: 'A workload role without permissions',
      means: 'Can call AWS, and is denied.',
      threats: [
        prevented(
          'Hold an alarm with denied calls, so that a stopped trail goes unnoticed',
          'denied calls have an alarm of their own',
          test(
            TIMING,
            'a trail that stops is told at once after an hour of denied calls to cloudtrail StopLogging',
          ),
        ),
        prevented(
          'Hide an attached policy among 400 denied calls',
          'denied calls have an alarm of their own',
          test(TIMING, 'a policy that is attached among 400 denied calls has a message of its own'),
        ),
        calls.seen('Try to stop the trail, once', {
          service: 'cloudtrail',
          name: 'StopLogging',
          by: WORKLOAD,
          error: 'AccessDenied',
        }),
        seen(
          'Try 30 calls in a period',
          'alarm Attempts',
          test('detections/deployed-filters', 'a burst', 'of 30 denied calls triggers the alarm'),
        ),
        silent(
          'Try 29 calls in a period',
          'programs are denied calls every day; those that would change the baseline count from the first',
          test('detections/deployed-filters', 'a burst', 'of 29 denied calls does not'),
        ),
      ],
    },
    {
      title: 'A workload role with Lambda',
      means: 'Has `lambda:*` on every function.',
      threats: [
        calls.seenInTable(
          'Replace the code of the function that explains alarms',
          'lambda `UpdateFunctionCode`',
          WORKLOAD,
        ),
        calls.seenInTable(
          'Give the function another role',
          'lambda `UpdateFunctionConfiguration`: another role',
          WORKLOAD,
        ),
        calls.seenInTable('Let the function never run', 'lambda `PutFunctionConcurrency`: none', WORKLOAD),
        calls.seenInTable(
          'Take the topic’s permission to call the function',
          'lambda `RemovePermission`',
          WORKLOAD,
        ),
        calls.seen('Add a layer or variables to the function', {
          service: 'lambda',
          name: 'UpdateFunctionConfiguration20150331v2',
          by: WORKLOAD,
          parameters: { functionName: FUNCTION, layers: ['arn:aws:lambda:us-east-1:210987654321:layer:x:1'] },
        }),
        calls.seen('Create a function with a role of the baseline', {
          service: 'lambda',
          name: 'CreateFunction20150331',
          by: WORKLOAD,
          parameters: {
            functionName: 'x',
            role: `arn:aws:iam::123456789012:role/${calls.ref('Alarms/NotificationsExplainerRole')}`,
          },
        }),
        prevented(
          'Call the function of the settings with an address of one’s own for the answer',
          'it answers addresses of CloudFormation only, and works only then',
          test(
            'functions/custom-resource',
            'an event that CloudFormation did not send',
            'is refused before any work if the answer would go to https://example.com/answer',
          ),
        ),
        seen(
          'Weaken a setting by a forged request to the function of the settings',
          'alarm Account settings changed: the baseline’s own function counts, too',
          test(
            'detections/deployed-filters',
            'what the function of the settings can change',
            'counts, though the function is the baseline’s own',
          ),
        ),
        prevented(
          'Let the function mail a forged alarm of another name',
          'it explains alarms of its stack only',
          test(
            EXPLAINER,
            'a message that is not from one of our alarms',
            'is reported, without a word of it: it has an alarm of another name',
          ),
        ),
        silent(
          'Let the function mail a false alarm of a known name',
          'the invocation is a data event, which CloudTrail does not log by default; the text is cleaned, and says that somebody set the state',
          test(
            EXPLAINER,
            'what a stranger chose',
            'as reason of a state that it set is told as that, in one plain line: without events',
          ),
        ),
      ],
    },
    {
      title: 'A workload role with CloudWatch Logs',
      means: 'Has `logs:*` on every log group.',
      threats: [
        calls.seenInTable('Delete the log group of the trail', 'logs `DeleteLogGroup`', WORKLOAD),
        calls.seenInTable('Delete metric filters', 'logs `DeleteMetricFilter`', WORKLOAD),
        calls.seenInTable(
          'Let a filter match nothing',
          'logs `PutMetricFilter`: a pattern that matches nothing',
          WORKLOAD,
        ),
        calls.seenInTable('Transform events before the filters read them', 'logs `PutTransformer`', WORKLOAD),
        calls.seenInTable(
          'Encrypt the log group with a key of one’s own',
          'logs `AssociateKmsKey`: a key that CloudTrail may not use',
          WORKLOAD,
        ),
        calls.seenInTable('Let events expire after a day', 'logs `PutRetentionPolicy`: one day', WORKLOAD),
        calls.seen('Delete a stream with its events', {
          service: 'logs',
          name: 'DeleteLogStream',
          by: WORKLOAD,
          parameters: { logGroupName: calls.ref('Audit/AuditTrailLogGroup'), logStreamName: 'x' },
        }),
        silent(
          'Write forged events into the log group',
          'CloudTrail does not log `PutLogEvents` as a management event; the file in the bucket does not have the event',
        ),
      ],
    },
    {
      title: 'A workload role with CloudWatch',
      means: 'Has `cloudwatch:*` on every alarm.',
      threats: [
        calls.seenInTable('Delete the alarms', 'monitoring `DeleteAlarms`', WORKLOAD),
        calls.seenInTable('Disable the actions of the alarms', 'monitoring `DisableAlarmActions`', WORKLOAD),
        calls.seenInTable(
          'Set a threshold out of reach',
          'monitoring `PutMetricAlarm`: a threshold out of reach',
          WORKLOAD,
        ),
        calls.seenInTable('Mute the alarms', 'monitoring `PutAlarmMuteRule`', WORKLOAD),
        prevented(
          'Send a forged message by an alarm of one’s own with the topic of alarms as action',
          'topic policy, by the ARN of the alarm',
          denial(
            'Topics',
            'CloudWatch for another alarm of the account may publish to NotificationsAlarmTopic',
          ),
        ),
        prevented(
          'Hide a link in the description of a replaced alarm',
          'texts are cleaned',
          test(
            EXPLAINER,
            'what a stranger chose',
            'as description of an alarm that it replaced has no link but that of AWS',
          ),
        ),
        silent(
          'Hold an alarm in ALARM with metric data of one’s own',
          'CloudTrail does not log `PutMetricData` by default; the weekly summary names alarms that are not OK',
          test(
            'watchdog/weekly-summary.handler',
            'what does not work is something to do:',
            'alarms without actions, and those that are not OK',
          ),
        ),
      ],
    },
    {
      title: 'A workload role with IAM',
      means: 'Has `iam:*`.',
      threats: [
        calls.seenInTable('Deny the function its permissions', 'iam `PutRolePolicy`: Deny', WORKLOAD),
        calls.seenInTable(
          'Change whom the role of the function trusts',
          'iam `UpdateAssumeRolePolicy`',
          WORKLOAD,
        ),
        calls.seenInTable(
          'Take the delivery role’s permission',
          'iam `DeleteRolePolicy`: of the delivery role',
          WORKLOAD,
        ),
        calls.seenInTable('Create a user', 'iam `CreateUser`', WORKLOAD),
        calls.seenInTable('Create an access key for an administrator', 'iam `CreateAccessKey`', WORKLOAD),
        calls.seenInTable('Attach a policy to a user', 'iam `AttachUserPolicy`', WORKLOAD),
        calls.seen('Set a new password for an administrator', {
          service: 'iam',
          name: 'UpdateLoginProfile',
          by: WORKLOAD,
          parameters: { userName: 'alice' },
        }),
        calls.seen('Deactivate the MFA device of an administrator', {
          service: 'iam',
          name: 'DeactivateMFADevice',
          by: WORKLOAD,
          parameters: { userName: 'alice' },
        }),
        calls.seen('Create a role with administrator rights for a service', {
          service: 'iam',
          name: 'AttachRolePolicy',
          by: WORKLOAD,
          parameters: { roleName: 'x', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
        }),
        calls.seen('Weaken the password policy', {
          service: 'iam',
          name: 'DeleteAccountPasswordPolicy',
          by: WORKLOAD,
        }),
      ],
    },
    {
      title: 'A workload role with CloudFormation',
      means: 'Has `cloudformation:*`, and permissions of its own that a stack uses.',
      threats: [
        calls.seenInTable('Update a stack of the baseline', 'cloudformation `UpdateStack`: Alarms', WORKLOAD),
        calls.seenInTable(
          'Set a stack policy that denies deployments',
          'cloudformation `SetStackPolicy`',
          WORKLOAD,
        ),
        calls.seenInTable(
          'Replace the policy of the topic of alarms by a stack of any name',
          'sns `SetTopicAttributes`: the same, by a stack of any name',
          WORKLOAD,
        ),
        calls.seen('Create a user with a password by one stack', {
          service: 'iam',
          name: 'CreateLoginProfile',
          by: byStack(WORKLOAD),
          parameters: { userName: 'mallory' },
        }),
        calls.seen('Add a user to Administrators by a stack', {
          service: 'iam',
          name: 'AddUserToGroup',
          by: byStack(WORKLOAD),
          parameters: { userName: 'mallory', groupName: 'Administrators' },
        }),
        calls.seen('Read a first-time password by a stack', {
          service: 'secretsmanager',
          name: 'GetSecretValue',
          by: byStack(WORKLOAD),
          parameters: { secretId: PASSWORD },
        }),
        silent(
          'Name a session AWSCloudFormation, which the policies of key and topics admit',
          'service roles of CloudFormation are known by this name only; what the session then changes is reported by the rules, unless it cuts what both ways share',
          permission(
            ONLY_CLOUDFORMATION,
            'CloudFormation with a service role may disable or delete the key, or change its policy',
          ),
        ),
      ],
    },
    {
      title: 'A workload role with Secrets Manager',
      means: 'Has `secretsmanager:*` on every secret.',
      threats: [
        prevented(
          'Read a first-time password',
          'policy of the secret',
          denial(
            'First-time passwords',
            'a role that may do everything may read an administrator’s first-time password',
          ),
        ),
        calls.seen('Remove the policy of the secret, and read it', {
          service: 'secretsmanager',
          name: 'GetSecretValue',
          by: WORKLOAD,
          parameters: { secretId: PASSWORD },
        }),
        calls.silent(
          'Read many other secrets at once',
          {
            service: 'secretsmanager',
            name: 'BatchGetSecretValue',
            by: WORKLOAD,
            parameters: { filters: [{ key: 'name', values: ['a'] }] },
          },
          'workloads read secrets all day; what people read in numbers triggers Attempts',
        ),
        calls.silent(
          'Delete a first-time password',
          {
            service: 'secretsmanager',
            name: 'DeleteSecret',
            by: WORKLOAD,
            parameters: { secretId: PASSWORD },
          },
          'owners delete it after the first sign-in; it cannot be used afterwards',
        ),
      ],
    },
    {
      title: 'A workload role with Systems Manager',
      means: 'Has `ssm:*` on parameters and instances.',
      threats: [
        calls.silent(
          'Change the record of a setting, so that a removal restores something else',
          {
            service: 'ssm',
            name: 'PutParameter',
            by: WORKLOAD,
            parameters: { name: '/account-baseline/settings/EbsEncryption', overwrite: true },
          },
          'the setting itself does not change; when it does, it triggers Account settings changed',
        ),
        calls.silent(
          'Delete the record of a setting',
          {
            service: 'ssm',
            name: 'DeleteParameter',
            by: WORKLOAD,
            parameters: { name: '/account-baseline/settings/EbsEncryption' },
          },
          'the setting stays as it is; the removal then has nothing to restore',
        ),
        calls.silent(
          'Run a command on an instance',
          {
            service: 'ssm',
            name: 'SendCommand',
            by: WORKLOAD,
            parameters: { documentName: 'AWS-RunShellScript' },
          },
          'it is ordinary work of administrators; see [the recorded attacks](recordings.md)',
        ),
      ],
    },
    {
      title: 'A workload role with SNS, EventBridge, KMS, or S3',
      means: 'Has all actions of one of these services.',
      threats: [
        prevented(
          'Subscribe to the topic of the recipients',
          'topic policy denies it to roles, except through CloudFormation',
          denial(ONLY_CLOUDFORMATION, 'a role that may do everything may subscribe to NotificationsTopic'),
        ),
        prevented(
          'Delete a topic, or change who may publish',
          'topic policy denies it',
          denial(
            ONLY_CLOUDFORMATION,
            'a role that may do everything may delete NotificationsTopic or change who may publish',
          ),
        ),
        calls.seenInTable('Unsubscribe the function', 'sns `Unsubscribe`: the function', WORKLOAD),
        silent(
          'Publish mail of any text to the recipients',
          'CloudTrail does not log `Publish` by default; with the customer key, the caller needs the key, too',
        ),
        calls.seenInTable('Delete a rule of the second way', 'events `DeleteRule`: another one', WORKLOAD),
        calls.seenInTable(
          'Disable the rule that reports changed rules',
          'events `DisableRule`: the rule that reports changed rules',
          WORKLOAD,
        ),
        prevented(
          'Forge a text of the daily check by an event of one’s own',
          'the message has known words only',
          test(
            'notifications/setting-notices',
            'an event that somebody forges',
            'puts no word of its own into a message: another setting beside a known one',
          ),
          test(
            'notifications/setting-notices',
            'an event that somebody forges',
            'puts no word of its own into a message: another Region',
          ),
        ),
        prevented(
          'Disable or delete the key, or change its policy',
          'key policy denies it, except through CloudFormation',
          denial(
            ONLY_CLOUDFORMATION,
            'a role that may do everything may disable or delete the key, or change its policy',
          ),
        ),
        calls.seenInTable('Grant the key to somebody', 'kms `CreateGrant`', WORKLOAD),
        calls.seenInTable(
          'Let access logs expire',
          's3 `PutBucketLifecycle`: of the bucket of access logs',
          WORKLOAD,
        ),
        silent(
          'Read log files, or any object of the account',
          'CloudTrail logs reads of objects with `strict` only; what the role may read is the owner’s choice',
        ),
        calls.seen('Remove the second notification of root', {
          service: 'notifications',
          name: 'DeleteNotificationConfiguration',
          by: WORKLOAD,
          parameters: { arn: `arn:aws:notifications::123456789012:configuration/AccountBaseline-RootNotice` },
        }),
      ],
    },
  ];
}
