import { type Account, ACCOUNTS, type PriceId } from '../../lib/catalog/prices';
import type { BaselineOptions } from '../../lib/config/config';
import { SIGNALS } from '../../lib/detections/signals';
import { costOf as costOfAll, type Line, PRICE_LIST, totalOf } from '../../lib/posture/cost';
import { baselineTemplate } from '../synth';
import { eachOf } from '../each-of';

const { idle, busy } = ACCOUNTS;

interface Resource {
  readonly Type: string;
  readonly Properties?: object;
}

interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

const costOf = (template: object, account: Account, month?: number) => costOfAll([template], account, month);

const templateOf = (options: Partial<BaselineOptions> = {}) => baselineTemplate(options).toJSON() as Template;
const STANDARD = templateOf();
const FREE = templateOf({ profile: 'free' });

const withMore = ({ Resources }: Template, ...resources: Resource[]): Template => ({
  Resources: {
    ...Resources,
    ...Object.fromEntries(resources.map((resource, index) => [`More${index}`, resource])),
  },
});
const lineOf = (lines: readonly Line[], id: PriceId): Line | undefined =>
  lines.find((line) => line.id === id);
const quantityOf = (lines: readonly Line[], id: PriceId) => lineOf(lines, id)?.quantity ?? 0;
const usdOf = (lines: readonly Line[], id: PriceId) => lineOf(lines, id)?.usd ?? 0;

const trail = (properties: object = {}): Resource => ({
  Type: 'AWS::CloudTrail::Trail',
  Properties: { IsMultiRegionTrail: true, EnableLogFileValidation: true, ...properties },
});
const subscription = (Protocol: string): Resource => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { Protocol },
});
const recorder = (RecordingFrequency: string): Resource => ({
  Type: 'AWS::Config::ConfigurationRecorder',
  Properties: { RecordingMode: { RecordingFrequency } },
});
const detector = (Features: object[] = []): Resource => ({
  Type: 'AWS::GuardDuty::Detector',
  Properties: { Enable: true, Features },
});
const dataTrail = trail({
  AdvancedEventSelectors: [
    { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
    { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] },
  ],
});

/** A resource whose addition makes the quantity of a price grow; the type demands one for every price. */
const CAUSES: Readonly<Record<PriceId, Resource>> = {
  key: { Type: 'AWS::KMS::Key' },
  keyRotation: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true } },
  keyRequests: trail(),
  secret: { Type: 'AWS::SecretsManager::Secret' },
  alarm: { Type: 'AWS::CloudWatch::Alarm' },
  metric: {
    Type: 'AWS::Logs::MetricFilter',
    Properties: { MetricTransformations: [{ MetricNamespace: 'Another', MetricName: 'Another' }] },
  },
  dashboard: { Type: 'AWS::CloudWatch::Dashboard' },
  logsIngestion: trail(),
  logsStorage: trail(),
  s3Storage: trail(),
  s3Requests: trail(),
  snsRequests: { Type: 'AWS::SNS::Topic' },
  snsMails: subscription('email'),
  snsHttps: subscription('https'),
  lambdaRequests: subscription('lambda'),
  trailCopies: trail(),
  dataEvents: dataTrail,
  dailyItems: recorder('DAILY'),
  continuousItems: recorder('CONTINUOUS'),
  guardDutyEvents: detector(),
  guardDutyNetwork: detector(),
  guardDutyS3: detector(),
  securityChecks: { Type: 'AWS::SecurityHub::Hub' },
};

describe('a quantity', () => {
  eachOf(PRICE_LIST, ([id]) => id)('grows with the template', ([id]) => {
    const before = costOf(STANDARD, busy, 13);
    const after = costOf(withMore(STANDARD, CAUSES[id]), busy, 13);
    expect(quantityOf(after, id)).toBeGreaterThan(quantityOf(before, id));
  });

  test.each<[type: string, id: PriceId]>([
    ['AWS::KMS::Key', 'key'],
    ['AWS::SecretsManager::Secret', 'secret'],
    ['AWS::CloudWatch::Alarm', 'alarm'],
  ])('of %s is the number in the template', (type, id) => {
    const template = templateOf({ administrators: ['alice', 'bob'], billing: { viewers: ['carol'] } });
    const number = Object.values(template.Resources).filter(({ Type }) => Type === type).length;
    expect(quantityOf(costOf(template, idle), id)).toBe(number);
  });

  test('of metrics is that of names, however many filters publish one', () => {
    // The heartbeat watches a metric of AWS, which costs nothing, and no alarm watches the sign-ins.
    expect(quantityOf(costOf(STANDARD, idle), 'metric')).toBe(quantityOf(costOf(STANDARD, idle), 'alarm'));
  });

  test('of files is twelve an hour for each active Region and a digest an hour for each Region', () => {
    expect(quantityOf(costOf(STANDARD, idle), 's3Requests')).toBe(730 * 12 * 2 + 730 * 17);
    expect(quantityOf(costOf(STANDARD, { ...idle, events: 100 }), 's3Requests')).toBe(100 + 730 * 17);
  });

  test('of digests is that of a single Region for a trail that has one, and none without validation', () => {
    const files = (properties: object) => {
      const bucket = { Type: 'AWS::S3::Bucket' };
      const template = withMore({ Resources: {} }, bucket, trail(properties));
      return quantityOf(costOf(template, { ...idle, events: 0 }), 's3Requests');
    };
    expect(files({ IsMultiRegionTrail: false })).toBe(730);
    expect(files({ EnableLogFileValidation: false })).toBe(0);
  });

  test('of mails is one for each address and message, and two when alarms report that they are over', () => {
    const mails = (notifyOnOk: boolean) => {
      const notifications = { emails: ['a@example.com', 'b@example.com'], notifyOnOk };
      return quantityOf(costOf(templateOf({ notifications }), busy), 'snsMails');
    };
    expect(mails(false)).toBe(2 * (busy.alarmsRung + busy.notices));
    expect(mails(true)).toBe(2 * (2 * busy.alarmsRung + busy.notices));
  });

  test('of analysed S3 events is none where the detector leaves S3 out', () => {
    const off = detector([{ Name: 'S3_DATA_EVENTS', Status: 'DISABLED' }]);
    expect(quantityOf(costOf(withMore(STANDARD, off), busy), 'guardDutyS3')).toBe(0);
  });

  test('of kept logs stops growing at their retention', () => {
    const template = templateOf({ auditTrail: { logGroupRetentionDays: 365, expireAfterDays: 730 } });
    const kept = (month: number, id: PriceId) => quantityOf(costOf(template, busy, month), id);
    expect(kept(13, 'logsStorage')).toBe(kept(14, 'logsStorage'));
    expect(kept(24, 's3Storage')).toBe(kept(25, 's3Storage'));
    expect(kept(23, 's3Storage')).toBeLessThan(kept(24, 's3Storage'));
  });
});

describe('a bill', () => {
  test('of the standard profile is at most 2 USD in each idle month of the first year', () => {
    for (let month = 1; month <= 12; month++)
      expect(totalOf(costOf(STANDARD, idle, month))).toBeLessThanOrEqual(2);
  });

  test('of the free profile has log files alone, once the first password is deleted', () => {
    const paid = costOf(FREE, idle).filter((line) => line.usd > 0);
    expect(paid.map(({ id }) => id)).toEqual(['secret', 'logsStorage', 's3Storage', 's3Requests']);
    expect(totalOf(paid) - usdOf(paid, 'secret')).toBeLessThan(0.2);
  });

  test('has two rotations of the key at most, a year apart', () => {
    const rotations = [12, 13, 24, 25, 84].map((month) =>
      usdOf(costOf(STANDARD, idle, month), 'keyRotation'),
    );
    expect(rotations).toEqual([0, 1, 1, 2, 2]);
  });

  test('charges alarms and metrics from the eleventh on', () => {
    const tuned = ['CallDenied', 'SignInFailed', 'IamPolicyChanged'];
    const detections = Object.fromEntries(tuned.map((id) => [id, { threshold: 77 }]));
    const lines = costOf(templateOf({ detections }), idle);
    // Each signal and tuned detection has a metric and an alarm. The heartbeat has an alarm, and the sign-ins
    // have a metric.
    const metrics = SIGNALS.length + tuned.length + 1;
    expect(quantityOf(lines, 'alarm')).toBe(metrics);
    expect(usdOf(lines, 'alarm')).toBeCloseTo(0.1 * (metrics - 10), 10);
    expect(usdOf(lines, 'metric')).toBeCloseTo(0.3 * (metrics - 10), 10);
    expect(lineOf(lines, 'metric')?.usdAtFullPrice).toBeCloseTo(0.3 * metrics, 10);
  });

  test('of a trail beside another charges a copy of the events', () => {
    const beside: Account = { ...busy, otherTrails: 1 };
    expect(usdOf(costOf(STANDARD, beside), 'trailCopies')).toBeCloseTo((2 * busy.events) / 100_000, 10);
    expect(usdOf(costOf(STANDARD, busy), 'trailCopies')).toBe(0);
  });

  test('of an adopted trail has neither copies nor files nor events', () => {
    const lines = costOf(templateOf({ auditTrail: { existingLogGroup: 'trail' } }), {
      ...busy,
      otherTrails: 1,
    });
    expect(lines.map(({ price }) => price.service)).not.toContain('AWS CloudTrail');
    expect(lines.map(({ price }) => price.service)).not.toContain('Amazon S3');
    expect(quantityOf(lines, 'logsIngestion')).toBe(0);
    expect(quantityOf(lines, 'keyRequests')).toBe(busy.alarmsRung * 2 + busy.notices);
  });

  test('has no line of a key when there is none', () => {
    expect(costOf(FREE, idle).filter(({ price }) => price.service === 'AWS KMS')).toEqual([]);
  });

  test('is refused for what is not a template', () => {
    expect(() => costOf({}, idle)).toThrow('Resources');
  });
});
