// Builds the npm package in dist/package, and packs it into dist.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { buildPackage } from './package/build';

buildPackage('dist/package');
const [{ filename }] = JSON.parse(
  execFileSync('npm', ['pack', './dist/package', '--json', '--pack-destination', 'dist'], {
    encoding: 'utf8',
  }),
) as [{ filename: string }];
const file = join('dist', filename);
console.log(`${file}: ${Math.ceil(statSync(file).size / 1000)} kB`);
