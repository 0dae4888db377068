import { FLOOR, type Measurement, recorded, SEED, WATCHED, worse } from '../scripts/mutation/results';
import { eachOf } from './each-of';

const measured = WATCHED.map((folder) => recorded(folder, SEED) as Measurement);

describe('npm run mutation -- --check', () => {
  eachOf(measured, ({ folder }) => folder)('fails when a test notices a change no more', (before) => {
    expect(worse(before)).toEqual([]);
    const [id = '', ...others] = Object.keys(before.killed);
    const survivor = {
      id,
      file: 'lib/a.ts',
      mutator: 'BlockStatement',
      original: '{ a }',
      replacement: '{}',
    };
    const killed = Object.fromEntries(others.map((one) => [one, 'test/a.test.ts']));
    expect(worse({ ...before, killed, survived: [survivor] })).toEqual([
      'lib/a.ts: no test notices { a } → {}',
    ]);
  });

  eachOf(measured, ({ folder }) => folder)('fails when too many changes are new and unnoticed', (before) => {
    const count = Math.ceil(Object.keys(before.killed).length / FLOOR);
    const survived = Array.from({ length: count }, (_, index) => ({
      id: `new ${index}`,
      file: 'lib/a.ts',
      mutator: 'BlockStatement',
      original: '{ a }',
      replacement: '{}',
    }));
    expect(worse({ ...before, survived })).toEqual([
      expect.stringMatching(new RegExp(`^${before.folder}: \\d+\\.\\d % is less than 90\\.0 %$`)),
    ]);
  });
});
