import type { BaselineConfig } from '../../config';
import { Clients } from '../clients';
import type { Options } from './options';

/**
 * Reads an account and shows the progress on the terminal; only there, so that pipes and logs stay clean.
 *
 * @param read what reads it
 */
export async function reading<T>(
  { profile, region }: Options,
  config: BaselineConfig,
  read: (clients: Clients) => Promise<T>,
): Promise<T> {
  const { default: yoctoSpinner } = await import('yocto-spinner');
  const spinner = process.stderr.isTTY ? yoctoSpinner({ text: 'Reading the account' }).start() : undefined;
  let calls = 0;
  const clients = new Clients({
    profile,
    region: region ?? config.region,
    onCall: () => {
      calls += 1;
      if (spinner) spinner.text = `Reading the account: ${calls} calls`;
    },
  });
  try {
    return await read(clients);
  } finally {
    spinner?.stop();
    clients.destroy();
  }
}
