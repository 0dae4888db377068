import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toYaml } from '../lib/stacks/to-yaml';
import { addStandaloneBaseline } from '../lib/stacks/standalone';
import { createApp } from './create-app';

/** Maximum size of a template in bytes without a bucket. */
const LIMIT = 51_200;

const [folder = 'dist/day-zero', runbooks = 'docs/runbooks/'] = process.argv.slice(2);
const sources = join(__dirname, '../scripts/day-zero');

const app = createApp({ validate: true });
const stacks = addStandaloneBaseline(app, runbooks);
const assembly = app.synth();

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const { stackName } of stacks) {
  const yaml = toYaml(assembly.getStackByName(stackName).template);
  const bytes = Buffer.byteLength(yaml);
  if (bytes > LIMIT) throw new Error(`${stackName} has ${bytes} bytes; the CloudFormation limit is ${LIMIT}`);
  writeFileSync(join(folder, `${stackName}.template.yaml`), yaml);
  console.log(`${stackName}.template.yaml: ${bytes} of ${LIMIT} bytes`);
}
for (const file of ['deploy.sh', 'people.sh', 'stack-policy.json']) {
  const text = readFileSync(join(sources, file), 'utf8');
  writeFileSync(join(folder, file), text.replaceAll('docs/runbooks/', runbooks));
}
const sums = readdirSync(folder)
  .sort()
  .map(
    (file) =>
      `${createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex')}  ${file}\n`,
  );
writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''));
console.log(
  `Pack ${folder} into one file, and upload it to CloudShell: docs/day-zero.md describes the next steps.`,
);
