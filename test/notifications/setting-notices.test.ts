import { Match } from 'aws-cdk-lib/assertions';
import { SETTINGS } from '../../lib/settings/settings';
import { stackTemplate } from '../synth';

const checked = stackTemplate('Watchdog', { accountSettings: { dailyCheck: true } });

test.each([
  ['reapplied', 'MEDIUM: The account setting <setting> was changed, and the daily check reapplied it'],
  ['failed', 'HIGH: The daily check could not check or reapply the account setting <setting>'],
])('a setting that was %s sends a message of known words to people', (outcome, headline) => {
  checked.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['account-baseline.settings'],
      'detail-type': ['Account Setting Check'],
      account: [{ Ref: 'AWS::AccountId' }],
      detail: { outcome: [outcome], setting: SETTINGS.map(({ setting }) => setting.name) },
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

test('without the check there is no rule for its settings', () => {
  const Properties = { EventPattern: { source: ['account-baseline.settings'] } };
  expect(stackTemplate('Watchdog').findResources('AWS::Events::Rule', { Properties })).toEqual({});
});
