import { mkdirSync, writeFileSync } from 'node:fs';
import { StandaloneStack } from '../lib/stacks/standalone-stack';
import { createApp } from './create-app';

const FILE = 'dist/account-baseline.template.json';

const app = createApp({ validate: true });
const { stackName } = new StandaloneStack(app, 'AccountBaseline');
const template = JSON.stringify(app.synth().getStackByName(stackName).template);
mkdirSync('dist', { recursive: true });
writeFileSync(FILE, template);
console.log(`${FILE}: ${Buffer.byteLength(template)} of 51200 bytes`);
