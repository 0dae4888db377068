import { accept, check, messageOf, type Row, SMALLEST } from '../config/rows';

const notifications = (change: object) => ({ notifications: { ...SMALLEST.notifications, ...change } });
const endpoint = (url: string) => notifications({ httpsEndpoints: [url] });
const contact = (title: string) => ({
  accountSettings: {
    contacts: { security: { name: 'Ann', title, email: 'security@example.com', phone: '+1 555 0100' } },
  },
});

describe('what CloudFormation replaces is refused:', () => {
  const REPLACED = 'must not contain ${ or {{, which CloudFormation replaces';

  check(
    ['${b}', '{{resolve:ssm:b}}'].flatMap((text): Row[] => [
      [
        `${text} in an endpoint`,
        endpoint(`https://a.example/?a=${text}`),
        `notifications.httpsEndpoints[0]: ${REPLACED}; received "https://a.example/?a=${text}"`,
      ],
      [
        `${text} in the path of the runbooks`,
        notifications({ runbooks: `${text}/` }),
        `notifications.runbooks: ${REPLACED}; received "${text}/"`,
      ],
      [
        `${text} in a contact`,
        contact(`a\n${text}`),
        `accountSettings.contacts.security.title: ${REPLACED}; received "a\\n${text}"`,
      ],
    ]),
  );

  accept([
    ['but not a dollar sign or a brace', contact('$ {a} $a')],
    ['but not a brace in an endpoint', endpoint('https://a.example/?a={b}&c=$d')],
  ]);
});

describe('credentials in a URL', () => {
  const CREDENTIALS =
    'must not contain a user name or password, which everyone who can read the template would see';
  const URL = 'must be an https URL such as https://alerts.example.com/aws';

  check([
    ...(
      [
        ['https://user:hunter2@a.example/b', 'https://***@a.example/b'],
        ['https://hunter2@a.example', 'https://***@a.example'],
        ['https://user:hunter@2@a.example', 'https://***@a.example'],
        ['HTTPS://user:hunter2@a.example', 'HTTPS://***@a.example'],
        ['https://443:hunter2@a.example', 'https://***@a.example'],
        ['https://user:443@a.example', 'https://***@a.example'],
      ] as const
    ).map(([url, shown]): Row => [
      `are refused and not shown: ${url}`,
      endpoint(url),
      `notifications.httpsEndpoints[0]: ${CREDENTIALS}; received "${shown}"`,
    ]),
    [
      'are refused with a slash in a password for the runbooks, which are no URL then',
      notifications({ runbooks: 'https://user:hunter/2@git.example.com/' }),
      'notifications.runbooks: must be an https URL, or a path, that ends in /; received "https://***@git.example.com/"',
    ],
    [
      'are refused for the runbooks',
      notifications({ runbooks: 'https://token@git.example.com/' }),
      `notifications.runbooks: ${CREDENTIALS}; received "https://***@git.example.com/"`,
    ],
    ...(
      [
        ['http://user:hunter2@a.example', 'http://***@a.example'],
        ['https:user:hunter2@a.example', 'https:***@a.example'],
        ['https:///user:hunter2@a.example', 'https:///***@a.example'],
        ['https:\\\\user:hunter2@a.example', 'https:\\\\\\\\***@a.example'],
        ['ftp://user:hunter2@a.example', 'ftp://***@a.example'],
        ['https://user:hunter/2@a.example', 'https://***@a.example'],
        ['https://user:hunter#"2@a.example', 'https://***@a.example'],
        ['https://user:pass\nword@a.example:x', 'https://***@a.example:x'],
      ] as const
    ).map(([url, shown]): Row => [
      `are not shown when something else is wrong: ${JSON.stringify(url)}`,
      endpoint(url),
      `notifications.httpsEndpoints[0]: ${URL}; received "${shown}"`,
    ]),
    [
      'are not shown inside something else',
      notifications({ httpsEndpoints: { first: ['https://user:hunter2@a.example/'] } }),
      'notifications.httpsEndpoints: must be a list of HTTPS URLs; received {"first":["https://***@a.example/"]}',
    ],
    [
      'are not shown in what JSON cannot express',
      notifications({ httpsEndpoints: { first: 'https://user:hunter2@a.example/', count: 1n } }),
      "notifications.httpsEndpoints: must be a list of HTTPS URLs; received { first: 'https://***@a.example/', count: 1n }",
    ],
  ]);

  test.each(['https://a.example/?to=b@c.example', 'https://a.example:8443/@b', 'https://a.example/#b:c@d'])(
    'are not mistaken for what follows the host: %s',
    (url) => {
      const twice = notifications({ httpsEndpoints: [url, url] });
      expect(messageOf({ ...SMALLEST, ...twice })).toContain(
        `notifications.httpsEndpoints[1]: is a duplicate; received "${url}"`,
      );
    },
  );
});
