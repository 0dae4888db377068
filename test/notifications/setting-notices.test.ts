import { Match } from 'aws-cdk-lib/assertions';
import { eventMatcher } from '../../emulator/event-pattern';
import { SETTINGS } from '../../lib/settings/settings';
import { stackTemplate } from '../synth';
import { deployedRules } from '../watchdog/rules';

const OPTIONS = { accountSettings: { dailyCheck: true } };

test.each([
  ['reapplied', 'MEDIUM: The account setting <setting> was changed, and the daily check reapplied it'],
  ['failed', 'HIGH: The daily check could not check or reapply the account setting <setting>'],
])('a setting that was %s sends a message of known words to people', (outcome, headline) => {
  stackTemplate('Watchdog', OPTIONS).hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['account-baseline.settings'],
      'detail-type': SETTINGS.map(({ setting }) => setting.name),
      account: [{ Ref: 'AWS::AccountId' }],
      detail: { outcome: [outcome] },
    },
    Targets: [
      Match.objectLike({
        Arn: {
          'Fn::GetStackOutput': { StackName: 'AccountBaseline-Alarms', OutputName: 'NotificationsTopic' },
        },
        InputTransformer: Match.objectLike({ InputTemplate: Match.stringLikeRegexp(`^"${headline}"`) }),
      }),
    ],
  });
});

describe('an event that somebody forges', () => {
  const LIE = 'Call +1 555 0100, or https://evil.example';
  const EVENT = {
    source: 'account-baseline.settings',
    'detail-type': 'EbsEncryption',
    account: { Ref: 'AWS::AccountId' },
    region: 'us-east-1',
    detail: { setting: 'EbsEncryption', regions: ['us-east-1'], outcome: 'failed' },
  };

  /** What the rules that match the event send. */
  const messagesOf = (event: object) =>
    deployedRules(OPTIONS)
      .filter(({ pattern }) => eventMatcher(resolved(pattern))(resolved(event)))
      .flatMap(({ targets }) => targets.map(({ InputTransformer }) => sent(InputTransformer, event)));
  const resolved = (value: object) =>
    JSON.parse(JSON.stringify(value).replaceAll('{"Ref":"AWS::AccountId"}', '"123456789012"')) as Record<
      string,
      unknown
    >;

  test('is a message, if it says what the daily check says', () => {
    expect(messagesOf(EVENT)).toEqual([expect.stringContaining('reapply the account setting EbsEncryption')]);
  });

  // A pattern takes a list with one known value, whatever else the list has.
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-arrays.html
  test.each<[what: string, change: object]>([
    ['another setting', { 'detail-type': LIE }],
    ['another setting in the detail', { detail: { ...EVENT.detail, setting: LIE } }],
    ['another setting beside a known one', { detail: { ...EVENT.detail, setting: ['EbsEncryption', LIE] } }],
    ['another Region', { detail: { ...EVENT.detail, regions: [LIE] } }],
    ['another outcome', { detail: { ...EVENT.detail, outcome: ['failed', LIE] } }],
    ['a field of its own', { detail: { ...EVENT.detail, text: LIE } }],
  ])('puts no word of its own into a message: %s', (_, change) => {
    expect(JSON.stringify(messagesOf({ ...EVENT, ...change }))).not.toContain('555');
  });
});

/** What EventBridge makes of an event. */
function sent(
  {
    InputPathsMap,
    InputTemplate,
  }: { InputPathsMap: Readonly<Record<string, string>>; InputTemplate: unknown },
  event: object,
): string {
  const at = (path: string) =>
    path
      .slice('$.'.length)
      .split('.')
      .reduce<unknown>((value, key) => Reflect.get(Object(value) as object, key), event);
  return String(InputTemplate).replace(/<(\w+)>/g, (_, name: string) => {
    const value = at(InputPathsMap[name] ?? '');
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

test('without the check there is no rule for its settings', () => {
  const Properties = { EventPattern: { source: ['account-baseline.settings'] } };
  expect(stackTemplate('Watchdog').findResources('AWS::Events::Rule', { Properties })).toEqual({});
});
