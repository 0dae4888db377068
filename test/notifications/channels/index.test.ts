import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as baseline from '../../../lib';
import { CHANNELS } from '../../../lib/notifications/channels';
import { CHANNEL_SCHEMA, channelsOf } from '../../../lib/notifications/channels/options';
import { defineBaseline } from '../../../lib/config/config';
import { CHANNEL_EXAMPLES } from '../../everything';
import { SMALLEST } from '../../config/rows';

/** Files that are not channels. */
const OTHERS = ['channel.ts', 'chat.ts', 'index.ts', 'options.ts'];

const files = readdirSync('lib/notifications/channels').filter((file) => !OTHERS.includes(file));

const load = (file: string) =>
  createRequire(__filename)(join('../../../lib/notifications/channels', file)) as object;

/** The channels of a configuration with these options. */
const channelsWith = (options: typeof CHANNEL_EXAMPLES) => {
  const { notifications } = defineBaseline({ ...SMALLEST, notifications: options });
  return channelsOf({ ...notifications, emails: notifications.emails.map((address) => ({ address })) });
};

test('the list has the kind of each file', () => {
  const listed = files.map((file) => CHANNELS.find((kind) => Object.values(load(file)).includes(kind)));
  expect(listed).not.toContain(undefined);
  expect(new Set(listed)).toEqual(new Set(CHANNELS));
});

test('each kind of channel has a test of its own', () => {
  const tests = readdirSync(__dirname);
  expect(
    files.map((file) => file.replace('.ts', '.test.ts')).filter((file) => !tests.includes(file)),
  ).toEqual([]);
});

test('the options of the examples are all that there are', () => {
  expect(Object.keys(CHANNEL_EXAMPLES).sort()).toEqual(Object.keys(CHANNEL_SCHEMA).sort());
});

test('the options of the examples create a channel each, whose class the package exports', () => {
  const classes = channelsWith(CHANNEL_EXAMPLES).map((channel) => channel.constructor);
  expect(classes).toHaveLength(CHANNELS.length);
  expect(Object.values(baseline)).toEqual(expect.arrayContaining(classes));
});

test('the options need e-mail addresses and nothing else', () => {
  expect(channelsWith({ emails: ['a@example.com'] }).map(({ format }) => format)).toEqual(['text']);
});
