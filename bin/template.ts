import { mkdirSync, writeFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { StandaloneStack } from '../lib/standalone-stack';
import { addRulePacks } from '../lib/validation';

const FILE = 'dist/account-baseline.template.json';

const app = new App({ analyticsReporting: false, treeMetadata: false });
const { stackName } = new StandaloneStack(app, 'AccountBaseline');
addRulePacks(app);
const template = JSON.stringify(app.synth().getStackByName(stackName).template);
mkdirSync('dist', { recursive: true });
writeFileSync(FILE, template);
console.log(`${FILE}: ${Buffer.byteLength(template)} of 51200 bytes`);
