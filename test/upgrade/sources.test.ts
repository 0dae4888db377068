import { versionOf } from '../../lib/upgrade/sources';

const suite = (from: object) => ({ Access: { Metadata: { AccountBaseline: from }, Resources: {} } });

test.each<[string, Parameters<typeof versionOf>[0], string | undefined]>([
  ['a release', suite({ version: '1.0.0', commit: '0123456789abcdef' }), '1.0.0 (commit 0123456)'],
  ['a package without Git', suite({ version: '1.0.0', commit: 'unknown' }), '1.0.0'],
  ['a template without a commit', suite({ version: '1.0.0' }), '1.0.0'],
  ['a template of somebody else', { Access: { Resources: {} } }, undefined],
])('templates say the version that they come from: %s', (_, templates, expected) => {
  expect(versionOf(templates)).toBe(expected);
});
