import fc from 'fast-check';
// First: the function reads variables when it is loaded.
import { ENVIRONMENT } from '../notifications/explainer-environment';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { advise } from '../../lib/notifications/caller';
import { clean, type CloudTrailRecord } from '../../lib/notifications/cloudtrail-event';
import { explain } from '../../lib/notifications/explain-event';
import { handler } from '../../lib/notifications/explain-alarm.handler';
import { alarmOf, notified, START } from '../notifications/alarm';
import { ACCOUNT } from '../detections/events/record';
import { contextWith } from '../functions/cloudformation';
import { LogGroup } from '../notifications/log-group';
import { hostile, mischief } from './mischief';
import { runs } from './runs';

const leaf = fc.oneof(
  { weight: 6, arbitrary: hostile },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

/** An object with some of these fields, or sometimes something else in its place. */
const objectWith = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.oneof({ weight: 6, arbitrary: fc.record(fields, { requiredKeys: [] }) }, { weight: 1, arbitrary: leaf });

const plain = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, leaf]));

/** A record, or what only looks like one. */
const record = objectWith({
  ...plain(
    'eventTime',
    'eventID',
    'sourceIPAddress',
    'userAgent',
    'eventType',
    'sessionCredentialFromConsole',
  ),
  ...plain('errorCode', 'errorMessage'),
  awsRegion: fc.oneof(fc.constant('us-east-1'), leaf),
  eventSource: fc.oneof(fc.constant('iam.amazonaws.com'), leaf),
  eventName: fc.oneof(fc.constantFrom('ConsoleLogin', 'CloseAccount'), leaf),
  requestParameters: fc.oneof(
    fc.dictionary(hostile, leaf),
    objectWith(plain('userName', 'roleArn', 'id', 'principal', 'policy', 'cidrIp', 'ipProtocol', 'add')),
    fc.object({
      key: fc.constantFrom('Statement', 'Principal', 'AWS', 'items', 'userId', 'fromPort', 'name'),
      values: [hostile],
    }),
  ),
  recipientAccountId: fc.oneof(fc.constant(ACCOUNT), leaf),
  responseElements: objectWith(plain('ConsoleLogin', 'CloseAccount', 'accessKey')),
  serviceEventDetails: objectWith(plain('ConsoleLogin')),
  additionalEventData: objectWith(plain('MFAUsed', 'UserName')),
  addendum: objectWith(plain('reason')),
  userIdentity: objectWith({
    ...plain('userName', 'arn', 'principalId', 'accountId', 'accessKeyId', 'identityProvider', 'invokedBy'),
    type: fc.oneof(fc.constantFrom('Root', 'IAMUser', 'AWSAccount'), leaf),
    onBehalfOf: objectWith(plain('userId', 'identityStoreArn')),
    sessionContext: objectWith({
      ...plain('assumedRoot', 'sourceIdentity'),
      sessionIssuer: objectWith(plain('type', 'userName')),
      webIdFederationData: objectWith(plain('federatedProvider')),
      attributes: objectWith(plain('mfaAuthenticated')),
    }),
  }),
});

/** The lines that there can be, in their order; what begins so was written by us. */
const LABELS = /^Who: {2}\nWhat: \n( {6}FAILED: \n)?When: \nFrom: \n(Root: \n)?(Link: \n)?$/;
const LABEL = /^(Who: {2}|What: | {6}FAILED: |When: |From: |Root: |Link: )/;

/** Characters of the longest line: every name that a caller can have, with each full stop in brackets. */
const LONGEST = 1500;

/** The step of the alarm, or names without blanks in a sentence of ours. */
const ADVICE =
  /^Ask the caller\.$|^Ask (the holders of the root password|the person behind ((IAM|SAML|federated|web identity|Identity Center) user|AWS (account|service)|[^ ]*)( [^ ]+)?(, session [^ ]*)?( of [^ ]*)?( of account [^ ]+)?) whether this was planned\. If not, [a-zA-Z ]+[A-Z\d]*\.$/;

test('a value that anybody may choose becomes one short line without links, markup or what is not seen', () => {
  fc.assert(
    fc.property(fc.oneof(hostile, fc.string({ unit: 'grapheme' })), (value) => {
      const text = clean(value);
      expect(mischief(text)).toEqual([]);
      expect(text).not.toMatch(/\n|[[\]()](?!\.\]|$)(?<!\[\.\])/);
      expect(text.length).toBeLessThanOrEqual(3 * 120);
    }),
    runs(1000),
  );
});

const word = fc.stringMatching(/^[A-Za-z0-9]{1,5}([_+=,-][A-Za-z0-9]{1,5}){0,3}$/);

test.each([
  ['ARNs', fc.tuple(word, word, word).map(([a, b, c]) => `arn:aws:iam::123456789012:${a}/${b}:${c}`)],
  ['names of roles and users', word],
  ['names of services', word.filter((name) => /^[\w-]+$/.test(name)).map((name) => `${name}.amazonaws.com`)],
  ['IPv4 addresses', fc.ipV4()],
  ['IPv6 addresses', fc.ipV6().filter((address) => !/[\d.]+\.\d/.test(address))],
  ['times', fc.date({ noInvalidDate: true }).map((date) => date.toISOString())],
  ['versions of tools', fc.tuple(fc.nat(), fc.nat(), fc.nat()).map((parts) => `aws-cli/${parts.join('.')}`)],
] as const)('%s stay as they are', (_what, values: fc.Arbitrary<string>) => {
  fc.assert(
    fc.property(values, (value) => {
      expect(clean(value)).toBe(value);
    }),
    runs(300),
  );
});

test('the lines about any record are those that there can be, each short, plain and without a foreign link', () => {
  fc.assert(
    fc.property(record, (event) => {
      // As the function reads a line of the log.
      const read = Object(JSON.parse(JSON.stringify(event))) as CloudTrailRecord;
      const lines = explain(read, ACCOUNT, ENVIRONMENT.CONSOLE, ENVIRONMENT.ROOT_TASKS);
      expect(lines.map((line) => `${LABEL.exec(line)?.[0] ?? line}\n`).join('')).toMatch(LABELS);
      expect(lines.flatMap(mischief)).toEqual([]);
      const advice = advise(read, ACCOUNT, 'Ask the caller.');
      expect(mischief(advice)).toEqual([]);
      expect(advice).toMatch(ADVICE);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(LONGEST);
    }),
    runs(1000),
  );
});

describe('the message about any records', () => {
  const logGroup = new LogGroup(ENVIRONMENT.LOG_GROUP);
  const sns = mockClient(SNSClient);
  const logged = jest.spyOn(console, 'error').mockReturnValue(undefined);

  /** What people get. */
  async function messageAbout(lines: readonly string[]): Promise<{ subject: string; message: string }> {
    logGroup.reset('RootUsed');
    // Whatever is found: what finds it is tested elsewhere.
    logGroup.filters.forEach((filter) => (filter.filterPattern = ''));
    for (const [index, line] of lines.entries()) logGroup.put(line, START + index);
    sns.reset();
    await handler(notified(alarmOf('RootUser'), 'ALARM'), contextWith(60_000));
    const [published, ...more] = sns.commandCalls(PublishCommand).map(({ args: [{ input }] }) => input);
    expect(more).toEqual([]);
    return { subject: published?.Subject ?? '', message: published?.Message ?? '' };
  }

  const line = fc.oneof(
    { weight: 4, arbitrary: record.map((event) => JSON.stringify(event)) },
    { weight: 1, arbitrary: hostile },
  );

  test('is one that SNS takes, numbers each event once, and has no line that we did not write', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 25 }), async (all) => {
        const { subject, message } = await messageAbout(all);
        // CloudTrail can deliver an event more than once.
        const lines = [...new Set(all)];
        expect(subject).toBe('[CRITICAL] 123456789012: Root used');
        expect(Buffer.byteLength(message)).toBeLessThanOrEqual(262_144);
        const shown = Math.min(lines.length, 20);
        const [, events = ''] = message.split(
          lines.length === 1 ? '1 event\n' : `${lines.length} events, the newest of each kind first\n`,
        );
        const numbered = events.split('\n').filter((text) => /^\d+\. /.test(text));
        expect(numbered).toEqual(Array.from({ length: shown }, (_, index) => `${index + 1}. Root used`));
        const others = events.split('\n').filter((text) => !/^\d+\. /.test(text) && !LABEL.test(text));
        const more = lines.length > 20 ? ['', `${lines.length - 20} more in log group trail-logs`] : [];
        const now = ['', expect.stringMatching(/^Now: [^ ]/) as string];
        expect(others).toEqual([...Array.from({ length: shown }, () => ''), ...more, ...now]);
        // The handler fell back on the alarm as it came in none of these.
        expect(logged).not.toHaveBeenCalled();
      }),
      runs(60),
    );
  });
});
