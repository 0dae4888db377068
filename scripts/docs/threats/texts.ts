import { test } from './tests';
import { type Position, prevented } from './threat';

const CLEAN = 'notifications/cloudtrail-event';
const EXPLAINER = 'notifications/explain-alarm';
const STRANGER = 'what a stranger chose';

/** Who chooses a text that others read: a name, an agent, an error, a configuration, a package. */
export const TEXTS: readonly Position[] = [
  {
    title: 'Text in an event',
    means: 'Chooses names, user agents, or errors of events, for which a failed sign-in is enough.',
    threats: [
      prevented(
        'Put a link into a message',
        'dots of domains become `[.]`, and schemes lose their colon',
        test(
          CLEAN,
          'clean',
          '"www.example-aws-security.com/unlock?x=1" becomes "www[.]example-aws-security[.]com/unlock?x=1"',
        ),
        test(
          'properties/cloudtrail-event.slow',
          'the lines about any record are those that there can be, each short, plain and without a foreign link',
        ),
      ),
      prevented(
        'Write a domain in full-width letters, which mail programs link',
        'letters are normalized first',
        test(CLEAN, 'clean', '"ｗｗｗ．ｅｖｉｌ．ｃｏｍ" becomes "www[.]evil[.]com"'),
      ),
      prevented(
        'Forge a line of a message by line breaks',
        'line breaks of every kind become spaces',
        test(EXPLAINER, STRANGER, 'makes no line of the message'),
      ),
      prevented(
        'Mention everybody in a chat',
        'the characters of mentions are removed',
        test(
          CLEAN,
          'clean',
          '"<!channel> <@U012|x> @here @everyone" becomes "!channel U012 x here everyone"',
        ),
      ),
      prevented(
        'Leave the code block of a chat message',
        'backticks are removed',
        test(
          EXPLAINER,
          'the message for chat',
          'keeps what a caller chose in the code block: no link, no call to a person',
        ),
      ),
      prevented(
        'Break the message by half a character',
        'texts are cut between characters',
        test(EXPLAINER, STRANGER, 'does not keep the message from being sent: half a character after 119'),
      ),
      prevented(
        'Break the function by a record that is not a record',
        'the alarm is sent without it',
        test(EXPLAINER, 'the events', 'may be anything that the log has: {"eventName":'),
      ),
      prevented(
        'Hide a heavy event behind a flood of light ones',
        'each detection has places, the heaviest first',
        test(EXPLAINER, 'the events', 'of a flood hide no heavier one, in no channel'),
      ),
      prevented(
        'Hide the list of events behind 20 of 256 KB',
        'what does not fit is named by its ID',
        test(EXPLAINER, 'the message with tools', 'has the events that fit, and the IDs of the others'),
      ),
      prevented(
        'Let a name of a resource run a command that `verify` prints',
        'names are quoted for the shell',
        test('posture/shell', 'whatever the name is, it is one word of the command, and stays on its line'),
      ),
      prevented(
        'Color the terminal or reverse its text',
        'control and format characters are replaced',
        test('posture/shell', String.raw`"red\u001b[31m" is printed as "red?[31m"`),
      ),
      prevented(
        'Run a script in the HTML report',
        'every value is escaped, and the page’s policy allows its own script only',
        test('browser/report.slow', 'runs nothing that the account says'),
        test('browser/report.slow', 'forbids a script that gets in anyway'),
      ),
      prevented(
        'Run a formula in the CSV report',
        'such values begin with an apostrophe',
        test('posture/report/csv', 'a value that begins with "=" is not a formula'),
      ),
      prevented(
        'Forge a line of the weekly summary by a user name',
        'texts are cleaned',
        test(
          'watchdog/weekly-summary.handler',
          STRANGER,
          'as a user name with commas neither hides the user nor another',
        ),
        test('watchdog/weekly-summary.handler', STRANGER, 'makes no line of the message'),
      ),
      prevented(
        'Put an instruction into the name of a member account',
        'the advice has no names',
        test(EXPLAINER, 'an event of a member', 'puts no name into the advice: a member can name itself'),
      ),
    ],
  },
];
