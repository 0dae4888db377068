import { loadConfig } from '../../load-config';
import { day } from '../checks/check';
import { readCaller } from '../collect/account';
import { confirm, CONFIRMABLE } from '../confirmations';
import { EXIT, UsageError } from './exit-code';
import type { Options } from './options';
import { reading } from './reading';

/** Remembers that a person has done what no API can show. */
export async function confirmCommand(options: Options, check: string): Promise<number> {
  if (!CONFIRMABLE.includes(check)) {
    throw new UsageError(`check must be one of ${CONFIRMABLE.join(', ')}; received ${check}`);
  }
  const config = loadConfig(options.config);
  const { account } = await reading(options, config, readCaller);
  const file = confirm(options.config, account, check, day(new Date()));
  console.log(`${file} says that ${check} of account ${account} is confirmed; commit it.`);
  return EXIT.ok;
}
