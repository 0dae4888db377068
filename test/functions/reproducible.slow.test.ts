import { execFileSync } from 'node:child_process';
import { EVERYTHING } from '../everything';
import { baselineTemplate } from '../synth';

test('the code of every function is the same, byte by byte, whichever process bundles it', () => {
  const words = ['--import', 'tsx', 'test/print-functions.ts', JSON.stringify(EVERYTHING)];
  const other = execFileSync('node', words, { encoding: 'utf8' });
  const functions = baselineTemplate(EVERYTHING).findResources('AWS::Lambda::Function');
  expect(Object.keys(functions).length).toBeGreaterThanOrEqual(4);
  expect(JSON.parse(other)).toEqual(functions);
});
