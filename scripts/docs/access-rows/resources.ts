import {
  type Answer,
  type Context,
  type Request,
  type InProfile,
  ALICE,
  AS_SERVICE_ROLE,
  CAROL,
  identityCenterRole,
  LOOKALIKE,
  MALLORY,
  ROOT,
  VIA_CLOUDFORMATION,
  via,
  WORKER,
  WITH_MFA,
  WITHOUT_MFA,
  ACCESS_KEY,
  yes,
  no,
  LOG_FILE,
} from './request';

/** A request that a resource's own policy decides, or decides with the caller's. */
export interface ResourceRow extends Request, InProfile {
  /** The caller and the circumstances, as a phrase. */
  readonly by: string;
  /** What is tried, as a phrase. */
  readonly task: string;
  readonly actions: readonly string[];
  readonly may: Answer;
}

/** Outside the groups of the baseline, so that only policies of resources demand MFA. */
const DAVE = 'arn:aws:iam::${AWS::AccountId}:user/dave';

/** What a trust policy would allow, if it allowed more than a role to be assumed. */
const MARK = { actions: ['sts:TagSession', 'sts:SetSourceIdentity'] };

/** Who may assume the support role. */
const ASSUME_SUPPORT: readonly ResourceRow[] = [
  {
    by: 'an administrator with MFA',
    task: 'mark or rename the session of the support role',
    who: ALICE,
    context: WITH_MFA,
    ...MARK,
    on: '${SupportRole.Arn}',
    may: no,
  },
  ...(
    [
      ['an administrator with MFA', ALICE, WITH_MFA, yes],
      ['an administrator without MFA', ALICE, WITHOUT_MFA, no],
      ['an administrator’s access key', ALICE, ACCESS_KEY, no],
      ['an administrator created manually, with MFA', DAVE, WITH_MFA, yes],
      ['an administrator created manually, without MFA', DAVE, WITHOUT_MFA, no],
      ['an access key of an administrator created manually', DAVE, ACCESS_KEY, no],
      ['a billing viewer with MFA', CAROL, WITH_MFA, no],
      ['a function', '${SettingsRole.Arn}', {}, no],
      ['an administrator of another account, with MFA', MALLORY, WITH_MFA, no],
      ['AWS Lambda', 'lambda.amazonaws.com', {}, no],
      ['anybody', 'anonymous', {}, no],
    ] as const
  ).map(([by, who, context, may]) => ({
    by,
    task: 'assume the support role',
    who,
    context,
    actions: ['sts:AssumeRole'],
    on: '${SupportRole.Arn}',
    may,
  })),
];

const OTHER_TRAIL = 'arn:aws:cloudtrail:us-east-1:${AWS::AccountId}:trail/other';
const FOREIGN_TRAIL = 'arn:aws:cloudtrail:us-east-1:999999999999:trail/account-baseline';
const OWN_TRAIL = '${AuditTrailTrail.Arn}';
const FOREIGN = '999999999999';
const OWN = '${AWS::AccountId}';
const INSECURE = { 'aws:SecureTransport': 'false' };
const OWNER = { 's3:x-amz-acl': 'bucket-owner-full-control' };

const from = (sourceArn: string): Context => ({ 'aws:SourceArn': sourceArn });
const forAccount = (account: string): Context => ({ 'aws:SourceAccount': account });

type Call = Pick<ResourceRow, 'task' | 'actions' | 'on' | 'only'>;

type Caller = readonly [by: string, who: string, context: Context, may: Answer];

const rows = (call: Call, callers: readonly Caller[]): ResourceRow[] =>
  callers.map(([by, who, context, may]) => ({ ...call, by, who, context, may }));

const CLOUDTRAIL = 'cloudtrail.amazonaws.com';
const CONFIG = 'config.amazonaws.com';

/** Who has nothing to do with it. */
const STRANGERS = [
  ['an administrator of another account', MALLORY, WITH_MFA, no],
  ['anybody', 'anonymous', {}, no],
  ['a billing viewer', CAROL, WITH_MFA, no],
] as const;

const READ_ACCESS_LOG = {
  task: 'read or delete an access log',
  actions: ['s3:GetObject', 's3:DeleteObject'],
  on: '${AuditTrailAccessLogs.Arn}/file',
};

const BUCKETS: readonly ResourceRow[] = [
  ...rows({ task: 'write a log file', actions: ['s3:PutObject'], on: LOG_FILE }, [
    ['CloudTrail for this trail', CLOUDTRAIL, { ...from(OWN_TRAIL), ...OWNER }, yes],
    ['CloudTrail for another trail of the account', CLOUDTRAIL, { ...from(OTHER_TRAIL), ...OWNER }, no],
    [
      'CloudTrail for a trail of this name in another account',
      CLOUDTRAIL,
      { ...from(FOREIGN_TRAIL), ...OWNER },
      no,
    ],
    ['CloudTrail for nobody it names', CLOUDTRAIL, OWNER, no],
    ['CloudTrail for this trail, leaving the file to itself', CLOUDTRAIL, from(OWN_TRAIL), no],
    ['CloudTrail for this trail, without TLS', CLOUDTRAIL, { ...from(OWN_TRAIL), ...OWNER, ...INSECURE }, no],
    ['AWS Config', CONFIG, { ...forAccount(OWN), ...OWNER }, no],
    ['AWS Config in the name of this trail', CONFIG, { ...from(OWN_TRAIL), ...OWNER }, no],
    ['CloudTrail’s role for the log group', '${AuditTrailDeliveryRole.Arn}', {}, no],
    ...STRANGERS,
  ]),
  ...rows(
    {
      task: 'write elsewhere in the log bucket',
      actions: ['s3:PutObject'],
      on: '${AuditTrailBucket.Arn}/AWSLogs/999999999999/file',
    },
    [['CloudTrail for this trail', CLOUDTRAIL, { ...from(OWN_TRAIL), ...OWNER }, no]],
  ),
  ...rows(
    { task: 'see who owns the log bucket', actions: ['s3:GetBucketAcl'], on: '${AuditTrailBucket.Arn}' },
    [
      ['CloudTrail for this trail', CLOUDTRAIL, from(OWN_TRAIL), yes],
      ['CloudTrail for another trail of the account', CLOUDTRAIL, from(OTHER_TRAIL), no],
      ['CloudTrail for a trail of this name in another account', CLOUDTRAIL, from(FOREIGN_TRAIL), no],
      ['AWS Config in the name of this trail', CONFIG, from(OWN_TRAIL), no],
    ],
  ),
  ...rows(
    {
      task: 'list or open the log bucket',
      actions: ['s3:ListBucket', 's3:PutBucketPolicy'],
      on: '${AuditTrailBucket.Arn}',
    },
    [['CloudTrail for this trail', CLOUDTRAIL, from(OWN_TRAIL), no]],
  ),
  ...rows({ task: 'open a log file', actions: ['s3:PutObjectAcl'], on: LOG_FILE }, [
    ['CloudTrail for this trail', CLOUDTRAIL, { ...from(OWN_TRAIL), ...OWNER }, no],
  ]),
  ...['AuditTrailBucket', 'AuditTrailAccessLogs'].flatMap((bucket) => listers(bucket)),
  ...listers('ConfigRecorderBucket', 'strict'),
  ...rows({ task: 'read or delete a log file', actions: ['s3:GetObject', 's3:DeleteObject'], on: LOG_FILE }, [
    ['CloudTrail for this trail', CLOUDTRAIL, from(OWN_TRAIL), no],
    ['the function that explains alarms', '${NotificationsExplainerRole.Arn}', {}, no],
    ...STRANGERS,
  ]),
  ...rows({ task: 'read a log file', actions: ['s3:GetObject'], on: LOG_FILE }, [
    ['an administrator with MFA', ALICE, WITH_MFA, yes],
    ['an administrator with MFA, without TLS', ALICE, { ...WITH_MFA, ...INSECURE }, no],
  ]),
  ...rows(
    { task: 'write an access log', actions: ['s3:PutObject'], on: '${AuditTrailAccessLogs.Arn}/file' },
    accessLoggers('AuditTrailBucket'),
  ),
  ...rows(READ_ACCESS_LOG, [accessLogger('AuditTrailBucket')]),
  ...rows({ ...READ_ACCESS_LOG, only: 'strict' }, [accessLogger('ConfigRecorderBucket')]),
  ...rows(
    {
      task: 'write an access log',
      actions: ['s3:PutObject'],
      on: '${AuditTrailAccessLogs.Arn}/file',
      only: 'strict',
    },
    accessLoggers('ConfigRecorderBucket'),
  ),
  ...rows(
    {
      task: 'write a snapshot of AWS Config',
      actions: ['s3:PutObject'],
      on: '${ConfigRecorderBucket.Arn}/AWSLogs/${AWS::AccountId}/Config/us-east-1/file',
      only: 'strict',
    },
    [
      ['AWS Config for this account', CONFIG, { ...forAccount(OWN), ...OWNER }, yes],
      ['AWS Config for another account', CONFIG, { ...forAccount(FOREIGN), ...OWNER }, no],
      ['AWS Config for nobody it names', CONFIG, OWNER, no],
      ['AWS Config for this account, without TLS', CONFIG, { ...forAccount(OWN), ...OWNER, ...INSECURE }, no],
      ['AWS Config for this account, leaving the file to itself', CONFIG, forAccount(OWN), no],
      ['CloudTrail for this trail', CLOUDTRAIL, { ...from(OWN_TRAIL), ...OWNER }, no],
      ['CloudTrail for this account', CLOUDTRAIL, { ...forAccount(OWN), ...OWNER }, no],
      ...STRANGERS,
    ],
  ),
  ...rows(
    {
      task: 'write elsewhere in the bucket of AWS Config',
      actions: ['s3:PutObject'],
      on: '${ConfigRecorderBucket.Arn}/AWSLogs/999999999999/Config/file',
      only: 'strict',
    },
    [['AWS Config for this account', CONFIG, { ...forAccount(OWN), ...OWNER }, no]],
  ),
  ...rows(
    {
      task: 'open a snapshot of AWS Config',
      actions: ['s3:PutObjectAcl'],
      on: '${ConfigRecorderBucket.Arn}/AWSLogs/${AWS::AccountId}/Config/us-east-1/file',
      only: 'strict',
    },
    [['AWS Config for this account', CONFIG, { ...forAccount(OWN), ...OWNER }, no]],
  ),
  ...rows(
    {
      task: 'open the bucket of AWS Config',
      actions: ['s3:PutBucketPolicy'],
      on: '${ConfigRecorderBucket.Arn}',
      only: 'strict',
    },
    [['AWS Config for this account', CONFIG, forAccount(OWN), no]],
  ),
  ...rows(
    {
      task: 'see the bucket of AWS Config',
      actions: ['s3:GetBucketAcl', 's3:ListBucket'],
      on: '${ConfigRecorderBucket.Arn}',
      only: 'strict',
    },
    [
      ['AWS Config for this account', CONFIG, forAccount(OWN), yes],
      ['AWS Config for another account', CONFIG, forAccount(FOREIGN), no],
      ['CloudTrail for this account', CLOUDTRAIL, forAccount(OWN), no],
    ],
  ),
];

/** Nobody reads without TLS, not even names. */
function listers(bucket: string, only?: 'strict'): ResourceRow[] {
  return rows({ task: `list ${bucket}`, actions: ['s3:ListBucket'], on: `\${${bucket}.Arn}`, only }, [
    ['an administrator with MFA', ALICE, WITH_MFA, yes],
    ['an administrator with MFA, without TLS', ALICE, { ...WITH_MFA, ...INSECURE }, no],
  ]);
}

function accessLogger(bucket: string): Caller {
  const context = { ...from(`\${${bucket}.Arn}`), ...forAccount(OWN) };
  return [`S3 for ${bucket}`, 'logging.s3.amazonaws.com', context, no];
}

function accessLoggers(bucket: string): readonly Caller[] {
  const service = 'logging.s3.amazonaws.com';
  const source = from(`\${${bucket}.Arn}`);
  return [
    [`S3 for ${bucket}`, service, { ...source, ...forAccount(OWN) }, yes],
    [`S3 for ${bucket}, asked by another account`, service, { ...source, ...forAccount(FOREIGN) }, no],
    [
      'S3 for another bucket of the account',
      service,
      { ...from('arn:aws:s3:::other'), ...forAccount(OWN) },
      no,
    ],
    [`CloudTrail in the name of ${bucket}`, CLOUDTRAIL, { ...source, ...forAccount(OWN) }, no],
    [`S3 for ${bucket}, without TLS`, service, { ...source, ...forAccount(OWN), ...INSECURE }, no],
    ...STRANGERS,
  ];
}

const TOPIC_ENCRYPTION = 'kms:EncryptionContext:aws:sns:topicArn';
const FOR_TOPIC = { [TOPIC_ENCRYPTION]: '${NotificationsTopic}' };
const LOGS_ENCRYPTION = 'kms:EncryptionContext:aws:logs:arn';
const logGroup = (account: string): Context => ({
  [LOGS_ENCRYPTION]: `arn:aws:logs:us-east-1:${account}:log-group:\${AuditTrailLogGroup}`,
});
const CLOUDWATCH = 'cloudwatch.amazonaws.com';
const EVENTBRIDGE = 'events.amazonaws.com';
const S3 = 's3.amazonaws.com';
const BUDGETS = 'budgets.amazonaws.com';
const COST_ALERTS = 'costalerts.amazonaws.com';

/** A service that publishes for this account, whatever in it sends the message. */
const forThisAccount = (name: string, service: string): Caller[] => [
  [`${name} for this account`, service, forAccount(OWN), yes],
  [`${name} for another account`, service, forAccount(FOREIGN), no],
  [`${name} for nobody it names`, service, {}, no],
];

/** A service that publishes for one source in this account, and who is near. */
const forSource = (
  name: string,
  service: string,
  source: string,
  arn: (account: string) => string,
): Caller[] => {
  const context = (account: string) => ({ ...from(arn(account)), ...forAccount(account) });
  return [
    [`${name} for ${source}`, service, context(OWN), yes],
    [
      `${name} for ${source}, asked by another account`,
      service,
      { ...context(OWN), ...forAccount(FOREIGN) },
      no,
    ],
    [`${name} for ${source} in another account`, service, context(FOREIGN), no],
    [`S3 for ${source}`, S3, context(OWN), no],
  ];
};

const alarm = (name: string) => (account: string) => `arn:aws:cloudwatch:us-east-1:${account}:alarm:${name}`;
const alarmsOf = (stack: string) =>
  forSource(
    'CloudWatch',
    CLOUDWATCH,
    `an alarm of the stack ${stack}`,
    alarm(`AccountBaseline-${stack}-Alarm-1A2B3C`),
  );
const OTHER_ALARMS: readonly Caller[] = [
  [
    'CloudWatch for another alarm of the account',
    CLOUDWATCH,
    { ...from(alarm('other')(OWN)), ...forAccount(OWN) },
    no,
  ],
  ['CloudWatch for this account, but no alarm', CLOUDWATCH, forAccount(OWN), no],
  ['CloudWatch for nobody it names', CLOUDWATCH, {}, no],
];

/** The same callers, without permission. */
const refused = (callers: readonly Caller[]): Caller[] =>
  callers.map(([by, who, context]) => [by, who, context, no]);
const admitted = (callers: readonly Caller[]) => callers.filter(([, , , may]) => may === yes);

const KEYS: readonly ResourceRow[] = [
  ...rows(
    { task: 'encrypt log files', actions: ['kms:GenerateDataKey', 'kms:DescribeKey'], on: '${Key.Arn}' },
    [
      ['CloudTrail for this trail', CLOUDTRAIL, from(OWN_TRAIL), yes],
      ['CloudTrail for another trail of the account', CLOUDTRAIL, from(OTHER_TRAIL), no],
      ['CloudTrail for a trail of this name in another account', CLOUDTRAIL, from(FOREIGN_TRAIL), no],
      ['CloudTrail for nobody it names', CLOUDTRAIL, {}, no],
      ['AWS Config in the name of this trail', CONFIG, from(OWN_TRAIL), no],
      ...STRANGERS,
    ],
  ),
  ...rows({ task: 'decrypt log files', actions: ['kms:Decrypt'], on: '${Key.Arn}' }, [
    ['CloudTrail for this trail', CLOUDTRAIL, from(OWN_TRAIL), no],
    ['an administrator with MFA', ALICE, WITH_MFA, yes],
    ['an administrator without MFA', ALICE, WITHOUT_MFA, no],
    ['the function of the settings', '${SettingsRole.Arn}', {}, no],
    ...STRANGERS,
  ]),
  ...rows(
    {
      task: 'encrypt and decrypt a log group',
      actions: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:GenerateDataKey',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
        'kms:DescribeKey',
      ],
      on: '${Key.Arn}',
    },
    [
      ['CloudWatch Logs for a log group of the account', 'logs.us-east-1.amazonaws.com', logGroup(OWN), yes],
      [
        'CloudWatch Logs for a log group of another account',
        'logs.us-east-1.amazonaws.com',
        logGroup(FOREIGN),
        no,
      ],
      ['CloudWatch Logs of another Region', 'logs.eu-west-1.amazonaws.com', logGroup(OWN), no],
      ['CloudWatch Logs for no log group', 'logs.us-east-1.amazonaws.com', {}, no],
    ],
  ),
  ...rows({ task: 'encrypt a message', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], on: '${Key.Arn}' }, [
    ...alarmsOf('Alarms'),
    ...alarmsOf('Watchdog'),
    ...OTHER_ALARMS,
    ...forThisAccount('AWS Budgets', BUDGETS),
    ['S3 for this account', S3, forAccount(OWN), no],
    ['EventBridge for a topic of the account', EVENTBRIDGE, FOR_TOPIC, yes],
    ['S3 for a topic of the account', S3, FOR_TOPIC, no],
    [
      'EventBridge for a topic of another account',
      EVENTBRIDGE,
      { [TOPIC_ENCRYPTION]: 'arn:aws:sns:us-east-1:999999999999:topic' },
      no,
    ],
    ['EventBridge for no topic', EVENTBRIDGE, {}, no],
  ]),
  ...rows(
    {
      task: 'encrypt a message',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      on: '${Key.Arn}',
      only: 'strict',
    },
    [...forThisAccount('cost anomaly detection', COST_ALERTS), ...forThisAccount('AWS Config', CONFIG)],
  ),
  ...rows(
    {
      task: 'change or delete the key',
      actions: ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:CreateGrant'],
      on: '${Key.Arn}',
    },
    [
      ['CloudTrail for this trail', CLOUDTRAIL, from(OWN_TRAIL), no],
      ['CloudWatch Logs for a log group of the account', 'logs.us-east-1.amazonaws.com', logGroup(OWN), no],
      ...refused(admitted([...alarmsOf('Alarms'), ...alarmsOf('Watchdog')])),
      ['AWS Budgets for this account', BUDGETS, forAccount(OWN), no],
      ['EventBridge for a topic of the account', EVENTBRIDGE, FOR_TOPIC, no],
      ...STRANGERS,
    ],
  ),
  ...rows(
    {
      task: 'change or delete the key',
      actions: ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:CreateGrant'],
      on: '${Key.Arn}',
      only: 'strict',
    },
    [
      ['AWS Config for this account', CONFIG, forAccount(OWN), no],
      ['cost anomaly detection for this account', COST_ALERTS, forAccount(OWN), no],
    ],
  ),
];

const rule = (account: string, name: string) => from(`arn:aws:events:us-east-1:${account}:rule/${name}`);

const REPORTS: readonly Caller[] = [
  ['EventBridge for a rule that reports tampering', EVENTBRIDGE, from('${OnTrail.Arn}'), yes],
  ['EventBridge for another rule of the account', EVENTBRIDGE, rule(OWN, 'other'), no],
  [
    'EventBridge for a rule of this name in another account',
    EVENTBRIDGE,
    rule(FOREIGN, 'AccountBaseline-Watchdog-OnTrail-1A2B3C'),
    no,
  ],
  ['EventBridge for nobody it names', EVENTBRIDGE, {}, no],
  ['S3 for a rule that reports tampering', S3, from('${OnTrail.Arn}'), no],
];
const FINDINGS: Caller = ['EventBridge for the rule of findings', EVENTBRIDGE, from('${Findings.Arn}'), yes];
const SPENDING = [
  ...forSource('AWS Budgets', BUDGETS, 'a budget', (account) => `arn:aws:budgets::${account}:budget/monthly`),
  ['AWS Budgets for this account, but no budget', BUDGETS, forAccount(OWN), no],
] as const;
const ANOMALIES = [
  ...forSource(
    'cost anomaly detection',
    COST_ALERTS,
    'a subscription',
    (account) => `arn:aws:ce::${account}:anomalysubscription/1`,
  ),
  ['cost anomaly detection for this account, but no subscription', COST_ALERTS, forAccount(OWN), no],
] as const;

/** Who publishes to the recipients: all but the alarms that the function explains. */
const TO_PEOPLE = {
  always: [...alarmsOf('Watchdog'), ...refused(alarmsOf('Alarms')), ...SPENDING, ...REPORTS],
  strict: [...ANOMALIES, FINDINGS],
};

/** Who publishes to the function that explains alarms: these, and nobody else. */
const TO_EXPLAINER = {
  always: [...alarmsOf('Alarms'), ...refused([...alarmsOf('Watchdog'), ...SPENDING, ...REPORTS])],
  strict: refused([...ANOMALIES, FINDINGS]),
};

const TOPICS: readonly ResourceRow[] = (
  [
    ['NotificationsTopic', TO_PEOPLE],
    ['NotificationsAlarmTopic', TO_EXPLAINER],
    ['NotificationsChatTopic', TO_PEOPLE, 'strict'],
  ] as const
).flatMap(([topic, { always, strict }, only]) => {
  const publish = { task: `publish to ${topic}`, actions: ['sns:Publish'], on: `\${${topic}}`, only };
  const change = {
    task: `subscribe to ${topic}, open it, or read who may publish`,
    actions: ['sns:Subscribe', 'sns:AddPermission', 'sns:GetTopicAttributes'],
    on: `\${${topic}}`,
    only,
  };
  return [
    ...rows(publish, [
      ...always,
      ...OTHER_ALARMS,
      ...admitted(always).map(([by, who, context]): Caller => [
        `${by}, without TLS`,
        who,
        { ...context, ...INSECURE },
        no,
      ]),
      ['the support role', '${SupportRole.Arn}', {}, no],
      ...STRANGERS,
    ]),
    ...rows({ ...publish, only: 'strict' }, strict),
    ...rows(change, [...refused(admitted(always)), ...STRANGERS]),
    ...rows({ ...change, only: 'strict' }, refused(admitted(strict))),
  ];
});

/** Who may do what a resource denies outside CloudFormation, beside administrators. */
const CHANGERS: readonly Caller[] = [
  ['root, without MFA', ROOT, WITHOUT_MFA, yes],
  ['a role that may do everything', WORKER, WITHOUT_MFA, no],
  ['a role that may do everything, through another service', WORKER, via('athena.amazonaws.com'), no],
  ['a role that is named like one of IAM Identity Center', LOOKALIKE, {}, no],
  ['an access key that may do everything', DAVE, ACCESS_KEY, no],
  ['a role that deploys, through CloudFormation', WORKER, VIA_CLOUDFORMATION, yes],
];
const BY_SERVICE_ROLE: Caller = ['CloudFormation with a service role', WORKER, AS_SERVICE_ROLE, yes];
/** Sessions of IAM Identity Center lack the key for MFA. */
const PERSON: Caller = ['a person of IAM Identity Center', identityCenterRole(OWN), {}, yes];

const CHANGES: readonly ResourceRow[] = [
  ...rows(
    {
      task: 'disable or delete the key, or change its policy',
      actions: ['kms:DisableKey', 'kms:PutKeyPolicy', 'kms:RevokeGrant', 'kms:ScheduleKeyDeletion'],
      on: '${Key.Arn}',
    },
    [
      ...CHANGERS,
      BY_SERVICE_ROLE,
      ...refused([PERSON]),
      ['an administrator created manually, with MFA', DAVE, WITH_MFA, no],
    ],
  ),
  ...rows({ task: 'use the key', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], on: '${Key.Arn}' }, [
    ['a role that may do everything', WORKER, WITHOUT_MFA, yes],
  ]),
  ...(
    [['NotificationsTopic'], ['NotificationsAlarmTopic'], ['NotificationsChatTopic', 'strict']] as const
  ).flatMap(([topic, only]) => [
    ...rows(
      {
        task: `delete ${topic} or change who may publish`,
        actions: ['sns:AddPermission', 'sns:DeleteTopic', 'sns:RemovePermission', 'sns:SetTopicAttributes'],
        on: `\${${topic}}`,
        only,
      },
      [
        ...CHANGERS,
        BY_SERVICE_ROLE,
        ...refused([PERSON]),
        ['an administrator created manually, with MFA', DAVE, WITH_MFA, no],
      ],
    ),
    ...rows({ task: `subscribe to ${topic}`, actions: ['sns:Subscribe'], on: `\${${topic}}`, only }, [
      ...CHANGERS,
      BY_SERVICE_ROLE,
      PERSON,
      ['an administrator with MFA', ALICE, WITH_MFA, yes],
    ]),
  ]),
];

/** Who reads a first-time password: those who hand it over. */
const FIRST_PASSWORDS: readonly ResourceRow[] = (
  [
    ['an administrator’s', '${AdminAccessalicePassword}'],
    ['a billing viewer’s', '${BillingAccessViewerscarolPassword}'],
  ] as const
).flatMap(([whose, on]) =>
  rows(
    {
      task: `read ${whose} first-time password`,
      actions: ['secretsmanager:GetSecretValue'],
      on,
    },
    [
      ...CHANGERS,
      // Anyone who assumes a role can name the session like CloudFormation.
      ['a role whose session is named like CloudFormation’s', WORKER, AS_SERVICE_ROLE, no],
      PERSON,
      ['a person of IAM Identity Center of another account', identityCenterRole(FOREIGN), {}, no],
      ['an administrator with MFA', ALICE, WITH_MFA, yes],
      ['an administrator without MFA', ALICE, WITHOUT_MFA, no],
      ['a billing viewer with MFA', CAROL, WITH_MFA, no],
      ...STRANGERS,
    ],
  ),
);

/** Who assumes the roles of services. */
const TRUST: readonly ResourceRow[] = [
  ...(
    [
      ['NotificationsExplainerRole', 'lambda.amazonaws.com', undefined],
      ['WeeklySummaryFunctionRole', 'lambda.amazonaws.com', undefined],
      ['SettingsRole', 'lambda.amazonaws.com', undefined],
      ['NetworksFunctionRole', 'lambda.amazonaws.com', 'strict'],
      ['ConfigRoleFunctionRole', 'lambda.amazonaws.com', 'strict'],
      ['AuditTrailDeliveryRole', CLOUDTRAIL, undefined],
    ] as const
  ).flatMap(([role, service, only]) =>
    rows({ task: `assume ${role}`, actions: ['sts:AssumeRole'], on: `\${${role}.Arn}`, only }, [
      [service, service, {}, yes],
      ['Amazon EC2', 'ec2.amazonaws.com', {}, no],
      ['an administrator with MFA', ALICE, WITH_MFA, no],
      ...STRANGERS,
    ]).concat(
      rows({ ...MARK, task: `mark or rename the session of ${role}`, on: `\${${role}.Arn}`, only }, [
        [service, service, {}, no],
      ]),
    ),
  ),
  ...rows(
    {
      ...MARK,
      task: 'mark or rename the session of NotificationsChatRole',
      on: '${NotificationsChatRole.Arn}',
      only: 'strict',
    },
    [['the chat service for this account', 'chatbot.amazonaws.com', forAccount(OWN), no]],
  ),
  ...rows(
    {
      task: 'assume NotificationsChatRole',
      actions: ['sts:AssumeRole'],
      on: '${NotificationsChatRole.Arn}',
      only: 'strict',
    },
    [
      ['the chat service for this account', 'chatbot.amazonaws.com', forAccount(OWN), yes],
      ['the chat service for another account', 'chatbot.amazonaws.com', forAccount(FOREIGN), no],
      ['Amazon EC2 for this account', 'ec2.amazonaws.com', forAccount(OWN), no],
      ['an administrator with MFA', ALICE, WITH_MFA, no],
      ...STRANGERS,
    ],
  ),
];

/** Policies of resources, by heading. */
export const RESOURCES: Readonly<Record<string, readonly ResourceRow[]>> = {
  'The support role': ASSUME_SUPPORT,
  Buckets: BUCKETS,
  'The key': KEYS,
  Topics: TOPICS,
  'Changes that only CloudFormation and root make': CHANGES,
  'First-time passwords': FIRST_PASSWORDS,
  'Roles of services': TRUST,
};
