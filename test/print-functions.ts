import type { BaselineOptions } from '../lib/config/config';
import { baselineTemplate } from './synth';

// For a test that looks whether another process makes the same code.
const options = JSON.parse(process.argv[2] ?? '{}') as Partial<BaselineOptions>;
const functions = baselineTemplate(options).findResources('AWS::Lambda::Function');
process.stdout.write(JSON.stringify(functions));
