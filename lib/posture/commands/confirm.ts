import type { BaselineConfig } from '../../config/config';
import { day } from '../checks/check';
import { readCaller } from '../collect/account';
import { confirm } from '../confirmations';
import { asJson } from '../json';
import { EXIT } from './exit-code';
import type { Options } from './options';
import { outputOf } from './output';
import { reading } from './reading';

/** Records a manual step, which no API can show, as done. */
export async function confirmCommand(
  options: Options,
  config: BaselineConfig,
  check: string,
): Promise<number> {
  const { account } = await reading(options, config, readCaller);
  const file = confirm(options.config, account, check, day(new Date()));
  outputOf(options).print(
    options.json === true
      ? asJson({ account, check, file })
      : `Recorded in ${file}: ${check} of account ${account} is confirmed. Commit the file.`,
  );
  return EXIT.ok;
}
