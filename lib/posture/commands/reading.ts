import type { BaselineConfig } from '../../config/config';
import { meantRegion } from '../../fields/region';
import { Clients } from '../clients';
import { UsageError } from './exit-code';
import type { Options } from './options';

/** Default progress message. */
export const READING = 'Reading the account';

/**
 * Reads an account and shows the progress, but only on a terminal, to keep pipes and logs clean.
 *
 * @param read reads it; `say` changes the progress message, and `onCall` counts a call of other clients
 * @param isSilent whether the terminal is used otherwise
 */
export async function reading<T>(
  { profile, region }: Options,
  config: BaselineConfig,
  read: (clients: Clients, say: (what: string) => void, onCall: () => void) => Promise<T>,
  isSilent = false,
): Promise<T> {
  const used = region ?? config.region ?? process.env['AWS_REGION'];
  const meant = used === undefined ? undefined : meantRegion(used);
  if (meant !== undefined) throw new UsageError(`${used} is not a known Region; did you mean ${meant}?`);
  const { default: yoctoSpinner } = await import('yocto-spinner');
  let doing = READING;
  const spinner = process.stderr.isTTY && !isSilent ? yoctoSpinner({ text: doing }).start() : undefined;
  let calls = 0;
  const show = () => {
    if (spinner) spinner.text = `${doing}: ${calls} calls`;
  };
  const onCall = () => {
    calls += 1;
    show();
  };
  const clients = new Clients({ profile, region: used, onCall });
  const say = (what: string) => {
    doing = what;
    show();
  };
  try {
    return await read(clients, say, onCall);
  } finally {
    spinner?.stop();
    clients.destroy();
  }
}
