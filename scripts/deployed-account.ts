import { runCdk } from '../emulator/cdk';
import { type Emulator, startEmulator } from '../emulator/emulator';

/** Configuration that is deployed. */
export const CONFIG = 'test/e2e/fixtures/baseline.config.ts';

/**
 * Deploys the baseline into an emulated account, which is deleted when `use` returns.
 *
 * @param regions Regions that are enabled, by default those of the emulator
 * @throws {Error} if the deployment fails, with the output of the CDK CLI
 */
export async function withDeployedAccount<T>(
  use: (emulator: Emulator) => T,
  regions?: readonly string[],
): Promise<T> {
  const emulator = await startEmulator(regions);
  try {
    const { code, output } = await runCdk(emulator, ['deploy', '--all', '--require-approval', 'never'], {
      config: CONFIG,
    });
    if (code !== 0) throw new Error(`cdk deploy failed:\n${output}`);
    return await use(emulator);
  } finally {
    await emulator.stop();
  }
}
