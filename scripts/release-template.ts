// Freezes the current templates as those of a version that has no tag yet: by default, of the newest one.
import { execFileSync } from 'node:child_process';
import { freeze, releases } from './release/templates';

const [version = releases().at(-1) ?? ''] = process.argv.slice(2);
if (execFileSync('git', ['tag', '--list', `v${version}`], { encoding: 'utf8' }) !== '') {
  throw new Error(`${version} has a tag: its templates stay as they were released`);
}
for (const file of freeze(version)) console.log(file);
