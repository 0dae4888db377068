import { z } from 'zod';
import { type Account, type Price, type PriceId, PRICES } from '../catalog/prices';

const HOURS_PER_MONTH = 730;
const GB = 1e9;

/** A line of a monthly bill. */
export interface Line {
  readonly id: PriceId;
  readonly price: Price;
  /** Number of units of the price. */
  readonly quantity: number;
  /** Cost in USD, after the free tier of every account. */
  readonly usd: number;
  /** Cost in USD if the rest of the account has used up the free tier. */
  readonly usdAtFullPrice: number;
}

/**
 * The monthly cost of synthesized templates in an account.
 *
 * @param templates as CloudFormation gets them
 * @param month billed month, counted from 1 at the deployment
 * @throws {ZodError} if one is not a template
 */
export function costOf(templates: readonly unknown[], account: Account, month = 12): Line[] {
  const inventory = inventoryOf(templates);
  const quantities = quantitiesOf(inventory, account, month);
  return PRICE_LIST.filter(([, { types }]) => types.some((type) => inventory.types.has(type))).map(
    ([id, price]) => {
      const quantity = quantities[id];
      const usd = (units: number) => (units * price.usd) / price.per;
      return {
        id,
        price,
        quantity,
        usd: usd(Math.max(0, quantity - (price.free ?? 0))),
        usdAtFullPrice: usd(quantity),
      };
    },
  );
}

/** Total of all lines in USD. */
export function totalOf(lines: readonly Line[], which: 'usd' | 'usdAtFullPrice' = 'usd'): number {
  return lines.reduce((sum, line) => sum + line[which], 0);
}

/** The prices, in catalog order. */
export const PRICE_LIST = Object.entries(PRICES) as [PriceId, Price][];

const Template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown().default({}) })),
});

const Anything = z.unknown();
const Key = z.object({ EnableKeyRotation: z.boolean().default(false) });
const Bucket = z.object({
  BucketEncryption: z
    .object({
      ServerSideEncryptionConfiguration: z.array(
        z.object({ ServerSideEncryptionByDefault: z.object({ SSEAlgorithm: z.string() }) }),
      ),
    })
    .optional(),
  LifecycleConfiguration: z
    .object({ Rules: z.array(z.object({ ExpirationInDays: z.number().default(Infinity) })) })
    .default({ Rules: [] }),
});
const Trail = z.object({
  IsMultiRegionTrail: z.boolean().default(false),
  EnableLogFileValidation: z.boolean().default(false),
  AdvancedEventSelectors: z
    .array(z.object({ FieldSelectors: z.array(z.object({ Equals: z.array(z.string()).default([]) })) }))
    .default([]),
});
const Alarm = z.object({ OKActions: z.array(z.unknown()).default([]) });
const Filter = z.object({
  MetricTransformations: z.array(z.object({ MetricNamespace: z.string(), MetricName: z.string() })),
});
const LogGroup = z.object({ RetentionInDays: z.number().default(Infinity) });
const Topic = z.object({ KmsMasterKeyId: z.unknown().optional() });
const Subscription = z.object({ Protocol: z.string() });
const Recorder = z.object({
  RecordingMode: z.object({ RecordingFrequency: z.string() }).default({ RecordingFrequency: 'CONTINUOUS' }),
});
const Detector = z.object({
  DataSources: z.object({ S3Logs: z.object({ Enable: z.boolean() }).optional() }).default({}),
  Features: z.array(z.object({ Name: z.string(), Status: z.string() })).default([]),
});

/** The billed contents of the templates. */
function inventoryOf(templates: readonly unknown[]) {
  const resources = templates.flatMap((template) => Object.values(Template.parse(template).Resources));
  const all = <T>(type: string, properties: z.ZodType<T>): T[] =>
    resources.filter(({ Type }) => Type === type).map(({ Properties }) => properties.parse(Properties));
  const protocols = all('AWS::SNS::Subscription', Subscription).map(({ Protocol }) => Protocol);
  const metrics = all('AWS::Logs::MetricFilter', Filter).flatMap(({ MetricTransformations }) =>
    MetricTransformations.map(({ MetricNamespace, MetricName }) => `${MetricNamespace}/${MetricName}`),
  );
  const recorders = all('AWS::Config::ConfigurationRecorder', Recorder);
  const daily = recorders.filter(({ RecordingMode }) => RecordingMode.RecordingFrequency === 'DAILY').length;
  const detectors = all('AWS::GuardDuty::Detector', Detector);
  return {
    types: new Set(resources.map(({ Type }) => Type)),
    keys: all('AWS::KMS::Key', Key),
    secrets: all('AWS::SecretsManager::Secret', Anything).length,
    alarms: all('AWS::CloudWatch::Alarm', Alarm),
    metrics: new Set(metrics).size,
    dashboards: all('AWS::CloudWatch::Dashboard', Anything).length,
    logGroups: all('AWS::Logs::LogGroup', LogGroup),
    buckets: all('AWS::S3::Bucket', Bucket),
    trails: all('AWS::CloudTrail::Trail', Trail),
    topics: all('AWS::SNS::Topic', Topic),
    subscriptions: (protocol: string) => protocols.filter((one) => one === protocol).length,
    recorders: { daily, continuous: recorders.length - daily },
    detectors: { all: detectors.length, withS3: detectors.filter(analysesS3).length },
    hubs: all('AWS::SecurityHub::Hub', Anything).length,
  };
}

type Inventory = ReturnType<typeof inventoryOf>;

/**
 * A detector analyzes S3 unless it is disabled.
 * @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html
 */
function analysesS3({ DataSources, Features }: z.output<typeof Detector>): boolean {
  return (
    DataSources.S3Logs?.Enable !== false &&
    !Features.some(({ Name, Status }) => Name === 'S3_DATA_EVENTS' && Status === 'DISABLED')
  );
}

/** Whether a trail also logs data events. */
function logsData({ AdvancedEventSelectors }: z.output<typeof Trail>): boolean {
  return AdvancedEventSelectors.some(({ FieldSelectors }) =>
    FieldSelectors.some(({ Equals }) => Equals.includes('Data')),
  );
}

/** Units per month. */
function quantitiesOf(inventory: Inventory, account: Account, month: number): Record<PriceId, number> {
  const { keys, alarms, trails, topics, subscriptions, recorders, detectors } = inventory;
  // A key rotates once a year, and only the first two rotations are billed.
  const rotations = Math.min(2, Math.floor((month - 1) / 12));
  // An alarm can also notify when it returns to OK.
  const rung = account.alarmsRung * (alarms.some(({ OKActions }) => OKActions.length > 0) ? 2 : 1);
  const messages = rung + account.notices;
  // An alarm publishes to its topic, and the function to the notification topic.
  const published = rung * topics.length + account.notices;
  const dataEvents = trails.filter(logsData).length * account.objectRequests;
  const events = trails.length * account.events + dataEvents;
  const files = filesOf(inventory, account, events);
  const ingested = (events * account.bytesPerEvent) / GB;
  return {
    key: keys.length,
    keyRotation: keys.filter(({ EnableKeyRotation }) => EnableKeyRotation).length * rotations,
    keyRequests:
      (encryptsFiles(inventory) ? files : 0) +
      (topics.some(({ KmsMasterKeyId }) => KmsMasterKeyId !== undefined) ? published : 0),
    secret: inventory.secrets,
    alarm: alarms.length,
    metric: inventory.metrics,
    dashboard: inventory.dashboards,
    logsIngestion: ingested,
    logsStorage: ingested * account.storedShare * monthsKept(month, inventory.logGroups.map(retention)),
    s3Storage:
      ((events * account.bytesPerEvent * account.zippedShare + files * account.bytesPerFile) / GB) *
      monthsKept(month, inventory.buckets.flatMap(expirations)),
    s3Requests: files,
    snsRequests: published,
    snsMails: messages * subscriptions('email'),
    snsHttps: messages * subscriptions('https'),
    lambdaRequests: rung * subscriptions('lambda'),
    trailCopies: account.events * (trails.length > 0 ? trails.length + account.otherTrails - 1 : 0),
    dataEvents,
    dailyItems: recorders.daily * account.configItems,
    continuousItems: recorders.continuous * account.configItems,
    guardDutyEvents: detectors.all * account.events,
    guardDutyNetwork: detectors.all * account.networkGb,
    // GuardDuty analyzes every bucket, including those of the baseline.
    guardDutyS3: detectors.withS3 * (account.objectRequests + files),
    securityChecks: inventory.hubs * account.securityChecks,
  };
}

/** Log files, digest files, and recorder files. */
function filesOf({ trails, recorders }: Inventory, account: Account, events: number): number {
  const deliveries = account.activeRegions * HOURS_PER_MONTH * account.deliveriesPerHour;
  const digests = trails
    .filter(({ EnableLogFileValidation }) => EnableLogFileValidation)
    .map(({ IsMultiRegionTrail }) => HOURS_PER_MONTH * (IsMultiRegionTrail ? account.regions : 1));
  return (
    Math.min(events, trails.length * deliveries) +
    digests.reduce((sum, one) => sum + one, 0) +
    (recorders.daily + recorders.continuous) * account.configFiles
  );
}

function encryptsFiles({ buckets }: Inventory): boolean {
  return buckets
    .flatMap(({ BucketEncryption }) => BucketEncryption?.ServerSideEncryptionConfiguration ?? [])
    .some(({ ServerSideEncryptionByDefault }) => ServerSideEncryptionByDefault.SSEAlgorithm === 'aws:kms');
}

/** Months of data stored at the end of a month, with the longest retention. */
function monthsKept(month: number, days: readonly number[]): number {
  return Math.min(month, (Math.max(0, ...days) * 24) / HOURS_PER_MONTH);
}

const retention = ({ RetentionInDays }: z.output<typeof LogGroup>) => RetentionInDays;
const expirations = ({ LifecycleConfiguration }: z.output<typeof Bucket>) =>
  LifecycleConfiguration.Rules.map(({ ExpirationInDays }) => ExpirationInDays);
