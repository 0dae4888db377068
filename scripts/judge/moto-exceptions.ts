const functions = [
  'Alarms/NotificationsExplainer',
  'Detectors/ConfigRoleFunction',
  'Networks/NetworksFunction',
].concat('Services/ServicesFunction', 'Settings/Settings', 'Summary/WeeklySummaryFunction');

/** What moto 5.2.5 does not return as it was sent, by type and property, and why. */
export const MOTO: readonly {
  readonly rule: string;
  readonly resources: readonly string[];
  readonly reason: string;
}[] = [
  ...[
    'AWS::CE::AnomalyMonitor',
    'AWS::CE::AnomalySubscription',
    'AWS::Chatbot::MicrosoftTeamsChannelConfiguration',
    'AWS::Chatbot::SlackChannelConfiguration',
    'AWS::Notifications::ChannelAssociation',
    'AWS::Notifications::EventRule',
    'AWS::Notifications::NotificationConfiguration',
    'AWS::Notifications::NotificationHub',
    'AWS::NotificationsContacts::EmailContact',
  ].map((rule) => ({
    rule,
    resources: ['moto'],
    reason: 'moto has no such call; its server answers with an error.',
  })),
  {
    rule: 'AWS::CloudFormation::StackSet.Capabilities',
    resources: ['Members/Members'],
    reason: 'moto does not return them.',
  },
  {
    rule: 'AWS::Config::ConfigurationRecorder.RecordingMode',
    resources: ['Detectors/ConfigRecorderRecorder'],
    reason: 'moto does not know the property.',
  },
  {
    rule: 'AWS::IAM::User.LoginProfile',
    resources: [
      'Access/AdminAccessaliceUser',
      'Access/BillingAccessViewerscarolUser',
      'BreakGlass/BreakGlassbreakglass1UserB157A89F',
      'BreakGlass/BreakGlassbreakglass2User766A3BAD',
    ],
    reason: 'moto returns PasswordResetRequired as false whatever was sent.',
  },
  {
    rule: 'AWS::Lambda::Function.LoggingConfig',
    resources: functions,
    reason: 'moto always returns its default.',
  },
  {
    rule: 'AWS::Organizations::Policy',
    resources: [
      'Organization/PoliciesInstances',
      'OrganizationDetectors/PoliciesGuardDuty',
      'OrganizationDetectors/PoliciesSecurityHub',
    ],
    reason: 'moto does not know the newer types of policies: of EC2, GuardDuty, and Security Hub.',
  },
  {
    rule: 'AWS::S3::Bucket.LoggingConfiguration',
    resources: ['Audit/AuditTrailBucket', 'Detectors/ConfigRecorderBucket'],
    reason: 'moto fails at a policy of the target that names the principal *.',
  },
  {
    rule: 'AWS::SSO::PermissionSet.ManagedPolicies',
    resources: ['IdentityCenter/PeopleAudit'],
    reason: 'moto does not know ViewOnlyAccess, whose ARN has a path.',
  },
  {
    rule: 'AWS::SSO::PermissionSet.PermissionsBoundary',
    resources: ['IdentityCenter/PeoplePower'],
    reason: 'moto has no call for it.',
  },
];
