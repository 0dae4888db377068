import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { commitOf } from '../../bin/commit';
import { COMMIT_CONTEXT, stampProvenance } from '../../lib/stacks/provenance';
import { version } from '../../package.json';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

function metadata(context: Record<string, unknown>): unknown {
  const app = new App({ context, analyticsReporting: false, builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'Test');
  stampProvenance(stack);
  const { Metadata, ...others } = app.synth().getStackByName('Test').template as Record<string, unknown>;
  // Nothing else in the template changes with the commit.
  expect(JSON.stringify(others)).not.toContain(COMMIT);
  return Metadata;
}

test('a template names its version and commit, and no date', () => {
  expect(metadata({ [COMMIT_CONTEXT]: COMMIT })).toEqual({
    AccountBaseline: { source: 'aws-account-baseline', version, commit: COMMIT },
  });
});

test('without a commit it says so', () => {
  expect(metadata({})).toMatchObject({ AccountBaseline: { commit: 'unknown' } });
});

test('a folder outside a clone has no commit', () => {
  const directory = mkdtempSync(join(tmpdir(), 'no-clone-'));
  try {
    expect(commitOf(directory)).toBeUndefined();
  } finally {
    rmSync(directory, { recursive: true });
  }
});
