import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { currentSuite, RELEASED } from './release/templates';

// Run this for a release. test/stacks/replacement.test.ts compares the templates with this release from then
// on.
for (const [profile, path] of Object.entries(RELEASED)) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(currentSuite(profile), null, 1)}\n`);
  console.log(path);
}
