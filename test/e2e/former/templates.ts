/** Templates of our own with the resources and names that other baselines have. */

const statement = (service: string, Action: string | string[], Resource: unknown) => ({
  Effect: 'Allow',
  Principal: { Service: `${service}.amazonaws.com` },
  Action,
  Resource,
});
const document = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
const trust = (service: string) => ({
  AssumeRolePolicyDocument: document({
    Effect: 'Allow',
    Principal: { Service: `${service}.amazonaws.com` },
    Action: 'sts:AssumeRole',
  }),
});
const ref = (Ref: string) => ({ Ref });
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const sub = (text: string) => ({ 'Fn::Sub': text });

/** A topic with a subscriber, to which alarms and rules may publish. */
function topic(id: string, email: string, TopicName?: object): Record<string, object> {
  return {
    [id]: { Type: 'AWS::SNS::Topic', ...(TopicName && { Properties: { TopicName } }) },
    [`${id}Email`]: {
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: ref(id), Protocol: 'email', Endpoint: email },
    },
    [`${id}Policy`]: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: [ref(id)],
        PolicyDocument: document(
          statement('cloudwatch', 'sns:Publish', ref(id)),
          statement('events', 'sns:Publish', ref(id)),
          statement('budgets', 'sns:Publish', ref(id)),
        ),
      },
    },
  };
}

/** A metric filter of a log group, with its alarm. */
function alarm(
  id: string,
  pattern: string,
  logGroup: object | string,
  topicId: string,
  AlarmName?: object,
): Record<string, object> {
  const metric = { MetricNamespace: 'CloudTrailMetrics', MetricName: `${id}EventCount` };
  return {
    [`${id}Filter`]: {
      Type: 'AWS::Logs::MetricFilter',
      Properties: {
        LogGroupName: logGroup,
        FilterPattern: pattern,
        MetricTransformations: [{ ...metric, MetricValue: '1' }],
      },
    },
    [`${id}Alarm`]: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        ...(AlarmName && { AlarmName }),
        Namespace: metric.MetricNamespace,
        MetricName: metric.MetricName,
        Statistic: 'Sum',
        Period: 300,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        AlarmActions: [ref(topicId)],
      },
    },
  };
}

/** A rule that sends calls to a topic. */
const rule = (eventSource: string, eventName: readonly string[], topicId: string, Name?: object) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    ...(Name && { Name }),
    State: 'ENABLED',
    EventPattern: {
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: { eventSource: [`${eventSource}.amazonaws.com`], eventName },
    },
    Targets: [{ Id: 'Target0', Arn: ref(topicId) }],
  },
});

/** A bucket that stays, with what CloudTrail or AWS Config needs to write to it. */
function bucket(id: string, service: string): Record<string, object> {
  return {
    [id]: {
      Type: 'AWS::S3::Bucket',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    },
    [`${id}Policy`]: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: ref(id),
        PolicyDocument: document(
          statement(service, ['s3:GetBucketAcl', 's3:ListBucket'], arn(id)),
          statement(service, 's3:PutObject', sub(`\${${id}.Arn}/*`)),
        ),
      },
    },
  };
}

const ROOT_USED =
  '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}';
const UNAUTHORIZED = '{($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")}';

/** The stack Dev-BLEAGovBaseStandalone of baseline-environment-on-aws. */
export function blea(email: string): object {
  const people = ['SysAdmin', 'IamAdmin', 'InstanceOps', 'ReadOnlyAdmin'].map((name) => {
    const policy = `Iam${name}Policy`;
    return {
      [policy]: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: {
          PolicyDocument: document({
            Effect: 'Allow',
            Resource: '*',
            ...(name === 'SysAdmin'
              ? { NotAction: 'iam:*' }
              : { Action: name === 'IamAdmin' ? 'iam:*' : 'ec2:*' }),
            Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
          }),
        },
      },
      [`Iam${name}Role`]: {
        Type: 'AWS::IAM::Role',
        Properties: { ...trust('ec2'), ManagedPolicyArns: [ref(policy)] },
      },
      [`Iam${name}Group`]: { Type: 'AWS::IAM::Group', Properties: { ManagedPolicyArns: [ref(policy)] } },
    };
  });
  return {
    Resources: {
      ...Object.assign({}, ...people),
      ...bucket('LoggingCloudTrailBucket', 'cloudtrail'),
      LoggingCloudTrailLogGroup: {
        Type: 'AWS::Logs::LogGroup',
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: { RetentionInDays: 90 },
      },
      LoggingCloudTrailLogsRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          ...trust('cloudtrail'),
          Policies: [
            {
              PolicyName: 'Deliver',
              PolicyDocument: document({
                Effect: 'Allow',
                Action: ['logs:PutLogEvents', 'logs:CreateLogStream'],
                Resource: arn('LoggingCloudTrailLogGroup'),
              }),
            },
          ],
        },
      },
      LoggingCloudTrail: {
        Type: 'AWS::CloudTrail::Trail',
        DependsOn: ['LoggingCloudTrailBucketPolicy', 'LoggingCloudTrailLogsRole'],
        Properties: {
          IsLogging: true,
          IsMultiRegionTrail: true,
          IncludeGlobalServiceEvents: true,
          EnableLogFileValidation: true,
          S3BucketName: ref('LoggingCloudTrailBucket'),
          CloudWatchLogsLogGroupArn: arn('LoggingCloudTrailLogGroup'),
          CloudWatchLogsRoleArn: arn('LoggingCloudTrailLogsRole'),
        },
      },
      LoggingConfigRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          ...trust('config'),
          ManagedPolicyArns: [sub('arn:${AWS::Partition}:iam::aws:policy/service-role/AWS_ConfigRole')],
        },
      },
      LoggingConfigRecorder: {
        Type: 'AWS::Config::ConfigurationRecorder',
        Properties: {
          RoleARN: arn('LoggingConfigRole'),
          RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: true },
        },
      },
      ...bucket('LoggingConfigBucket', 'config'),
      LoggingConfigDeliveryChannel: {
        Type: 'AWS::Config::DeliveryChannel',
        DependsOn: ['LoggingConfigBucketPolicy'],
        Properties: { S3BucketName: ref('LoggingConfigBucket') },
      },
      DetectionGuardDutyDetector: { Type: 'AWS::GuardDuty::Detector', Properties: { Enable: true } },
      DetectionSecurityHub: { Type: 'AWS::SecurityHub::Hub', Properties: {} },
      ...topic('DetectionAlarmTopic', email),
      DetectionSgChangedEventRule: rule(
        'ec2',
        ['AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupIngress'],
        'DetectionAlarmTopic',
      ),
      DetectionCloudTrailChangeEventRule: rule(
        'cloudtrail',
        ['StopLogging', 'DeleteTrail', 'UpdateTrail'],
        'DetectionAlarmTopic',
      ),
      ...alarm(
        'DetectionRootUserActivity',
        ROOT_USED,
        ref('LoggingCloudTrailLogGroup'),
        'DetectionAlarmTopic',
      ),
      ...alarm(
        'DetectionUnauthorizedAttempts',
        UNAUTHORIZED,
        ref('LoggingCloudTrailLogGroup'),
        'DetectionAlarmTopic',
      ),
    },
  };
}

/** The same stack as it is prepared for its deletion: detectors that outlive it. */
export function retaining(template: object, ids: readonly string[]): object {
  const { Resources } = template as { Resources: Record<string, object> };
  return {
    Resources: Object.fromEntries(
      Object.entries(Resources).map(([id, one]) => [
        id,
        ids.includes(id) ? { ...one, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' } : one,
      ]),
    ),
  };
}

/** The stacks of aws-security-survival-kit in the Region of the log group and in us-east-1. */
export function survivalKit(project: string, logGroup: string, email: string): Record<string, object> {
  return {
    [`${project}-local`]: {
      Resources: {
        ...topic('CtAlertingTopic', email, sub(`${project}-alarm-topic-\${AWS::Region}`)),
        ...alarm(
          'AccessDenied',
          UNAUTHORIZED,
          logGroup,
          'CtAlertingTopic',
          sub(`Unauthorized API Call [${project}]`),
        ),
        ...alarm(
          'ConsoleFailedAuth',
          '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }',
          logGroup,
          'CtAlertingTopic',
          sub(`Failed Console Login [${project}]`),
        ),
        EventRuleKMSKeyChanges: rule(
          'kms',
          ['DisableKey', 'ScheduleKeyDeletion'],
          'CtAlertingTopic',
          sub(`${project}-detect-kms-key-changes`),
        ),
      },
    },
    [`${project}-global`]: {
      Resources: {
        ...topic('CtAlertingTopic', email, sub(`${project}-alarm-topic-global`)),
        EventRuleCTChange: rule(
          'cloudtrail',
          ['StopLogging', 'DeleteTrail', 'UpdateTrail'],
          'CtAlertingTopic',
          sub(`${project}-detect-cloudtrail-changes-global`),
        ),
      },
    },
  };
}

/**
 * What of superwerker's stack overlaps with ours, behind the parameters that take it away. The policy
 * superwerker-root is made by a function.
 */
export function superwerker(include: { budget: boolean; notifications: boolean }, email: string): object {
  return {
    Resources: {
      Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
      ...(include.notifications && topic('NotificationTopic', email)),
      ...(include.budget && {
        ...topic('BudgetNotification', email),
        BudgetReport: {
          Type: 'AWS::Budgets::Budget',
          DependsOn: ['BudgetNotificationPolicy'],
          Properties: {
            Budget: {
              BudgetType: 'COST',
              TimeUnit: 'MONTHLY',
              AutoAdjustData: {
                AutoAdjustType: 'HISTORICAL',
                HistoricalOptions: { BudgetAdjustmentPeriod: 3 },
              },
            },
            NotificationsWithSubscribers: [
              {
                Notification: {
                  ComparisonOperator: 'GREATER_THAN',
                  NotificationType: 'FORECASTED',
                  Threshold: 105,
                },
                Subscribers: [{ SubscriptionType: 'SNS', Address: ref('BudgetNotification') }],
              },
            ],
          },
        },
      }),
    },
  };
}

/** What Control Tower's StackSets put into a member: recorder, delivery channel, topic, rule, and roles. */
export function controlTower(managementAccount: string): object {
  const role = (RoleName: string, Principal: object, ...policies: readonly string[]) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName,
      AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }),
      ManagedPolicyArns: policies.map((name) => sub(`arn:\${AWS::Partition}:iam::aws:policy/${name}`)),
    },
  });
  const management = { AWS: sub(`arn:\${AWS::Partition}:iam::${managementAccount}:root`) };
  return {
    Resources: {
      ExecutionRole: role('AWSControlTowerExecution', management, 'AdministratorAccess'),
      AdministratorExecutionRole: role(
        'aws-controltower-AdministratorExecutionRole',
        management,
        'AdministratorAccess',
      ),
      ReadOnlyExecutionRole: role('aws-controltower-ReadOnlyExecutionRole', management, 'ReadOnlyAccess'),
      ConfigRecorderRole: role(
        'aws-controltower-ConfigRecorderRole',
        { Service: 'config.amazonaws.com' },
        'service-role/AWS_ConfigRole',
      ),
      ConfigRecorder: {
        Type: 'AWS::Config::ConfigurationRecorder',
        Properties: {
          Name: 'aws-controltower-BaselineConfigRecorder',
          RoleARN: arn('ConfigRecorderRole'),
          RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: true },
        },
      },
      // The bucket is that of the log archive account.
      ...bucket('LogArchive', 'config'),
      ConfigDeliveryChannel: {
        Type: 'AWS::Config::DeliveryChannel',
        DependsOn: ['LogArchivePolicy'],
        Properties: {
          Name: 'aws-controltower-BaselineConfigDeliveryChannel',
          S3BucketName: ref('LogArchive'),
        },
      },
      ...topic(
        'SecurityNotifications',
        'aws-security@example.com',
        sub('aws-controltower-SecurityNotifications'),
      ),
      ComplianceChange: {
        Type: 'AWS::Events::Rule',
        Properties: {
          Name: 'aws-controltower-ConfigComplianceChangeEventRule',
          State: 'ENABLED',
          EventPattern: { source: ['aws.config'], 'detail-type': ['Config Rules Compliance Change'] },
          Targets: [{ Id: 'Target0', Arn: ref('SecurityNotifications') }],
        },
      },
    },
  };
}
