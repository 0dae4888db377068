import { fails } from '../scripts/bench/table';
import { type Case, LIMITS, recorded, results } from '../scripts/scale/results';
import { eachOf } from './each-of';

describe('npm run scale -- --check', () => {
  eachOf(recorded().cases, ({ what }) => what)('fails when a case takes more', (before) => {
    const isWorse = (change: Partial<Case>) => results({ ...before, ...change }, true).some(fails);
    expect(isWorse({})).toBe(false);
    expect(isWorse({ bytes: before.bytes * 1.4 })).toBe(true);
    expect(isWorse({ cpu: before.cpu * 3.1 })).toBe(true);
    expect(isWorse({ seconds: LIMITS[before.of].seconds + 1 })).toBe(true);
    expect(isWorse({ bytes: LIMITS[before.of].bytes + 1 })).toBe(true);
  });

  test('fails at a case that was never recorded', () => {
    const [one] = recorded().cases;
    expect(() => results({ ...(one as Case), what: 'another' }, true)).toThrow('npm run scale');
  });
});
