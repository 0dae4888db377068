import { accept, check } from '../rows';

const CHARACTERS = 'letters, digits, spaces and _ . : / = + - @';
const KEY = `is not a valid tag key: 1 to 128 ${CHARACTERS}, not beginning with aws:`;
const VALUE = `must be a tag value: 1 to 256 ${CHARACTERS}`;

const numbered = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, 'v']));

accept([
  ['a key in any script', { tags: { 'équipe 鍵': 'x' } }],
  ['50 tags', { tags: numbered(50) }],
  ['the longest', { tags: { ['k'.repeat(128)]: 'v'.repeat(256) } }],
]);

check([
  [
    '51 tags',
    { tags: numbered(51) },
    `tags: must have at most 50 tags, but has 51; received ${JSON.stringify(numbered(51)).slice(0, 97)}...`,
  ],
  ['a key of AWS', { tags: { 'aws:x': '1' } }, `tags.aws:x: ${KEY}; received "aws:x"`],
  ['a key of AWS in capitals', { tags: { 'AWS:x': '1' } }, `tags.AWS:x: ${KEY}; received "AWS:x"`],
  ['an empty key', { tags: { '': '1' } }, `tags[""]: ${KEY}; received ""`],
  ['a key that is resolved', { tags: { '{{a': '1' } }, `tags.{{a: ${KEY}; received "{{a"`],
  [
    'a value that is resolved',
    { tags: { team: '{{resolve:ssm:team}}' } },
    `tags.team: ${VALUE}; received "{{resolve:ssm:team}}"`,
  ],
  ['an empty value, which alarms do not take', { tags: { team: '' } }, `tags.team: ${VALUE}; received ""`],
  ['a value that is a number', { tags: { team: 1 } }, `tags.team: ${VALUE}; received 1`],
  ['a value with a percent sign', { tags: { team: '%' } }, `tags.team: ${VALUE}; received "%"`],
  ['a list', { tags: [] }, `tags: must be an object such as { team: 'platform' }; received []`],
]);
