import type { BaselineConfig } from '../../config/config';
import { Clients } from '../clients';
import { refuseUnknownRegion } from './contradictions';
import type { Options } from './options';

/** Default progress message. */
export const READING = 'Reading the account';

/** Progress message of a synthesis, which takes a second or two. */
export const SYNTHESIZING = 'Synthesizing the templates';

/** Shows what takes long, but only on a terminal, to keep pipes and logs clean. */
async function working(
  { quiet }: Options,
  text: string,
  isSilent = false,
): Promise<{ text: string; stop(): unknown }> {
  if (!process.stderr.isTTY || quiet === true || isSilent) return { text, stop: () => undefined };
  const { default: yoctoSpinner } = await import('yocto-spinner');
  return yoctoSpinner({ text }).start();
}

/** Synthesizes, and shows the progress. */
export async function synthesizing<T>(
  options: Options,
  synthesize: () => T | Promise<T>,
  text = SYNTHESIZING,
): Promise<T> {
  const spinner = await working(options, text);
  try {
    return await synthesize();
  } finally {
    spinner.stop();
  }
}

/**
 * Reads an account and shows the progress.
 *
 * @param read reads it; `say` changes the progress message, and `onCall` counts a call of other clients
 * @param isSilent whether something else uses the terminal
 */
export async function reading<T>(
  options: Options,
  config: BaselineConfig,
  read: (clients: Clients, say: (what: string) => void, onCall: () => void) => Promise<T>,
  isSilent = false,
): Promise<T> {
  const { profile, region } = options;
  const used = region ?? config.region ?? process.env['AWS_REGION'];
  refuseUnknownRegion(used);
  let doing = READING;
  const spinner = await working(options, doing, isSilent);
  let calls = 0;
  const show = () => {
    spinner.text = calls === 0 ? doing : `${doing}: ${calls} calls`;
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
    spinner.stop();
    clients.destroy();
  }
}
