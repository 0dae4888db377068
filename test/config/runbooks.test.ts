import { runbooksOf } from '../../lib/config/runbooks';
import { homeOf } from '../../scripts/package/manifest';

test.each<[string, Parameters<typeof runbooksOf>[0], string]>([
  [
    'a release link to the pages of its version',
    { version: '1.0.0', ...homeOf('acme/account-baseline') },
    'https://github.com/acme/account-baseline/blob/v1.0.0/docs/runbooks/',
  ],
  [
    'a package without a repository name the page',
    { version: '1.0.0', ...homeOf(undefined) },
    'docs/runbooks/',
  ],
  [
    'a repository elsewhere, whose addresses we do not know, name the page',
    { version: '1.0.0', repository: { url: 'git+https://git.example.com/acme/account-baseline.git' } },
    'docs/runbooks/',
  ],
  ['a clone name the page', undefined, 'docs/runbooks/'],
])('messages of %s', (_, manifest, expected) => {
  expect(runbooksOf(manifest)).toBe(expected);
});
