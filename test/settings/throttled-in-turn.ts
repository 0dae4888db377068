import { type FakeAws, refusal } from '../functions/fake-aws';

/** More often than the SDK repeats a call by itself. */
const TIMES = 3;

/**
 * Tells a story as often as it has different calls, in each Region, and throttles another one each time. The
 * story checks what it sees.
 *
 * @returns the calls that were throttled
 */
export async function throttledInTurn(
  aws: FakeAws,
  begin: () => void,
  story: () => Promise<void>,
): Promise<string[]> {
  const told = async () => {
    begin();
    await story();
    const calls = aws.calls.map(([region, operation]) => `${region} ${operation}`);
    aws.reset();
    return calls;
  };
  const usual = await told();
  const all = [...new Set(usual)];
  for (const call of all) {
    const [region = '', operation = ''] = call.split(' ');
    aws.fail(operation, refusal('ThrottlingException', `Rate exceeded: ${call}`), {
      regions: [region],
      times: TIMES,
    });
    const count = (calls: readonly string[]) => calls.filter((one) => one === call).length;
    // Otherwise, nothing was throttled.
    expect(count(await told())).toBeGreaterThanOrEqual(count(usual) + TIMES);
  }
  return all;
}
