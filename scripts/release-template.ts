import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { currentSuite, RELEASED } from './release/templates';

// With a release: from then on, test/stacks/replacement.test.ts compares with what is written here.
for (const [profile, path] of Object.entries(RELEASED)) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(currentSuite(profile), null, 1)}\n`);
  console.log(path);
}
