import { Fn, Token } from 'aws-cdk-lib';
import { EmailChannel } from '../../../lib/notifications/channels';
import { accept, check } from '../../config/rows';
import { refused } from '../../refused';
import { templateWith, TOPIC } from './template-with';

describe('an e-mail address', () => {
  test('is subscribed to the topic of notifications', () => {
    templateWith(new EmailChannel({ address: 'a@example.com' })).hasResourceProperties(
      'AWS::SNS::Subscription',
      { Protocol: 'email', Endpoint: 'a@example.com', TopicArn: TOPIC },
    );
  });

  test('keeps its subscription under another address if it has an id', () => {
    const idWith = (address: string) =>
      Object.keys(
        templateWith(new EmailChannel({ address, id: 'DayZero' })).findResources('AWS::SNS::Subscription', {
          Properties: { Protocol: 'email' },
        }),
      );
    expect(idWith('a@example.com')).toEqual(idWith('b@example.com'));
  });
});

describe('its props', () => {
  refused(
    (props) => new EmailChannel(props),
    [
      [{ address: 'nope' }, 'address must be an e-mail address such as security@example.com, got "nope"'],
      [{ address: Token.asString(Fn.ref('Email')) }, 'id is required for an address that is a token'],
    ],
  );

  test('can have an address that is not known yet', () => {
    templateWith(
      new EmailChannel({ address: Token.asString(Fn.ref('Email')), id: 'First' }),
    ).hasResourceProperties('AWS::SNS::Subscription', { Endpoint: { Ref: 'Email' } });
  });
});

describe('the option', () => {
  const eleven = Array.from({ length: 11 }, (_, n) => `p${n}@b.io`);

  accept([['takes ten addresses', { notifications: { emails: eleven.slice(1) } }]]);

  check([
    [
      'refuses none',
      { notifications: { emails: [] } },
      'notifications.emails: must name at least one address; otherwise nobody would receive an alarm; received []',
    ],
    [
      'refuses one that is not an address',
      { notifications: { emails: ['al'] } },
      'notifications.emails[0]: must be an e-mail address such as security@example.com; received "al"',
    ],
    [
      'refuses one that is not a list',
      { notifications: { emails: 'al@b.io' } },
      'notifications.emails: must be a list of e-mail addresses; received "al@b.io"',
    ],
    [
      'refuses eleven',
      { notifications: { emails: eleven } },
      'notifications.emails: must name at most 10 addresses, the limit of a budget notification; use a mailing list; ' +
        `received ${JSON.stringify(eleven).slice(0, 97)}...`,
    ],
  ]);
});
