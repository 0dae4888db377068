import { accept, check, SMALLEST } from '../rows';

const notifications = (change: object) => ({ notifications: { ...SMALLEST.notifications, ...change } });

describe('runbooks', () => {
  const FOLDER = 'notifications.runbooks: must be an https URL, or a path, that ends in /';

  accept([['in another repository', notifications({ runbooks: 'https://git.example.com/docs/runbooks/' })]]);

  check([
    [
      'that are not a folder',
      notifications({ runbooks: 'https://git.example.com/runbooks' }),
      `${FOLDER}; received "https://git.example.com/runbooks"`,
    ],
    [
      'without TLS',
      notifications({ runbooks: 'http://git.example.com/runbooks/' }),
      `${FOLDER}; received "http://git.example.com/runbooks/"`,
    ],
  ]);
});

describe('the second root notification', () => {
  accept([
    ['with the hub of the account', notifications({ rootNotice: 'existing-hub' })],
    ['switched off', notifications({ rootNotice: false })],
  ]);

  check([
    [
      'with another word',
      notifications({ rootNotice: 'off' }),
      `notifications.rootNotice: must be true, false, or 'existing-hub'; received "off"`,
    ],
  ]);
});
