import { baselineTemplate } from './synth';

// For a test that looks whether another process makes the same code.
const functions = baselineTemplate({ profile: 'strict' }).findResources('AWS::Lambda::Function');
process.stdout.write(JSON.stringify(functions));
