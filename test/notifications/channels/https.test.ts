import { HttpsChannel } from '../../../lib/notifications/channels';
import { accept, check } from '../../config/rows';
import { refused } from '../../refused';
import { notifications, templateWith, TOPIC } from './template-with';

describe('an HTTPS endpoint', () => {
  test('is subscribed to the topic of notifications', () => {
    templateWith(new HttpsChannel({ url: 'https://alerts.example.com/aws' })).hasResourceProperties(
      'AWS::SNS::Subscription',
      { Protocol: 'https', Endpoint: 'https://alerts.example.com/aws', TopicArn: TOPIC },
    );
  });

  test('can be one of two whose URLs differ in characters that ids of constructs cannot tell apart', () => {
    const urls = ['https://example.com/a/b', 'https://example.com/a--b'];
    const template = templateWith(...urls.map((url) => new HttpsChannel({ url })));
    // The third one is the function's.
    template.resourceCountIs('AWS::SNS::Subscription', 3);
  });
});

describe('its props', () => {
  refused(
    (props) => new HttpsChannel(props),
    [
      [
        { url: 'http://example.com/' },
        'url must be an https URL such as https://alerts.example.com/aws, got "http://example.com/"',
      ],
      [{ url: 'nope' }, 'url must be an https URL such as https://alerts.example.com/aws, got "nope"'],
    ],
  );
});

describe('the option', () => {
  accept([['takes an endpoint', notifications({ httpsEndpoints: ['https://alerts.example.com/aws'] })]]);

  check([
    [
      'refuses an endpoint without TLS',
      notifications({ httpsEndpoints: ['http://alerts.example.com'] }),
      'notifications.httpsEndpoints[0]: must be an https URL such as https://alerts.example.com/aws; ' +
        'received "http://alerts.example.com"',
    ],
    [
      'refuses a reference',
      notifications({ httpsEndpoints: ['https://a.example/?a=${b}'] }),
      'notifications.httpsEndpoints[0]: must not contain ${ or {{, which CloudFormation replaces; ' +
        'received "https://a.example/?a=${b}"',
    ],
  ]);
});
