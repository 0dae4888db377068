// Builds the npm package in dist/package, and packs it into dist.
import { statSync } from 'node:fs';
import { buildPackage } from './package/build';
import { pack } from './package/pack';

async function main(): Promise<void> {
  buildPackage('dist/package');
  const { file } = await pack('./dist/package', 'dist');
  console.log(`${file}: ${Math.ceil(statSync(file).size / 1000)} kB`);
}

void main();
