/** How many times as many tries as usual. */
const SCALE = Number(process.env['FAST_CHECK_RUNS'] ?? 1);

// A busy machine and a long run take their time; jest gives a test five seconds.
jest.setTimeout(60_000 * Math.max(1, SCALE));

/**
 * How often a property is tried. `FAST_CHECK_RUNS=10` tries ten times as often: as long as one likes, against
 * the few seconds that the tests may take.
 *
 * @param usual number of tries when nothing else is asked for
 */
export function runs(usual: number): { readonly numRuns: number; readonly seed?: number } {
  // In CI, the same tries each time, so that a change is not refused for a fault that was there before.
  const seed = process.env['CI'] && !process.env['FAST_CHECK_RUNS'] ? { seed: 1 } : {};
  return { numRuns: Math.ceil(usual * SCALE), ...seed };
}
