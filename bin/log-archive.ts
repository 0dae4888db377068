import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { loadConfig } from '../lib/config/load-config';
import { LogArchiveStack } from '../lib/stacks/log-archive-stack';
import { toYaml } from '../lib/stacks/to-yaml';
import { createApp } from './create-app';

const [file = 'dist/log-archive.yaml', source = process.env['BASELINE_CONFIG'] ?? 'baseline.config.ts'] =
  process.argv.slice(2);

const config = loadConfig(source);
const app = createApp({ validate: true });
const { stackName } = new LogArchiveStack(app, `${config.stackName}-LogArchive`, {
  config,
  description: 'Account baseline: log files of the organization',
  terminationProtection: config.terminationProtection,
});
const yaml = toYaml(app.synth().getStackByName(stackName).template);
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, yaml);
console.log(
  `${file}: deploy it as ${stackName} in the account of the log archive, then set organization.logArchive`,
);
