import { type BaselineOptions, defineBaseline } from '../../lib/config/config';
import { Clients } from '../../lib/posture/clients';
import { readCaller } from '../../lib/posture/collect/account';
import { collect } from '../../lib/posture/collect/verify';
import type { Finding } from '../../lib/posture/finding';
import { verify } from '../../lib/posture/verify';
import type { Emulator } from '../../emulator/emulator';
import { SMALLEST } from '../smallest';

/** What `verify` finds in an emulated account, whose stacks have these options. */
export async function verified(
  emulator: Emulator,
  options: Partial<BaselineOptions>,
): Promise<readonly Finding[]> {
  const config = defineBaseline({ ...SMALLEST, ...options });
  const environment = { ...process.env };
  // Where the command finds them.
  Object.assign(process.env, emulator.env);
  const clients = new Clients({ region: emulator.region });
  try {
    return verify(await collect(clients, await readCaller(clients), config, {}), config).findings;
  } finally {
    clients.destroy();
    process.env = environment;
  }
}

/**
 * Checks that cannot be known here: no log file is delivered, S3 Control is not reached from jest, and nobody
 * asks for drift detection.
 */
const UNKNOWN_HERE = ['trail-delivery', 'trail-log-group-delivery', 's3-account-block', 'drift'];

/** What `verify` does not pass in an emulated account, apart from manual steps. */
export async function notPassed(emulator: Emulator, options: Partial<BaselineOptions>): Promise<string[]> {
  return (await verified(emulator, options))
    .filter(({ status, check }) => (status === 'unknown' ? !UNKNOWN_HERE.includes(check) : status === 'fail'))
    .map(({ status, check, detail }) => `${status} ${check}: ${detail}`);
}
